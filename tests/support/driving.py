"""A test's end of an app that runs as a process of its own; see :mod:`support.driven_app`."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reporterdesk.paths import protection_file
from reporterdesk.store.key import StoreKey
from reporterdesk.store.protection import read_protection
from reporterdesk.vault import SERVICE
from reporterdesk.workflow.unlocking import keyring_name
from support.servers import PASSWORD

TESTS = Path(__file__).resolve().parents[1]
_PATIENCE = 90.0
"""Seconds for an answer; the driver itself gives up after 30 and says why."""
_NOT_A_WARNING = "This plugin does not support "
"""How the offscreen platform says that it has no window manager."""


class DrivenApp:
    """One laptop with the app on it, which can be started, used, quit and killed.

    The home, and with it drafts and sign-in, outlives each process.
    """

    def __init__(self, home: Path, **environment: str) -> None:
        self.home = home
        self._more = environment
        self.code: list[str] = []
        self._errors = home.with_name(f"{home.name}.app.log")
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str | None] = queue.Queue()

    @property
    def keyring(self) -> Path:
        """The file that is this laptop's keyring."""
        return self.home.with_name(f"{self.home.name}.keyring.json")

    @property
    def errors(self) -> Path:
        """The file of what it wrote to the standard error."""
        return self._errors

    def start(self) -> list[str]:
        """Start the app and wait until a window answers: the app, or the door; return its words.

        The recovery code that the first start shows is taken down in :attr:`code`.
        """
        assert self._process is None
        first = not protection_file(self.home).exists()
        environment = os.environ | {
            "PYTHONPATH": str(TESTS),
            "QT_QPA_PLATFORM": "offscreen",
            "REPORTERDESK_HOME": str(self.home),
            "PYTHON_KEYRING_BACKEND": "support.file_keyring.FileKeyring",
            "REPORTERDESK_TEST_KEYRING": str(self.keyring),
            **self._more,
        }
        with self._errors.open("a", encoding="utf-8") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "support.driven_app"],
                env=environment,
                cwd=self.home,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self._lines = queue.Queue()
        threading.Thread(target=self._read, args=(self._process, self._lines), daemon=True).start()
        reads: list[str] = self.do("begin")
        if first and self.do("is_open"):
            self.code = self.do("keep_code")
        return reads

    def break_keyring(self) -> None:
        """Let this laptop have no keyring that works, from the next start on."""
        self._more["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

    def store_key(self) -> StoreKey:
        """Return the key of the store, as this laptop's keyring has it."""
        protection = read_protection(self.home)
        assert protection is not None
        secrets = json.loads(self.keyring.read_text(encoding="utf-8"))
        return StoreKey(bytes.fromhex(secrets[f"{SERVICE}\n{keyring_name(protection)}"]))

    def do(self, command: str, **arguments: object) -> Any:
        """Let the driver do something, and return its answer."""
        self.tell(command, **arguments)
        message = self.next_line()
        assert "error" not in message, f"{command} {arguments}: {message['error']}"
        return message["answer"]

    def tell(self, command: str, **arguments: object) -> None:
        """Let the driver do something, without waiting for an answer."""
        stdin = self._running().stdin
        assert stdin is not None
        stdin.write(json.dumps({"do": command, **arguments}) + "\n")
        stdin.flush()

    def next_line(self) -> dict[str, Any]:
        """Return what the driver says next."""
        line = self._lines.get(timeout=_PATIENCE)
        assert line is not None, f"The app is gone.\n{self._errors.read_text(encoding='utf-8')}"
        return json.loads(line)

    def rest_of_lines(self) -> list[dict[str, Any]]:
        """Return everything that a killed app had said; a line that the kill cut is left out."""
        lines = []
        while (line := self._lines.get(timeout=_PATIENCE)) is not None:
            if line.endswith("\n"):
                lines.append(json.loads(line))
        return lines

    def sign_in(self, url: str, email: str, password: str = PASSWORD) -> None:
        """Sign in by the dialog, and wait until the window says who it is."""
        self.do("choose", action="account.sign_in")
        self.do("type", into="Address of the desk", words=url)
        self.do("type", into="E-mail", words=email)
        self.do("type", into="Password", words=password)
        self.do("press", text="Sign in")
        self.do("wait", person=email.partition("@")[0].title())

    def quit(self) -> None:
        """Quit by the menu; it must end well, and nothing may have been complained of."""
        self.tell("quit")
        self.wait_for_end()

    def wait_for_end(self) -> None:
        """Wait until the app has ended, well and without a complaint."""
        process = self._running()
        try:
            assert process.wait(_PATIENCE) == 0, self._errors.read_text(encoding="utf-8")
        finally:
            self._forget()
        assert self.complaints() == [], self.complaints()

    def kill(self) -> None:
        """Kill it at once (``SIGKILL``); what it had said can still be read."""
        process = self._running()
        process.kill()
        process.wait(30)
        self._forget()

    def end(self) -> None:
        """Leave no process behind, whatever happened."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(30)
            self._forget()

    def complaints(self) -> list[str]:
        """Return what Qt or Python wrote to standard error."""
        lines = self._errors.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if not line.startswith(_NOT_A_WARNING)]

    def _running(self) -> subprocess.Popen[str]:
        assert self._process is not None, "The app does not run."
        return self._process

    def _forget(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        self._process = None

    @staticmethod
    def _read(process: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                lines.put(line)
        lines.put(None)


@contextlib.contextmanager
def laptop(home: Path) -> Iterator[DrivenApp]:
    """Give a laptop on which the app is started; leave no process behind."""
    home.mkdir(parents=True, exist_ok=True)
    app = DrivenApp(home)
    try:
        app.start()
        yield app
    finally:
        app.end()

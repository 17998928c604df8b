"""The child process and the pipes to it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from reporterdesk.spelling.child import COMMAND

_DYING_SECONDS = 2.0


class ChildEnded(Exception):
    """The process is gone, or did not answer; ``opening`` is the dictionary it was loading."""

    def __init__(self, reason: str, opening: str = "") -> None:
        super().__init__(f"{reason} ({opening})" if opening else reason)
        self.opening = opening


def child_command() -> list[str]:
    """Return what starts the child: this Python with this app, or the packaged app itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, COMMAND]
    # -P: what lies in the folder the app was started in is none of its modules.
    return [sys.executable, "-P", "-m", "reporterdesk", COMMAND]


class SpellingProcess:
    """One child process. :meth:`ask` is for one thread; :meth:`kill` for any.

    A thread of its own reads the answers, so that waiting for them can end.

    :raises ChildEnded: it could not be started.
    """

    def __init__(self, command: Sequence[str] | None = None) -> None:
        try:
            self._child = subprocess.Popen(  # noqa: S603 - this app itself
                command or child_command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise ChildEnded(f"it could not be started: {error}") from error
        self._lines: SimpleQueue[bytes] = SimpleQueue()
        self._reader = threading.Thread(target=self._read, name="spelling answers", daemon=True)
        self._reader.start()

    def ask(self, question: dict[str, Any], patience: float) -> dict[str, Any]:
        """Send ``question`` and wait at most ``patience`` seconds for the answer.

        :raises ChildEnded: there is none.
        """
        assert self._child.stdin is not None  # noqa: S101 - it was opened with one
        try:
            self._child.stdin.write(json.dumps(question).encode("ascii") + b"\n")
            self._child.stdin.flush()
        except (OSError, ValueError) as error:
            raise ChildEnded("it is gone") from error
        opening = ""
        while True:
            try:
                line = self._lines.get(timeout=patience)
            except Empty:
                raise ChildEnded(f"no answer in {patience:.0f} s", opening) from None
            if not line:
                raise ChildEnded("it is gone", opening)
            try:
                answer = json.loads(line)
            except ValueError:
                answer = None
            if not isinstance(answer, dict):
                raise ChildEnded("it says what is no answer", opening)
            if "opening" not in answer:
                return answer
            opening = answer["opening"]

    def kill(self) -> None:
        """End it, whatever it is doing; a second call does nothing.

        One that hangs in a dead network drive ends when that does; it is not waited for.
        """
        self._child.kill()
        with suppress(subprocess.TimeoutExpired):
            self._child.wait(_DYING_SECONDS)
        self._reader.join(_DYING_SECONDS)
        if self._reader.is_alive():
            return
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                with suppress(OSError):  # words that it never read
                    pipe.close()

    def _read(self) -> None:
        assert self._child.stdout is not None  # noqa: S101 - it was opened with one
        for line in self._child.stdout:
            self._lines.put(line)
        self._lines.put(b"")

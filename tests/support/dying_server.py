"""A server process that dies at a chosen step, by kill or by power cut.

Run as ``python -m support.dying_server``: it imports everything once, and then forks a server for
each line on its standard input. A step is whatever a crash could come before: a change of the
disk, a commit, the beginning of an answer.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from support.power_cuts import OnDisk, restore

TESTS = Path(__file__).resolve().parents[1]
_FILE_STEPS = ("replace", "rename", "unlink", "mkdir", "rmdir", "fsync")
_PATIENCE = 60.0


class Mortal:
    """Counts the steps of this process, and kills it in place of the chosen one."""

    def __init__(self, last: int | None, disk: OnDisk, left: Path, told: Path) -> None:
        self._last = last
        self._disk = disk
        self._left = left
        self._told = told
        self._taken = 0
        self._lock = threading.Lock()

    def take(self, half: Any = None) -> None:
        """Count one more step, or die in its place, with ``half`` of it done."""
        with self._lock:  # never let go again by who dies: nothing goes on in other threads
            if self._taken == self._last:
                if half is not None:
                    half()
                self._left.write_bytes(pickle.dumps(self._disk.after_a_cut()))
                os.kill(os.getpid(), signal.SIGKILL)
            self._taken += 1
            self._told.write_text(str(self._taken))


def _watch(mortal: Mortal, disk: OnDisk) -> None:
    """Let every step of this process be counted."""
    from sqlalchemy import Engine, event

    from reporterdesk.server.partial import PartialFile

    def counting(name: str, real: Any) -> Any:
        def call(*args: Any, **more: Any) -> Any:
            mortal.take()
            found = real(*args, **more)
            if name == "fsync":
                disk.synced(args[0])
            return found

        return call

    for name in _FILE_STEPS:
        setattr(os, name, counting(name, getattr(os, name)))
    add = PartialFile.add

    def adding(self: PartialFile, piece: bytes) -> None:
        mortal.take(lambda: add(self, piece[: len(piece) // 2]))
        add(self, piece)

    PartialFile.add = adding  # type: ignore[method-assign]
    event.listen(Engine, "commit", lambda _: mortal.take())


class _Answers:
    """The application; each answer of the API is a step."""

    def __init__(self, app: Any, mortal: Mortal) -> None:
        self._app = app
        self._mortal = mortal

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                self._mortal.take()
            await send(message)

        await self._app(scope, receive, sending)


def _serve(order: dict[str, Any]) -> None:
    from reporterdesk.server.app import create_app
    from reporterdesk.server.config import ServerConfig
    from reporterdesk.server.run import listen, make_server

    data = Path(order["data"])
    config = ServerConfig(data, upload_stalled_after=0.2)
    app = create_app(config)
    server = make_server(app, config)
    listener = listen("127.0.0.1", 0)
    if order["watched"]:
        server.config.app = _watched(data, app, order["step"])
    print(json.dumps({"pid": os.getpid(), "port": listener.getsockname()[1]}), flush=True)
    server.run(sockets=[listener])


def _watched(data: Path, app: Any, step: int | None) -> _Answers:
    """Let every step from now on be counted, and the last one be deadly."""
    disk = OnDisk([data / "uploads", data / "photos"])
    left, told = data.parent / f"{data.name}.left", data.parent / f"{data.name}.steps"
    mortal = Mortal(step, disk, left, told)
    _watch(mortal, disk)
    return _Answers(app, mortal)


def _main() -> None:
    import reporterdesk.server.app
    import reporterdesk.server.run  # noqa: F401 - imported once, before all forks

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    for line in sys.stdin:
        if os.fork() == 0:
            _serve(json.loads(line))
            os._exit(0)


@dataclass
class MortalServer:
    """A server that runs, until its step."""

    url: str
    pid: int
    data: Path
    gone: bool = False

    @property
    def steps(self) -> int:
        """How many steps it has taken."""
        told = self.data.parent / f"{self.data.name}.steps"
        return int(told.read_text() or "0") if told.exists() else 0

    def kill(self) -> None:
        """Kill it where it is, and wait until it is gone."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self.wait()

    def wait(self) -> None:
        """Wait until it is gone."""
        until = time.monotonic() + _PATIENCE
        with contextlib.suppress(ProcessLookupError):
            while time.monotonic() < until:
                os.kill(self.pid, 0)
                threading.Event().wait(0.005)
        self.gone = True

    def cut_the_power(self) -> None:
        """After its death: leave on the disk only what had reached it."""
        self.wait()
        restore(pickle.loads((self.data.parent / f"{self.data.name}.left").read_bytes()))  # noqa: S301 - ours


class DyingServers:
    """Starts servers that die."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "support.dying_server"],
            env=os.environ | {"PYTHONPATH": str(TESTS)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._started: list[MortalServer] = []
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def start(self, data: Path, step: int | None = None, *, watched: bool = True) -> MortalServer:
        """Start a server on ``data`` that dies in place of its step ``step``, from 0.

        :param watched: count its steps, and follow what reaches the disk.
        """
        assert self._process.stdin is not None
        order = json.dumps({"data": str(data), "step": step, "watched": watched})
        self._process.stdin.write(f"{order}\n")
        self._process.stdin.flush()
        told = json.loads(self._lines.get(timeout=_PATIENCE))
        server = MortalServer(f"http://127.0.0.1:{told['port']}", told["pid"], data)
        self._started.append(server)
        return server

    def close(self) -> None:
        """Start no more, and leave none running."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(_PATIENCE)
        for server in self._started:
            if not server.gone:  # else the number may be another process’s by now
                server.kill()
        self._reading.join(_PATIENCE)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with contextlib.suppress(ValueError):
            for line in self._process.stdout:
                self._lines.put(line)


@contextlib.contextmanager
def dying_servers() -> Iterator[DyingServers]:
    """Give what starts servers that die."""
    servers = DyingServers()
    try:
        yield servers
    finally:
        servers.close()


if __name__ == "__main__":
    _main()

"""The publishing server of the demo: a real process on a free loopback port."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.errors import ReporterDeskError
from reporterdesk.server.app import create_app
from reporterdesk.server.config import ServerConfig
from reporterdesk.server.run import listen

_FIRST_LINE = "Serving ReporterDesk at "


class ServerProcess:
    """``reporterdesk serve`` as a process of its own, which can be stopped and started again.

    It keeps its port, so that what is signed in stays signed in.
    """

    def __init__(self, data: Path, port: int) -> None:
        self._data = data
        self._port = port
        self._process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """The server's address, whether it runs or not."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it and wait until it serves.

        :raises ReporterDeskError: it ended instead; its own words went to its log.
        """
        command = [sys.executable, "-m", "reporterdesk", "serve"]
        command += ["--data", str(self._data), "--port", str(self._port)]
        with (self._data / "server.log").open("a", encoding="utf-8") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command, no shell
                command, stdout=subprocess.PIPE, stderr=log, text=True, env=dict(os.environ)
            )
        if self._process.stdout is None or not self._process.stdout.readline().startswith(
            _FIRST_LINE
        ):
            self.stop()
            raise ReporterDeskError(
                "The demo’s server did not start.", next_step=f"See {self._data / 'server.log'}."
            )

    def stop(self) -> None:
        """Ask it to end, and wait; nothing happens where it does not run."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process = None


@contextmanager
def server_at_another_time(data: Path, clock: Clock) -> Iterator[int]:
    """Serve from a thread of this process, by real HTTP, with a clock that can be set.

    This is how the sample reports come to be a few days old. Gives the port; the same port is free
    again afterwards.
    """
    listener = listen("127.0.0.1", 0)
    port: int = listener.getsockname()[1]
    config = ServerConfig(data, public_url=f"http://127.0.0.1:{port}")
    app = create_app(config, clock=clock)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield port
    finally:
        app.state.parts.bell.close()
        server.should_exit = True
        thread.join(15)
        listener.close()

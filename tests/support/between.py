"""A wire between app and server, on 127.0.0.1, that can swallow the server's answers."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit


class Between:
    """Passes bytes on in both directions, until an answer is to be swallowed.

    A request reaches the server whole and has its effect there; its answer goes no further.
    """

    def __init__(self, server_url: str, port: int = 0) -> None:
        parts = urlsplit(server_url)
        self._server = (parts.hostname or "", parts.port or 80)
        self._listening = socket.create_server(("127.0.0.1", port))
        self._swallowed: bytes | None = None
        self._answered = threading.Event()
        threading.Thread(target=self._accept, name="between", daemon=True).start()

    @property
    def url(self) -> str:
        """The address to sign in at."""
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def swallow_answers_to(self, request: bytes) -> None:
        """From now on swallow the answers to requests that begin with ``request``."""
        self._answered.clear()
        self._swallowed = request

    def pass_everything(self) -> None:
        """Swallow nothing any more."""
        self._swallowed = None

    def wait_for_swallowed_answer(self, seconds: float) -> bool:
        """Wait until the server has answered and nobody has heard it."""
        return self._answered.wait(seconds)

    def close(self) -> None:
        """Take no more connections."""
        # Closing alone does not wake a blocked accept() on Linux; shutting down does.
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                app, _ = self._listening.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(self._server, 10)
            except OSError:
                app.close()
                continue
            _Line(self, app, server)

    def swallows(self, request: bytes) -> bool:
        """Say whether the answer to this request is to be swallowed."""
        return self._swallowed is not None and request.startswith(self._swallowed)

    def swallowed(self) -> None:
        """Take note of an answer that nobody will hear."""
        self._answered.set()


class _Line:
    """One connection; each direction on a thread of its own."""

    def __init__(self, between: Between, app: socket.socket, server: socket.socket) -> None:
        self._between, self._app, self._server = between, app, server
        self._silent = False
        for pump in (self._requests, self._answers):
            threading.Thread(target=pump, name="between", daemon=True).start()

    def _requests(self) -> None:
        with contextlib.suppress(OSError):
            while data := self._app.recv(65536):
                # The app sends the head of a request at once, and one request at a time.
                self._silent = self._silent or self._between.swallows(data)
                self._server.sendall(data)
        self._end()

    def _answers(self) -> None:
        with contextlib.suppress(OSError):
            while data := self._server.recv(65536):
                if self._silent:
                    self._between.swallowed()
                else:
                    self._app.sendall(data)
        self._end()

    def _end(self) -> None:
        for end in (self._app, self._server):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextlib.contextmanager
def between(server_url: str) -> Iterator[Between]:
    """Lay a wire to ``server_url`` for the length of a ``with``."""
    wire = Between(server_url)
    try:
        yield wire
    finally:
        wire.close()

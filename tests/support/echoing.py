"""A server on 127.0.0.1 that keeps what it hears of each connection, and says it back."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Heard:
    """What one connection said."""

    said: bytearray = field(default_factory=bytearray)
    ended: threading.Event = field(default_factory=threading.Event)


class EchoServer:
    """Says everything back; ``heard`` has one entry for each connection, in their order.

    A caller can be cut off before the connection behind it has been taken: :meth:`ended` waits.
    """

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.heard: list[Heard] = []
        self._taken = threading.Condition()
        threading.Thread(target=self._accept, name="echo", daemon=True).start()

    def ended(self, count: int) -> list[bytes]:
        """Wait until ``count`` connections were taken and have ended; return what each said."""
        with self._taken:
            assert self._taken.wait_for(lambda: len(self.heard) >= count, 30)
        assert all(heard.ended.wait(30) for heard in self.heard)
        return [bytes(heard.said) for heard in self.heard]

    def close(self) -> None:
        """Take no more connections."""
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            heard = Heard()
            with self._taken:
                self.heard.append(heard)
                self._taken.notify_all()
            threading.Thread(target=self._serve, args=(connection, heard), daemon=True).start()

    def _serve(self, connection: socket.socket, heard: Heard) -> None:
        with connection, contextlib.suppress(OSError):
            while data := connection.recv(65536):
                heard.said += data
                connection.sendall(data)
        heard.ended.set()


@contextlib.contextmanager
def echo_server() -> Iterator[EchoServer]:
    """Run it for the length of a ``with``."""
    server = EchoServer()
    try:
        yield server
    finally:
        server.close()


@contextlib.contextmanager
def calling(url: str) -> Iterator[socket.socket]:
    """Open a connection to ``url`` for the length of a ``with``; it waits 30 seconds at most."""
    host, port = url.removeprefix("http://").rsplit(":", 1)
    with socket.create_connection((host, int(port)), 30) as connection:
        yield connection


def hear(connection: socket.socket, size: int | None = None) -> bytes:
    """Read ``size`` bytes, or to the end; a reset is an end, too."""
    heard = b""
    with contextlib.suppress(ConnectionError):
        while size is None or len(heard) < size:
            data = connection.recv(65536 if size is None else size - len(heard))
            if not data:
                break
            heard += data
    return heard

"""A real HTTP server on 127.0.0.1 that answers whatever a test tells it to, byte for byte."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Call:
    """A call as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class HostileServer:
    """Answers each call with the bytes that ``answer`` returns for it.

    ``answer`` may also return an iterator: its pieces are sent one by one.
    """

    url: str
    answer: Callable[[Call], bytes | Iterator[bytes]]
    calls: list[Call] = field(default_factory=list)


def raw(status: str, body: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    """Return a whole answer; ``length`` lets the declared length be a lie."""
    size = len(body) if length is None else length
    # Each call has a connection of its own: said here, so that the client opens another.
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {size}", "Connection: close"]
    return "\r\n".join([*lines, *headers, "", ""]).encode() + body


def as_json(
    status: str, message: Any, *headers: str, media_type: str = "application/json"
) -> bytes:
    """Return an answer of JSON."""
    return raw(status, json.dumps(message).encode(), f"Content-Type: {media_type}", *headers)


def as_problem(status: str, kind: str, *headers: str, **more: Any) -> bytes:
    """Return an answer of Problem Details."""
    message = {"type": kind, "status": int(status.split(maxsplit=1)[0]), **more}
    return as_json(status, message, *headers, media_type="application/problem+json")


def as_page(status: str = "200 OK", *headers: str) -> bytes:
    """Return a web page, as a venue's network answers."""
    page = b"<!doctype html><title>Welcome to Hotel Wi-Fi</title><form>Log in</form>"
    return raw(status, page, "Content-Type: text/html; charset=utf-8", *headers)


@contextlib.contextmanager
def hostile_server(
    answer: Callable[[Call], bytes | Iterator[bytes]] | bytes,
) -> Iterator[HostileServer]:
    """Run a server on a free port for the length of a ``with``."""
    listening = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    fixed = answer if callable(answer) else lambda _call: answer
    server = HostileServer(url, fixed)
    thread = threading.Thread(target=_serve, args=(listening, server), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        # Closing alone does not wake a blocked accept() on Linux; shutting down does.
        with contextlib.suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(10)


def _serve(listening: socket.socket, server: HostileServer) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        with connection, contextlib.suppress(OSError):
            call = _read_call(connection)
            if call is None:
                continue
            server.calls.append(call)
            answer = server.answer(call)
            pieces = iter([answer]) if isinstance(answer, bytes) else answer
            for piece in pieces:
                connection.sendall(piece)


def _read_call(connection: socket.socket) -> Call | None:
    connection.settimeout(10)
    stream = connection.makefile("rb")
    first = stream.readline().decode("latin-1").split()
    if len(first) < 2:
        return None
    headers: dict[str, str] = {}
    while line := stream.readline().decode("latin-1").strip():
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    body = stream.read(int(headers.get("content-length", "0")))
    return Call(first[0], first[1], headers, body)

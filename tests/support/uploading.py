"""Sending photo bytes as a test wants them: a report with a photo, and connections that stall."""

from __future__ import annotations

import hashlib
import socket
import threading
from typing import Any
from urllib.parse import urlsplit

from reporterdesk.domain.ids import new_id
from support.api import Api, message, photo

BYTES = "application/offset+octet-stream"


def fresh(size: int = 1000) -> bytes:
    """Return bytes that no other test has."""
    return (new_id().encode() * (size // 36 + 1))[:size]


def opened(api: Api, data: bytes) -> str:
    """File a report with a photo whose preview is ``data``; return the upload's address."""
    answer = api.file(new_id(), message(photos=[photo(data, b"full " + data)]))
    assert answer.status_code == 201
    sha256 = hashlib.sha256(data).hexdigest()
    urls = {part["sha256"]: part["upload_url"] for part in answer.json()["missing"]}
    return str(urls[sha256])


def begun_patch(
    api: Api, url: str, first: bytes, *, length: int | None, offset: int = 0, checksum: str = ""
) -> socket.socket:
    """Begin a PATCH, send only ``first``, and stay silent.

    :param length: the bytes that are announced; ``None`` announces chunks, and sends one.
    """
    host = urlsplit(api.url)
    connection = socket.create_connection((host.hostname or "", host.port or 0), timeout=30)
    lines = [
        f"PATCH {url} HTTP/1.1",
        f"Host: {host.netloc}",
        f"Authorization: Bearer {api.token}",
        "Tus-Resumable: 1.0.0",
        f"Content-Type: {BYTES}",
        f"Upload-Offset: {offset}",
        "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}",
    ]
    lines += [f"Upload-Checksum: {checksum}"] if checksum else []
    body = first if length is not None else b"%x\r\n%b\r\n" % (len(first), first)
    connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)
    return connection


def read_status(connection: socket.socket) -> int:
    """Return the status of the next answer on a connection."""
    line = connection.recv(65536).split(b"\r\n", 1)[0]
    return int(line.split()[1])


def offset_of(api: Api, url: str) -> int:
    """Ask where an upload stands."""
    return int(api.head(url).headers["Upload-Offset"])


def wait_for_offset(api: Api, url: str, offset: int) -> None:
    """Ask until the upload stands at ``offset``; the test's own timeout ends it."""
    while offset_of(api, url) != offset:
        threading.Event().wait(0.01)


def send_all(api: Api, url: str, data: bytes, piece: int) -> list[int]:
    """Send a photo piece by piece, going on where the server says; return the statuses."""
    statuses: list[int] = []
    offset = offset_of(api, url)
    while offset < len(data):
        answer = api.patch(url, offset, data[offset : offset + piece])
        statuses.append(answer.status_code)
        told: Any = answer.headers.get("Upload-Offset")
        offset = int(told) if told is not None else offset_of(api, url)
    return statuses


def another_device(api: Api) -> Api:
    """Return the same person on connections of their own."""
    return Api.with_token(api.url, api.token)

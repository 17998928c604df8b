"""The usual way to file: each photo as a whole file by POST, and the text last; over and over.

A baseline for ``tests/bench/link.py``: its server, and its client with the patience of a person
who presses *Try again* at once.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests


class _Takes(BaseHTTPRequestHandler):
    """Takes whole bodies only, and answers with their length."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        with contextlib.suppress(OSError):
            length = int(self.headers["Content-Length"])
            whole = len(self.rfile.read(length)) == length
            answer = json.dumps({"bytes": length}).encode()
            self.send_response(201 if whole else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that was cut is what is measured here."""


@contextlib.contextmanager
def taking_server() -> Iterator[str]:
    """Run the endpoint for the length of a ``with``; give its address."""
    server = _Server(("127.0.0.1", 0), _Takes)
    threading.Thread(target=server.serve_forever, name="takes", daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True)
class Sent:
    """Seconds until the text was there and until all was; ``None``: given up before."""

    text: float | None
    everything: float | None


def send_in_the_usual_way(
    url: str, text: Mapping[str, Any], files: Sequence[bytes], gives_up: Callable[[], bool]
) -> Sent:
    """Send every file, then the text, each again and again until it has arrived."""
    began = time.monotonic()
    with requests.Session() as session:
        for body in (*files, json.dumps(text).encode()):
            while not _arrives(session, url, body):
                if gives_up():
                    return Sent(None, None)
    took = time.monotonic() - began
    return Sent(took, took)


def _arrives(session: requests.Session, url: str, body: bytes) -> bool:
    headers = {"Content-Type": "application/octet-stream"}
    try:
        answer = session.post(url, data=body, headers=headers, timeout=600)
    except requests.RequestException:
        return False
    return answer.status_code == 201

"""The page of a network that wants a login: it answers every request, whatever it asks for."""

from __future__ import annotations

import asyncio
import contextlib
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable

LOGIN_PATH = "/login"
"""Where the page is that every other address is sent on to."""
AGREE_PATH = "/login/agree"
"""Where its button leads: whoever gets that has logged in."""

_LARGEST_HEAD = 64 * 1024
_LAST_WORDS = 2.0
"""Seconds for which what still comes is read: an unread rest would reset the connection."""
_STYLE = "font:18px/1.5 sans-serif;max-width:26em;margin:15vh auto;padding:0 1em"
_PAGE = (
    "<h1>Hotel Lindenhof</h1><p>Welcome to our guests’ Wi-Fi. Please accept our terms to go on "
    "line.</p><p><a href='{agree}'>I accept; let me on line</a></p>"
)
_WELCOME = "<h1>You are on line</h1><p>You can close this page.</p>"


class LoginPage:
    """Answers one connection.

    :param log_in: called when somebody has logged in.
    """

    def __init__(self, log_in: Callable[[], None]) -> None:
        self._log_in = log_in

    async def answer(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Read a request, answer it, and end the connection.

        What begins a TLS connection is answered in the same way, which breaks it.
        """
        path, host = await self._request(reader)
        if path is None:
            return
        if path == AGREE_PATH:
            self._log_in()
            writer.write(_http("200 OK", _WELCOME))
        elif path == LOGIN_PATH or not host:
            writer.write(_http("200 OK", _PAGE.format(agree=AGREE_PATH)))
        else:
            here = "{}:{}".format(*writer.get_extra_info("sockname")[:2])
            writer.write(_http("302 Found", "", f"Location: http://{here}{LOGIN_PATH}"))
        with contextlib.suppress(OSError, TimeoutError):
            await writer.drain()
            writer.write_eof()
            await asyncio.wait_for(_read_rest(reader), _LAST_WORDS)

    @staticmethod
    async def _request(reader: StreamReader) -> tuple[str | None, str]:
        """Return the path and the host of a request; a path of ``None`` where nobody asked."""
        head = b""
        while b"\r\n\r\n" not in head and len(head) < _LARGEST_HEAD:
            data = await reader.read(4096)
            head += data
            if head.startswith(b"\x16"):  # a TLS handshake, RFC 8446 section 5.1
                return "", ""
            if not data:
                return None, ""
        lines = head.decode("latin-1").split("\r\n")
        words = lines[0].split(" ")
        hosts = [line[5:].strip() for line in lines[1:] if line[:5].lower() == "host:"]
        return (words[1] if len(words) > 1 else ""), (hosts[0] if hosts else "")


async def _read_rest(reader: StreamReader) -> None:
    while await reader.read(64 * 1024):
        pass


def _http(status: str, words: str, *headers: str) -> bytes:
    page = f"<!doctype html><meta charset=utf-8><title>Wi-Fi</title><body style='{_STYLE}'>{words}"
    body = page.encode()
    lines = [
        f"HTTP/1.1 {status}",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "Connection: close",
        *headers,
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body

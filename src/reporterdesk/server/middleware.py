"""What holds for every answer: limits of bodies, headers, counts, and no bare 500."""

from __future__ import annotations

import logging
import time
import zlib
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reporterdesk.server.disk import is_disk_full
from reporterdesk.server.metrics import Metrics
from reporterdesk.server.problems import ApiProblem, no_room, too_large
from reporterdesk.server.tus import UPLOADS
from reporterdesk.wire.problems import ProblemType

_log = logging.getLogger(__name__)

CONTENT_SECURITY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class Guard:
    """Outermost: adds headers, counts, and turns what nobody expected into a problem."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one call."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.monotonic()
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._add_headers(MutableHeaders(scope=message))
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:
            if status:
                raise  # the answer has begun; the server closes the connection
            await unexpected(error).response()(scope, receive, sending)
        finally:
            spent = int((time.monotonic() - started) * 1000)
            route = getattr(scope.get("route"), "path", "other")
            self._metrics.count(scope["method"], route, status, spent)

    def _add_headers(self, headers: MutableHeaders) -> None:
        headers.setdefault("X-Content-Type-Options", "nosniff")
        if headers.get("Content-Type", "").startswith("text/html"):
            headers.setdefault("Content-Security-Policy", CONTENT_SECURITY)
            headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")


def unexpected(error: Exception) -> ApiProblem:
    """Return the problem for an error that no use case knows; log it, unless the disk is full."""
    if is_disk_full(error):
        _log.error("The disk is full: %s", error)
        return no_room()
    _log.error("An unexpected error", exc_info=error)
    detail = "The server made a mistake. It was noted; what it acknowledged is safe."
    return ApiProblem(ProblemType.INTERNAL, 500, detail)


class Bodies:
    """Reads a JSON body whole, within a limit, also when it comes compressed.

    Photo bytes go past it: they are streamed, and limited by their declared size.
    """

    def __init__(self, app: ASGIApp, limit: int, passes: str = UPLOADS) -> None:
        self._app = app
        self._limit = limit
        self._passes = passes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one call."""
        if scope["type"] != "http" or scope["path"].startswith(self._passes):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not ({"content-length", "transfer-encoding"} & set(headers.keys())):
            await self._app(scope, receive, send)
            return
        try:
            body = await self._read(headers, receive)
        except ApiProblem as problem:
            await problem.response()(scope, receive, send)
            return
        if body is None:
            return
        scope["headers"] = _without_encoding(scope["headers"], len(body))
        await self._app(scope, _replay(body, receive), send)

    async def _read(self, headers: Headers, receive: Receive) -> bytes | None:
        """Return the body, or ``None`` where the caller has gone."""
        add, finish = _decoder(headers.get("content-encoding", "identity"), self._limit)
        announced = headers.get("content-length", "0")
        if announced.isascii() and announced.isdigit() and int(announced[:18]) > self._limit:
            raise _too_large(self._limit)
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += add(message.get("body", b""))
            if len(body) > self._limit:
                raise _too_large(self._limit)
            if not message.get("more_body", False):
                finish()
                return bytes(body)


def _decoder(encoding: str, limit: int) -> tuple[Callable[[bytes], bytes], Callable[[], None]]:
    encoding = encoding.strip().lower()
    if encoding in {"", "identity"}:
        return lambda piece: piece, lambda: None
    if encoding not in {"gzip", "deflate"}:
        detail = "Content-Encoding can be gzip or deflate."
        raise ApiProblem(ProblemType.INVALID, 415, detail, headers={"Accept-Encoding": "gzip"})
    # RFC 9110, 8.4.1: deflate is zlib's format; gzip its own.
    machine = zlib.decompressobj(wbits=31 if encoding == "gzip" else 15)

    def add(piece: bytes) -> bytes:
        try:
            # One byte above the limit is enough to know; a bomb is never unpacked.
            found = machine.decompress(piece, limit + 1)
        except zlib.error:
            raise _damaged() from None
        if machine.unconsumed_tail:
            raise _too_large(limit)
        return found

    def finish() -> None:
        if not machine.eof or machine.unused_data:
            raise _damaged()

    return add, finish


def _damaged() -> ApiProblem:
    return ApiProblem(ProblemType.INVALID, 422, "The compressed message is damaged.")


def _too_large(limit: int) -> ApiProblem:
    return too_large(f"The message is larger than {limit // 1024} KiB.")


def _without_encoding(headers: list[tuple[bytes, bytes]], length: int) -> list[tuple[bytes, bytes]]:
    dropped = {b"content-encoding", b"content-length", b"transfer-encoding"}
    kept = [(name, value) for name, value in headers if name.lower() not in dropped]
    return [*kept, (b"content-length", str(length).encode())]


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replaying() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replaying

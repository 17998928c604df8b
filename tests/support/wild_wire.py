"""A wire between a laptop and a real server's code on which anything may go wrong.

``requests`` speaks into it, the ASGI application hears what arrives of it. Nothing is timed and no
socket is opened, so that thousands of faults cost seconds; real sockets are cut elsewhere.
"""

from __future__ import annotations

import io
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any
from urllib.parse import urlsplit

import requests
from anyio.from_thread import BlockingPortal
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

from support.mortal_server import MortalServer

LOGIN_PAGE = b"<!doctype html><title>Hotel Miramar</title><p>Welcome! Room number, please."


class Trouble(Enum):
    """What happens to one call."""

    REFUSED = auto()
    """No connection comes about."""
    CUT_REQUEST = auto()
    """It is cut somewhere in the request."""
    LOST_ANSWER = auto()
    """The whole request arrives, and nothing comes back."""
    CUT_ANSWER = auto()
    """The answer is cut somewhere."""
    TWICE = auto()
    """The request arrives twice, one right after the other."""
    AGAIN_LATER = auto()
    """It arrives, and once more at any later moment: see :meth:`WildWire.let_late_ones_arrive`."""
    ONLY_LATER = auto()
    """The caller hears nothing; the request arrives when everything is different."""
    LOGIN_PAGE = auto()
    """A network of somebody's answers it."""
    BUSY = auto()
    """The server asks to wait."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to the next call; ``share`` says how far in it is cut, from 0 to 1."""

    trouble: Trouble
    share: float = 0.5


@dataclass(frozen=True, slots=True)
class _Call:
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class _Arrived:
    """An answer as it comes from the application."""

    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""


class WildWire(BaseAdapter):
    """Mounted on a session instead of a network. One call at a time.

    :ivar met: how often each trouble was met.
    """

    def __init__(self, server: MortalServer, portal: BlockingPortal) -> None:
        super().__init__()
        self.server = server
        self.met: Counter[str] = Counter()
        self.down = False
        self._portal = portal
        self._planned: deque[Fault] = deque()
        self._late: list[_Call] = []

    def plan(self, fault: Fault) -> None:
        """Let it happen to the next call that has none yet."""
        self._planned.append(fault)

    def heal(self) -> None:
        """From now on nothing goes wrong; what is late arrives first."""
        self._planned.clear()
        self.down = False
        self.let_late_ones_arrive()

    def let_late_ones_arrive(self) -> None:
        """Bring what was held back on the way to the server, whose answers nobody hears."""
        late, self._late = self._late, []
        for call in late:
            self._arrive(call)

    def send(self, request: requests.PreparedRequest, **_options: Any) -> requests.Response:
        """See ``requests.adapters.BaseAdapter``."""
        body = request.body or b""
        assert isinstance(body, bytes)
        call = _Call(request.method or "", request.url or "", dict(request.headers), body)
        if self.down:
            self.met["down"] += 1
            raise requests.ConnectionError
        fault = self._planned.popleft() if self._planned else None
        if fault is not None:
            self.met[fault.trouble.name] += 1
        arrived = self._carry(call, fault)
        return _response(request, arrived, fault)

    def close(self) -> None:
        """Nothing is kept open."""

    def _carry(self, call: _Call, fault: Fault | None) -> _Arrived:
        match fault.trouble if fault else None:
            case Trouble.REFUSED:
                raise requests.ConnectionError
            case Trouble.ONLY_LATER:
                self._late.append(call)
                raise requests.ConnectTimeout
            case Trouble.LOGIN_PAGE:
                return _Arrived(200, [("Content-Type", "text/html")], LOGIN_PAGE)
            case Trouble.BUSY:
                return _Arrived(503, [("Retry-After", "7")])
            case Trouble.CUT_REQUEST:
                assert fault is not None
                self._arrive(call, whole=int(len(call.body) * fault.share))
                raise requests.ConnectionError
            case Trouble.TWICE:
                self._arrive(call)
            case Trouble.AGAIN_LATER:
                self._late.append(call)
        arrived = self._arrive(call)
        if arrived is None or (fault is not None and fault.trouble is Trouble.LOST_ANSWER):
            raise requests.ReadTimeout
        return arrived

    def _arrive(self, call: _Call, whole: int | None = None) -> _Arrived | None:
        """Let the application hear a call, or its first ``whole`` bytes; ``None`` if it dies."""
        arrived = self._portal.call(_ask, self.server.app, call, whole)
        if self.server.died:
            self.server.start()
            return None
        return arrived


async def _ask(app: Any, call: _Call, whole: int | None) -> _Arrived | None:
    heard = call.body if whole is None else call.body[:whole]
    events: deque[dict[str, Any]] = deque()
    if whole is None:
        events.append({"type": "http.request", "body": heard, "more_body": False})
    elif heard:
        events.append({"type": "http.request", "body": heard, "more_body": True})
    arrived = _Arrived()

    async def receive() -> dict[str, Any]:
        return events.popleft() if events else {"type": "http.disconnect"}

    async def send(event: Mapping[str, Any]) -> None:
        if event["type"] == "http.response.start":
            arrived.status = event["status"]
            arrived.headers = [
                (k.decode("latin-1"), v.decode("latin-1")) for k, v in event["headers"]
            ]
        elif event["type"] == "http.response.body":
            arrived.body += event.get("body", b"")

    try:
        await app(_scope(call), receive, send)
    except Exception:  # noqa: BLE001 - a server answers 500 then; whether it died is asked after it
        return None
    return arrived if arrived.status else None


def _scope(call: _Call) -> dict[str, Any]:
    parts = urlsplit(call.url)
    headers = {"Host": parts.netloc, **call.headers}
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": call.method,
        "scheme": parts.scheme,
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": [(k.lower().encode(), v.encode("latin-1")) for k, v in headers.items()],
        "client": ("192.0.2.7", 40_000),
        "server": (parts.hostname, parts.port or 80),
        "state": {},
    }


def _response(
    request: requests.PreparedRequest, arrived: _Arrived, fault: Fault | None
) -> requests.Response:
    """Return what the caller sees of an answer."""
    body = arrived.body
    headers = dict(arrived.headers)
    if request.method != "HEAD":
        headers.setdefault("Content-Length", str(len(body)))
    if fault is not None and fault.trouble is Trouble.CUT_ANSWER:
        if not body:
            raise requests.ConnectionError
        body = body[: int(len(body) * min(fault.share, 0.99))]
    response = requests.Response()
    response.status_code = arrived.status
    response.headers.update(headers)
    response.request = request
    response.url = request.url or ""
    response.raw = HTTPResponse(
        io.BytesIO(body),
        headers,
        arrived.status,
        preload_content=False,
        request_method=request.method,
        enforce_content_length=True,
    )
    return response

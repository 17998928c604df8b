"""HTTP as the connectors need it: bounded in time and size, no redirects, known errors only."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from reporterdesk import __version__
from reporterdesk.domain.errors import NoConnection, NotTheApi
from reporterdesk.publishing.adapters import RoutedAdapter, SystemTrust
from reporterdesk.publishing.addresses import is_loopback, login_address
from reporterdesk.publishing.route import Route

USER_AGENT = f"ReporterDesk/{__version__}"
_MIB = 1024 * 1024
_SLOWEST = 500.0
"""Bytes a second of the slowest link over which a message still arrives."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a call may take, in seconds, and how large an answer may be, in bytes.

    ``read`` is the longest silence, ``whole`` the longest answer altogether: a server that drips
    one byte now and then must not hold the line for ever.
    """

    connect: float = 10.0
    read: float = 30.0
    whole: float = 120.0
    answer: int = 16 * _MIB
    photo: int = 200 * _MIB


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer; nothing is judged yet."""

    method: str
    url: str
    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def media_type(self) -> str:
        """The ``Content-Type`` without its parameters, in lower case."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()


class Http:
    """Kept connections to one server. May be called from several threads.

    Every call raises :class:`NoConnection` where nothing, or only half an answer, arrived.
    """

    def __init__(
        self,
        base_url: str,
        token: str | None = None,
        limits: Limits | None = None,
        route: Route | None = None,
    ) -> None:
        self.base_url = base_url
        self.limits = limits or Limits()
        self._session = requests.Session()
        self._session.headers.update({"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"})
        self._session.auth = _Bearer(token)
        # As browsers do: a proxy in the environment is not asked for this very machine.
        self._session.trust_env = not is_loopback(urlsplit(base_url).hostname or "")
        way = route or Route()
        self._session.mount("http://", RoutedAdapter(way))
        self._session.mount("https://", SystemTrust(way))
        # No cookies: the API has none, a venue's network has, and without them the session has
        # nothing that several threads could change.
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def call(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        body: bytes | None = None,
        patience: float = 0.0,
        largest: int | None = None,
    ) -> Answer:
        """Make one call and read its whole answer.

        :param patience: seconds for which the server may stay silent on purpose, or because what
            is sent takes long.
        :param largest: bytes that the answer may have; ``limits.answer`` where not given.
        """
        limits = self.limits
        until = time.monotonic() + limits.whole + patience
        try:
            with self._session.request(
                method,
                url,
                headers=dict(headers or {}),
                params=dict(params or {}),
                data=body,
                timeout=(limits.connect, limits.read + patience),
                allow_redirects=False,
                stream=True,
            ) as response:
                content = _read(response, until, largest or limits.answer)
                return Answer(method, url, response.status_code, response.headers, content)
        except requests.exceptions.SSLError:
            sentence = "This network, or the desk’s server, could not prove that it is the desk."
            stranger = NotTheApi(sentence)
            stranger.login_page = login_address(url)
            raise stranger from None
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema):
            raise NotTheApi("The address of the desk’s server cannot be used.") from None
        except (requests.exceptions.RequestException, HTTPError, OSError) as error:
            silence = NoConnection(_sentence(error))
            silence.may_have_arrived = not _never_left(error)
            raise silence from None

    def send_json(
        self,
        method: str,
        url: str,
        message: Mapping[str, Any],
        *,
        headers: Mapping[str, str] | None = None,
        compressed: bool = False,
    ) -> Answer:
        """Send ``message`` as JSON, compressed with gzip where asked."""
        text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
        # A lone surrogate has no bytes in UTF-8; the server sees "?" and refuses what it must.
        body = text.encode("utf-8", "replace")
        sent = {"Content-Type": "application/json", "Accept": "application/json"}
        if compressed:
            # Without a time in the gzip header the same revision is the same bytes.
            body = gzip.compress(body, mtime=0)
            sent["Content-Encoding"] = "gzip"
        # The system takes the bytes at once, and sends them as slowly as the link is.
        patience = len(body) / _SLOWEST
        return self.call(
            method, url, headers={**sent, **(headers or {})}, body=body, patience=patience
        )

    def close(self) -> None:
        """Close the kept connections; a later call opens another."""
        self._session.close()


class _Bearer(AuthBase):
    """Sets the device's token, and keeps ``requests`` from taking one out of a ``.netrc``."""

    def __init__(self, token: str | None) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token is not None:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _read(response: requests.Response, until: float, largest: int) -> bytes:
    """Read the body as it arrives, however slowly, up to the limits."""
    parts: list[bytes] = []
    size = 0
    while part := response.raw.read1(64 * 1024, decode_content=True):
        parts.append(part)
        size += len(part)
        if size > largest:
            raise NotTheApi("The answer was far larger than any of the desk’s.")
        if time.monotonic() > until:
            raise NoConnection("The desk’s server answered too slowly.")
    return b"".join(parts)


def _never_left(error: Exception) -> bool:
    """Tell whether there was no connection to send anything over, not even one that broke."""
    cause = error.args[0] if error.args else None
    reason = getattr(cause, "reason", cause)
    never = (requests.exceptions.ConnectTimeout, requests.exceptions.ProxyError)
    return isinstance(error, never) or isinstance(reason, NewConnectionError | ConnectTimeoutError)


def _sentence(error: Exception) -> str:
    if isinstance(error, requests.exceptions.ProxyError):
        return "The proxy of this network did not let the call through."
    if isinstance(error, requests.exceptions.Timeout):
        return "The desk’s server did not answer in time."
    return NoConnection.happened

"""The address of a publishing API as a person types it, and the addresses a server gives back."""

from __future__ import annotations

import contextlib
import ipaddress
import re
from urllib.parse import SplitResult, urljoin, urlsplit

from reporterdesk.domain.errors import NotTheApi

_PAGES = frozenset(
    {
        "v1",
        "sections",
        "reports",
        "photos",
        "static",
        "docs",
        "openapi.json",
        "feed.atom",
        "feed.json",
        "sitemap.xml",
        "healthz",
        "readyz",
        "metrics",
        "index.html",
    }
)
"""First segments of the server's own pages: who pastes such an address means the server."""

_UPLOAD_PATH = re.compile(r"/v1/uploads(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+")
_HAS_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://")
_CHECK = "Check the address of your desk."


def token_name(server_url: str, email: str) -> str:
    """Return the name of a device's token in the keyring, for a person to recognise there."""
    return f"{email.strip().lower()} at {server_url}"


def normal_server_url(typed: str) -> str:
    """Return the server's base URL for what a person typed, without a trailing slash.

    ``https://`` is added where no scheme is given (``http://`` for this very machine). The
    address of one of the server's pages becomes the address of the server; a prefix under which
    the server may be mounted stays.

    :raises NotTheApi: this cannot be an address of a server.
    """
    text = typed.strip()
    if not text:
        raise _not_an_address("There is no address of a desk’s server.")
    if not _HAS_SCHEME.match(text):
        text = f"//{text.lstrip('/')}"
    parts = _split(text, typed)
    host = (parts.hostname or "").lower()
    scheme = parts.scheme.lower() or ("http" if is_loopback(host) else "https")
    if scheme not in {"http", "https"}:
        raise _not_an_address(f"An address starts with https://, not with {scheme}://.")
    if parts.username is not None or parts.password is not None:
        raise _not_an_address("An address must not have a name or a password in it.")
    shown = f"[{host}]" if ":" in host else host
    port = "" if parts.port in {None, {"http": 80, "https": 443}[scheme]} else f":{parts.port}"
    return f"{scheme}://{shown}{port}{_prefix(parts.path)}"


def upload_address(base_url: str, upload_url: str) -> str:
    """Return the full address of an upload that the server named.

    Only the same origin and only ``/v1/uploads/…``: a hostile or confused answer must not make
    this device send its token, or photos, anywhere else.

    :raises NotTheApi: any other address.
    """
    base = urlsplit(base_url)
    try:
        target = urlsplit(upload_url)
        named_port = target.port
    except ValueError:
        raise _elsewhere() from None
    if target.scheme or target.netloc:
        same = (target.scheme, target.hostname, named_port, target.username) == (
            base.scheme,
            base.hostname,
            base.port,
            None,
        )
        if not same:
            raise _elsewhere()
    path = target.path.removeprefix(base.path) if base.path else target.path
    if target.query or target.fragment or not _UPLOAD_PATH.fullmatch(path):
        raise _elsewhere()
    return f"{base_url}{path}"


def login_address(called: str, moved_to: str = "") -> str:
    """Return where a browser meets the page of a network that answered the call to ``called``.

    That is where the network sent the call to; else the server's own address, without TLS, which
    such a network does not let through but answers for itself. Only ``http`` and ``https``: what
    a strange network says is opened in a browser.
    """
    with contextlib.suppress(ValueError):
        moved = urlsplit(urljoin(called, moved_to)) if moved_to else None
        if moved is not None and moved.scheme in {"http", "https"} and moved.hostname:
            return moved.geturl()
    parts = urlsplit(called)
    return f"http://{parts.netloc if parts.scheme == 'http' else parts.hostname}/"


def is_loopback(host: str) -> bool:
    """Tell whether ``host`` is this very machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _split(text: str, typed: str) -> SplitResult:
    wrong = _not_an_address(f"“{_short(typed)}” is not an address of a server.")
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises ValueError for a port that is none
        host = parts.hostname or ""
        encoded = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise wrong from None
    if not encoded or re.search(r"[^a-z0-9.:_-]", encoded, re.IGNORECASE):
        raise wrong
    return parts


def _prefix(path: str) -> str:
    kept: list[str] = []
    for segment in path.split("/"):
        if segment.lower() in _PAGES:
            break
        if segment not in {"", ".", ".."}:
            kept.append(segment)
    return "".join(f"/{segment}" for segment in kept)


def _short(typed: str) -> str:
    text = " ".join(typed.split())
    return text if len(text) <= 60 else f"{text[:59]}…"


def _not_an_address(sentence: str) -> NotTheApi:
    return NotTheApi(sentence, safe="", next_step=_CHECK)


def _elsewhere() -> NotTheApi:
    return NotTheApi("The desk’s server asked for the photos to be sent somewhere else.")

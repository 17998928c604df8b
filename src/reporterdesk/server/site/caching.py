"""Answers that a cache may keep: ``ETag``, ``Last-Modified``, and 304 (RFC 9110, section 13)."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response

PAGE = "public, max-age=60"
"""A page may be a minute old: a withdrawn report is gone for everybody a minute later."""
FOREVER = "public, max-age=31536000, immutable"
"""For an address that names its content."""

_SAFETY = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none';"
        " form-action 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


def answer(
    request: Request,
    body: bytes,
    media_type: str,
    *,
    changed: datetime | None = None,
    cache: str = PAGE,
    status: int = 200,
) -> Response:
    """Return ``body``, or 304 without it where the reader already has exactly this.

    :param changed: when the content changed last (aware), for ``Last-Modified``. Not for lists:
        where the newest report is withdrawn, their newest change goes back in time.
    """
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = _SAFETY | {"ETag": tag, "Cache-Control": cache}
    if changed is not None:
        headers["Last-Modified"] = format_datetime(changed.astimezone(UTC), usegmt=True)
    if status == 200 and _has_it(request, tag, changed):
        return Response(status_code=304, headers=headers)
    return Response(body, status_code=status, media_type=media_type, headers=headers)


def _has_it(request: Request, tag: str, changed: datetime | None) -> bool:
    """Evaluate the preconditions: ``If-Modified-Since`` counts only without ``If-None-Match``."""
    known = request.headers.get("If-None-Match")
    if known is not None:
        tags = [part.strip().removeprefix("W/") for part in known.split(",")]
        return "*" in tags or tag in tags
    since = request.headers.get("If-Modified-Since")
    if since is None or changed is None:
        return False
    try:
        moment = parsedate_to_datetime(since)
    except ValueError:
        return False
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return changed.replace(microsecond=0) <= moment

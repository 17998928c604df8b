"""What a person types as a link's address, made into a link the report may hold."""

from __future__ import annotations

import re

from PySide6.QtCore import QUrl

from reporterdesk.text.cleaning import safe_link

_HAS_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)")
_MAIL = re.compile(r"[^@\s/:]+@[^@\s/:]+\.[^@\s/:.]+")


class LinkRefused(ValueError):
    """What was typed is no address a report may link to."""


def link_address(typed: str) -> str:
    """Return the link for what was ``typed``: ``example.org`` becomes ``https://example.org``.

    :raises LinkRefused: it is empty, no address at all, or of a kind that reports do not link to.
    """
    typed = typed.strip()
    if _MAIL.fullmatch(typed):
        typed = f"mailto:{typed}"
    elif typed and not _HAS_SCHEME.match(typed):
        typed = f"https://{typed.removeprefix('//')}"
    link = safe_link(typed)
    if link is None:
        raise LinkRefused(typed)
    if link.startswith("mailto:"):
        if not _MAIL.fullmatch(link.removeprefix("mailto:").partition("?")[0]):
            raise LinkRefused(typed)
        return link
    host = QUrl(link, QUrl.ParsingMode.TolerantMode).host()
    named = "." in host.strip(".") or host == "localhost" or ":" in host
    if not named or "%20" in link.partition("://")[2].partition("/")[0]:
        raise LinkRefused(typed)
    return link

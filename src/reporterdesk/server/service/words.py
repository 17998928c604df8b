"""What is kept of a report beside its revisions: one line to show, and words to look for."""

from __future__ import annotations

import re

from reporterdesk.wire.messages import FileRequest

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_LONGEST_SEARCH = 200_000


def stored_line(text: str) -> str:
    """Return ``text`` as one line without control characters."""
    return _CONTROL.sub(" ", text)


def storable(text: str) -> str:
    """Return ``text`` without NUL, which PostgreSQL cannot keep; only notes go through this."""
    return text.replace("\0", "\ufffd")


def search_words(request: FileRequest) -> str:
    """Return the folded text in which ``q`` is looked for."""
    event = request.event
    parts = (
        request.headline,
        request.standfirst,
        request.byline,
        event.name,
        event.venue,
        event.city,
        event.organiser,
        request.body,
    )
    return folded(" ".join(parts))[:_LONGEST_SEARCH]


def folded(text: str) -> str:
    """Return ``text`` as it is compared: one line, without regard to case."""
    return stored_line(text).casefold()

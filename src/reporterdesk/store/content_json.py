"""A report's content as JSON text and back, exactly.

What is listed and searched has columns of its own; the content as a whole is one JSON text, so that
a revision is frozen as one value and a new field needs no new column. Reading forgives missing
keys: they have their defaults.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from reporterdesk.domain.event import Attendance, EventFacts, EventKind, Qualifier
from reporterdesk.domain.photo import Photo, Rendition
from reporterdesk.domain.report import ReportContent


def content_to_json(content: ReportContent) -> str:
    """Return ``content`` as compact JSON."""
    return json.dumps(asdict(content), ensure_ascii=False, separators=(",", ":"))


def content_from_json(text: str) -> ReportContent:
    """Return the content that :func:`content_to_json` wrote."""
    found: dict[str, Any] = json.loads(text)
    return ReportContent(
        headline=found.get("headline", ""),
        standfirst=found.get("standfirst", ""),
        byline=found.get("byline", ""),
        section=found.get("section", ""),
        language=found.get("language", "en"),
        body=found.get("body", ""),
        note_to_desk=found.get("note_to_desk", ""),
        event=_event(found.get("event", {})),
        photos=tuple(_photo(photo) for photo in found.get("photos", ())),
        lead_photo=found.get("lead_photo"),
        embargoed_until=found.get("embargoed_until"),
    )


def _event(found: dict[str, Any]) -> EventFacts:
    attendance = found.get("attendance")
    return EventFacts(
        name=found.get("name", ""),
        kind=EventKind(found.get("kind", EventKind.OTHER)),
        starts_at=found.get("starts_at", ""),
        ends_at=found.get("ends_at"),
        venue=found.get("venue", ""),
        city=found.get("city", ""),
        country=found.get("country", ""),
        organiser=found.get("organiser", ""),
        attendance=None
        if attendance is None
        else Attendance(attendance["number"], Qualifier(attendance["qualifier"])),
    )


def _photo(found: dict[str, Any]) -> Photo:
    return Photo(
        id=found["id"],
        preview=_rendition(found["preview"]),
        full=_rendition(found["full"]),
        caption=found.get("caption", ""),
        credit=found.get("credit", ""),
        alt_text=found.get("alt_text", ""),
    )


def _rendition(found: dict[str, Any]) -> Rendition:
    return Rendition(
        sha256=found["sha256"],
        bytes=found["bytes"],
        media_type=found["media_type"],
        width=found["width"],
        height=found["height"],
    )

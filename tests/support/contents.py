"""Contents of reports for tests."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from reporterdesk.domain.event import EventFacts
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.photo import Photo, Rendition
from reporterdesk.domain.report import ReportContent


def ready_content(headline: str = "School opens again", *photos: Photo) -> ReportContent:
    """Return a content in which the readiness checks find nothing missing."""
    return ReportContent(
        headline=headline,
        section="schools",
        body="Three hundred people came.\n\nIt rained.\n",
        event=EventFacts(name="Opening", starts_at="2026-03-14", city="Lahore", country="PK"),
        photos=photos,
    )


def photo_of(preview: bytes, full: bytes, *, caption: str = "The hall") -> Photo:
    """Return a photo's record for these bytes, which need not be a picture."""
    sizes = [
        Rendition(hashlib.sha256(data).hexdigest(), len(data), "image/jpeg", width, width // 2)
        for data, width in ((preview, 1280), (full, 4096))
    ]
    return Photo(new_id(), sizes[0], sizes[1], caption=caption, alt_text="A full hall")


def with_body(content: ReportContent, body: str) -> ReportContent:
    """Return ``content`` with another body."""
    return replace(content, body=body)

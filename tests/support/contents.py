"""Contents of reports for tests: one that is ready to file, and any that Hypothesis invents."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from hypothesis import strategies as st

from reporterdesk.domain.event import Attendance, EventFacts, EventKind, Qualifier
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


_text = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)
_name = st.text("0123456789abcdef", min_size=64, max_size=64)
_renditions = st.builds(
    Rendition,
    _name,
    st.integers(1, 2**40),
    st.just("image/jpeg"),
    st.integers(1, 99_999),
    st.integers(1, 99_999),
)
_photos = st.builds(Photo, st.uuids().map(str), _renditions, _renditions, _text, _text, _text)
_attendances = st.builds(Attendance, st.integers(0, 10**9), st.sampled_from(Qualifier))
_events = st.builds(
    EventFacts,
    _text,
    st.sampled_from(EventKind),
    _text,
    st.none() | _text,
    _text,
    _text,
    _text,
    _text,
    st.none() | _attendances,
)

contents = st.builds(
    ReportContent,
    _text,
    _text,
    _text,
    _text,
    _text,
    _text,
    _text,
    _events,
    st.lists(_photos, max_size=3).map(tuple),
    st.none() | st.uuids().map(str),
    st.none() | _text,
)
"""Any content without lone surrogates."""

"""Any content of a report that Hypothesis can invent."""

from __future__ import annotations

from hypothesis import strategies as st

from reporterdesk.domain.event import Attendance, EventFacts, EventKind, Qualifier
from reporterdesk.domain.photo import Photo, Rendition
from reporterdesk.domain.report import ReportContent

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

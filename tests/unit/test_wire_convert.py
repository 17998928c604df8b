"""A revision travels to the desk and back without a change."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from reporterdesk.domain.event import Attendance, EventFacts, EventKind, Qualifier
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.photo import Photo, Rendition
from reporterdesk.domain.report import ReportContent, Revision
from reporterdesk.wire.convert import content_of, file_request
from reporterdesk.wire.messages import FileRequest

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
IDS = st.uuids(version=4).map(str)
HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)
SIZES = st.integers(1, 6000)
RENDITIONS = st.builds(Rendition, HASHES, SIZES, st.just("image/jpeg"), SIZES, SIZES)
PHOTOS = st.builds(Photo, IDS, RENDITIONS, RENDITIONS, WORDS, WORDS, WORDS)
ATTENDANCES = st.builds(Attendance, st.integers(0, 10_000_000), st.sampled_from(Qualifier))
EVENTS = st.builds(
    EventFacts,
    WORDS,
    st.sampled_from(EventKind),
    st.just("2026-03-14"),
    st.none() | st.just("2026-03-15T18:00"),
    WORDS,
    WORDS,
    st.sampled_from(["", "PK", "IT"]),
    WORDS,
    st.none() | ATTENDANCES,
)
CONTENTS = st.builds(
    ReportContent,
    headline=WORDS,
    standfirst=WORDS,
    byline=WORDS,
    section=st.just("city-life"),
    language=st.sampled_from(["en", "ur", "pt-BR"]),
    body=st.text(st.characters(exclude_categories=["Cs"]), max_size=400),
    note_to_desk=WORDS,
    event=EVENTS,
    photos=st.lists(PHOTOS, max_size=3).map(tuple),
    lead_photo=st.none() | IDS,
    embargoed_until=st.none() | st.just("2026-03-14T18:00:00+00:00"),
)


@given(CONTENTS)
def test_content_survives_the_wire(content: ReportContent) -> None:
    revision = Revision(new_id(), new_id(), None, content, datetime(2026, 3, 14, tzinfo=UTC))
    sent = file_request(revision).model_dump_json()
    assert content_of(FileRequest.model_validate_json(sent)) == content


def test_a_report_without_a_section_cannot_be_sent() -> None:
    revision = Revision(new_id(), new_id(), None, ReportContent(), datetime.now(UTC))
    with pytest.raises(ValidationError, match="section"):
        file_request(revision)


def test_an_answer_with_further_fields_is_still_understood() -> None:
    revision = Revision(
        new_id(), new_id(), None, ReportContent(section="city"), datetime(2026, 3, 14, tzinfo=UTC)
    )
    document = file_request(revision).model_dump(mode="json") | {"a_field_of_tomorrow": 1}
    assert FileRequest.model_validate(document).section == "city"

"""What is missing before a report can be filed, in the order of the form."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reporterdesk.domain.event import EventFacts
from reporterdesk.domain.photo import Photo, Rendition
from reporterdesk.domain.readiness import missing
from reporterdesk.domain.report import ReportContent

RENDITION = Rendition("0" * 64, 10, "image/jpeg", 4, 3)
READY = ReportContent(
    headline="Ferry line kept",
    section="city",
    event=EventFacts(starts_at="2026-03-14", city="Porto Fonte"),
    photos=(Photo("p1", RENDITION, RENDITION, caption="The quay", alt_text="People on a quay"),),
)


def test_a_ready_report_misses_nothing() -> None:
    assert missing(READY, paragraphs=1) == ()


@pytest.mark.parametrize(
    ("content", "paragraphs", "field"),
    [
        (replace(READY, headline=" \n"), 1, "headline"),
        (replace(READY, section=""), 1, "section"),
        (replace(READY, event=replace(READY.event, starts_at="")), 1, "event.starts_at"),
        (replace(READY, event=replace(READY.event, city=" ")), 1, "event.city"),
        (READY, 0, "body"),
        (replace(READY, photos=(replace(READY.photos[0], caption=""),)), 1, "photo.caption"),
        (replace(READY, photos=(replace(READY.photos[0], alt_text=" "),)), 1, "photo.alt_text"),
    ],
)
def test_each_thing_that_is_missing_is_named(
    content: ReportContent, paragraphs: int, field: str
) -> None:
    (found,) = missing(content, paragraphs=paragraphs)
    assert found.field == field
    assert found.sentence.endswith(".")
    assert (found.photo_id == "p1") is field.startswith("photo.")


def test_an_empty_report_misses_everything_in_the_order_of_the_form() -> None:
    fields = [found.field for found in missing(ReportContent(), paragraphs=0)]
    assert fields == ["headline", "section", "event.starts_at", "event.city", "body"]


def test_a_venue_is_place_enough() -> None:
    event = EventFacts(starts_at="2026-03-14", venue="The old customs hall")
    assert missing(replace(READY, event=event), paragraphs=1) == ()


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (replace(READY, headline="x" * 10_001), "headline"),
        (replace(READY, standfirst="x" * 10_001), "standfirst"),
        (replace(READY, byline="x" * 1_001), "byline"),
        (replace(READY, body="x" * 2_000_001), "body"),
        (replace(READY, note_to_desk="x" * 10_001), "note_to_desk"),
        (replace(READY, event=replace(READY.event, venue="x" * 1_001)), "event.venue"),
        (replace(READY, photos=(replace(READY.photos[0], caption="x" * 5_001),)), "photo.caption"),
    ],
)
def test_what_the_desk_would_refuse_for_its_length_is_said_before(
    content: ReportContent, field: str
) -> None:
    (found,) = missing(content, paragraphs=1)
    assert found.field == field
    assert found.sentence.startswith("Shorten the ")


def test_a_headline_of_ten_thousand_characters_can_be_filed() -> None:
    assert missing(replace(READY, headline="x" * 10_000), paragraphs=1) == ()

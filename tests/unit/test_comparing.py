"""What changed between two moments of a report: its facts, photos and text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from reporterdesk.domain.event import Attendance, EventKind, Qualifier
from reporterdesk.domain.report import ReportContent
from reporterdesk.text.difference import Change
from reporterdesk.workflow.comparing import Fact, FactChange, compare, with_fact
from support.any_content import contents
from support.contents import photo_of, ready_content, with_body

BEFORE = ready_content("School opens again")


def test_nothing_changed() -> None:
    found = compare(BEFORE, BEFORE)
    assert found.same
    assert (found.facts, found.photos, found.photos_moved) == ((), (), False)
    assert {block.change for block in found.body} == {Change.KEPT}


def test_headline_standfirst_and_body() -> None:
    after = replace(BEFORE, headline="School opens late", standfirst="New")
    found = compare(BEFORE, with_body(after, "Three hundred people came.\n\nIt snowed.\n"))
    assert not found.same
    assert [(word.change, word.run.text) for word in found.headline] == [
        (Change.KEPT, "School opens "),
        (Change.REMOVED, "again"),
        (Change.ADDED, "late"),
    ]
    assert [word.change for word in found.standfirst] == [Change.ADDED]
    assert [block.change for block in found.body] == [Change.KEPT, Change.CHANGED]


def test_facts() -> None:
    event = replace(
        BEFORE.event,
        city="Multan",
        kind=EventKind.RALLY,
        ends_at="2026-03-15",
        attendance=Attendance(300, Qualifier.MORE_THAN),
    )
    found = compare(BEFORE, replace(BEFORE, event=event, byline="Ayesha Khan"))
    assert [(fact.fact, fact.before, fact.after) for fact in found.facts] == [
        (Fact.BYLINE, "", "Ayesha Khan"),
        (Fact.EVENT_KIND, "other", "rally"),
        (Fact.ENDS_AT, "", "2026-03-15"),
        (Fact.CITY, "Lahore", "Multan"),
        (Fact.ATTENDANCE, "", "more_than 300"),
    ]
    assert [word.change for word in found.facts[3].words] == [Change.REMOVED, Change.ADDED]


def test_photos() -> None:
    one, two, three = (photo_of(b"p%d" % n, b"f%d" % n, caption=f"Hall {n}") for n in range(3))
    before = replace(BEFORE, photos=(one, two))
    described = replace(two, caption="Hall 1 at night")
    found = compare(before, replace(BEFORE, photos=(described, three)))
    assert [(each.change, each.before, each.after) for each in found.photos] == [
        (Change.CHANGED, two, described),
        (Change.ADDED, None, three),
        (Change.REMOVED, one, None),
    ]
    assert [word.change for word in found.photos[0].caption] == [Change.KEPT, Change.ADDED]
    assert not found.photos_moved
    moved = compare(before, replace(BEFORE, photos=(two, one)))
    assert moved.photos_moved
    assert moved.photos == ()


@settings(max_examples=60)
@given(before=contents, after=contents)
def test_putting_back_every_fact_leaves_none_changed(
    before: ReportContent, after: ReportContent
) -> None:
    found = compare(before, after)
    for change in found.facts:
        after = with_fact(after, change.fact, before)
    assert compare(before, after).facts == ()


@pytest.mark.parametrize("fact", Fact)
def test_one_fact_is_put_back_and_nothing_else(fact: Fact) -> None:
    full = replace(
        ready_content(),
        byline="By",
        section="s",
        language="de",
        note_to_desk="n",
        embargoed_until="2026-03-14T18:00:00Z",
        lead_photo="p",
        event=replace(
            BEFORE.event,
            name="e",
            kind=EventKind.RALLY,
            starts_at="2026",
            ends_at="2027",
            venue="v",
            city="c",
            country="DE",
            organiser="o",
            attendance=Attendance(3),
        ),
    )
    back = with_fact(ReportContent(), fact, full)
    changes: tuple[FactChange, ...] = compare(ReportContent(), back).facts
    assert [change.fact for change in changes] == [fact]

"""Two revisions of a report are brought together: head, text, facts and photos by one rule."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporterdesk.domain.event import Attendance, Qualifier
from reporterdesk.domain.photo import Photo
from reporterdesk.domain.report import ReportContent
from reporterdesk.text.merge import Choice, Clash
from reporterdesk.text.parse import parse
from reporterdesk.text.wording import Unfit
from reporterdesk.workflow.comparing import Fact
from reporterdesk.workflow.content_merge import ContentMerge, merge_contents
from reporterdesk.workflow.photo_merge import PhotoClash, PhotoPart
from reporterdesk.workflow.questions import (
    FieldClash,
    can_be_worded,
    can_keep_both,
    unfit_for,
    words_of_mine,
)
from reporterdesk.workflow.restoring import Head
from support.any_content import contents
from support.contents import photo_of, ready_content

BASE = replace(ready_content(), body="Three hundred people came.\n\nIt rained.")
ONE, TWO, THREE = (photo_of(b"p%d" % n, b"f%d" % n, caption=f"Photo {n}") for n in (1, 2, 3))


def event(content: ReportContent, **facts: object) -> ReportContent:
    """Return ``content`` with other facts of the event."""
    return replace(content, event=replace(content.event, **facts))  # type: ignore[arg-type]


def asked(found: ContentMerge) -> list[str]:
    """Return the names of what is asked."""
    return [_name(question) for question in found.questions]


def _name(question: object) -> str:
    match question:
        case FieldClash(field):
            return field.value
        case PhotoClash(part):
            return f"photo: {part.value}"
    assert isinstance(question, Clash)
    return "text"


def test_each_field_comes_from_who_changed_it() -> None:
    mine = event(replace(BASE, headline="School is open"), venue="The old hall")
    theirs = event(
        replace(BASE, standfirst="After a year", body=f"{BASE.body}\n\nIt stopped."),
        attendance=Attendance(300, Qualifier.MORE_THAN),
    )
    found = merge_contents(BASE, mine, theirs)
    assert asked(found) == []
    expected = event(
        replace(mine, standfirst="After a year", body=theirs.body),
        attendance=Attendance(300, Qualifier.MORE_THAN),
    )
    assert found.settled() == expected


def test_what_both_changed_is_asked_in_the_order_of_the_page() -> None:
    base = replace(BASE, photos=(ONE,), lead_photo=ONE.id)
    mine, theirs = (
        event(
            replace(
                base,
                headline=f"{word} headline",
                standfirst=f"{word} standfirst",
                body=f"Three hundred people came, {word}.\n\nIt rained.",
                photos=(replace(ONE, caption=f"{word} caption"),),
                note_to_desk=f"{word} note",
            ),
            city=f"{word} city",
        )
        for word in ("My", "Their")
    )
    found = merge_contents(base, mine, theirs)
    expected = ["headline", "standfirst", "text", "photo: caption", "note_to_desk", "event.city"]
    assert asked(found) == expected
    assert found.settled([Choice.MINE] * 6) == mine
    assert found.settled([Choice.THEIRS] * 6) == theirs
    both = [can_keep_both(question) for question in found.questions]
    assert both == [False, True, True, True, True, False]
    answers = [Choice.BOTH if fits else "Mine anew" for fits in both]
    settled = found.settled(answers)
    assert settled.headline == settled.event.city == "Mine anew"
    assert settled.standfirst == "My standfirst\nTheir standfirst"
    assert settled.photos[0].caption == "My caption Their caption"
    assert settled.note_to_desk == "My note\nTheir note"
    assert settled.body.count("Three hundred") == 2


def test_words_can_stand_instead_of_either() -> None:
    mine = replace(BASE, body="Four hundred people came.\n\nIt rained.")
    theirs = replace(BASE, body="Five hundred people came.\n\nIt rained.")
    found = merge_contents(BASE, mine, theirs)
    for answer in ("Many people came.", parse("Many people came.")):
        assert found.settled([answer]).body == "Many people came.\n\nIt rained."


def test_a_wording_keeps_to_the_lines_that_its_field_has() -> None:
    photo = replace(ONE, caption="", credit="", alt_text="")
    base = replace(BASE, photos=(photo,), lead_photo=ONE.id)
    mine, theirs = (
        replace(
            base,
            headline=f"{word} headline",
            standfirst=f"{word} standfirst",
            photos=(replace(photo, caption=f"{word} caption", credit=f"{word} credit"),),
        )
        for word in ("My", "Their")
    )
    found = merge_contents(base, mine, theirs)
    assert [words_of_mine(question) for question in found.questions] == [
        "My headline",
        "My standfirst",
        "My caption",
        "My credit",
    ]
    settled = found.settled([" one\ntwo\x07 "] * 4)
    assert (settled.headline, settled.standfirst) == ("one two", "one\ntwo")
    assert (settled.photos[0].caption, settled.photos[0].credit) == ("one\ntwo", "one two")
    for empty in ("", " \n", "\u200b"):
        assert {unfit_for(question, empty) for question in found.questions} == {Unfit.EMPTY}
        with pytest.raises(ValueError, match="say something"):
            found.settled([empty] * 4)


def test_what_is_not_written_freely_has_no_wording() -> None:
    photo = replace(ONE, full=TWO.full)
    base = replace(event(BASE, country="PK"), photos=(ONE,))
    mine = replace(event(base, country="IN"), photos=(photo,), body="![](photo:a)")
    theirs = replace(
        event(base, country="IR"), photos=(replace(ONE, full=THREE.full),), body="![](photo:b)"
    )
    found = merge_contents(base, mine, theirs)
    assert asked(found) == ["text", "photo: file", "event.country"]
    assert not any(can_be_worded(question) for question in found.questions)
    gone = merge_contents(base, replace(base, photos=()), replace(base, photos=(photo,)))
    assert asked(gone) == ["photo: photo"]
    assert not can_be_worded(gone.questions[0])


@pytest.mark.parametrize("answer", [Choice.BOTH, parse("text")])
def test_an_answer_that_cannot_be_had_is_refused(answer: Choice) -> None:
    found = merge_contents(BASE, replace(BASE, headline="One"), replace(BASE, headline="Two"))
    with pytest.raises(ValueError, match=r"cannot be|Only the text"):
        found.settled([answer])
    with pytest.raises(ValueError, match="one answer"):
        found.settled([])


def test_one_moment_written_in_two_ways_is_no_change() -> None:
    base = replace(BASE, embargoed_until="2026-03-14T18:00:00Z")
    theirs = replace(BASE, embargoed_until="2026-03-14T23:00:00+05:00")
    mine = replace(BASE, embargoed_until="2026-03-15T18:00:00Z")
    assert merge_contents(base, mine, theirs).settled() == mine
    never = replace(base, embargoed_until=None)
    found = merge_contents(base, mine, never)
    assert found.fields == (
        FieldClash(Fact.EMBARGOED_UNTIL, "2026-03-14T18:00:00Z", "2026-03-15T18:00:00Z", ""),
    )


def test_photos_that_either_added_are_there_and_those_taken_out_are_not() -> None:
    base = replace(BASE, photos=(ONE, TWO))
    mine, theirs = replace(base, photos=(TWO, THREE)), replace(base, photos=(TWO, ONE))
    assert merge_contents(base, mine, theirs).settled().photos == (TWO, THREE)
    added = merge_contents(base, replace(base, photos=(ONE, THREE, TWO)), theirs)
    assert added.settled().photos == (TWO, ONE, THREE)
    alone = merge_contents(base, replace(base, photos=(TWO, ONE)), base)
    assert alone.settled().photos == (TWO, ONE)


def test_a_photo_taken_out_and_described_is_asked() -> None:
    base = replace(BASE, photos=(ONE, TWO), lead_photo=ONE.id)
    described = replace(base, photos=(replace(ONE, caption="The old hall"), TWO))
    without = replace(base, photos=(TWO,), lead_photo=TWO.id)
    found = merge_contents(base, without, described)
    assert asked(found) == ["photo: photo"]
    assert found.settled([Choice.MINE]).photos == (TWO,)
    assert found.settled([Choice.THEIRS]).photos == described.photos
    with pytest.raises(ValueError, match="kept or taken out"):
        found.settled([Choice.BOTH])


def test_a_photo_that_the_text_shows_or_that_leads_comes_back() -> None:
    base = replace(BASE, photos=(ONE, TWO), lead_photo=ONE.id)
    without = replace(base, photos=(ONE,))
    shown = replace(base, body=f"{BASE.body}\n\n![](photo:{TWO.id})")
    assert merge_contents(base, without, shown).settled().photos == (ONE, TWO)
    leads = replace(base, lead_photo=TWO.id)
    settled = merge_contents(base, without, leads).settled()
    assert (settled.lead_photo, settled.photos) == (TWO.id, (ONE, TWO))
    nowhere = replace(base, lead_photo="gone")
    assert merge_contents(base, base, nowhere).settled().lead_photo == ONE.id


def test_a_smaller_picture_of_one_side_is_taken_over() -> None:
    small = replace(ONE, full=ONE.preview)
    base, mine = replace(BASE, photos=(ONE,)), replace(BASE, photos=(small,))
    theirs = replace(BASE, photos=(replace(ONE, credit="A. Khan"),))
    settled = merge_contents(base, mine, theirs).settled()
    assert settled.photos == (replace(small, credit="A. Khan"),)
    other = replace(BASE, photos=(replace(ONE, full=TWO.full),))
    found = merge_contents(base, mine, other)
    assert asked(found) == ["photo: file"]
    assert found.settled([Choice.THEIRS]).photos == other.photos
    for answer in (Choice.BOTH, "words"):
        with pytest.raises(ValueError, match=r"one can be kept|cannot be written"):
            found.settled([answer])


def test_without_a_common_revision_only_what_differs_is_asked() -> None:
    mine = replace(BASE, standfirst="", byline="A. Khan", photos=(ONE,))
    theirs = replace(BASE, headline="Another", standfirst="After a year", photos=(TWO,))
    found = merge_contents(None, mine, theirs)
    assert asked(found) == ["headline"]
    settled = found.settled([Choice.THEIRS])
    assert (settled.standfirst, settled.byline) == ("After a year", "A. Khan")
    assert set(settled.photos) == {ONE, TWO}


def _plain(content: ReportContent) -> ReportContent:
    """Return ``content`` with ``None`` for what is not given, where ``""`` says the same."""
    event = replace(content.event, ends_at=content.event.ends_at or None)
    embargo = content.embargoed_until or None
    return replace(content, event=event, embargoed_until=embargo, lead_photo=None)


_made = contents.map(_plain)


@settings(max_examples=25)
@given(base=_made, other=_made, words=st.text("abc ", min_size=1, max_size=5))
def test_one_side_alone_is_taken_as_it_is(
    base: ReportContent, other: ReportContent, words: str
) -> None:
    base, other = (replace(each, body=words) for each in (base, other))
    for mine, theirs in ((other, base), (base, other), (other, other)):
        found = merge_contents(base, mine, theirs)
        assert found.questions == ()
        assert parse(found.settled().body) == parse(other.body)
        assert replace(found.settled(), body="") == replace(other, body="")


@settings(max_examples=25)
@given(base=st.none() | _made, mine=_made, theirs=_made)
def test_no_photo_is_lost(
    base: ReportContent | None, mine: ReportContent, theirs: ReportContent
) -> None:
    found = merge_contents(base, mine, theirs)
    wanted: dict[str, Photo] = {photo.id: photo for photo in (*mine.photos, *theirs.photos)}
    known = {photo.id for photo in base.photos} if base else set()
    settled = found.settled([Choice.MINE] * len(found.questions))
    assert wanted.keys() - known <= {photo.id for photo in settled.photos}
    assert [clash.field for clash in found.fields if isinstance(clash.field, Head)] == [
        head
        for head in Head
        if len({getattr(side, head.value) for side in (base, mine, theirs) if side}) == 3
        or (
            base is None
            and getattr(mine, head.value) != getattr(theirs, head.value)
            and getattr(mine, head.value)
            and getattr(theirs, head.value)
        )
    ]
    assert {part.value for part in PhotoPart} >= {
        clash.part.value for clash in found.photos.clashes
    }

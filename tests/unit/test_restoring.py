"""Changes are taken back one by one, or all at once: always to the earlier moment."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from reporterdesk.domain.report import ReportContent
from reporterdesk.text.difference import BlockChange, Change
from reporterdesk.text.normal import normalise
from reporterdesk.text.parse import parse
from reporterdesk.text.print import to_markdown
from reporterdesk.text.tree import Document
from reporterdesk.workflow.comparing import PhotoChange, compare
from reporterdesk.workflow.restoring import (
    AnyChange,
    HeadChange,
    Moment,
    body_after,
    body_before,
    changes_of,
    restored,
)
from support.any_content import contents
from support.contents import photo_of, ready_content
from support.trees import documents, joining_documents


def _moment(content: ReportContent, body: Document) -> Moment:
    return Moment(replace(content, body=""), body)


def _changes(then: Moment, now: Moment) -> tuple[AnyChange, ...]:
    def whole(moment: Moment) -> ReportContent:
        return replace(moment.content, body=to_markdown(moment.body))

    comparison = compare(whole(then), whole(now))
    assert body_before(comparison) == then.body
    assert body_after(comparison) == now.body
    return changes_of(comparison)


@settings(max_examples=40)
@given(contents, documents(), contents, documents())
def test_taking_back_one_after_the_other_leads_to_the_moment(
    old: ReportContent, old_body: Document, new: ReportContent, new_body: Document
) -> None:
    """A list that comes back beside a new one of its kind joins it, and is parted next."""
    then, now = _moment(old, old_body), _moment(new, new_body)
    _take_all_back(then, now)


@settings(max_examples=100)
@given(joining_documents(), joining_documents())
def test_lists_that_meet_are_taken_back_one_after_the_other(
    old_body: Document, new_body: Document
) -> None:
    content = ready_content("One headline")
    _take_all_back(_moment(content, old_body), _moment(content, new_body))


def _take_all_back(then: Moment, now: Moment) -> None:
    changes = _changes(then, now)
    for _ in range(2 * len(changes) + 2):
        if changes:
            now = restored(now, then, changes[0])
            assert normalise(now.body) == now.body
            changes = _changes(then, now)
    assert changes == ()
    assert now.body == then.body
    assert now.content.photos == then.content.photos


@settings(max_examples=30)
@given(contents, documents(), contents, documents())
def test_all_at_once_is_the_moment(
    old: ReportContent, old_body: Document, new: ReportContent, new_body: Document
) -> None:
    then, now = _moment(old, old_body), _moment(new, new_body)
    assert restored(now, then, None) == then


@pytest.mark.parametrize(
    ("old", "new", "fate", "taken_back"),
    [
        pytest.param(
            "- water\n\nAnd:\n\n- chairs\n- tables",
            "- chairs\n- tables\n- lamps",
            Change.REMOVED,
            "- water\n\nAnd:\n\n- chairs\n- tables\n- lamps",
            id="what parted two lists comes back with the first",
        ),
        pytest.param(
            "- water\n- cups",
            "- come early to the hall\n- bring the banner and the flags\n- sing all of it loud",
            Change.REMOVED,
            "- water\n- cups\n- come early to the hall\n- bring the banner and the flags\n"
            "- sing all of it loud",
            id="a list joins a new one",
        ),
        pytest.param(
            "> One.\n\n---\n\n> Two.",
            "> One.\n\nNew.\n\n> Two.",
            Change.ADDED,
            "> One.\n\n---\n\n> Two.",
            id="quotes stay two where what came between them goes",
        ),
    ],
)
def test_no_words_stand_twice_where_lists_meet(
    old: str, new: str, fate: Change, taken_back: str
) -> None:
    content = ready_content("One headline")
    then, now = _moment(content, parse(old)), _moment(content, parse(new))
    change = next(c for c in _changes(then, now) if isinstance(c, BlockChange) and c.change is fate)
    found = restored(now, then, change)
    assert to_markdown(found.body).strip() == taken_back
    fates = [c.change for c in _changes(then, found) if isinstance(c, BlockChange)]
    assert Change.REMOVED not in fates


def test_a_photo_between_two_lists_comes_back_with_them() -> None:
    photo = photo_of(b"1", b"1")
    body = parse(f"- water\n\n![](photo:{photo.id})\n\n- chairs")
    then = _moment(ready_content("One", photo), body)
    now = _moment(ready_content("One"), parse("- chairs"))
    found = restored(now, then, next(c for c in _changes(then, now) if "water" in str(c)))
    assert found.body == body
    assert found.content.photos == (photo,)


def test_a_photo_stands_again_after_those_it_came_after() -> None:
    one, two, three, four = (photo_of(bytes([n]), bytes([n, n])) for n in range(4))
    then = _moment(replace(ready_content("x", one, two, three), lead_photo=one.id), Document())
    now = _moment(replace(ready_content("x", one, four, three), lead_photo=one.id), Document())
    change = next(
        each
        for each in _changes(then, now)
        if isinstance(each, PhotoChange) and each.change is Change.REMOVED
    )
    found = restored(now, then, change).content
    assert found.photos == (one, two, four, three)
    assert found.lead_photo == one.id


def test_a_new_photo_that_leads_is_taken_out_and_the_next_one_leads() -> None:
    one, two = photo_of(b"1", b"1"), photo_of(b"2", b"2")
    then = _moment(replace(ready_content("x", one), lead_photo=one.id), Document())
    now = _moment(replace(ready_content("x", two, one), lead_photo=two.id), Document())
    change = next(each for each in _changes(then, now) if isinstance(each, PhotoChange))
    found = restored(now, then, change).content
    assert (found.photos, found.lead_photo) == ((one,), one.id)


def test_a_figure_brings_its_photo_back_and_other_changes_stay() -> None:
    photo = photo_of(b"1", b"1")
    body = parse(f"Before.\n\n![](photo:{photo.id})\n\nAfter.")
    then = _moment(replace(ready_content("Old", photo), lead_photo=photo.id), body)
    now = _moment(ready_content("New"), parse("Before.\n\nAfter that."))
    figure = next(each for each in _changes(then, now) if "Figure" in str(each))
    found = restored(now, then, figure)
    assert found.body == parse(f"Before.\n\n![](photo:{photo.id})\n\nAfter that.")
    assert found.content.photos == (photo,)
    assert found.content.lead_photo == photo.id
    assert found.content.headline == "New"


def test_the_page_begins_with_what_stands_over_the_body() -> None:
    then = _moment(ready_content("Old"), parse("One."))
    now = _moment(replace(ready_content("New"), standfirst="So."), parse("Two."))
    kinds = [type(change).__name__ for change in _changes(then, now)]
    assert kinds[:2] == [HeadChange.__name__] * 2
    assert kinds[2:] == ["BlockChange"]


def test_nothing_changed_is_nothing_to_take_back() -> None:
    then = _moment(ready_content("Old"), parse("One."))
    assert _changes(then, then) == ()

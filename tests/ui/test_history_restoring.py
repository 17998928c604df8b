"""Restoring, whatever was written: exactly the moment, and exactly back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from reporterdesk.domain.errors import StoreFull
from reporterdesk.domain.report import ReportContent
from reporterdesk.text.parse import parse
from reporterdesk.text.print import to_markdown
from reporterdesk.text.tree import Document
from reporterdesk.workflow.drafting import clean_content
from support.contents import photo_of, ready_content, with_body
from support.history_desk import HistoryDesk, history_desk
from support.random_edits import Edit, do_edit, edits
from support.trees import documents
from support.writing import type_keys

few = settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@pytest.fixture
def room(home: Path, qtbot: QtBot) -> Iterator[HistoryDesk]:
    with history_desk(home, qtbot) as room:
        yield room


def _content(document: Document, headline: str = "Old") -> ReportContent:
    return clean_content(with_body(ready_content(headline), to_markdown(document)))


@few
@given(old=documents(), plan=edits)
def test_after_any_editing_all_comes_back_and_goes_again(
    room: HistoryDesk, old: Document, plan: list[Edit]
) -> None:
    then = _content(old)
    room.show(then)
    pane, body = room.desk.pane, room.desk.pane.text.body
    for edit in plan:
        do_edit(body, edit)
    pane.text.head.headline.insertPlainText("New ")
    before, written = pane.content(), body.document()

    room.restore(room.page(then), None)
    assert body.document() == parse(then.body)
    assert pane.content() == then
    room.restoring.take_back()
    assert body.document() == written
    assert pane.content() == before


@few
@given(old=documents(), new=documents(), data=st.data())
def test_any_change_comes_back_by_itself(
    room: HistoryDesk, old: Document, new: Document, data: st.DataObject
) -> None:
    then = _content(old)
    room.show(_content(new, "New"))
    before = room.desk.pane.content()
    page = room.page(then)
    change = data.draw(st.sampled_from(page.changes))
    room.restore(page, change)
    assert room.desk.pane.content() != before
    room.restoring.take_back()
    assert room.desk.pane.content() == before


def test_every_field_comes_back_one_by_one(room: HistoryDesk) -> None:
    hall, river = photo_of(b"1", b"2"), photo_of(b"3", b"4", caption="The river")
    then = replace(
        ready_content("Old", hall, river),
        standfirst="Before",
        body="It rained.",  # canonical: another language sets the body anew
        byline="Amina Raza",
        language="ur",
        note_to_desk="Call me",
        lead_photo=river.id,
    )
    now = replace(
        ready_content("New", replace(hall, caption="The new hall"), photo_of(b"5", b"6")),
        section="culture",
        body="It rained.",
    )
    room.show(replace(now, lead_photo=now.photos[0].id))
    for _ in range(30):
        page = room.page(then)
        if not page.changes:
            break
        room.restore(page, page.changes[0])
    assert room.desk.pane.content() == then


def test_what_was_taken_back_is_done_again_with_all_its_fields(room: HistoryDesk) -> None:
    then = replace(with_body(ready_content("Old"), "Old."), standfirst="Before", language="fr")
    room.show(with_body(ready_content("New"), "New."))
    body, before = room.desk.pane.text.body, room.desk.pane.content()
    room.restore(room.page(then), None)
    for _ in range(2):
        room.restoring.take_back()
        assert room.desk.pane.content() == before
        body.redo()
        assert room.desk.pane.content() == then
        assert room.restoring.can_take_back
    body.undo()
    assert room.desk.pane.content() == before
    type_keys(body, "x")
    body.undo()
    assert room.desk.pane.content() == before
    assert not room.restoring.can_take_back


def test_nothing_is_done_again_where_only_fields_were_restored(room: HistoryDesk) -> None:
    room.show(with_body(ready_content("New"), "Same."))
    body = room.desk.pane.text.body
    room.restore(room.page(with_body(ready_content("Old"), "Same.")), None)
    room.restoring.take_back()
    type_keys(body, " ")  # no change of the tree
    assert room.desk.pane.content().headline == "New"


def test_the_order_of_photos_comes_back(room: HistoryDesk) -> None:
    photos = tuple(photo_of(bytes([n]), bytes([n, n])) for n in range(4))
    then = replace(ready_content("Same", *photos), lead_photo=photos[0].id)
    room.show(replace(then, photos=(photos[3], photos[1], photos[0], photos[2])))
    (change,) = room.page(then).changes
    room.restore(room.page(then), change)
    assert room.desk.pane.content() == then


def test_a_full_disk_restores_nothing_and_says_so(room: HistoryDesk) -> None:
    then = with_body(ready_content("Old"), "Old.")
    room.show(with_body(ready_content("New"), "New."))
    room.desk.saved()
    before = room.desk.pane.content()
    room.desk.workers.break_store(StoreFull("The disk is full."))
    room.restore(room.page(then), None)
    assert room.desk.pane.content() == before
    assert "The disk is full." in room.bar.sentence
    assert not room.restoring.can_take_back
    room.desk.workers.break_store(None)
    room.restore(room.page(then), None)
    assert room.desk.pane.content() == then


def test_a_text_that_changed_meanwhile_is_not_restored_into(room: HistoryDesk) -> None:
    then = with_body(ready_content("Old"), "One.\n\nTwo.")
    room.show(with_body(ready_content("Old"), "One.\n\nThree."))
    page = room.page(then)
    room.desk.pane.text.body.insertPlainText("Typed since. ")
    before = room.desk.pane.content()
    room.restore(page, page.changes[0])
    assert room.desk.pane.content() == before
    assert "changed meanwhile" in room.bar.sentence


def test_another_report_that_was_opened_meanwhile_stays_as_it_is(room: HistoryDesk) -> None:
    then = with_body(ready_content("Old"), "Old.")
    room.show(with_body(ready_content("New"), "New."))
    page = room.page(then)
    room.restoring.restore(page, None)
    room.show(with_body(ready_content("Another"), "Another."))
    before = room.desk.pane.content()
    room.desk.qtbot.waitUntil(lambda: room.desk.workers.idle, timeout=20_000)
    assert room.desk.pane.content() == before
    assert not room.restoring.can_take_back


def test_the_offer_does_not_follow_to_another_report(room: HistoryDesk) -> None:
    room.show(with_body(ready_content("New"), "New."))
    then = with_body(ready_content("Old"), "Old.")
    room.restore(room.page(then), None)
    assert room.restoring.can_take_back
    room.show(with_body(ready_content("Another"), "Another."))
    assert not room.restoring.can_take_back
    assert room.bar.isHidden()

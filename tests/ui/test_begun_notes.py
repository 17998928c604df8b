"""A note that an editor has begun outlasts another report, a closed question and the app."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.errands import Errand
from reporterdesk.domain.errors import NotTheApi
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.people import Account, Person
from reporterdesk.domain.reviewed import ReviewedReport
from reporterdesk.domain.status import Action, Status
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.controllers.begun_notes import BegunNotes
from reporterdesk.ui.photo_images import PhotoImages
from reporterdesk.ui.widgets.review_pane import ReviewPane
from reporterdesk.workflow.begun_notes import BegunNote, begun_notes, keep_note
from reporterdesk.workflow.deciding import take_back, wish_decision
from support.contents import ready_content
from support.desks import DoorKeeper
from support.laptop import laptop
from support.whole_app import sign_in_beforehand, whole_app
from support.workers import Workers

EVE, JON = (
    Account("https://desk.example", Person(new_id(), name, f"{name}@desk.example"))
    for name in ("eve", "jon")
)
ONE, OTHER = (
    ReviewedReport(new_id(), ready_content(name), Status.FILED, new_id(), 1, "Ana", utc_now())
    for name in ("Rafts of cork", "Lanterns")
)
CORRECTION = replace(ONE, status=Status.PUBLISHED)
WORDS = "Who counted them?"
_PATIENCE = 20_000


def at_once(work: Callable[[], Any], done: Callable[[Any], None], _failed: object) -> None:
    done(work())


@pytest.fixture
def workers(home: Path, qtbot: QtBot) -> Iterator[Workers]:
    made = Workers(home)
    made.store_thread.run(lambda store: store.account.set(EVE))
    yield made
    qtbot.waitUntil(lambda: made.idle, timeout=_PATIENCE)
    made.close()
    assert made.bugs == []


@pytest.fixture
def open_pane(workers: Workers, qtbot: QtBot) -> Callable[[], ReviewPane]:
    """Return what makes a pane, as the app does at its start."""

    def make() -> ReviewPane:
        pane = ReviewPane(Actions(), PhotoImages(lambda *_: None, at_once), at_once)
        qtbot.addWidget(pane)
        BegunNotes(pane, workers)
        pane.resize(800, 600)
        pane.show()
        return pane

    return make


@pytest.fixture
def pane(open_pane: Callable[[], ReviewPane]) -> ReviewPane:
    return open_pane()


def notes_of(pane: ReviewPane) -> BegunNotes:
    """Return what keeps the notes of a pane."""
    found = pane.findChild(BegunNotes)
    assert found is not None
    return found


def settled(workers: Workers, qtbot: QtBot) -> None:
    """Wait until the store has answered all that was asked."""
    workers.store_thread.run(lambda _store: None)
    qtbot.waitUntil(lambda: workers.idle, timeout=_PATIENCE)


def begin(pane: ReviewPane, qtbot: QtBot, words: str = WORDS) -> None:
    """Begin a note to the reporter."""
    pane.show_report(ONE)
    pane.ask_return()
    qtbot.keyClicks(pane.ask.note, words)


def kept(workers: Workers, report: ReviewedReport = ONE) -> dict[Action, BegunNote]:
    """Return what stands in the store."""
    return workers.store_thread.run(lambda store: begun_notes(store, report.id))


def test_it_is_kept_while_it_is_written(pane: ReviewPane, workers: Workers, qtbot: QtBot) -> None:
    begin(pane, qtbot)
    qtbot.waitUntil(
        lambda: kept(workers) == {Action.RETURN: BegunNote(words=WORDS)}, timeout=_PATIENCE
    )
    pane.ask.note.selectAll()
    pane.ask.note.insertPlainText("")
    qtbot.waitUntil(lambda: kept(workers) == {}, timeout=_PATIENCE)


def test_who_goes_on_to_another_report_and_back_goes_on_writing(
    pane: ReviewPane, workers: Workers, qtbot: QtBot
) -> None:
    begin(pane, qtbot)
    pane.show_report(OTHER)
    assert pane.ask.isHidden()
    pane.ask_return()
    assert pane.ask.note.words() == ""
    pane.show_report(ONE)
    qtbot.waitUntil(pane.ask.isVisible, timeout=_PATIENCE)
    assert (pane.ask.note.words(), pane.ask.yes.isEnabled()) == (WORDS, True)
    assert not pane.ask.note.hasFocus()  # who walks through the list with the keys stays in it
    assert kept(workers, OTHER) == {}


def test_it_is_there_after_the_app_was_lost(
    open_pane: Callable[[], ReviewPane], workers: Workers, qtbot: QtBot
) -> None:
    begin(open_pane(), qtbot)
    qtbot.waitUntil(lambda: kept(workers) != {}, timeout=_PATIENCE)
    again = open_pane()
    again.show_report(OTHER)
    again.show_report(ONE)
    qtbot.waitUntil(again.ask.isVisible, timeout=_PATIENCE)
    assert (again.ask.action, again.ask.note.words()) == (Action.RETURN, WORDS)


def test_a_question_put_away_stays_so_and_its_words_come_back_when_it_is_asked_again(
    pane: ReviewPane, workers: Workers, qtbot: QtBot
) -> None:
    begin(pane, qtbot)
    pane.ask.cancel.click()
    pane.show_report(OTHER)
    pane.show_report(ONE)
    settled(workers, qtbot)
    assert pane.ask.isHidden()
    pane.ask_return()
    assert pane.ask.note.words() == WORDS
    pane.show_report(OTHER)
    pane.show_report(ONE)
    qtbot.waitUntil(pane.ask.isVisible, timeout=_PATIENCE)


def test_notes_to_reporters_and_readers_are_kept_apart(
    pane: ReviewPane, workers: Workers, qtbot: QtBot
) -> None:
    pane.show_report(CORRECTION)
    pane.ask_publish()
    qtbot.keyClicks(pane.ask.note, "Nine, not ten.")
    pane.ask_return()
    assert pane.ask.note.words() == ""
    qtbot.keyClicks(pane.ask.note, WORDS)
    wanted = {
        Action.RETURN: BegunNote(words=WORDS),
        Action.CORRECT: BegunNote(words="Nine, not ten."),
    }
    qtbot.waitUntil(lambda: kept(workers) == wanted, timeout=_PATIENCE)
    pane.ask_publish()
    assert pane.ask.note.words() == "Nine, not ten."


def test_what_is_decided_is_begun_no_more(pane: ReviewPane, workers: Workers, qtbot: QtBot) -> None:
    begin(pane, qtbot)
    notes_of(pane).sent(Action.RETURN)
    assert kept(workers) != {}  # until the decision stands

    def decide(store: Store) -> Errand:
        return wish_decision(store, ONE.id, ONE.revision_id, Action.RETURN, WORDS, clock=utc_now)

    made = workers.store_thread.run(decide)
    assert kept(workers) == {}
    pane.show_report(OTHER)
    pane.show_report(ONE)
    pane.ask_return()
    settled(workers, qtbot)
    assert pane.ask.note.words() == ""
    pane.ask.cancel.click()
    workers.store_thread.run(lambda store: take_back(store, made.id))
    notes_of(pane).look()
    qtbot.waitUntil(pane.ask.isVisible, timeout=_PATIENCE)
    assert pane.ask.note.words() == WORDS


def test_nobody_else_sees_it(pane: ReviewPane, workers: Workers, qtbot: QtBot) -> None:
    begin(pane, qtbot)
    qtbot.waitUntil(lambda: kept(workers) != {}, timeout=_PATIENCE)
    pane.show_report(OTHER)
    workers.store_thread.run(lambda store: store.account.set(JON))
    notes_of(pane).read()
    pane.show_report(ONE)
    settled(workers, qtbot)
    assert pane.ask.isHidden()
    workers.store_thread.run(lambda store: store.account.clear())
    assert kept(workers) == {}
    workers.store_thread.run(lambda store: store.account.set(EVE))
    assert kept(workers) != {}


def test_what_cannot_be_read_or_kept_is_no_note(workers: Workers) -> None:
    def spoil(store: Store) -> None:
        keep_note(store, ONE.id, Action.RETURN, BegunNote(words=WORDS))
        purpose = f"{Action.RETURN.value}.{EVE.key}"
        assert store.unfinished.get(ONE.id, purpose)
        store.unfinished.set(ONE.id, purpose, "{")

    workers.store_thread.run(spoil)
    assert kept(workers) == {}
    workers.store_thread.run(lambda store: store.account.clear())
    workers.store_thread.run(
        lambda store: keep_note(store, OTHER.id, Action.RETURN, BegunNote(words=WORDS))
    )
    workers.store_thread.run(lambda store: store.account.set(EVE))
    assert kept(workers, OTHER) == {}


def test_in_the_window_it_comes_back_with_its_report_and_with_its_decision(
    home: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    keeper = DoorKeeper()
    sign_in_beforehand(keeper, lambda: open_store(home, clock=utc_now))
    with laptop(tmp_path / "elsewhere", keeper.desk) as here:
        one, other = here.file("Rafts of cork"), here.file("Lanterns")
        here.deliver()
    with whole_app(home, qtbot, qapp, keeper) as app:
        desktop = app.desktop
        account = desktop.account
        qtbot.waitUntil(lambda: account.account is not None, timeout=_PATIENCE)
        desktop.actions.action("go.review").trigger()
        rows = desktop.window.list.rows.model()
        qtbot.waitUntil(lambda: rows.rowCount() == 2, timeout=_PATIENCE)

        def read(report_id: str) -> None:
            desktop.opening.open(report_id)
            shown = desktop.review_room
            qtbot.waitUntil(
                lambda: shown.shown is not None and shown.shown.id == report_id, timeout=_PATIENCE
            )

        read(one)
        pane = desktop.review_room.pane()
        desktop.actions.action("review.return").trigger()
        qtbot.keyClicks(pane.ask.note, WORDS)
        read(other)
        assert pane.ask.isHidden()
        read(one)
        qtbot.waitUntil(pane.ask.isVisible, timeout=_PATIENCE)
        assert pane.ask.note.words() == WORDS
        keeper.desk.faults.plan("*", NotTheApi(), times=10_000)
        pane.ask.yes.click()

        def offered() -> list[QAbstractButton]:
            buttons = pane.waiting.findChildren(QAbstractButton)
            return [each for each in buttons if each.isVisible() and "back" in each.text()]

        qtbot.waitUntil(lambda: bool(offered()), timeout=_PATIENCE)
        assert pane.ask.isHidden()
        offered()[0].click()
        qtbot.waitUntil(pane.ask.isVisible, timeout=_PATIENCE)
        assert pane.ask.note.words() == WORDS

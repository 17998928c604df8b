"""What the desk changes while a report is being written is offered, and never put in unasked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.errors import NoConnection
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.store.first_screen import OPEN_REPORT
from reporterdesk.store.opening import open_store
from reporterdesk.workflow.correcting import revise
from support.desk_edits import file_elsewhere
from support.desks import DoorKeeper
from support.laptop import laptop
from support.whole_app import WholeApp, nothing, sign_in_beforehand, whole_app

FIRST, SECOND = "The square was full by noon.", "Nobody had counted on the rain."
BODY = f"{FIRST}\n\n{SECOND}"
_PATIENCE = 20_000


@dataclass
class Room:
    """The app with a report open that is written on, and of which the desk has a revision."""

    app: WholeApp
    keeper: DoorKeeper
    report_id: str

    @property
    def body(self) -> str:
        """The text in the window."""
        return self.app.desktop.window.pane.content().body

    def write(self, words: str) -> None:
        """Type at the end of the text; nothing is saved at once."""
        editor = self.app.desktop.window.pane.text.body
        editor.moveCursor(QTextCursor.MoveOperation.End)
        self.app.qtbot.keyClicks(editor, words)

    def offered(self) -> QPushButton:
        """Wait until the desk’s changes are offered, and return the button."""
        taking_in, qtbot = self.app.desktop.taking_in, self.app.qtbot
        qtbot.waitUntil(
            lambda: taking_in.bar is not None and bool(self._buttons()), timeout=_PATIENCE
        )
        return self._buttons()[0]

    def _buttons(self) -> list[QPushButton]:
        bar = self.app.desktop.taking_in.bar
        assert bar is not None
        wanted = "Take the changes in"
        return [b for b in bar.findChildren(QPushButton) if b.isVisible() and b.text() == wanted]

    def file(self) -> None:
        """File it, and wait until the desk has it."""
        self.app.qtbot.waitUntil(
            lambda: not self.app.desktop.window.pane.unsaved, timeout=_PATIENCE
        )
        self.app.desktop.actions.action("report.file").trigger()
        self.app.qtbot.waitUntil(self._is_delivered, timeout=_PATIENCE)

    def _is_delivered(self) -> bool:
        pane = self.app.desktop.window.pane
        row = self.app.run(lambda store: store.outbox.get(self.report_id))
        return not pane.editable and row is not None and row.state is DeliveryState.DELIVERED


@pytest.fixture
def room(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Room]:
    keeper = DoorKeeper()
    sign_in_beforehand(keeper, lambda: open_store(home, clock=utc_now))
    with laptop(home, keeper.desk) as here:
        report_id = here.file("Lanterns", body=BODY)
        here.deliver()
        revise(here.store, report_id, clock=here.clock)
        here.store.state.set(OPEN_REPORT, report_id)
    with whole_app(home, qtbot, qapp, keeper) as app:
        app.qtbot.waitUntil(lambda: app.desktop.window.pane.report_id == report_id)
        yield Room(app, keeper, report_id)


def test_it_is_offered_and_taken_in_beside_unsaved_words(room: Room) -> None:
    room.write(" It ended")
    file_elsewhere(room.keeper.desk, room.report_id, body=f"{FIRST} So said the mayor.\n\n{SECOND}")
    button = room.offered()
    assert room.body == f"{BODY} It ended"
    room.write(" at ten.")
    assert room.app.desktop.actions.action("report.merge").isEnabled()
    button.click()
    merged = f"{FIRST} So said the mayor.\n\n{SECOND} It ended at ten."
    room.app.qtbot.waitUntil(lambda: room.body == merged, timeout=_PATIENCE)
    editor = room.app.desktop.window.pane.text.body
    editor.undo()
    assert room.body == f"{BODY} It ended at ten."
    editor.redo()
    assert room.body == merged
    room.file()
    newest = room.keeper.desk.held[room.report_id].newest
    assert newest.body == merged
    moments = room.app.run(lambda store: store.snapshots.of_report(room.report_id))
    assert SnapshotReason.BEFORE_MERGE in {moment.reason for moment in moments}


def test_what_is_undone_is_not_lost_to_the_desk(room: Room) -> None:
    """Taken in, undone, and filed: the desk’s words are still there."""
    file_elsewhere(room.keeper.desk, room.report_id, body=f"{BODY}\n\nBy the desk.")
    room.offered().click()
    qtbot, editor = room.app.qtbot, room.app.desktop.window.pane.text.body
    qtbot.waitUntil(lambda: "By the desk." in room.body, timeout=_PATIENCE)
    editor.undo()
    room.app.desktop.window.pane.text.head.headline.setFocus()
    qtbot.keyClicks(room.app.desktop.window.pane.text.head.headline, " lit")
    assert room.body == BODY
    room.app.desktop.window.pane.flush()
    qtbot.waitUntil(lambda: not room.app.desktop.window.pane.unsaved, timeout=_PATIENCE)
    room.app.desktop.actions.action("report.file").trigger()
    pane = room.app.desktop.window.pane
    qtbot.waitUntil(
        lambda: "Both changes fit together." in pane.standing.sentence, timeout=_PATIENCE
    )
    room.app.desktop.actions.action("report.merge").trigger()
    newest = room.keeper.desk.held[room.report_id]
    qtbot.waitUntil(lambda: len(newest.revisions) == 3, timeout=_PATIENCE)
    assert newest.newest.body == f"{BODY}\n\nBy the desk."
    assert " lit" in newest.newest.headline


def test_the_same_paragraph_is_asked(room: Room) -> None:
    room.write(" By me.")
    file_elsewhere(room.keeper.desk, room.report_id, body=f"{BODY} By the desk.")
    room.offered()
    room.app.desktop.actions.action("report.merge").trigger()  # as the palette does
    taking_in, qtbot = room.app.desktop.taking_in, room.app.qtbot
    qtbot.waitUntil(lambda: taking_in.dialog is not None, timeout=_PATIENCE)
    dialog = taking_in.dialog
    assert dialog is not None
    assert dialog.agree_button.text() == "Take in"
    dialog.cards[0].keep_both.click()
    dialog.agree_button.click()
    both = f"{BODY} By me.\n\n{SECOND} By the desk."
    qtbot.waitUntil(lambda: room.body == both, timeout=_PATIENCE)
    assert room.app.run(lambda store: store.unfinished.get(room.report_id, "merge")) is None
    assert room.app.run(lambda store: store.reports.get(room.report_id)).content.body == both


def test_what_was_heard_before_the_app_was_closed_is_offered_at_its_start(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    keeper = DoorKeeper()
    sign_in_beforehand(keeper, lambda: open_store(home, clock=utc_now))
    with laptop(home, keeper.desk) as here:
        report_id = here.file("Lanterns", body=BODY)
        here.deliver()
        here.engine.fetch_changes()
        revise(here.store, report_id, clock=here.clock)
        file_elsewhere(keeper.desk, report_id, body=f"{BODY}\n\nBy the desk.")
        here.engine.fetch_changes()
        here.store.state.set(OPEN_REPORT, report_id)
    keeper.desk.faults.plan("*", NoConnection(), times=10_000)
    with whole_app(home, qtbot, qapp, keeper) as app:
        Room(app, keeper, report_id).offered()


def test_who_closes_the_bar_is_not_asked_again(room: Room) -> None:
    file_elsewhere(room.keeper.desk, room.report_id, body=f"{BODY}\n\nBy the desk.")
    before = room.app.desktop.window.pane.text.body.mapTo(room.app.desktop.window, QPoint(0, 0))
    room.offered()
    after = room.app.desktop.window.pane.text.body.mapTo(room.app.desktop.window, QPoint(0, 0))
    assert before == after  # the text does not move under the writer’s eyes
    taking_in = room.app.desktop.taking_in
    assert taking_in.bar is not None
    taking_in.bar.hide()
    taking_in.look(room.report_id)
    merge = room.app.desktop.actions.action("report.merge")
    room.app.run(nothing)
    room.app.qtbot.waitUntil(merge.isEnabled, timeout=_PATIENCE)
    assert not taking_in.bar.isVisible()
    assert room.body == BODY


def test_what_the_text_has_already_is_not_offered(room: Room) -> None:
    room.write(" By both.")
    file_elsewhere(room.keeper.desk, room.report_id, body=f"{BODY} By both.")
    listening = room.app.qtbot
    listening.waitUntil(
        lambda: room.app.run(lambda store: _knows(store, room.report_id)), timeout=_PATIENCE
    )
    room.app.desktop.taking_in.look(room.report_id)
    room.app.run(lambda _store: None)
    bar = room.app.desktop.taking_in.bar
    assert bar is None or not bar.isVisible()


def _knows(store, report_id: str) -> bool:
    from reporterdesk.workflow.taking_in import news_of

    return news_of(store, report_id) is not None

"""Words that an input method still composes, when the report is saved, left, locked or closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reporterdesk.ui.controllers.closing import Closing
from reporterdesk.ui.controllers.locking import SavedFirst
from support.writing_desk import WritingDesk, writing_desk


@pytest.fixture
def desk(home: Path, qtbot: QtBot) -> Iterator[WritingDesk]:
    with writing_desk(home, qtbot) as opened:
        yield opened


def _write_and_compose(desk: WritingDesk, qtbot: QtBot) -> str:
    """Type a word, which is saved, and compose another."""
    report_id = desk.pane.new_report()
    body = desk.pane.text.body
    body.setFocus()
    qtbot.keyClicks(body, "one ")
    desk.saved()
    QApplication.sendEvent(body, QInputMethodEvent("にほん", []))
    return report_id


def test_a_save_by_itself_leaves_them_to_be_composed(desk: WritingDesk, qtbot: QtBot) -> None:
    report_id = _write_and_compose(desk, qtbot)
    headline = desk.pane.text.head.headline
    headline.textCursor().insertText("Rain")  # an edit elsewhere, the keyboard still in the body
    desk.saved()
    assert desk.stored(report_id).content.body == "one"
    assert desk.stored(report_id).content.headline == "Rain"
    block = desk.pane.text.body.textCursor().block()
    assert block.layout().preeditAreaText() == "にほん"


def test_another_report_takes_them_along_with_the_one_they_belong_to(
    desk: WritingDesk, qtbot: QtBot
) -> None:
    report_id = _write_and_compose(desk, qtbot)
    desk.pane.new_report()
    desk.saved()
    assert desk.stored(report_id).content.body == "one にほん"
    late = QInputMethodEvent()
    late.setCommitString("")
    QApplication.sendEvent(desk.pane.text.body, late)
    assert desk.pane.content().body == ""


def test_ctrl_s_saves_them(desk: WritingDesk, qtbot: QtBot) -> None:
    report_id = _write_and_compose(desk, qtbot)
    desk.actions.action("report.save").trigger()
    desk.saved()
    assert desk.stored(report_id).content.body == "one にほん"


def test_the_lock_saves_them_first(desk: WritingDesk, qtbot: QtBot) -> None:
    report_id = _write_and_compose(desk, qtbot)
    first = SavedFirst(desk.pane.autosave, desk.pane)
    with qtbot.waitSignal(first.agreed):
        first.ask()
    assert desk.stored(report_id).content.body == "one にほん"


def test_the_close_saves_them_first(desk: WritingDesk, qtbot: QtBot) -> None:
    report_id = _write_and_compose(desk, qtbot)
    closing = Closing(desk.pane, desk.pane.autosave, patience_ms=60_000)
    with qtbot.waitSignal(closing.agreed):
        closing.ask()
    assert desk.stored(report_id).content.body == "one にほん"


def test_the_language_of_the_report_decides_what_is_typed(desk: WritingDesk, qtbot: QtBot) -> None:
    desk.pane.new_report(language="de")
    qtbot.keyClicks(desk.pane.text.body, '"So"')
    assert desk.pane.content().body == "„So“"
    desk.pane.new_report(language="fr")
    qtbot.keyClicks(desk.pane.text.body, '"So"')
    assert desk.pane.content().body == "«\u202fSo\u202f»"
    desk.saved()

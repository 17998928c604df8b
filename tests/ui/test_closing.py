"""Closing the window never loses words silently: it waits for the last save, or asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from reporterdesk.domain.errors import StoreFull
from reporterdesk.domain.report import Report
from reporterdesk.ui.controllers.closing import Closing
from support.whole_app import whole_app
from support.writing_desk import WritingDesk, writing_desk


@pytest.fixture
def desk(home: Path, qtbot: QtBot) -> Iterator[WritingDesk]:
    with writing_desk(home, qtbot) as opened:
        yield opened


@pytest.fixture
def closing(desk: WritingDesk) -> Closing:
    return Closing(desk.pane, desk.pane.autosave, patience_ms=60_000)


def _type_on_a_full_disk(desk: WritingDesk, qtbot: QtBot, headline: str = "Flood") -> str:
    report_id = desk.pane.new_report()
    desk.workers.break_store(StoreFull())
    with qtbot.waitSignal(desk.pane.save_failed):
        qtbot.keyClicks(desk.pane.text.head.headline, headline)
    return report_id


def _said(closing: Closing) -> str:
    assert closing.question is not None
    return " ".join(label.text() for label in closing.question.findChildren(QLabel))


def test_nothing_unsaved_closes_at_once(closing: Closing, qtbot: QtBot) -> None:
    with qtbot.waitSignal(closing.agreed):
        closing.ask()
    assert closing.question is None


def test_the_last_words_are_saved_first(desk: WritingDesk, closing: Closing, qtbot: QtBot) -> None:
    report_id = desk.pane.new_report()
    qtbot.keyClicks(desk.pane.text.head.headline, "Flood at the mill")
    with qtbot.waitSignal(closing.agreed):
        closing.ask()
    assert closing.question is None
    assert desk.stored(report_id).content.headline == "Flood at the mill"


def test_a_full_disk_asks_and_keeping_open_keeps_everything(
    desk: WritingDesk, closing: Closing, qtbot: QtBot
) -> None:
    report_id = _type_on_a_full_disk(desk, qtbot)
    with qtbot.assertNotEmitted(closing.agreed):
        closing.ask()
        qtbot.waitUntil(lambda: closing.question is not None)
        assert "disk is full" in _said(closing)
        assert "“Flood”" in _said(closing)
        assert closing.question is not None
        assert closing.question.stay_button.isDefault()
        closing.question.stay_button.click()
    assert closing.question is None
    desk.workers.break_store(None)
    desk.saved()
    assert desk.stored(report_id).content.headline == "Flood"


def test_the_words_of_every_unsaved_report_can_be_copied(
    desk: WritingDesk, closing: Closing, qtbot: QtBot
) -> None:
    _type_on_a_full_disk(desk, qtbot, "The first")
    _type_on_a_full_disk(desk, qtbot, "The second")
    qtbot.keyClicks(desk.pane.text.body, "It rained.")
    closing.ask()
    qtbot.waitUntil(lambda: closing.question is not None)
    assert closing.question is not None
    closing.question.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    for words in ("The first", "The second", "It rained."):
        assert words in copied
    assert "Copied" in _said(closing)
    closing.question.reject()
    desk.workers.break_store(None)
    desk.saved()


def test_quitting_anyway_is_possible(desk: WritingDesk, closing: Closing, qtbot: QtBot) -> None:
    _type_on_a_full_disk(desk, qtbot)
    closing.ask()
    qtbot.waitUntil(lambda: closing.question is not None)
    assert closing.question is not None
    with qtbot.waitSignal(closing.agreed):
        closing.question.quit_button.click()
    desk.workers.break_store(None)
    desk.saved()


def test_a_save_that_succeeds_after_all_answers_the_question(
    desk: WritingDesk, closing: Closing, qtbot: QtBot
) -> None:
    report_id = _type_on_a_full_disk(desk, qtbot)
    closing.ask()
    qtbot.waitUntil(lambda: closing.question is not None)
    with qtbot.waitSignal(closing.agreed, timeout=10_000):
        desk.workers.break_store(None)
    assert closing.question is None
    assert desk.stored(report_id).content.headline == "Flood"


def test_the_window_stays_until_its_words_are_saved(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with whole_app(home, qtbot, qapp) as app:
        window = app.desktop.window
        app.desktop.actions.action("report.new").trigger()
        qtbot.keyClicks(window.pane.text.head.headline, "The last word")
        report_id = window.pane.report_id or ""
        saved: list[Report] = []
        window.pane.draft_saved.connect(lambda _id, report: saved.append(report))
        with qtbot.waitSignal(app.desktop.closed, timeout=20_000):
            window.close()
        assert not window.isVisible()
        assert saved[-1].id == report_id
        assert saved[-1].content.headline == "The last word"

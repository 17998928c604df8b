"""What stands at the right goes with the place, and the window's title names it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reporterdesk.ui.widgets.notice_bar import Notice
from support.whole_app import WholeApp, whole_app


@pytest.fixture
def app(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[WholeApp]:
    with whole_app(home, qtbot, qapp) as app:
        yield app


def _write(app: WholeApp, headline: str) -> str:
    app.desktop.actions.action("report.new").trigger()
    pane = app.desktop.window.pane
    app.qtbot.keyClicks(pane.text.head.headline, headline)
    app.qtbot.waitUntil(lambda: not pane.unsaved, timeout=20_000)
    return pane.report_id or ""


def _go(app: WholeApp, place: str) -> None:
    app.desktop.actions.action(f"go.{place}").trigger()


def test_the_title_names_the_report_that_is_open(app: WholeApp) -> None:
    window = app.desktop.window
    assert window.windowTitle() == "ReporterDesk"
    app.desktop.actions.action("report.new").trigger()
    assert window.windowTitle() == "No headline yet – ReporterDesk"
    _write(app, "Lanterns on the river")
    assert window.windowTitle() == "Lanterns on the river – ReporterDesk"


def test_a_long_headline_leaves_room_for_the_name_of_the_app(app: WholeApp) -> None:
    window = app.desktop.window
    window.show_title("word " * 40)
    assert len(window.windowTitle()) < 100
    assert window.windowTitle().endswith("… – ReporterDesk")


def test_another_place_shows_no_report_of_this_one_and_coming_back_shows_it(
    app: WholeApp,
) -> None:
    window = app.desktop.window
    report_id = _write(app, "Lanterns")
    _go(app, "published")
    assert window.content.currentWidget() is window.empty
    assert window.windowTitle() == "ReporterDesk"
    assert not app.desktop.actions.action("report.file").isEnabled()
    _go(app, "outbox")
    assert window.content.currentWidget() is window.deliveries
    _go(app, "drafts")
    assert window.content.currentWidget() is window.pane
    assert window.pane.report_id == report_id
    assert app.desktop.actions.action("report.file").isEnabled()


def test_a_report_that_was_never_written_on_cannot_be_thrown_away(app: WholeApp) -> None:
    trash = app.desktop.actions.action("report.trash")
    app.desktop.actions.action("report.new").trigger()
    assert not trash.isEnabled()
    _write(app, "Lanterns")
    app.qtbot.waitUntil(trash.isEnabled, timeout=20_000)


def test_what_is_thrown_away_is_found_in_the_trash(app: WholeApp) -> None:
    window = app.desktop.window
    report_id = _write(app, "Lanterns")
    app.desktop.actions.action("report.trash").trigger()
    app.qtbot.waitUntil(lambda: "in the trash" in window.messages.sentence, timeout=20_000)
    _go(app, "trash")
    assert window.content.currentWidget() is window.pane
    app.qtbot.waitUntil(
        lambda: app.desktop.browsing.model.row_of(report_id) is not None, timeout=20_000
    )
    _go(app, "drafts")
    assert window.content.currentWidget() is window.empty


def test_news_goes_with_what_it_was_about_and_offers_stay(app: WholeApp) -> None:
    window = app.desktop.window
    _write(app, "Lanterns")
    window.messages.tell(Notice("Filed.", tone="good"))
    _go(app, "published")
    assert window.messages.sentence == ""
    window.messages.tell(Notice("It is in the trash.", button="Undo"))
    _go(app, "outbox")
    assert window.messages.sentence == "It is in the trash."
    window.messages.tell(Notice("It could not be moved.", tone="problem"))
    _go(app, "drafts")
    assert window.messages.sentence == "It could not be moved."

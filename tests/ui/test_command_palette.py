"""The command palette: found by a few letters, run by Enter, and left without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.places import Place
from reporterdesk.domain.report import ReportContent
from reporterdesk.store.opening import open_store
from reporterdesk.ui.palette.entries import Command, Commands, FoundReport
from reporterdesk.ui.palette.panel import CommandPalette
from reporterdesk.workflow.drafting import save_draft, trash_report
from support.announced import announced
from support.whole_app import WholeApp, nothing, whole_app

COMMANDS = (
    Command("report.new", "New report", "Report", "Ctrl+N", "Start a new report", "new"),
    Command("report.recall", "Take back", "Report", off="Only for a report in the outbox"),
    Command("format.bold", "Bold", "Format", "Ctrl+B", on=True),
    Command("view.larger_text", "Larger text", "View", "Ctrl++"),
)


def _texts(typed: str, recent: tuple[str, ...] = ()) -> list[str]:
    rows = Commands(COMMANDS, recent).rows(typed)
    return [row.entry.text for row in rows if isinstance(row.entry, Command)]


def test_all_commands_stand_in_the_order_of_the_menus_those_used_last_first() -> None:
    assert _texts("") == ["New report", "Take back", "Bold", "Larger text"]
    assert _texts(" ", ("view.larger_text", "gone.one", "report.recall", "format.bold")) == [
        "Larger text",
        "Bold",
        "New report",
        "Take back",
    ]


def test_letters_the_menu_and_the_tip_find_a_command() -> None:
    assert _texts("lrg") == ["Larger text"]
    assert _texts("format bo") == ["Bold"]
    assert _texts("start") == ["New report"]
    assert _texts("lárgér") == ["Larger text"]
    assert _texts("qq") == []
    assert _texts("re")[0] == "New report"


class Desk:
    """A window with fields, and the palette over it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.line, self.text = QLineEdit("Lanterns on the river"), QTextEdit("At noon")
        column = QVBoxLayout(self.window)
        for field in (self.line, self.text):
            column.addWidget(field)
        self.window.resize(900, 600)
        self.palette = CommandPalette(self.window)
        self.ran: list[object] = []
        self.palette.chosen.connect(self.ran.append)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def open(self) -> None:
        self.palette.begin(COMMANDS, (), [QKeySequence("Ctrl+Shift+P")])

    def press(self, keys: str) -> None:
        QTest.keySequence(self.window.windowHandle(), QKeySequence(keys))

    def type(self, words: str) -> None:
        for letter in words:
            self.press(letter)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


@pytest.mark.parametrize("keys", ["Escape", "Ctrl+Shift+P"])
def test_the_keyboard_goes_back_with_its_selection(desk: Desk, keys: str) -> None:
    left: list[str] = []
    desk.line.editingFinished.connect(lambda: left.append("left"))
    desk.line.setFocus()
    desk.line.setSelection(12, 3)
    desk.open()
    assert not desk.line.hasFocus()
    desk.press(keys)
    assert desk.line.hasFocus()
    assert (desk.line.selectedText(), desk.line.cursorPosition()) == ("the", 15)
    assert left == []
    assert desk.palette.isHidden()

    desk.text.setFocus()
    cursor = desk.text.textCursor()
    cursor.setPosition(5)
    cursor.setPosition(2, cursor.MoveMode.KeepAnchor)
    desk.text.setTextCursor(cursor)
    desk.open()
    desk.press(keys)
    assert desk.text.hasFocus()
    now = desk.text.textCursor()
    assert (now.anchor(), now.position()) == (5, 2)
    assert desk.ran == []


def test_enter_runs_what_is_chosen_once_the_keyboard_is_back(desk: Desk) -> None:
    desk.text.setFocus()
    where: list[QWidget | None] = []
    desk.palette.chosen.connect(lambda _: where.append(QApplication.focusWidget()))
    desk.open()
    desk.type("bold")
    desk.press("Return")
    assert desk.ran == [COMMANDS[2]]
    assert where == [desk.text]


def test_the_arrows_go_around_and_tab_stays_within(desk: Desk) -> None:
    desk.text.setFocus()
    desk.open()
    seen = []
    for keys in ("Down", "Tab", "Down", "Down", "Up", "Shift+Tab", "PgDown", "PgUp"):
        desk.press(keys)
        current = desk.palette.current
        assert current is not None
        seen.append(COMMANDS.index(current.entry))
    assert seen == [1, 2, 3, 0, 3, 2, 3, 0]
    desk.press("Return")
    assert desk.ran == [COMMANDS[0]]


def test_what_is_not_possible_says_why_and_stays(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = announced(monkeypatch)
    desk.text.setFocus()
    desk.open()
    desk.type("take")
    desk.press("Return")
    assert desk.ran == []
    assert desk.palette.isVisible()
    assert said[-1] == "Only for a report in the outbox"
    assert "Take back, Only for a report in the outbox, Report menu" in said


def test_each_row_is_spoken_when_it_is_chosen(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    said = announced(monkeypatch)
    desk.text.setFocus()
    desk.open()
    desk.press("Down")
    desk.press("Down")
    assert said[-1] == "Bold, on, Format menu, Ctrl+B"
    desk.type("qqq")
    assert said[-1].startswith("Nothing fits")


def test_reports_come_after_the_commands_but_not_too_late(desk: Desk) -> None:
    found = FoundReport("r1", "Bold lanterns", "Draft", ((0, 4),))
    desk.text.setFocus()
    desk.open()
    desk.type("bold")
    desk.palette.show_reports("bo", [found])
    desk.press("Down")
    assert desk.palette.current is not None
    assert desk.palette.current.entry == COMMANDS[2]
    desk.palette.show_reports("bold", [found])
    desk.press("Down")
    desk.press("Return")
    assert desk.ran == [found]
    desk.palette.show_reports("bold", [found])  # it is closed by now
    desk.open()
    desk.press("Up")
    assert desk.palette.current.entry == COMMANDS[3]


def test_keys_of_the_window_do_not_work_behind_it(desk: Desk) -> None:
    action = QAction("Danger", desk.window)
    action.setShortcut("Ctrl+J")
    desk.window.addAction(action)
    pressed: list[str] = []
    action.triggered.connect(lambda: pressed.append("danger"))
    desk.text.setFocus()
    desk.open()
    desk.press("Ctrl+J")
    assert pressed == []
    desk.press("Escape")
    desk.press("Ctrl+J")
    assert pressed == ["danger"]


def test_a_click_beside_it_leaves_it_and_another_field_sends_it_away(desk: Desk) -> None:
    desk.text.setFocus()
    desk.open()
    QTest.mouseClick(desk.palette, Qt.MouseButton.LeftButton, pos=QPoint(5, 300))
    assert desk.palette.isHidden()
    assert desk.text.hasFocus()
    desk.open()
    desk.line.setFocus()
    assert desk.palette.isHidden()
    assert desk.line.hasFocus()


def test_a_field_that_went_away_meanwhile_is_no_harm(desk: Desk) -> None:
    desk.line.setFocus()
    desk.open()
    desk.line.deleteLater()
    QApplication.sendPostedEvents(desk.line, 52)  # a deletion that waits
    desk.press("Escape")
    assert desk.palette.isHidden()


def test_it_fits_into_a_small_window(desk: Desk) -> None:
    desk.text.setFocus()
    desk.open()
    desk.window.resize(420, 260)
    QApplication.processEvents()
    card = desk.palette.findChild(QLineEdit).parentWidget()
    assert desk.palette.rect().contains(card.geometry())


@pytest.fixture
def app(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[WholeApp]:
    store = open_store(home, clock=utc_now)
    for headline in ("Lanterns on the river", "A quiet day", "Lanterns in the hall"):
        content = ReportContent(headline=headline, body="Lanterns, again.")
        save_draft(store, new_id(), content, clock=utc_now)
    gone = new_id()
    save_draft(store, gone, ReportContent(headline="Lanterns of old"), clock=utc_now)
    trash_report(store, gone, clock=utc_now)
    store.close()
    with whole_app(home, qtbot, qapp) as app:
        app.run(nothing)
        yield app


def _press(app: WholeApp, keys: str) -> None:
    QTest.keySequence(app.desktop.window.windowHandle(), QKeySequence(keys))


def test_every_action_of_the_app_is_there(app: WholeApp) -> None:
    app.desktop.actions.action("app.commands").trigger()
    names = {command.name for command in app.desktop.commands._commands()}
    shown = {
        name for name in app.desktop.actions.names() if app.desktop.actions.action(name).isVisible()
    }
    assert names == shown - {"app.commands"}


def test_a_report_is_found_by_its_headline_and_shown_in_its_place(app: WholeApp) -> None:
    window, palette = app.desktop.window, app.desktop.commands.palette
    window.activateWindow()
    app.qtbot.waitUntil(window.isActiveWindow)
    app.desktop.actions.action("go.published").trigger()
    _press(app, "Ctrl+Shift+P")
    assert palette.isVisible()
    for letter in "lan ri":
        _press(app, "Space" if letter == " " else letter)
    app.qtbot.waitUntil(lambda: palette.current is not None)
    assert palette.current is not None
    assert isinstance(palette.current.entry, FoundReport)
    assert palette.current.entry.headline == "Lanterns on the river"
    _press(app, "Return")
    app.qtbot.waitUntil(lambda: app.desktop.browsing.place is Place.DRAFTS)
    app.qtbot.waitUntil(lambda: window.content.currentWidget() is window.pane)
    assert window.pane.content().headline == "Lanterns on the river"


def test_what_was_used_last_is_there_after_a_restart(
    home: Path, app: WholeApp, qtbot: QtBot, qapp: QApplication
) -> None:
    window, palette = app.desktop.window, app.desktop.commands.palette
    window.activateWindow()
    app.qtbot.waitUntil(window.isActiveWindow)
    for typed in ("larger", "smaller"):
        _press(app, "Ctrl+Shift+P")
        for letter in typed:
            _press(app, letter)
        _press(app, "Return")
    assert palette.isHidden()
    app.run(nothing)
    app.desktop.close()
    with whole_app(home, qtbot, qapp) as again:
        again.run(nothing)
        again.qtbot.waitUntil(lambda: again.desktop.commands._recent != [])
        again.desktop.commands.show()
        current = again.desktop.commands.palette.current
        assert current is not None
        assert isinstance(current.entry, Command)
        assert current.entry.name == "view.smaller_text"


def test_a_key_chosen_in_the_settings_works_at_once_and_after_a_restart(
    home: Path, app: WholeApp, qtbot: QtBot, qapp: QApplication
) -> None:
    chosen = replace(app.desktop.dialogs.settings, shortcuts={"app.commands": "Ctrl+J"})
    app.desktop.dialogs.change_settings(chosen)
    app.desktop.window.activateWindow()
    qtbot.waitUntil(app.desktop.window.isActiveWindow)
    _press(app, "Ctrl+Shift+P")
    assert app.desktop.commands.palette.isHidden()
    for shown in (True, False):
        _press(app, "Ctrl+J")
        assert app.desktop.commands.palette.isVisible() is shown
    app.desktop.close()
    with whole_app(home, qtbot, qapp) as again:
        action = again.desktop.actions.action("app.commands")
        assert action.shortcut().toString() == "Ctrl+J"
        assert "Ctrl+J" in action.toolTip()

"""Locking: everything is saved, nothing is shown, nothing is kept; and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from reporterdesk.domain.errors import StoreFull
from reporterdesk.settings import Settings, save_settings
from reporterdesk.ui.clipboard import KDE_HINT, ClipboardGuard
from reporterdesk.ui.controllers.locking import IdleWatch, SavedFirst
from reporterdesk.ui.door.keys import PassphrasePage
from reporterdesk.vault import MemoryVault
from support.shells import PASSPHRASE, Doorway, doorway
from support.writing_desk import WritingDesk, writing_desk

LOCKED = "ReporterDesk is locked"


@pytest.fixture
def start(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Doorway]:
    """A new profile with a report, its code written down, and a passphrase."""
    with doorway(home, qtbot, qapp, MemoryVault()) as start:
        start.keep_code()
        start.write("The ferry is late", "Nobody knew why.")
        start.desktop.security.set_passphrase()
        start.set_passphrase()
        qtbot.waitUntil(lambda: start.desktop.security.safety.can_lock, timeout=20_000)
        yield start


def _lock(start: Doorway) -> PassphrasePage:
    start.desktop.actions.action("app.lock").trigger()
    page = start.page(LOCKED)
    assert isinstance(page, PassphrasePage)
    return page


def _unlock(start: Doorway, page: PassphrasePage) -> None:
    start.qtbot.keyClicks(page.field.line, PASSPHRASE)
    start.qtbot.keyClick(page.field.line, Qt.Key.Key_Return)


def _words(widget: QObject) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_after_the_lock_everything_stands_where_it_was(start: Doorway, qtbot: QtBot) -> None:
    window = start.desktop.window
    window.resize(780, 600)
    body = window.pane.text.body
    qtbot.keyClicks(body, " Then it came.")
    body.set_caret_position(9)
    report_id, size = window.pane.report_id, window.size()

    page = _lock(start)
    assert start.shell.desktop is None
    door = start.shell.entrance.window
    assert door is not None
    assert "ferry" not in _words(door) + door.windowTitle()
    assert door.size() == size

    _unlock(start, page)
    pane = start.desktop.window.pane
    assert pane.report_id == report_id
    assert pane.content().body.strip() == "Nobody knew why. Then it came."
    assert pane.text.body.caret_position() == 9
    assert start.desktop.window.focusWidget() is pane.text.body
    assert start.desktop.window.size() == size


def test_the_key_is_wiped_and_the_widgets_are_gone(start: Doorway, qtbot: QtBot) -> None:
    desktop = start.desktop
    key = desktop.opening_key.key()
    assert key is not None
    with qtbot.waitSignal(desktop.window.destroyed, timeout=20_000):
        _lock(start)
    with pytest.raises(ValueError, match="forgotten"):
        _ = key.data


def test_a_wrong_passphrase_leaves_it_locked(start: Doorway, qtbot: QtBot) -> None:
    page = _lock(start)
    qtbot.keyClicks(page.field.line, "not this one")
    start.press(page, "Unlock")
    qtbot.waitUntil(lambda: "not the passphrase" in page.problem, timeout=20_000)
    assert start.shell.desktop is None
    assert page.field.line.selectedText()
    _unlock(start, page)
    assert start.desktop.window.isVisible()


def test_the_code_unlocks_and_one_can_go_back(start: Doorway, qtbot: QtBot) -> None:
    page = _lock(start)
    start.press(page, "Use the recovery code…")
    start.press(start.page("Enter your recovery code"), "Back")
    again = start.page(LOCKED)
    assert isinstance(again, PassphrasePage)
    _unlock(start, again)
    assert start.desktop.window.isVisible()


def test_quitting_from_the_lock_ends(start: Doorway, qtbot: QtBot) -> None:
    page = _lock(start)
    with qtbot.waitSignal(start.shell.ended, timeout=20_000):
        start.press(page, "Quit")


def test_text_that_cannot_be_saved_is_not_locked_away(start: Doorway, qtbot: QtBot) -> None:
    desktop = start.desktop
    fill = desktop.background.store_thread.submit(
        lambda store: store._drafts.pragma(f"max_page_count={store._drafts.pragma('page_count')}")
    )
    qtbot.waitUntil(fill.done)
    pane = desktop.window.pane
    with qtbot.waitSignal(pane.save_failed, timeout=20_000):
        pane.text.body.insertPlainText("A long sentence. " * 2_000)
    desktop.actions.action("app.lock").trigger()
    messages = desktop.window.messages
    qtbot.waitUntil(lambda: messages.sentence.startswith("ReporterDesk is not locked."))
    assert "disk is full" in messages.sentence
    assert start.shell.desktop is desktop

    room = desktop.background.store_thread.submit(
        lambda store: store._drafts.pragma("max_page_count=1073741823")
    )
    qtbot.waitUntil(room.done)
    qtbot.waitUntil(lambda: not pane.unsaved, timeout=30_000)
    _lock(start)


def test_without_a_passphrase_one_is_chosen_before_the_lock(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with doorway(home, qtbot, qapp, MemoryVault()) as start:
        start.keep_code()
        start.desktop.actions.action("app.lock").trigger()
        start.set_passphrase()
        page = start.page(LOCKED)
        assert isinstance(page, PassphrasePage)
        _unlock(start, page)
        assert start.desktop.security.safety.can_lock


def test_an_idle_app_locks_itself(start: Doorway, qtbot: QtBot) -> None:
    start.shell.idle._now = lambda: 1e9
    start.shell.idle.look()
    start.page(LOCKED)


def test_idle_locking_can_be_switched_off(home: Path, start: Doorway, qtbot: QtBot) -> None:
    start.desktop.dialogs.change_settings(Settings(lock_after=0))
    assert not start.shell.idle._look.isActive()
    start.desktop.dialogs.change_settings(Settings(lock_after=5))
    assert start.shell.idle._look.isActive()
    assert start.shell.idle._after == 300


def test_a_lock_empties_the_clipboard_that_is_still_ours(start: Doorway, qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    body = start.desktop.window.pane.text.body
    body.selectAll()
    body.copy()
    assert clipboard.text() == "Nobody knew why."
    assert clipboard.mimeData().data(KDE_HINT) == b"secret"
    _lock(start)
    assert clipboard.text() == ""


def test_copies_of_one_line_fields_ask_for_privacy_too(qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    guard = ClipboardGuard(clipboard)
    guard._owns = lambda _mode: True  # type: ignore[method-assign]  # offscreen never says so
    field = QLineEdit("A source’s name")
    qtbot.addWidget(field)
    field.selectAll()
    field.copy()
    assert clipboard.mimeData().data(KDE_HINT) == b"secret"
    assert clipboard.text() == "A source’s name"
    guard.empty()
    assert clipboard.text() == ""


class _Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def source() -> QObject:
    return QObject()


def test_a_quiet_hour_is_told_once_and_again_after_input(source: QObject, qtbot: QtBot) -> None:
    clock = _Clock()
    watch = IdleWatch(source, now=clock)
    told: list[bool] = []
    watch.idle.connect(lambda: told.append(True))
    watch.watch(15)
    clock.now += 899
    watch.look()
    assert told == []
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QApplication.sendEvent(source, press)
    clock.now += 899
    watch.look()
    assert told == []
    clock.now += 1
    watch.look()
    watch.look()
    assert told == [True]
    QApplication.sendEvent(source, press)
    clock.now += 900
    watch.look()
    assert told == [True, True]


def test_what_is_no_input_does_not_keep_it_awake(source: QObject, qtbot: QtBot) -> None:
    clock = _Clock()
    watch = IdleWatch(source, now=clock)
    watch.watch(1)
    clock.now += 59
    QApplication.sendEvent(source, QEvent(QEvent.Type.UpdateRequest))
    clock.now += 1
    with qtbot.waitSignal(watch.idle):
        watch.look()


def test_a_watch_that_is_off_listens_to_nothing(source: QObject, qtbot: QtBot) -> None:
    watch = IdleWatch(source, now=_Clock())
    watch.watch(1)
    watch.watch(0)
    assert not watch._look.isActive()


@pytest.fixture
def desk(home: Path, qtbot: QtBot) -> Iterator[WritingDesk]:
    with writing_desk(home, qtbot) as opened:
        yield opened


def test_what_is_being_saved_is_waited_for(desk: WritingDesk, qtbot: QtBot) -> None:
    saved = SavedFirst(desk.pane.autosave, patience_ms=60_000)
    report_id = desk.pane.new_report()
    qtbot.keyClicks(desk.pane.text.head.headline, "Flood")
    with qtbot.waitSignal(saved.agreed, timeout=20_000):
        saved.ask()
    assert desk.stored(report_id).content.headline == "Flood"


def test_a_failed_save_refuses_and_says_why(desk: WritingDesk, qtbot: QtBot) -> None:
    saved = SavedFirst(desk.pane.autosave, patience_ms=60_000)
    desk.pane.new_report()
    desk.workers.break_store(StoreFull())
    with qtbot.waitSignal(desk.pane.save_failed):
        qtbot.keyClicks(desk.pane.text.head.headline, "Flood")
    with qtbot.waitSignal(saved.refused, timeout=20_000) as told:
        saved.ask()
    assert "disk is full" in told.args[0]


def test_the_minutes_are_kept_within_reason(home: Path) -> None:
    from reporterdesk.paths import settings_file
    from reporterdesk.settings import load_settings

    save_settings(settings_file(home), Settings(lock_after=-3))
    assert load_settings(settings_file(home)).lock_after == 0
    save_settings(settings_file(home), Settings(lock_after=10**9))
    assert load_settings(settings_file(home)).lock_after == 24 * 60

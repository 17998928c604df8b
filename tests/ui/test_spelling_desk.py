"""Spelling at the whole desk: menus and keys, words that are kept, languages, and its end."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from reporterdesk.paths import dictionaries_folder, settings_file
from reporterdesk.ui.controllers.spelling import Spelling
from support.dictionaries import write_english
from support.waves import drawn
from support.whole_app import WholeApp, whole_app
from support.writing import markdown, put_caret, type_keys

# The offscreen platform says these of every menu that opens.
pytestmark = pytest.mark.qt_log_ignore(
    r"^This plugin does not support (raise\(\)|grabbing the keyboard)", extend=True
)


@pytest.fixture
def app(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[WholeApp]:
    # The name of the dictionary that comes with Hunspell's package, before which ours is found.
    write_english(dictionaries_folder(home), "en_US")
    with whole_app(home, qtbot, qapp) as opened:
        yield opened


def spelling(app: WholeApp) -> Spelling:
    """Return the room of spelling, at work already."""
    room = app.desktop.spelling
    if room._timer.isActive():
        room._timer.start(0)
    room.checker._timer.setInterval(5)
    return room


def settle(app: WholeApp) -> None:
    """Wait until everything has been checked."""
    room = spelling(app)
    app.qtbot.waitUntil(lambda: room._kept is not None and not room.checker.working, timeout=20_000)


def write(app: WholeApp, text: str, *, language: str = "en") -> None:
    """Write a new report, and wait until it is on the disk and checked."""
    spelling(app)
    pane = app.desktop.window.pane
    pane.new_report(language=language)
    type_keys(pane.text.body, text)
    app.qtbot.waitUntil(lambda: not pane.unsaved, timeout=20_000)
    settle(app)


def trigger(app: WholeApp, name: str) -> None:
    """Choose an action that can be chosen."""
    action = app.desktop.actions.action(name)
    assert action.isEnabled()
    action.trigger()


def open_menu(app: WholeApp) -> QMenu:
    """Open the menu at the caret with its key, and return it."""
    body = app.desktop.window.pane.text.body
    place = body.cursorRect().center()
    QApplication.sendEvent(
        body,
        QContextMenuEvent(
            QContextMenuEvent.Reason.Keyboard, place, body.viewport().mapToGlobal(place)
        ),
    )
    return opened(app)


def opened(app: WholeApp) -> QMenu:
    """Return the menu of a word, once it is open."""
    room = spelling(app)
    app.qtbot.waitUntil(lambda: room.menu.menu is not None, timeout=20_000)
    assert room.menu.menu is not None
    return room.menu.menu


def choose(app: WholeApp, menu: QMenu, begins: str) -> None:
    """Choose the line of the menu that begins so."""
    action = line(menu, begins)
    action.trigger()
    menu.close()
    settle(app)


def line(menu: QMenu, begins: str) -> QAction:
    """Return the line of the menu that begins so."""
    return next(one for one in menu.actions() if one.text().replace("&", "").startswith(begins))


def test_a_suggestion_is_chosen_by_keys(app: WholeApp) -> None:
    write(app, "the metting and rivver ")
    body = app.desktop.window.pane.text.body
    assert drawn(body) == ["metting", "rivver"]
    put_caret(body, 0, 6)
    menu = open_menu(app)
    first = menu.actions()[0]
    assert first.text() == "meeting"
    assert first.font().bold()
    assert menu.activeAction() is first
    assert line(menu, "Paste") is not None  # the editor's own lines are there as well
    QTest.keyClick(menu, Qt.Key.Key_Return)
    app.qtbot.waitUntil(lambda: markdown(body).startswith("the meeting and"))
    assert body.caret_position() == len("the meeting")
    body.undo()
    assert markdown(body).startswith("the metting and")


def test_a_word_is_added_and_taken_out_again(
    home: Path, qtbot: QtBot, qapp: QApplication, app: WholeApp
) -> None:
    write(app, "Solano’s Zarrin ")
    body = app.desktop.window.pane.text.body
    put_caret(body, 0, 2)
    choose(app, open_menu(app), "Add “Solano”")
    assert drawn(body) == ["Zarrin"]
    assert app.run(lambda store: store.spelling.personal()) == {"Solano"}
    choose(app, open_menu(app), "Remove “Solano”")
    assert drawn(body) == ["Solano’s", "Zarrin"]
    assert app.run(lambda store: store.spelling.personal()) == frozenset()


def test_ignored_in_one_report_only_and_after_a_restart(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    write_english(dictionaries_folder(home), "en_US")
    with whole_app(home, qtbot, qapp) as app:
        write(app, "Zarrin city ")
        body = app.desktop.window.pane.text.body
        put_caret(body, 0, 2)
        choose(app, open_menu(app), "Ignore “Zarrin”")
        assert drawn(body) == []
        write(app, "Zarrin river ")
        assert drawn(body) == ["Zarrin"]
    for file in home.rglob("*.json"):
        assert "Zarrin" not in file.read_text(encoding="utf-8")
    with whole_app(home, qtbot, qapp) as app:
        settle(app)
        assert drawn(app.desktop.window.pane.text.body) == ["Zarrin"]  # the one opened last


def test_names_from_the_facts_are_right(app: WholeApp) -> None:
    write(app, "Lahore and Kitab ")
    pane = app.desktop.window.pane
    assert drawn(pane.text.body) == ["Lahore", "Kitab"]
    app.qtbot.keyClicks(pane.side.facts._city, "Lahore")
    app.qtbot.waitUntil(lambda: drawn(pane.text.body) == ["Kitab"], timeout=20_000)
    app.qtbot.keyClicks(pane.text.head.byline, "Kitab Khan")
    app.qtbot.waitUntil(lambda: drawn(pane.text.body) == [], timeout=20_000)


def test_the_next_mistake_and_its_menu(app: WholeApp) -> None:
    write(app, "the metting\nthe rivver\nthe city")
    body = app.desktop.window.pane.text.body
    put_caret(body, 0, 0)
    trigger(app, "edit.next_mistake")
    assert body.textCursor().selectedText() == "metting"
    trigger(app, "edit.suggestions")
    assert body.textCursor().selectedText() == "rivver"
    assert body.hasFocus()
    choose(app, opened(app), "river")
    trigger(app, "edit.next_mistake")
    assert body.textCursor().selectedText() == "metting"
    type_keys(body, "meeting ")
    settle(app)
    trigger(app, "edit.next_mistake")
    assert app.desktop.window.messages.sentence == "No spelling mistakes were found."


def test_switched_off_and_on_again(app: WholeApp, home: Path) -> None:
    write(app, "the metting ")
    body = app.desktop.window.pane.text.body
    trigger(app, "edit.check_spelling")
    assert drawn(body) == []
    assert json.loads(settings_file(home).read_text())["spelling"] is False
    assert not app.desktop.actions.action("edit.next_mistake").isEnabled()
    assert not any(thread.name.startswith("spelling") for thread in threading.enumerate())
    put_caret(body, 0, 6)
    trigger(app, "edit.check_spelling")
    settle(app)
    assert drawn(body) == ["metting"]


def test_another_language_and_none_that_is_known(
    app: WholeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    write(app, "the metting ")
    pane, messages = app.desktop.window.pane, app.desktop.window.messages
    language = pane.text.head.language
    for _ in range(2):
        for code in ("fr", "en"):
            language.set_code(code)
            language.chosen.emit()
            settle(app)
            assert drawn(pane.text.body) == ([] if code == "fr" else ["metting"])
            if code == "fr" and messages.sentence:
                assert "no spelling dictionary for French" in messages.sentence
                assert "“hunspell-fr”" in messages.sentence
                told = True
        messages.hide()
    assert told
    assert app.run(lambda store: store.spelling.told()) == {"fr"}
    write(app, "le metting ", language="fr")
    assert messages.sentence == ""  # it is said once
    trigger(app, "edit.next_mistake")
    assert "no spelling dictionary for French" in messages.sentence  # when asked, again


def test_a_right_word_and_a_text_to_read_have_the_usual_menu(app: WholeApp) -> None:
    write(app, "the metting city ")
    room, body = spelling(app), app.desktop.window.pane.text.body
    put_caret(body, 0, 13)
    place = body.cursorRect().center()
    key = QContextMenuEvent.Reason.Keyboard
    assert not room.menu.eventFilter(body, QContextMenuEvent(key, place, QPoint()))
    put_caret(body, 0, 6)
    body.setReadOnly(True)
    place = body.cursorRect().center()
    assert not room.menu.eventFilter(body, QContextMenuEvent(key, place, QPoint()))


def test_a_full_disk_is_told_and_the_word_is_right_all_the_same(app: WholeApp) -> None:
    from reporterdesk.domain.errors import StoreFull

    write(app, "Zarrin ")
    body, messages = app.desktop.window.pane.text.body, app.desktop.window.messages
    put_caret(body, 0, 2)
    menu = open_menu(app)
    app.desktop.background.in_store(_fail_writing, print)
    choose(app, menu, "Add “Zarrin”")
    app.qtbot.waitUntil(lambda: messages.sentence != "", timeout=20_000)
    assert messages.sentence == str(StoreFull())
    assert drawn(body) == []


def _fail_writing(store: object) -> None:
    from reporterdesk.domain.errors import StoreFull

    def fail(_word: str) -> None:
        raise StoreFull

    store.spelling.add = fail  # type: ignore[attr-defined]

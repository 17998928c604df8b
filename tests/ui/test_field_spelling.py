"""Spelling in the fields around the text: the same words are right, and the same menu opens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QTextEdit
from pytestqt.qtbot import QtBot

from reporterdesk.paths import dictionaries_folder
from reporterdesk.ui.controllers.spelling import Spelling
from reporterdesk.ui.widgets.growing_text import GrowingText
from support.contents import photo_of
from support.dictionaries import write_english
from support.waves import drawn
from support.whole_app import WholeApp, whole_app
from support.writing import put_caret, type_keys

# The offscreen platform says these of every menu that opens.
pytestmark = pytest.mark.qt_log_ignore(
    r"^This plugin does not support (raise\(\)|grabbing the keyboard)", extend=True
)
_WAVE = QTextCharFormat.UnderlineStyle.WaveUnderline


@pytest.fixture
def app(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[WholeApp]:
    # The name of the dictionary that comes with Hunspell's package, before which ours is found.
    write_english(dictionaries_folder(home), "en_US")
    with whole_app(home, qtbot, qapp) as opened:
        room = opened.desktop.spelling
        room._timer.start(0)
        room.checker._timer.setInterval(5)
        room.fields._timer.setInterval(5)
        opened.desktop.window.pane.new_report(language="en")
        yield opened


def waved(field: GrowingText) -> list[str]:
    """Return what is marked in ``field``."""
    marks = field.extraSelections()
    assert all(mark.format.underlineStyle() == _WAVE for mark in marks)
    return [mark.cursor.selectedText() for mark in marks]


def wait_for(app: WholeApp, field: GrowingText, *words: str) -> None:
    """Wait until just these words are marked, and nothing is still to be checked."""
    room = app.desktop.spelling

    def settled() -> bool:
        working = room.checker.working or room.fields.working
        return not working and waved(field) == list(words)

    app.qtbot.waitUntil(settled, timeout=20_000)


def write(field: GrowingText, words: str) -> None:
    """Type at the caret of ``field``."""
    field.setFocus()
    type_keys(field, words)


def menu_of(app: WholeApp, field: GrowingText) -> QMenu:
    """Open the menu at the field's caret by its key."""
    at = field.cursorRect().center()
    asked = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(field, QContextMenuEvent(asked, at, field.mapToGlobal(at)))
    return opened_menu(app, field)


def opened_menu(app: WholeApp, field: GrowingText) -> QMenu:
    """Wait for the menu of a mistake in ``field``."""

    def found() -> list[QMenu]:
        menus = field.findChildren(QMenu)
        return [menu for menu in menus if menu.accessibleName() == "Spelling"]

    app.qtbot.waitUntil(lambda: bool(found()), timeout=20_000)
    return found()[0]


def choose(menu: QMenu, begins: str) -> None:
    """Choose the line of the menu that begins so."""
    lines = {line.text().replace("&", ""): line for line in menu.actions()}
    next(line for text, line in lines.items() if text.startswith(begins)).trigger()
    menu.close()


def test_what_is_wrong_is_marked_and_mended_by_the_menu(app: WholeApp) -> None:
    head = app.desktop.window.pane.text.head
    write(head.headline, "The metting and rivver ")
    write(head.standfirst, "Café was 😀 metting")
    wait_for(app, head.headline, "metting", "rivver")
    wait_for(app, head.standfirst)  # it is still being written
    QTest.keyClick(head.standfirst, Qt.Key.Key_Home)
    wait_for(app, head.standfirst, "metting")
    cursor = head.headline.textCursor()
    cursor.setPosition(6)
    head.headline.setTextCursor(cursor)
    menu = menu_of(app, head.headline)
    first = menu.activeAction()
    assert first is not None
    assert first.text() == "meeting"
    choose(menu, "meeting")
    wait_for(app, head.headline, "rivver")
    assert head.headline.words() == "The meeting and rivver "
    head.headline.undo()
    assert head.headline.words() == "The metting and rivver "
    app.qtbot.waitUntil(lambda: not app.desktop.window.pane.unsaved, timeout=20_000)


@pytest.mark.parametrize("width", [700, 1300])
def test_the_next_mistake_goes_round_the_fields_and_the_text(app: WholeApp, width: int) -> None:
    pane, actions = app.desktop.window.pane, app.desktop.actions
    actions.action("report.new").trigger()
    app.desktop.window.resize(width, 700)
    head, body = pane.text.head, pane.text.body
    photo = replace(photo_of(b"a", b"b", caption="A rivver."), alt_text="A metting")
    pane.side.photos.set_photos((photo,), None)
    card = pane.side.photos.cards()[0]
    write(head.standfirst, "The metting and rivver was ")
    body.setFocus()
    type_keys(body, "the worrd ")
    wait_for(app, head.standfirst, "metting", "rivver")
    wait_for(app, card.alt_text, "metting")

    def next_one(field: QTextEdit, word: str) -> None:
        actions.action("edit.next_mistake").trigger()
        app.qtbot.waitUntil(
            lambda: field.hasFocus() and field.textCursor().selectedText() == word, timeout=20_000
        )

    head.headline.setFocus()
    in_turn = (
        (head.standfirst, "metting"),
        (head.standfirst, "rivver"),
        (body, "worrd"),
        (card.caption, "rivver"),
        (card.alt_text, "metting"),
    )
    for _ in range(2):
        for field, word in in_turn:
            next_one(field, word)
            chosen = [f for f in {f for f, _ in in_turn} if f.textCursor().hasSelection()]
            assert chosen == [field]
    actions.action("edit.suggestions").trigger()
    choose(opened_menu(app, head.standfirst), "meeting")
    assert head.standfirst.words() == "The meeting and rivver was "


def test_words_about_photos_are_checked_and_a_word_added_is_right_everywhere(
    app: WholeApp,
) -> None:
    pane = app.desktop.window.pane
    strip = pane.side.photos
    photo = replace(photo_of(b"a", b"b", caption="A wall in Zarrin."), alt_text="")
    strip.set_photos((photo,), None)
    card = strip.cards()[0]
    write(card.alt_text, "Zarrin and wals ")
    type_keys(pane.text.body, "Zarrin ")
    wait_for(app, card.caption, "Zarrin")
    wait_for(app, card.alt_text, "Zarrin", "wals")
    cursor = card.alt_text.textCursor()
    cursor.setPosition(3)
    card.alt_text.setTextCursor(cursor)
    choose(menu_of(app, card.alt_text), "Add “Zarrin”")
    wait_for(app, card.caption)
    wait_for(app, card.alt_text, "wals")
    app.qtbot.waitUntil(lambda: drawn(pane.text.body) == [], timeout=20_000)
    assert app.run(lambda store: store.spelling.personal()) == {"Zarrin"}
    put_caret(pane.text.body, 0, 2)
    strip.set_photos((), None)  # its menus and marks go with the card
    write(pane.text.head.headline, "wals ")
    wait_for(app, pane.text.head.headline, "wals")


def test_another_language_off_on_and_a_text_to_read(app: WholeApp) -> None:
    head, room = app.desktop.window.pane.text.head, _room(app)
    write(head.headline, "The metting ")
    wait_for(app, head.headline, "metting")
    head.language.set_code("fr")
    head.language.chosen.emit()
    wait_for(app, head.headline)
    head.language.set_code("en")
    head.language.chosen.emit()
    wait_for(app, head.headline, "metting")
    switch = app.desktop.actions.action("edit.check_spelling")
    switch.trigger()
    assert waved(head.headline) == []
    assert not room.fields.working
    switch.trigger()
    room._timer.start(0)
    wait_for(app, head.headline, "metting")
    head.headline.setReadOnly(True)
    assert waved(head.headline) == []
    at = head.headline.cursorRect().center()
    key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, at)
    assert not head.headline.takes_menu(key)
    head.headline.setReadOnly(False)
    wait_for(app, head.headline, "metting")


def test_marks_take_the_colours_of_the_theme(app: WholeApp) -> None:
    from reporterdesk.ui.colours import DARK, LIGHT

    headline = app.desktop.window.pane.text.head.headline
    write(headline, "The metting ")
    wait_for(app, headline, "metting")
    theme = app.desktop._theme
    for choice, colours in (("dark", DARK), ("light", LIGHT)):
        theme.choose(choice)
        QApplication.processEvents()
        mark = headline.extraSelections()[0]
        assert mark.format.underlineColor().name().upper() == colours.problem


def _room(app: WholeApp) -> Spelling:
    return app.desktop.spelling

"""A body editor on the screen, and keys into it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QInputMethodEvent, QTextBlock, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reporterdesk.text.parse import parse
from reporterdesk.text.print import to_markdown
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.formatting import MOVES, OTHERS, STYLES

EDIT_NAMES = ("undo", "redo", "cut", "copy", "paste", "paste_plain", "select_all")


class PlainActions:
    """The actions an editor binds, without menus, icons or shortcuts."""

    def __init__(self) -> None:
        names = [*STYLES, *OTHERS, *MOVES, *(f"edit.{name}" for name in EDIT_NAMES)]
        self._actions = {name: QAction(name) for name in names}
        for name in (*STYLES, "format.bold", "format.italic", "format.link"):
            self._actions[name].setCheckable(True)

    def action(self, name: str) -> QAction:
        """Return the action called ``name``."""
        return self._actions[name]


def type_keys(editor: BodyEditor, text: str) -> None:
    """Type ``text``; a line feed is Enter, ``\\b`` Backspace, a tab Tab."""
    keys = {"\n": Qt.Key.Key_Return, "\b": Qt.Key.Key_Backspace, "\t": Qt.Key.Key_Tab}
    for character in text:
        if character in keys:
            QTest.keyClick(editor, keys[character])
        else:
            QTest.keyClick(editor, character) if character.isascii() else _commit(editor, character)


def _commit(editor: BodyEditor, character: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(character)
    QApplication.sendEvent(editor, event)


def markdown(editor: BodyEditor) -> str:
    """Return the text as Markdown, which is easy to read in a test."""
    return to_markdown(editor.document()).strip("\n")


def show_markdown(editor: BodyEditor, text: str) -> None:
    """Show the text that ``text`` is in Markdown."""
    editor.set_document(parse(text))


def put_caret(editor: BodyEditor, block: int, column: int = 0, *, to: int | None = None) -> None:
    """Put the caret into a block, or select from there to the column ``to`` of the same block."""
    start = editor.text_document.findBlockByNumber(block).position()
    cursor = QTextCursor(editor.text_document)
    cursor.setPosition(start + column)
    if to is not None:
        cursor.setPosition(start + to, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def select(editor: BodyEditor, anchor: int, position: int) -> None:
    """Select between two positions of the document."""
    cursor = QTextCursor(editor.text_document)
    cursor.setPosition(anchor)
    cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def all_blocks(editor: BodyEditor) -> list[QTextBlock]:
    """Return the editor's blocks."""
    found = []
    block = editor.text_document.begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def lines(editor: BodyEditor) -> list[str]:
    """Return the words of the editor's blocks."""
    return [block.text() for block in all_blocks(editor)]

"""Markdown typed at the start of a line becomes the block it means.

The rule is a step of its own: one undo, or one Backspace right after it, brings the typed
characters back.
"""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

from reporterdesk.text.lines import (
    BULLET,
    HEADING_2,
    HEADING_3,
    NUMBER,
    QUOTE,
    Kind,
    LineStyle,
)
from reporterdesk.text.tree import Rule
from reporterdesk.ui.editor.block_commands import insert_standing, one_step, set_style
from reporterdesk.ui.editor.formats import style_of

MARKERS: dict[str, LineStyle] = {
    "## ": HEADING_2,
    "### ": HEADING_3,
    "- ": BULLET,
    "* ": BULLET,
    "> ": QUOTE,
    "1. ": NUMBER,
    "1) ": NUMBER,
}
"""What is typed, with its space, and the block it makes."""

RULES = frozenset({"---", "***", "———"})
"""Lines that Enter turns into a rule."""


class TypingRules:
    """Applies the rules in one editor, and takes the last one back. Lives on the UI thread."""

    def __init__(self, editor: QTextEdit) -> None:
        self._editor = editor
        self._applied_at: tuple[int, int] | None = None

    def after_space(self) -> None:
        """Apply the rule for the marker that the space just typed has finished."""
        cursor = self._editor.textCursor()
        block = cursor.block()
        typed = block.text()[: cursor.positionInBlock()]
        style = MARKERS.get(typed)
        if style is None or style_of(block).kind is not Kind.PARAGRAPH:
            return
        with one_step(cursor):
            cursor.movePosition(
                QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.removeSelectedText()
            set_style(cursor.block(), style)
        self._applied(cursor)

    def on_enter(self) -> bool:
        """Turn a line of dashes into a rule; return whether the key has been used up."""
        cursor = self._editor.textCursor()
        block = cursor.block()
        if block.text() not in RULES or style_of(block).kind is not Kind.PARAGRAPH:
            return False
        with one_step(cursor):
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            cursor.setPosition(block.position())
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            insert_standing(cursor, Rule())
        self._applied(cursor)
        return True

    def on_backspace(self) -> bool:
        """Take the last rule back if nothing happened since; return whether it did."""
        cursor = self._editor.textCursor()
        now = (cursor.document().revision(), cursor.position())
        if cursor.hasSelection() or self._applied_at != now:
            return False
        self._applied_at = None
        self._editor.undo()
        return True

    def _applied(self, cursor: QTextCursor) -> None:
        self._editor.setTextCursor(cursor)
        self._applied_at = (cursor.document().revision(), cursor.position())

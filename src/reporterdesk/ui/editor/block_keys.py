"""Enter, Backspace, Delete, Tab and typing, where blocks are more than lines of text."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from reporterdesk.text.lines import PARAGRAPH, Kind
from reporterdesk.ui.editor.block_commands import (
    indent,
    is_empty,
    is_standing,
    new_paragraph_after,
    new_paragraph_before,
    one_step,
    outdent,
    remove_block,
    selected_blocks,
    set_style,
)
from reporterdesk.ui.editor.formats import block_format, style_of
from reporterdesk.ui.editor.inline_commands import settle_typing_format
from reporterdesk.ui.editor.typing_rules import TypingRules
from reporterdesk.ui.editor.undo_steps import UndoSteps

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ERASES_WITH = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
_NO_TEXT_WITH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier


class BlockKeys:
    """Handles one editor's keys before the editor itself does. Lives on the UI thread."""

    def __init__(self, editor: QTextEdit) -> None:
        self._editor = editor
        self.steps = UndoSteps(editor)
        self.rules = TypingRules(editor, self.steps)
        self._settled: QTextCharFormat | None = None
        """A format in which words may go on to be typed."""

    def handle(self, event: QKeyEvent) -> bool:
        """Act on ``event``; return whether it has been used up."""
        text = event.text()
        if text and text.isprintable() and event.modifiers() in _PLAIN:
            self.type_text(text)  # most keys, and quickly
            return True
        key = event.key()
        if key in _ENTER:
            return self._on_enter(event)
        if key == Qt.Key.Key_Backspace:
            return self.rules.on_backspace() or self._backspace() or self._erase(event)
        if event.matches(QKeySequence.StandardKey.Delete):
            return self._delete() or self._erase(event, forwards=True)
        if key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            return self._tab(back=key == Qt.Key.Key_Backtab)
        typed = types_text(event)
        if typed:
            self.type_text(text)
        return typed

    def _on_enter(self, event: QKeyEvent) -> bool:
        if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return self.rules.on_enter() or self._enter()
        if event.matches(QKeySequence.StandardKey.InsertLineSeparator):
            return self._line_break()
        return False

    def type_text(self, text: str) -> None:
        """Put ``text`` in at the caret as typed, and apply the rule it finishes."""
        composing = is_composing(self._editor)
        self.before_typing()
        with self.steps.typing(text):
            self._editor.insertPlainText(text)
        # Only now: the layout knows of the text when the step is closed.
        self._editor.ensureCursorVisible()
        if not composing:
            self.rules.after_typing(text)

    def _erase(self, event: QKeyEvent, *, forwards: bool = False) -> bool:
        """Erase the character beside the caret, or what is selected."""
        if event.modifiers() & ~_ERASES_WITH:
            return False
        with self.steps.erasing(forwards=forwards):
            cursor = self._editor.textCursor()
            if forwards:
                cursor.deleteChar()
            else:
                cursor.deletePreviousChar()
        self._editor.setTextCursor(cursor)
        return True

    def before_typing(self) -> None:
        """Make room for words that are about to come: not in a figure, not on in a link."""
        cursor = self._editor.textCursor()
        if cursor.hasSelection():
            return
        if is_standing(cursor.block()):
            self._leave_standing(cursor)
        elif cursor.charFormat() == self._settled:
            return
        settle_typing_format(self._editor)
        made = self._editor.textCursor().charFormat()
        self._settled = None if made.isAnchor() else made  # whether a link goes on is asked anew

    def _leave_standing(self, cursor: QTextCursor) -> None:
        if cursor.atBlockStart():
            new_paragraph_before(cursor)
        else:
            new_paragraph_after(cursor)
        self._editor.setTextCursor(cursor)

    def _enter(self) -> bool:
        cursor = self._editor.textCursor()
        with one_step(cursor):
            cursor.removeSelectedText()
            block = cursor.block()
            style = style_of(block)
            if style.kind is Kind.STANDING:
                self._leave_standing(cursor)
            elif is_empty(block) and style.kind is Kind.ITEM:
                outdent(cursor)
            elif is_empty(block) and style.kind is not Kind.PARAGRAPH:
                set_style(block, PARAGRAPH)
            elif style.kind is Kind.HEADING and cursor.atBlockEnd():
                new_paragraph_after(cursor)
            elif style.kind is Kind.HEADING and cursor.atBlockStart():
                new_paragraph_before(cursor)
                cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
            else:
                cursor.insertBlock(block_format(style), cursor.blockCharFormat())
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()
        return True

    def _line_break(self) -> bool:
        """Headings and things have no second line; elsewhere the editor breaks the line."""
        style = style_of(self._editor.textCursor().block())
        if style.kind in {Kind.HEADING, Kind.STANDING}:
            return self._enter()
        return False

    def _backspace(self) -> bool:
        cursor = self._editor.textCursor()
        block = cursor.block()
        if cursor.hasSelection():
            return False
        if is_standing(block):
            if cursor.atBlockStart():
                return self._join_up(cursor)
            remove_block(cursor)
        elif not cursor.atBlockStart():
            return False
        elif style_of(block).kind is Kind.ITEM and style_of(block).depth:
            outdent(cursor)
        elif style_of(block) != PARAGRAPH:
            set_style(block, PARAGRAPH)
        elif block.previous().isValid() and is_standing(block.previous()):
            self._reach(cursor, block.previous().position(), drop=is_empty(block))
            return True
        else:
            return False
        self._editor.setTextCursor(cursor)
        return True

    def _join_up(self, cursor: QTextCursor) -> bool:
        """Backspace before a thing: take away an empty paragraph above, else step up."""
        above = cursor.block().previous()
        if above.isValid() and is_empty(above):
            cursor.setPosition(above.position())
            remove_block(cursor)
        elif above.isValid():
            cursor.setPosition(above.position() + above.length() - 1)
        self._editor.setTextCursor(cursor)
        return True

    def _delete(self) -> bool:
        cursor = self._editor.textCursor()
        block, below = cursor.block(), cursor.block().next()
        if cursor.hasSelection():
            return False
        if is_standing(block):
            remove_block(cursor)
            self._editor.setTextCursor(cursor)
            return True
        if cursor.atBlockEnd() and below.isValid() and is_standing(below):
            self._reach(cursor, below.position(), drop=is_empty(block))
            return True
        return False

    def _reach(self, cursor: QTextCursor, thing: int, *, drop: bool) -> None:
        """Select the thing next to the caret, so that a second press deletes it.

        :param drop: the caret's own block is empty and goes away.
        """
        reached = QTextCursor(cursor.document())
        reached.setPosition(thing)
        if drop:
            remove_block(cursor)
        reached.movePosition(
            QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor
        )
        self._editor.setTextCursor(reached)

    def tab_nests(self) -> bool:
        """Return whether Tab acts on list items here."""
        blocks = selected_blocks(self._editor.textCursor())
        return any(style_of(block).kind is Kind.ITEM for block in blocks)

    def _tab(self, *, back: bool) -> bool:
        """Nest items with Tab; elsewhere it has gone to the next control or does nothing."""
        if self.tab_nests():
            cursor = self._editor.textCursor()
            (outdent if back else indent)(cursor)
            self._editor.setTextCursor(cursor)
        return True


def types_text(event: QKeyEvent) -> bool:
    """Return whether the key puts characters into the text."""
    text = event.text()
    if not text:
        return False
    altgr = event.modifiers() & Qt.KeyboardModifier.AltModifier
    if event.modifiers() & _NO_TEXT_WITH and not altgr:
        return False
    # Joiners and direction marks count: Persian and Urdu keyboards have them.
    return text.isprintable() or unicodedata.category(text[0]) == "Cf"


def is_composing(editor: QTextEdit) -> bool:
    """Return whether an input method is composing words that are not in the text yet."""
    return bool(editor.textCursor().block().layout().preeditAreaText())

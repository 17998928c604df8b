"""What is typed becomes what it means: Markdown, addresses, quotes and dashes.

Each rule is a step of its own: one undo, or one Backspace right after it, brings the typed
characters back, and they are left alone from then on.
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
from reporterdesk.ui.editor.undo_steps import Swap, UndoSteps

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

FINISHING = frozenset("\"'-. ;:!?»*)")
"""The characters that can finish anything; those of :mod:`reporterdesk.text.typography` and
:mod:`reporterdesk.text.shortcuts`, which the first screen does not wait for."""

_LONGEST_MARKER = max(map(len, MARKERS))
_LOOKS_BACK = 2_000


class TypingRules:
    """Applies the rules in one editor, and takes the last one back. Lives on the UI thread."""

    def __init__(self, editor: QTextEdit, steps: UndoSteps) -> None:
        self._editor = editor
        self._steps = steps
        self._applied: tuple[int, int, int] | None = None
        self._kept: QTextCursor | None = None
        self.language = ""
        """The report's language, whose marks are written: a BCP 47 tag."""
        self.smart = True
        """Whether quotes, dashes and the like are replaced."""

    @staticmethod
    def prepare() -> None:
        """Load what the first finishing character needs, before anybody waits for its paint."""
        import reporterdesk.text.shortcuts
        import reporterdesk.text.typography
        import reporterdesk.ui.editor.inline_rules  # noqa: F401 - for later

    def after_typing(self, text: str) -> None:
        """Apply the rule that ``text``, just typed and not composed, has finished."""
        if text not in FINISHING:
            return
        cursor = self._editor.textCursor()
        if cursor.charFormat().isAnchor():
            return
        if text == " " and self._block_marker(cursor):
            return
        before = words_before(cursor, _LOOKS_BACK)
        if not self._inline(cursor, before) and self.smart:
            self._swap(cursor, before)

    def on_enter(self) -> bool:
        """Turn a line of dashes into a rule; return whether the key has been used up."""
        self._steps.settle()
        cursor = self._editor.textCursor()
        block = cursor.block()
        if block.length() > len("---") + 1 or block.text() not in RULES:
            self._link_address(cursor)
            return False
        if style_of(block).kind is not Kind.PARAGRAPH:
            return False
        typed_at = cursor.position()
        with one_step(cursor):
            cursor.setPosition(block.position())
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            insert_standing(cursor, Rule())
        self._has_applied(cursor, typed_at)
        return True

    def on_backspace(self) -> bool:
        """Take the last rule back if nothing happened since; return whether it did."""
        cursor = self._editor.textCursor()
        applied, self._applied = self._applied, None
        if self._kept is not None and cursor.position() <= self._kept.position():
            self._kept = None  # it is erased, and may be typed afresh
        if cursor.hasSelection() or applied is None:
            return False
        if applied[:2] != (cursor.document().revision(), cursor.position()):
            return False
        self._editor.undo()
        cursor = self._editor.textCursor()
        cursor.setPosition(applied[2])
        self._editor.setTextCursor(cursor)
        self._kept = QTextCursor(cursor)
        self._kept.setKeepPositionOnInsert(True)
        return True

    def forget(self) -> None:
        """Forget what was applied and taken back: another text is shown."""
        self._applied = self._kept = None
        self._steps.forget()

    def _block_marker(self, cursor: QTextCursor) -> bool:
        block, place = cursor.block(), cursor.positionInBlock()
        if place > _LONGEST_MARKER or style_of(block).kind is not Kind.PARAGRAPH:
            return False
        style = MARKERS.get(words_before(cursor, place))
        if style is None or self._was_taken_back(cursor, place):
            return False
        typed_at = cursor.position()
        with one_step(cursor):
            cursor.movePosition(
                QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.removeSelectedText()
            set_style(cursor.block(), style)
        self._has_applied(cursor, typed_at)
        return True

    def _inline(self, cursor: QTextCursor, before: str) -> bool:
        from reporterdesk.text.shortcuts import finished

        found = finished(before)
        if found is None:
            return False
        from reporterdesk.ui.editor.inline_rules import apply_inline, length_of

        if self._was_taken_back(cursor, length_of(found, before)):
            return False
        typed_at = cursor.position()
        if not apply_inline(self._editor, cursor, before, found):
            return False
        self._has_applied(cursor, typed_at)
        return True

    def _link_address(self, cursor: QTextCursor) -> None:
        """Link a bare address that Enter ends; it needs no taking back by Backspace."""
        if cursor.hasSelection() or cursor.charFormat().isAnchor():
            return
        before = words_before(cursor, _LOOKS_BACK)
        if "." not in before:
            return
        from reporterdesk.text.shortcuts import address_before
        from reporterdesk.ui.editor.inline_rules import apply_inline, length_of

        found = address_before(before)
        if found and not self._was_taken_back(cursor, length_of(found, before)):
            apply_inline(self._editor, cursor, before, found)

    def _swap(self, cursor: QTextCursor, before: str) -> None:
        from reporterdesk.text.typography import typed

        found = typed(before, self.language)
        if found is None or self._was_taken_back(cursor, found.length):
            return
        typed_at = cursor.position()
        swap = Swap(before[-found.length :], found.text)
        made = cursor.charFormat()
        with self._steps.swapping(swap):
            swap.show(cursor)
        cursor.setCharFormat(made)
        self._has_applied(cursor, typed_at)

    def _was_taken_back(self, cursor: QTextCursor, length: int) -> bool:
        """Return whether the last ``length`` characters were typed back on purpose."""
        kept = self._kept
        if kept is None or kept.block() != cursor.block():
            return False
        return cursor.position() - length < kept.position() <= cursor.position()

    def _has_applied(self, cursor: QTextCursor, typed_at: int) -> None:
        self._editor.setTextCursor(cursor)
        self._applied = (cursor.document().revision(), cursor.position(), typed_at)


def words_before(cursor: QTextCursor, most: int) -> str:
    """Return the words of the block before ``cursor``, the last ``most`` UTF-16 units of them."""
    back = QTextCursor(cursor)
    start = max(cursor.block().position(), cursor.position() - most)
    back.setPosition(cursor.position())
    back.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
    return back.selectedText()

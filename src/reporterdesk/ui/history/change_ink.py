"""Draws what was written and what was taken out, in the colours of the theme and without them."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtGui import QTextCharFormat, QTextFormat

from reporterdesk.text.difference import Change
from reporterdesk.ui.editor.formats import pieces
from reporterdesk.ui.editor.ink import Ink

_MARK = QTextFormat.Property.UserProperty.value + 100


class Mark(IntEnum):
    """What a stretch of words is marked as. The numbers are kept in character formats."""

    NONE = 0
    ADDED = 1
    REMOVED = 2
    RESTYLED = 3
    MUTED = 4
    """Not the report’s words: a label, or a count."""


_FATES = {
    Change.ADDED: Mark.ADDED,
    Change.REMOVED: Mark.REMOVED,
    Change.RESTYLED: Mark.RESTYLED,
}


def mark_of(change: Change) -> Mark:
    """Return how words with this fate are marked."""
    return _FATES.get(change, Mark.NONE)


def marked(made: QTextCharFormat, mark: Mark) -> QTextCharFormat:
    """Return ``made`` with a mark on it."""
    result = QTextCharFormat(made)
    if mark is not Mark.NONE:
        result.setProperty(_MARK, int(mark))
    return result


class ChangeInk(Ink):
    """Lays the looks of marks over what the editor’s ink draws. Lives on the UI thread.

    New words are green and underlined, words that were taken out red and struck through, so that
    nobody needs the colours to tell them apart.
    """

    def highlightBlock(self, text: str) -> None:
        """Lay the formats over a block (called by Qt)."""
        super().highlightBlock(text)
        block = self.currentBlock()
        for start, words, made in pieces(block):
            mark = Mark(made.intProperty(_MARK))
            if mark is Mark.NONE:
                continue
            at = start - block.position()
            length = len(words.encode("utf-16-le")) // 2
            look = QTextCharFormat(self.format(at))
            self._draw(look, mark)
            self.setFormat(at, length, look)

    def _draw(self, look: QTextCharFormat, mark: Mark) -> None:
        inks = self._inks
        if mark is Mark.ADDED:
            look.setForeground(inks.added)
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        elif mark is Mark.REMOVED:
            look.setForeground(inks.wrong)
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.NoUnderline)
            look.setFontStrikeOut(True)
        elif mark is Mark.RESTYLED:
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        else:
            look.setForeground(inks.muted)

"""The gaps between blocks: where something that is dropped can stand, and never inside words.

A gap has the number of the block after it; the last one has the number of blocks.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from reporterdesk.ui.editor.moving_blocks import insert_figure_at

_BESIDE = 6.0
_THICK = 3


def block_area(editor: QTextEdit, block: QTextBlock) -> QRectF:
    """Return where ``block`` stands in the viewport, in logical pixels."""
    scrolled = QPointF(editor.horizontalScrollBar().value(), editor.verticalScrollBar().value())
    area = block.document().documentLayout().blockBoundingRect(block)
    return area.translated(-scrolled)


def gap_at(editor: QTextEdit, place: QPointF) -> int:
    """Return the gap that is nearest to a place in the viewport."""
    block = editor.cursorForPosition(place.toPoint()).block()
    below = place.y() > block_area(editor, block).center().y()
    return int(block.blockNumber()) + below


def gap_line(editor: QTextEdit, gap: int) -> QRect:
    """Return the line to be drawn in a gap, in the viewport."""
    text = editor.textCursor().document()
    above, below = text.findBlockByNumber(gap - 1), text.findBlockByNumber(gap)
    if not above.isValid():
        y = block_area(editor, below).top() - _BESIDE
    elif not below.isValid():
        y = block_area(editor, above).bottom() + _BESIDE
    else:
        y = (block_area(editor, above).bottom() + block_area(editor, below).top()) / 2
    margin = round(text.documentMargin())
    top = max(0, min(round(y) - 1, editor.viewport().height() - _THICK))
    return QRect(margin, top, editor.viewport().width() - 2 * margin, _THICK)


class Gap:
    """A gap that stays where it is while people type: photos are put there one after another.

    Lives on the UI thread.
    """

    def __init__(self, text: QTextDocument, number: int) -> None:
        self._text = text
        self._at_start = number <= 0
        self._above = QTextCursor(text.findBlockByNumber(max(number, 1) - 1))
        self._hold(self._above.block())

    def put(self, photo_id: str) -> None:
        """Put a photo here, after those put here before; one step to undo."""
        number = 0 if self._at_start else self._above.block().blockNumber() + 1
        self._hold(insert_figure_at(self._text, number, photo_id))
        self._at_start = False

    def _hold(self, block: QTextBlock) -> None:
        self._above = QTextCursor(block)
        if not self._at_start or block.blockNumber():
            self._above.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        # What is typed at the end of that block, or a line begun there, comes after the gap's edge.
        self._above.setKeepPositionOnInsert(True)

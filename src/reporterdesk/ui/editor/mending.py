"""Keeps blocks whole after any edit: a thing stands alone, words are words, lists have no gaps.

Cutting, dragging and deleting across blocks can leave a photo among words or an item nested under
nothing. The repair joins the step that made it necessary, so one undo takes back both.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument

from reporterdesk.text.lines import PARAGRAPH, STANDING, Kind, LineStyle
from reporterdesk.ui.editor.block_commands import set_style
from reporterdesk.ui.editor.directions import is_turned_wrong, turn
from reporterdesk.ui.editor.formats import OBJECT, block_format, pieces, standing_of, style_of
from reporterdesk.ui.editor.inline_commands import utf16_length


class Mender(QObject):
    """Mends the blocks that a change has touched. Lives on the UI thread."""

    def __init__(self, document: QTextDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._touched: tuple[int, int] | None = None
        self._blocks_before = document.blockCount()
        self._one_letter = False
        self._busy = False
        document.contentsChange.connect(self._on_change)
        document.contentsChanged.connect(self._mend)

    @Slot(int, int, int)
    def _on_change(self, position: int, removed: int, added: int) -> None:
        before, self._blocks_before = self._blocks_before, self._document.blockCount()
        if not self._busy:
            first = self._touched is None
            self._touched = (position, position + added)
            self._one_letter = first and removed + added == 1 and before == self._blocks_before

    @Slot()
    def _mend(self) -> None:
        touched, self._touched = self._touched, None
        # States the undo stack leads to have been mended already.
        if touched is None or self._busy or not self._document.isUndoRedoEnabled():
            return
        if self._document.isRedoAvailable():
            return
        self._busy = True
        try:
            self._mend_blocks(*touched)
        finally:
            self._busy = False

    def _mend_blocks(self, first: int, last: int) -> None:
        if self._one_letter and self._is_of_words(first):
            self._turn(first, first)  # a letter more or less makes no gap in a list
            return
        repairs = [b for b in self._blocks(first, last) if _wrong(b)]
        gaps = self._gaps(first, last)
        if repairs or gaps:
            self._repair(repairs, gaps)
            self._turn(first, last + 2 * len(repairs))
        else:
            self._turn(first, last)

    def _is_of_words(self, position: int) -> bool:
        block = self._document.findBlock(position)
        return style_of(block).kind is not Kind.STANDING and OBJECT not in block.text()

    def _turn(self, first: int, last: int) -> None:
        turned = [block for block in self._blocks(first, last) if is_turned_wrong(block)]
        if turned:
            cursor = QTextCursor(self._document)
            cursor.joinPreviousEditBlock()
            for block in turned:
                turn(block)
            cursor.endEditBlock()

    def _repair(self, repairs: list[QTextBlock], gaps: list[tuple[QTextBlock, int]]) -> None:
        cursor = QTextCursor(self._document)
        cursor.joinPreviousEditBlock()
        for block, depth in gaps:
            set_style(block, replace(style_of(block), depth=depth))
        # From the bottom, so that parting a block does not move those still to be mended.
        for block in reversed(repairs):
            _mend_block(block)
        cursor.endEditBlock()

    def _blocks(self, first: int, last: int) -> list[QTextBlock]:
        found = []
        block = self._document.findBlock(first)
        while block.isValid() and block.position() <= last:
            found.append(block)
            block = block.next()
        return found

    def _gaps(self, first: int, last: int) -> list[tuple[QTextBlock, int]]:
        """Return items nested deeper than one step under the line above, with the right depth."""
        gaps = []
        block = self._document.findBlock(first)
        above = _item_depth(style_of(block.previous())) if block.previous().isValid() else -1
        while block.isValid():
            style = style_of(block)
            depth = _item_depth(style)
            right = depth <= above + 1
            if right and block.position() > last:
                break  # from here on, everything hangs from what it hung from before
            if not right:
                depth = above + 1
                gaps.append((block, depth))
            above = depth
            block = block.next()
        return gaps


def _item_depth(style: LineStyle) -> int:
    return style.depth if style.kind is Kind.ITEM else -1


def _things(block: QTextBlock) -> list[int]:
    """Return the positions of the things in ``block``."""
    found = []
    for start, text, made in pieces(block):
        if OBJECT in text and standing_of(made) is not None:
            found += [
                start + utf16_length(text[:index])
                for index, character in enumerate(text)
                if character == OBJECT
            ]
    return found


def _wrong(block: QTextBlock) -> bool:
    # Most blocks are words without any thing: say so quickly.
    standing = style_of(block).kind is Kind.STANDING
    if not standing and OBJECT not in block.text():
        return False
    things = _things(block)
    alone = len(things) == 1 and block.length() == 2
    return standing != alone or (len(things) > 0 and not alone)


def _mend_block(block: QTextBlock) -> None:
    things = _things(block)
    words = style_of(block)
    if words.kind is Kind.STANDING:
        words = PARAGRAPH
    start = block.position()
    cursor = QTextCursor(block)
    for position in reversed(things):
        if position + 1 < block.position() + block.length() - 1:
            cursor.setPosition(position + 1)
            cursor.insertBlock(block_format(words), QTextCharFormat())
        if position > start:
            cursor.setPosition(position)
            cursor.insertBlock(block_format(STANDING), QTextCharFormat())
            block = cursor.document().findBlock(start)
    _settle(cursor, start, words, parts=2 * len(things) + 1)


def _settle(cursor: QTextCursor, start: int, words: LineStyle, parts: int) -> None:
    """Give each of the parted blocks its style, by what it holds."""
    block = cursor.document().findBlock(start)
    while block.isValid() and parts:
        wanted = STANDING if _things(block) else words
        style = style_of(block)
        if (wanted is STANDING) != (style.kind is Kind.STANDING):
            set_style(block, wanted)
        parts -= 1
        block = block.next()
        if not _wrong(block):
            break

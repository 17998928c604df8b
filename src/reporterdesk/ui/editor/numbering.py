"""The numbers of numbered items, counted once and kept while only words change."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QTextBlock, QTextDocument

from reporterdesk.text.lines import Kind, LineStyle
from reporterdesk.ui.editor.formats import style_of


class Numbering(QObject):
    """Counts the items of one document. Lives on the UI thread.

    A list is counted when one of its items is painted first. Typing in an item changes no number,
    so painting it again costs the same in a list of a thousand items as in one of three.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._blocks = document.blockCount()
        self._known: dict[int, tuple[LineStyle, int]] = {}
        document.contentsChange.connect(self._on_change)

    def number(self, block: QTextBlock) -> int:
        """Return the number of an item: its place among its neighbours in the same list."""
        if block.blockNumber() not in self._known:
            self._count(block)
        return self._known[block.blockNumber()][1]

    def _count(self, last: QTextBlock) -> None:
        """Count the row of items that ``last`` stands in, from the top to it."""
        block = last
        while block.previous().isValid() and style_of(block.previous()).kind is Kind.ITEM:
            block = block.previous()
        counts: list[tuple[bool, int]] = []  # for each depth: whether it has numbers, and how many
        end = last.blockNumber()
        while block.isValid() and block.blockNumber() <= end:
            style = style_of(block)
            del counts[style.depth + 1 :]
            while len(counts) <= style.depth:
                counts.append((style.ordered, 0))
            ordered, before = counts[style.depth]
            number = before + 1 if ordered == style.ordered else 1
            counts[style.depth] = (style.ordered, number)
            self._known[block.blockNumber()] = style, number
            block = block.next()

    @Slot(int, int, int)
    def _on_change(self, position: int, removed: int, added: int) -> None:
        if not self._known:
            self._blocks = self._document.blockCount()
            return
        before, self._blocks = self._blocks, self._document.blockCount()
        same = before == self._blocks
        if same and removed + added == 1:
            return  # a letter more or less: no line has become another kind
        block = self._document.findBlock(position)
        while same and block.isValid() and block.position() <= position + added:
            known = self._known.get(block.blockNumber())
            is_item = style_of(block).kind is Kind.ITEM
            same = style_of(block) == known[0] if known else not is_item
            block = block.next()
        if not same:
            self._known.clear()

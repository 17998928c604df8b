"""Draws headings larger, links and quotes in their colours, without touching the text.

The formats are laid over the text by the layout, so they are neither saved, nor undone, nor a
change of the text; only blocks that change are gone through again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtGui import (
    QPalette,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
    QTextLayout,
)

from reporterdesk.text.lines import Kind, LineStyle
from reporterdesk.ui.editor.formats import drawn_format, style_of
from reporterdesk.ui.editor.palette import Inks, inks

_WAVE = QTextCharFormat.UnderlineStyle.WaveUnderline
_UNDERLINE_COLOUR = QTextFormat.Property.TextUnderlineColor.value
_INSTEAD = QTextFormat.Property.UserProperty.value + 100
"""On a drawn wave: the underline in whose place it is, or that it lies over another format."""
_OVER = -1


@dataclass(frozen=True, slots=True)
class _Looks:
    """How the words of one kind of block are drawn, its links, and words that are wrong."""

    base: QTextCharFormat
    link: QTextCharFormat
    wrong: QTextCharFormat


class Ink(QSyntaxHighlighter):
    """Lays colour and size over one document. Lives on the UI thread."""

    def __init__(self, document: QTextDocument, palette: QPalette) -> None:
        super().__init__(document)
        self._inks: Inks = inks(palette)
        self._looks: dict[tuple[Kind, int], _Looks] = {}
        self.mistakes: Callable[[int], Sequence[tuple[int, int]]] = _nothing
        """Tells where misspelled words start in the block of a number, and how long they are."""

    def set_palette(self, palette: QPalette) -> None:
        """Draw in the colours of ``palette`` from now on."""
        fresh = inks(palette)
        if fresh != self._inks:
            self._inks = fresh
            self._looks.clear()
            self.rehighlight()

    def draw_marks_again(self, numbers: Iterable[int]) -> None:
        """Draw the marks of the blocks of these numbers as :attr:`mistakes` has them now.

        All at once: each time that Qt is told, it goes through the layout of the whole text.
        Not by ``rehighlightBlock``: that is an edit block to Qt, which counts the document's
        revision up and ends what is being typed as a step to undo.
        """
        document, block = self.document(), None
        for number in numbers:
            block = document.findBlockByNumber(number)
            self._draw_marks(block)  # the layout notes where it has changed
        if block is not None:
            document.markContentsDirty(block.position(), block.length())

    def _draw_marks(self, block: QTextBlock) -> None:
        layout = block.layout()
        drawn = []
        for stretch in layout.formats():
            instead = stretch.format.property(_INSTEAD)
            if instead == _OVER:
                continue
            if instead is not None:
                look = stretch.format
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle(instead))
                look.clearProperty(_UNDERLINE_COLOUR)
                look.clearProperty(_INSTEAD)
                stretch.format = look
            drawn.append(stretch)
        composed = layout.preeditAreaPosition()
        for start, end in self._marks(block):
            stretch = QTextLayout.FormatRange()
            stretch.start, stretch.length = start, end - start
            if layout.preeditAreaText() and start > composed:
                stretch.start += len(layout.preeditAreaText().encode("utf-16-le")) // 2
            stretch.format = self._waved(QTextCharFormat(), _OVER)
            drawn.append(stretch)
        layout.setFormats(drawn)

    def highlightBlock(self, text: str) -> None:
        """Lay the formats over the block that changed (called by Qt)."""
        if not text:
            return
        block = self.currentBlock()
        looks = self._looks_of(style_of(block))
        if not looks.base.isEmpty():
            self.setFormat(0, block.length() - 1, looks.base)
        links = list(_links_in(block))
        for start, end in links:
            self.setFormat(start, end - start, looks.link)
        for begin, end in self._marks(block):
            if any(start < end and begin < stop for start, stop in links):
                self._mark(begin, end)
            else:
                self.setFormat(begin, end - begin, looks.wrong)

    def _looks_of(self, style: LineStyle) -> _Looks:
        """Return how words of ``style`` are drawn; made once, as each key asks."""
        known = self._looks.get((style.kind, style.level))
        if known is None:
            base = drawn_format(style)
            if style.kind is Kind.QUOTE:
                base.setForeground(self._inks.muted)
            link = QTextCharFormat(base)
            link.setForeground(self._inks.accent)
            link.setFontUnderline(True)
            known = _Looks(base, link, self._waved(base, base.underlineStyle().value))
            self._looks[style.kind, style.level] = known
        return known

    def _marks(self, block: QTextBlock) -> Iterator[tuple[int, int]]:
        """Yield where marks begin and end; a word in which one is being composed has none."""
        layout = block.layout()
        composed = layout.preeditAreaPosition() if layout.preeditAreaText() else -1
        for start, length in self.mistakes(block.blockNumber()):
            if not start <= composed <= start + length:
                yield start, start + length

    def _mark(self, begin: int, end: int) -> None:
        """Draw a wave under a word, which may be drawn in several formats already."""
        start = begin
        while start < end:
            look = self.format(start)
            stop = start + 1
            while stop < end and self.format(stop) == look:
                stop += 1
            self.setFormat(start, stop - start, self._waved(look, look.underlineStyle().value))
            start = stop

    def _waved(self, look: QTextCharFormat, instead: int) -> QTextCharFormat:
        made = QTextCharFormat(look)
        made.setUnderlineStyle(_WAVE)
        made.setUnderlineColor(self._inks.wrong)
        made.setProperty(_INSTEAD, instead)
        return made


def _links_in(block: QTextBlock) -> Iterator[tuple[int, int]]:
    """Yield where links start and end in ``block``."""
    for stretch in block.textFormats():
        if stretch.format.isAnchor():
            yield stretch.start, stretch.start + stretch.length


def _nothing(_block: int) -> Sequence[tuple[int, int]]:
    return ()

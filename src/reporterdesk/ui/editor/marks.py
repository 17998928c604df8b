"""Paints what stands beside the words: bullets, numbers, quote bars and the placeholder.

Only the blocks in view are gone through. The side is the one where reading of that block starts.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QTextBlock, QTextDocument
from PySide6.QtWidgets import QTextEdit

from reporterdesk.text.lines import Kind, LineStyle
from reporterdesk.ui.editor.figures import StandingObjects
from reporterdesk.ui.editor.formats import pieces, style_of
from reporterdesk.ui.editor.laying_out import LayingOut
from reporterdesk.ui.editor.numbering import Numbering
from reporterdesk.ui.editor.palette import Inks, inks

_BAR_WIDTH = 3.0
_BULLET_RADIUS = 2.6
_GAP = 9.0
_OUTSIDE = 8.0
"""The frame of a thing stands at most so far below its block."""
_MARKED = frozenset({Kind.ITEM, Kind.QUOTE, Kind.STANDING})


class Marks:
    """Paints the marks of one editor onto its viewport. Lives on the UI thread."""

    def __init__(
        self,
        editor: QTextEdit,
        document: QTextDocument,
        things: StandingObjects,
        laying_out: LayingOut,
    ) -> None:
        self._editor = editor
        self._laying_out = laying_out
        self._things = things
        self._document = document
        self.numbering = Numbering(document)
        self.placeholder = ""
        self._inks: tuple[int, Inks] | None = None

    def paint(self, clip: QRectF) -> None:
        """Paint the marks of the blocks that cross ``clip`` (viewport coordinates).

        Most pictures are one line of a paragraph, which has none: they cost no painter.
        """
        editor = self._editor
        shift = QPointF(-editor.horizontalScrollBar().value(), -editor.verticalScrollBar().value())
        marked = list(self._marked(clip, shift))
        empty = bool(self.placeholder) and self._document.isEmpty() and not editor.isReadOnly()
        if not marked and not empty:
            return
        painter, colours = QPainter(editor.viewport()), self._colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for block, style, area in marked:
            self._paint_block(painter, block, style, area, colours)
        if empty:
            self._paint_placeholder(painter, shift, colours)
        painter.end()

    def _colours(self) -> Inks:
        palette = self._editor.palette()
        if self._inks is None or self._inks[0] != palette.cacheKey():
            self._inks = palette.cacheKey(), inks(palette)
        return self._inks[1]

    def _marked(
        self, clip: QRectF, shift: QPointF
    ) -> Iterator[tuple[QTextBlock, LineStyle, QRectF]]:
        """Yield the blocks that cross ``clip`` and may have a mark, and where they are."""
        layout = self._document.documentLayout()
        # What is being composed counts here, and is no part of the text: a little too far up is
        # better than beyond its end.
        composed = len(self._editor.textCursor().block().layout().preeditAreaText())
        at = 0
        if not self._laying_out.under_way:
            at = layout.hitTest(clip.topLeft() - shift, Qt.HitTestAccuracy.FuzzyHit)
        block = self._document.findBlock(max(at - composed, 0))
        if block.previous().isValid():
            block = block.previous()
        top, bottom = clip.top() - shift.y(), clip.bottom() - shift.y()
        while block.isValid():
            area = layout.blockBoundingRect(block)
            if area.top() > bottom:
                break
            style = style_of(block)
            below = _OUTSIDE if style.kind is Kind.STANDING else 0.0
            if style.kind in _MARKED and area.bottom() + below >= top:
                yield block, style, area.translated(shift)
            block = block.next()

    def _paint_block(
        self,
        painter: QPainter,
        block: QTextBlock,
        style: LineStyle,
        area: QRectF,
        colours: Inks,
    ) -> None:
        if style.kind is Kind.STANDING:
            self._paint_chosen(painter, block, area, colours)
        elif style.kind is Kind.QUOTE:
            self._paint_bar(painter, block, area, colours)
        elif style.kind is Kind.ITEM:
            if style.ordered:
                self._paint_number(painter, block, area, colours)
            else:
                self._paint_bullet(painter, block, area, style.depth, colours)

    def _paint_chosen(
        self, painter: QPainter, block: QTextBlock, area: QRectF, colours: Inks
    ) -> None:
        """Show that a thing is selected by a frame; Qt lays its colour all over it."""
        cursor = self._editor.textCursor()
        selected = cursor.selectionStart() <= block.position() < cursor.selectionEnd()
        if not selected or not self._editor.isEnabled():
            return
        for position, _, made in pieces(block):
            margin = self._document.documentMargin()
            size = self._things.intrinsicSize(self._document, position, made)
            room = QRectF(margin, area.top(), size.width(), size.height())
            painter.fillRect(room.adjusted(-4, -1, 6, 1), self._editor.palette().base())
            self._things.drawObject(painter, room, self._document, position, made)
            painter.setPen(QPen(colours.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(room.adjusted(-3, -3, 3, 3), 4, 4)

    def _paint_bar(self, painter: QPainter, block: QTextBlock, area: QRectF, colours: Inks) -> None:
        top, bottom = area.top(), area.bottom()
        above, rtl = block.previous(), _rtl(block)
        if above.isValid() and style_of(above).kind is Kind.QUOTE and _rtl(above) == rtl:
            # One bar beside all paragraphs of a quote, over the space between them.
            layout = self._document.documentLayout()
            top -= layout.blockBoundingRect(block).top() - layout.blockBoundingRect(above).bottom()
            top -= 1
        margin = self._document.documentMargin() + 4
        x = self._document.textWidth() - margin - _BAR_WIDTH if rtl else margin
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.bar)
        painter.drawRect(QRectF(x, top, _BAR_WIDTH, bottom - top))

    def _paint_bullet(
        self, painter: QPainter, block: QTextBlock, area: QRectF, depth: int, colours: Inks
    ) -> None:
        edge, baseline = self._start(block, area)
        middle = baseline - QFontMetricsF(self._document.defaultFont()).xHeight() / 2
        x = edge + _GAP + 2 if _rtl(block) else edge - _GAP - 2
        painter.setPen(QPen(colours.muted, 1.3))
        painter.setBrush(colours.muted if depth % 2 == 0 else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(x, middle), _BULLET_RADIUS, _BULLET_RADIUS)

    def _paint_number(
        self, painter: QPainter, block: QTextBlock, area: QRectF, colours: Inks
    ) -> None:
        edge, baseline = self._start(block, area)
        number = self.numbering.number(block)
        # In a line from right to left the full stop stands to the left of the number.
        text = f".{number}" if _rtl(block) else f"{number}."
        font = self._document.defaultFont()
        width = QFontMetricsF(font).horizontalAdvance(text)
        x = edge + _GAP - 2 if _rtl(block) else edge - width - _GAP + 2
        painter.setFont(font)
        painter.setPen(colours.muted)
        painter.drawText(QPointF(x, baseline), text)

    def _paint_placeholder(self, painter: QPainter, shift: QPointF, colours: Inks) -> None:
        block = self._document.begin()
        if style_of(block).kind is not Kind.PARAGRAPH:
            return
        area = self._document.documentLayout().blockBoundingRect(block).translated(shift)
        edge, baseline = self._start(block, area)
        font = self._document.defaultFont()
        width = QFontMetricsF(font).horizontalAdvance(self.placeholder)
        painter.setFont(font)
        painter.setPen(colours.muted)
        painter.drawText(QPointF(edge - width if _rtl(block) else edge, baseline), self.placeholder)

    def _start(self, block: QTextBlock, area: QRectF) -> tuple[float, float]:
        """Return where the words of ``block`` start: the edge they start from, and the baseline."""
        margin = self._document.documentMargin()
        inset = margin + block.blockFormat().indent() * self._document.indentWidth()
        edge = self._document.textWidth() - inset if _rtl(block) else inset
        layout = block.layout()
        if layout.lineCount() == 0:
            return edge, area.bottom()
        line = layout.lineAt(0)
        return edge, area.top() + line.y() + line.ascent()


def _rtl(block: QTextBlock) -> bool:
    return block.textDirection() == Qt.LayoutDirection.RightToLeft

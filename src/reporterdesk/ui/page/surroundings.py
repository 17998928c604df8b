"""Paints what stands around the words of a page: boxes, quote bars, marks of lists, lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QTextBlock
from PySide6.QtWidgets import QTextEdit

from reporterdesk.ui.page.parts import Part
from reporterdesk.ui.page.style import Paper

_BOXES = ("facts", "correction")


class Surroundings:
    """Paints onto the viewport of ``page``, below its words. Lives on the UI thread."""

    def __init__(self, page: QTextEdit) -> None:
        self._page = page

    def paint(self, painter: QPainter, clip: QRectF, parts: Sequence[Part], paper: Paper) -> None:
        """Paint what belongs to the parts that cross ``clip`` (viewport coordinates)."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        block = self._page.cursorForPosition(clip.topLeft().toPoint()).block()
        number = max(0, block.blockNumber() - 1)
        boxed = ""
        while number < len(parts):
            part = parts[number]
            area = self._area(number)
            if area.top() > clip.bottom() + paper.rem(3):
                break
            box = part.kind.partition(".")[0]
            if box in _BOXES and (box != boxed or part.first):
                self._paint_box(painter, box, number, parts, paper)
            boxed = box
            if part.kind == "body.quote":
                self._paint_bar(painter, number, part, parts, paper)
            elif part.marker:
                self._paint_marker(painter, number, part, area, paper)
            elif part.kind == "body.hr":
                self._paint_rule(painter, area, paper)
            elif part.kind == "desk.h2":
                self._paint_end(painter, area, paper)
            number += 1

    def _block(self, number: int) -> QTextBlock:
        return self._page.document().findBlockByNumber(number)

    def _area(self, number: int) -> QRectF:
        """Return where a block's lines are on the viewport."""
        layout = self._page.document().documentLayout()
        area = layout.blockBoundingRect(self._block(number))
        shift = -self._page.verticalScrollBar().value()
        return area.translated(0, shift)

    def _paint_box(
        self, painter: QPainter, box: str, number: int, parts: Sequence[Part], paper: Paper
    ) -> None:
        first = last = number
        while first > 0 and parts[first - 1].kind.startswith(box) and not parts[first].first:
            first -= 1
        while last + 1 < len(parts) and parts[last + 1].kind.startswith(box):
            if parts[last + 1].first:
                break
            last += 1
        margin = paper.margin
        top, bottom = self._area(first).top(), self._area(last).bottom()
        width = self._page.document().textWidth()
        pad = paper.rem(1.0 if box == "correction" else 1.25)
        area = QRectF(margin, top - pad, width - 2 * margin, bottom - top + 2 * pad)
        painter.setPen(Qt.PenStyle.NoPen)
        if box == "facts":
            painter.setPen(QPen(paper.ink("line"), 1))
            painter.setBrush(paper.ink("paper"))
            painter.drawRect(area)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(paper.ink("accent"))
            painter.drawRect(QRectF(area.left(), area.top(), area.width(), paper.rem(0.25)))
        else:
            painter.setBrush(paper.ink("note"))
            painter.drawRect(area)
            painter.setBrush(paper.ink("note-line"))
            painter.drawRect(self._edge(area, paper, paper.look.from_right))

    def _paint_bar(
        self,
        painter: QPainter,
        number: int,
        part: Part,
        parts: Sequence[Part],
        paper: Paper,
    ) -> None:
        area, above = self._area(number), parts[number - 1]
        same_side = paper.from_right(above) == paper.from_right(part)
        if number and above.kind == part.kind and same_side and not part.first:
            area.setTop(self._area(number - 1).bottom() - 1)  # one bar, over the space between
        margin = paper.margin
        width = self._page.document().textWidth()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(paper.ink("accent"))
        whole = QRectF(margin, area.top(), width - 2 * margin, area.height())
        painter.drawRect(self._edge(whole, paper, paper.from_right(part)))

    def _edge(self, area: QRectF, paper: Paper, from_right: bool) -> QRectF:
        """Return the bar at the side of ``area`` where reading starts."""
        wide = paper.rem(0.25)
        left = area.right() - wide if from_right else area.left()
        return QRectF(left, area.top(), wide, area.height())

    def _paint_marker(
        self, painter: QPainter, number: int, part: Part, area: QRectF, paper: Paper
    ) -> None:
        layout = self._block(number).layout()
        if layout.lineCount() == 0:
            return
        line = layout.lineAt(0)
        font = paper.font(part.kind)
        metrics = QFontMetricsF(font)
        right = paper.from_right(part)
        # In a line from right to left the full stop stands to the left of the number.
        text = part.marker
        if right and text.endswith("."):
            text = f".{text[:-1]}"
        wide, gap = metrics.horizontalAdvance(text), paper.rem(0.5)
        edge = paper.margin + paper.inset(part)
        width = self._page.document().textWidth()
        x = width - edge + gap if right else edge - gap - wide
        painter.setFont(font)
        painter.setPen(paper.ink("accent"))
        painter.drawText(QPointF(x, area.top() + line.y() + line.ascent()), text)

    def _paint_rule(self, painter: QPainter, area: QRectF, paper: Paper) -> None:
        middle = self._page.document().textWidth() / 2
        painter.setPen(QPen(paper.ink("line"), 2))
        y = area.center().y()
        painter.drawLine(QPointF(middle - paper.rem(3), y), QPointF(middle + paper.rem(3), y))

    def _paint_end(self, painter: QPainter, area: QRectF, paper: Paper) -> None:
        """Draw the line under which the page ends and what only the desk reads begins."""
        right = self._page.document().textWidth() - paper.margin
        painter.setPen(QPen(paper.ink("line"), 1))
        y = round(area.top() - paper.rem(1.25)) + 0.5
        painter.drawLine(QPointF(paper.margin, y), QPointF(right, y))

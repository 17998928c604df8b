"""Draws a few lines of text with what was searched for marked in it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from reporterdesk.domain.searching import Marks
from reporterdesk.text.direction import text_direction
from reporterdesk.ui.colours import Colours

_AIR = 2
"""Pixels above and below the room into which tall letters may reach."""
_BEFORE = 12
"""Characters that are left before the first mark of a line whose beginning is left out."""


def mark_format(shown: Colours) -> QTextCharFormat:
    """Return how a found word looks: a ground of its own, and letters that keep their contrast."""
    made = QTextCharFormat()
    made.setBackground(QColor(shown.found))
    made.setForeground(QColor(shown.text))
    return made


def draw_marked(
    painter: QPainter,
    room: QRect,
    text: str,
    marks: Marks,
    *,
    font: QFont,
    colour: str,
    shown: Colours,
    to_right: bool | None,
    lines: int = 1,
) -> None:
    """Draw ``text`` into ``room``, cut with dots where ``lines`` do not hold it.

    :param to_right: the lines stand at the right of the room, or at its left; ``None`` where
        reading them begins.
    """
    metrics = QFontMetrics(font)
    if lines == 1:
        text, marks = _one_line(text, marks, metrics, room.width())
    if to_right is None:
        to_right = text_direction(text) == "rtl"

    def laid_out(most: int) -> QTextLayout:
        return _laid_out(
            text, marks, font, room.width(), shown, to_right=to_right, wrap=lines > 1, most=most
        )

    layout = laid_out(lines + 1)
    if layout.lineCount() > lines:
        # The last line that there is room for takes the dots.
        start = layout.lineAt(lines - 1).textStart()
        units = text.encode("utf-16-le", "surrogatepass")
        kept, last = (
            part.decode("utf-16-le", "replace") for part in (units[: 2 * start], units[2 * start :])
        )
        text = kept + metrics.elidedText(last, Qt.TextElideMode.ElideRight, room.width())
        layout = laid_out(lines)
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        # Letters of another font may be taller; the baselines are what stands in a row.
        line.setPosition(QPointF(0, number * metrics.height() + metrics.ascent() - line.ascent()))
    painter.save()
    painter.setPen(QColor(colour))
    painter.setClipRect(room.adjusted(-1, -_AIR, 1, _AIR))
    layout.draw(painter, QPointF(room.topLeft()))
    painter.restore()


def utf16_ranges(text: str, marks: Marks) -> list[tuple[int, int]]:
    """Return ``marks`` as Qt counts: begin and length in UTF-16 units."""
    if text.isascii():
        return [(start, end - start) for start, end in marks]
    ranges, at, units = [], 0, 0
    for start, end in marks:
        begin = units + _units(text[at:start])
        length = _units(text[start:end])
        ranges.append((begin, length))
        at, units = end, begin + length
    return ranges


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _one_line(text: str, marks: Marks, metrics: QFontMetrics, width: int) -> tuple[str, Marks]:
    """Return ``text`` cut to one line in which the first mark is to be seen."""
    if metrics.horizontalAdvance(text) <= width:
        return text, marks
    if marks and metrics.horizontalAdvance(text[: marks[0][1]] + "…") > width:
        left_out = max(0, marks[0][0] - _BEFORE)
        rest = text[left_out:].lstrip()
        shift = len(text) - len(rest) - 1  # the dots stand where the last left out letter was
        text, marks = "…" + rest, tuple((start - shift, end - shift) for start, end in marks)
    cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    end_of_words = len(cut) - 1 if cut != text else len(cut)
    return cut, tuple((a, min(b, end_of_words)) for a, b in marks if a < end_of_words)


def _laid_out(
    text: str,
    marks: Marks,
    font: QFont,
    width: int,
    shown: Colours,
    *,
    to_right: bool,
    wrap: bool,
    most: int,
) -> QTextLayout:
    """Return ``text`` on at most ``most`` lines of ``width``; what does not fit is left out."""
    rtl = text_direction(text) == "rtl"
    side = Qt.AlignmentFlag.AlignRight if to_right else Qt.AlignmentFlag.AlignLeft
    option = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute)
    option.setTextDirection(
        Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    )
    wrapping = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
    option.setWrapMode(wrapping if wrap else QTextOption.WrapMode.NoWrap)
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    formats = []
    for start, length in utf16_ranges(text, tuple((a, min(b, len(text))) for a, b in marks)):
        made = QTextLayout.FormatRange()
        made.start, made.length, made.format = start, length, mark_format(shown)
        formats.append(made)
    layout.setFormats(formats)
    layout.beginLayout()
    while layout.lineCount() < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1, width))
    layout.endLayout()
    return layout

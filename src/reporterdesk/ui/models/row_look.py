"""How the rows of every list look: their ground and their letters."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QToolTip

from reporterdesk.ui.colours import Colours


def draw_ground(painter: QPainter, option: QStyleOptionViewItem, shown: Colours, side: int) -> None:
    """Draw what is under a row: the chosen one has an edge, the others a line below.

    Around the chosen one is a ring while the keyboard is in the list.

    :param side: pixels that the line leaves free on either side.
    """
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    rect = QRect(option.rect)
    if selected or hovered:
        painter.fillRect(rect, QColor(shown.chosen if selected else shown.calm_ground))
    if selected:
        edge = QRect(rect)
        if option.direction == Qt.LayoutDirection.RightToLeft:
            edge.setLeft(rect.right() - 2)
        else:
            edge.setWidth(3)
        active = option.palette.currentColorGroup() != QPalette.ColorGroup.Inactive
        painter.fillRect(edge, QColor(shown.accent if active else shown.muted))
        if option.state & QStyle.StateFlag.State_HasFocus:  # where the keyboard is
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setPen(QColor(shown.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
            painter.restore()
    else:
        line = QRect(rect.left() + side, rect.bottom(), rect.width() - 2 * side, 1)
        painter.fillRect(line, QColor(shown.line))


def plain_tip(text: str) -> str:
    """Return ``text`` for a tool tip: in lines, and none of it taken for markup."""
    return f"<p>{escape(text).replace(chr(10), '<br>')}</p>"


def tell_whole(
    event: QHelpEvent, view: QAbstractItemView, lines: Sequence[tuple[str, QFont, int]]
) -> bool:
    """Say in a tool tip what was cut short in a row; nothing where all of it can be read.

    :param lines: what the row says, its font, and how many pixels there are for it.
    """
    cut = [text for text, font, room in lines if QFontMetrics(font).horizontalAdvance(text) > room]
    if not cut:
        QToolTip.hideText()
        return False
    QToolTip.showText(event.globalPos(), plain_tip("\n".join(cut)), view.viewport())
    return True


def small(font: QFont) -> QFont:
    """Return ``font`` a point smaller, as long as it can be read."""
    made = QFont(font)
    made.setPointSizeF(max(7.5, font.pointSizeF() - 1))
    return made


def bold(font: QFont) -> QFont:
    """Return ``font`` for a headline."""
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made

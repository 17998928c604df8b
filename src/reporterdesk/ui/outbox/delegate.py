"""Draws one delivery: headline, how far it is and until when, its bytes, and a thin bar of them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.text.direction import text_direction
from reporterdesk.ui.colours import Colours, colours
from reporterdesk.ui.outbox.model import ROW, OutboxModel, OutboxRow, held

_SIDE, _TOP, _GAP, _BAR = 24, 10, 4, 3


class OutboxDelegate(QStyledItemDelegate):
    """Two lines of words and a bar; every row has the same height, so that none is measured."""

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """See Qt."""
        head, line = QFontMetrics(_bold(option.font)), QFontMetrics(_small(option.font))
        return QSize(240, _TOP * 2 + head.height() + line.height() + _GAP * 2 + _BAR)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """See Qt."""
        row, model = index.data(ROW), index.model()
        if not isinstance(row, OutboxRow) or not isinstance(model, OutboxModel):
            return
        shown = colours(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _ground(painter, option, shown)
        box = QRect(option.rect).adjusted(_SIDE, _TOP, -_SIDE, -_TOP)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        bold, small = _bold(option.font), _small(option.font)
        head = QFontMetrics(bold).height()
        first = QRect(box.left(), box.top(), box.width(), head)
        room = _write_end(painter, first, row.sizes, small, shown.muted, mirrored=mirrored)
        _write(painter, room, model.headline(row), bold, shown.text, mirrored=mirrored)
        line = QFontMetrics(small).height()
        second = QRect(box.left(), first.bottom() + 1 + _GAP, box.width(), line)
        _write(painter, second, model.words(row), small, _tone(row, shown), mirrored=mirrored)
        if row.part is not None:
            under = QRectF(box.left(), second.bottom() + 1 + _GAP, box.width(), _BAR)
            _draw_bar(painter, under, row.part, shown, mirrored=mirrored)
        painter.restore()


def _ground(painter: QPainter, option: QStyleOptionViewItem, shown: Colours) -> None:
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
    else:
        line = QRect(rect.left() + _SIDE, rect.bottom(), rect.width() - 2 * _SIDE, 1)
        painter.fillRect(line, QColor(shown.line))


def _write(
    painter: QPainter, room: QRect, text: str, font: QFont, colour: str, *, mirrored: bool
) -> None:
    """Write ``text`` on one line, cut short where there is no room, each in its own direction."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    right = text_direction(text) == "rtl"
    painter.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight
    )
    side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | side
    painter.drawText(room, flags, cut)


def _write_end(
    painter: QPainter, room: QRect, text: str, font: QFont, colour: str, *, mirrored: bool
) -> QRect:
    """Write ``text`` at the end of the line, and return the room that is left of it."""
    width = QFontMetrics(font).horizontalAdvance(text) + 2
    at = QRect(room)
    if mirrored:
        at.setWidth(width)
    else:
        at.setLeft(room.right() - width + 1)
    _write(painter, at, text, font, colour, mirrored=not mirrored)
    taken = width + _SIDE if text else 0
    return room.adjusted(taken, 0, 0, 0) if mirrored else room.adjusted(0, 0, -taken, 0)


def _draw_bar(
    painter: QPainter, room: QRectF, part: float, shown: Colours, *, mirrored: bool
) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(shown.line))
    painter.drawRoundedRect(room, _BAR / 2, _BAR / 2)
    done = QRectF(room)
    done.setWidth(max(float(_BAR), room.width() * part))
    if mirrored:
        done.moveRight(room.right())
    painter.setBrush(QColor(shown.accent))
    painter.drawRoundedRect(done, _BAR / 2, _BAR / 2)


def _tone(row: OutboxRow, shown: Colours) -> str:
    if row.delivery.state is DeliveryState.REFUSED:
        return shown.problem
    return shown.warning if held(row.delivery) else shown.muted


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(max(7.5, font.pointSizeF() - 1))
    return small


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold

"""Draws one delivery: headline, how far it is and until when, its bytes, and a thin bar of them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.text.direction import text_direction
from reporterdesk.ui.colours import Colours, colours
from reporterdesk.ui.models import row_look
from reporterdesk.ui.outbox.model import ROW, OutboxModel, OutboxRow, held

_SIDE, _TOP, _GAP, _BAR = 24, 10, 4, 3


class OutboxDelegate(QStyledItemDelegate):
    """Two lines of words and a bar; every row has the same height, so that none is measured."""

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """See Qt."""
        head, line = (
            QFontMetrics(row_look.bold(option.font)),
            QFontMetrics(row_look.small(option.font)),
        )
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
        row_look.draw_ground(painter, option, shown, _SIDE)
        box = QRect(option.rect).adjusted(_SIDE, _TOP, -_SIDE, -_TOP)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        bold, small = row_look.bold(option.font), row_look.small(option.font)
        head = QFontMetrics(bold).height()
        first = QRect(box.left(), box.top(), box.width(), head)
        room = _write_end(painter, first, row.sizes, small, shown.muted, mirrored=mirrored)
        _write(painter, room, model.headline(row), bold, shown.text, mirrored=mirrored)
        line = QFontMetrics(small).height()
        second = QRect(box.left(), first.bottom() + 1 + _GAP, box.width(), line)
        _write(painter, second, model.words(row), small, _tone(row, shown), mirrored=mirrored)
        if row.part is not None:
            under = QRectF(box.left(), second.bottom() + 1 + _GAP, box.width(), _BAR)
            _draw_bar(painter, under, row.part, shown, option)
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Say what was cut short (called by Qt)."""
        row, model = index.data(ROW), index.model()
        if not isinstance(row, OutboxRow) or not isinstance(model, OutboxModel):
            return False
        bold, small = row_look.bold(option.font), row_look.small(option.font)
        room = option.rect.width() - 2 * _SIDE
        taken = _end_width(row.sizes, small)
        lines = ((model.headline(row), bold, room - taken), (model.words(row), small, room))
        return row_look.tell_whole(event, view, lines)


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
    taken = _end_width(text, font)
    width = max(0, taken - _SIDE)
    at = QRect(room)
    if mirrored:
        at.setWidth(width)
    else:
        at.setLeft(room.right() - width + 1)
    _write(painter, at, text, font, colour, mirrored=not mirrored)
    return room.adjusted(taken, 0, 0, 0) if mirrored else room.adjusted(0, 0, -taken, 0)


def _end_width(text: str, font: QFont) -> int:
    """Return how much of the first line its end takes, with the room before it."""
    return QFontMetrics(font).horizontalAdvance(text) + 2 + _SIDE if text else 0


def _draw_bar(
    painter: QPainter, room: QRectF, part: float, shown: Colours, option: QStyleOptionViewItem
) -> None:
    mirrored = option.direction == Qt.LayoutDirection.RightToLeft
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(shown.field_line if chosen else shown.line))
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

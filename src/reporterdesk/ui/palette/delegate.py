"""Draws one line of the command palette."""

from __future__ import annotations

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reporterdesk.domain.searching import Marks
from reporterdesk.text.direction import text_direction
from reporterdesk.ui.colours import Colours, colours
from reporterdesk.ui.icons import icon
from reporterdesk.ui.palette.entries import Command, Entry, Row
from reporterdesk.ui.palette.model import ROW

_SIDE, _GAP, _ICON, _PAD = 12, 12, 16, 9
_BESIDE = 0.45
"""The menu, or why not, takes at most this part of the line."""


class PaletteDelegate(QStyledItemDelegate):
    """Icon, name with what was typed in it, its menu or why it is not possible, and its keys."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons: dict[str, QIcon] = {}

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """See Qt: one line."""
        return QSize(200, QFontMetrics(option.font).height() + 2 * _PAD)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """See Qt."""
        row = index.data(ROW)
        if not isinstance(row, Row):
            return
        shown = colours(option.palette)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(shown.chosen))
            painter.drawRoundedRect(QRect(option.rect).adjusted(6, 0, -6, 0), 4, 4)
        entry = row.entry
        off = bool(entry.off) if isinstance(entry, Command) else False
        line = _Room(QRect(option.rect).adjusted(_SIDE, 0, -_SIDE, 0), option.direction)
        place = line.take(_ICON)
        picture = entry.icon if isinstance(entry, Command) else "drafts"
        if picture:
            mode = QIcon.Mode.Disabled if off else QIcon.Mode.Normal
            size = QRect(place.left(), place.center().y() - _ICON // 2, _ICON, _ICON)
            self._icon(picture).paint(painter, size, Qt.AlignmentFlag.AlignCenter, mode)
        if isinstance(entry, Command) and entry.keys:
            _write(painter, line, entry.keys, option.font, shown.muted, at_end=True)
        beside = _beside(entry)
        name = entry.text if isinstance(entry, Command) else entry.headline
        _write_name(painter, line, name, row.marks, option.font, shown, off=off)
        _write(painter, line, beside, _small(option.font), shown.muted)
        painter.restore()

    def _icon(self, name: str) -> QIcon:
        if name not in self._icons:
            self._icons[name] = icon(name)
        return self._icons[name]


def _beside(entry: Entry) -> str:
    if not isinstance(entry, Command):
        return entry.detail
    on = QCoreApplication.translate("PaletteDelegate", "on") if entry.on else ""
    return entry.off or " · ".join(part for part in (entry.menu, on) if part)


class _Room:
    """What is left of a line, taken from the reading side or from its end."""

    def __init__(self, box: QRect, direction: Qt.LayoutDirection) -> None:
        self._box = QRect(box)
        self.mirrored = direction == Qt.LayoutDirection.RightToLeft

    @property
    def left(self) -> int:
        return max(0, self._box.width())

    def take(self, width: int, *, at_end: bool = False) -> QRect:
        width = max(0, min(width, self._box.width()))
        box = QRect(self._box)
        if at_end != self.mirrored:
            box.setLeft(box.right() - width + 1)
            self._box.setRight(box.left() - 1 - _GAP)
        else:
            box.setWidth(width)
            self._box.setLeft(box.right() + 1 + _GAP)
        return box


def _write(
    painter: QPainter, line: _Room, text: str, font: QFont, colour: str, *, at_end: bool = False
) -> None:
    """Write at the line's beginning or end, as much as there is room for."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.left)
    box = line.take(metrics.horizontalAdvance(shown) + 1, at_end=at_end)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    _in_its_direction(painter, text)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter), shown)


def _write_name(
    painter: QPainter,
    line: _Room,
    text: str,
    marks: Marks,
    font: QFont,
    shown: Colours,
    *,
    off: bool,
) -> None:
    """Write the name, what was typed in it underlaid; room is left for what stands beside."""
    metrics = QFontMetrics(font)
    most = line.left - int(line.left * _BESIDE) if line.left > 1 else 0
    shown_text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, most)
    whole = metrics.horizontalAdvance(shown_text)
    box = line.take(whole + 1)
    right = text_direction(text) == "rtl"
    for start, end in marks if shown_text == text else ():
        before, upto = (metrics.horizontalAdvance(text[:at]) for at in (start, end))
        left = whole - upto if right else before
        mark = QRect(box.left() + left, box.center().y() - metrics.height() // 2, upto - before, 0)
        mark.setHeight(metrics.height())
        painter.fillRect(mark, QColor(shown.found))
    painter.setFont(font)
    painter.setPen(QColor(shown.muted if off else shown.text))
    _in_its_direction(painter, text)
    flags = (
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
    )
    painter.drawText(box, int(flags), shown_text)


def _in_its_direction(painter: QPainter, text: str) -> None:
    right = text_direction(text) == "rtl"
    painter.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight
    )


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(max(7.5, font.pointSizeF() - 1))
    return small

"""The places at the left of the window, with how many reports each holds."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QFont, QFontMetrics, QGuiApplication, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.domain.places import Place
from reporterdesk.ui.action_table import PLACE_ICONS
from reporterdesk.ui.colours import colours
from reporterdesk.ui.icons import icon
from reporterdesk.ui.wording import place_word

_PLACE = Qt.ItemDataRole.UserRole + 1
_COUNT = Qt.ItemDataRole.UserRole + 2
_EDGE, _ICON, _GAP = 10, 18, 10


class Places(QWidget):
    """A button for a new report, and the list of places.

    :ivar chosen: emits the :class:`Place` that a person chose.
    """

    chosen = Signal(object)

    def __init__(self, new_report: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("placesSide")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._list = QListWidget(self)
        self._list.setObjectName("placesList")
        self._list.setAccessibleName(self.tr("Places"))
        self._list.setItemDelegate(_PlaceDelegate(self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        for place in Place:
            self._add(place)
        self._by_mouse = False
        self._list.currentItemChanged.connect(self._changed)
        self._list.itemPressed.connect(self._pressed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 8)
        column.setSpacing(8)
        top = QVBoxLayout()
        top.setContentsMargins(8, 0, 8, 0)
        top.addWidget(self._new_button(new_report))
        column.addLayout(top)
        column.addWidget(self._list, 1)
        self.offer_review(offered=False)

    def show_place(self, place: Place) -> None:
        """Mark ``place`` as the one that is shown; nothing is emitted."""
        blocked = self._list.blockSignals(True)
        self._list.setCurrentItem(self._item(place))
        self._list.blockSignals(blocked)
        self._list.viewport().update()

    def show_counts(self, counts: dict[Place, int]) -> None:
        """Show how many reports each place holds."""
        for place in Place:
            count = counts.get(place, 0)
            item = self._item(place)
            item.setData(_COUNT, count)
            name = place_word(place)
            spoken = self.tr("{place}, {count} reports").format(place=name, count=count)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken if count else name)

    def offer_review(self, *, offered: bool) -> None:
        """Show the review queue, or not: it is for editors."""
        self._item(Place.REVIEW).setHidden(not offered)

    def _new_button(self, action: QAction) -> QPushButton:
        button = QPushButton(self.tr("New report"), self)
        button.setObjectName("newReport")
        button.setToolTip(action.toolTip())
        button.clicked.connect(action.trigger)
        return button

    def _add(self, place: Place) -> None:
        item = QListWidgetItem(icon(PLACE_ICONS[place]), place_word(place))
        item.setData(_PLACE, place.value)
        item.setData(_COUNT, 0)
        self._list.addItem(item)

    def _item(self, place: Place) -> QListWidgetItem:
        return self._list.item(list(Place).index(place))

    @Slot(QListWidgetItem, QListWidgetItem)
    def _changed(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self._by_mouse = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
            self.chosen.emit(Place(item.data(_PLACE)))

    @Slot(QListWidgetItem)
    def _pressed(self, item: QListWidgetItem) -> None:
        """Go to the place that is shown already, too: back from a report to the outbox."""
        changed, self._by_mouse = self._by_mouse, False
        if not changed:
            self.chosen.emit(Place(item.data(_PLACE)))


class _PlaceDelegate(QStyledItemDelegate):
    """Draws icon, name and number."""

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(120, QFontMetrics(option.font).height() + 16)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        shown = colours(option.palette)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        rect = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(shown.chosen if selected else shown.calm_ground))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 6, 6)
        if selected and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(shown.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 2, -1, -2), 6, 6)
        inner = rect.adjusted(_EDGE, 0, -_EDGE, 0)
        picture = QRect(inner.left(), inner.center().y() - _ICON // 2 + 1, _ICON, _ICON)
        words = inner.adjusted(_ICON + _GAP, 0, 0, 0)
        if mirrored:
            picture.moveLeft(inner.right() - _ICON)
            words = inner.adjusted(0, 0, -_ICON - _GAP, 0)
        mark = QColor(shown.accent if selected else shown.muted)
        icon(PLACE_ICONS[Place(index.data(_PLACE))], mark).paint(painter, picture)
        self._write(painter, option, index, words, QColor(shown.text), QColor(shown.muted))
        painter.restore()

    def _write(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        words: QRect,
        text: QColor,
        muted: QColor,
    ) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
        start, end = reversed(sides) if mirrored else sides
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold if selected else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(text)
        painter.drawText(words, middle | start, str(index.data(Qt.ItemDataRole.DisplayRole)))
        count = index.data(_COUNT)
        if count:
            painter.setFont(option.font)
            painter.setPen(muted)
            painter.drawText(words, middle | end, option.locale.toString(int(count)))

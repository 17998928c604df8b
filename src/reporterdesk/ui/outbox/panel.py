"""The outbox: all that is on its way to the desk, in words, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.domain.delivery import Delivery
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.icons import icon
from reporterdesk.ui.outbox.decisions import DecisionsBar
from reporterdesk.ui.outbox.delegate import OutboxDelegate
from reporterdesk.ui.outbox.detail import DeliveryDetail
from reporterdesk.ui.outbox.flow import FlowLayout
from reporterdesk.ui.outbox.model import OutboxModel, OutboxRow
from reporterdesk.ui.widgets.empty_place import EmptyPlace, EmptyWords
from reporterdesk.ui.widgets.side_label import SideLabel


class OutboxPanel(QFrame):
    """What waits, in the order in which it is sent; below it, the one that is chosen.

    :ivar chosen: emits the id of the report whose delivery is chosen now, ``""`` for none.
    :ivar open_requested: emits the id of a report to be shown.
    """

    chosen = Signal(str)
    open_requested = Signal(str)

    def __init__(self, model: OutboxModel, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outboxPanel")
        self.setAccessibleName(self.tr("Outbox"))
        self._model = model
        self._title = SideLabel(self, role="title")
        self._title.setWordWrap(True)
        self._words = SideLabel(self, role="hint")
        self._words.setWordWrap(True)
        self._words.hide()
        self.decisions = DecisionsBar(self)
        self.detail = DeliveryDetail(self)
        self.detail.open_requested.connect(self.open_requested)
        self.rows = _Rows(self)
        self.rows.setObjectName("outboxList")
        self.rows.setAccessibleName(self.tr("What waits in the outbox"))
        self.rows.setModel(model)
        self.rows.setItemDelegate(OutboxDelegate(self.rows))
        self.rows.setUniformItemSizes(True)
        self.rows.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setMouseTracking(True)
        self.rows.activated.connect(self._activated)
        self.rows.selectionModel().currentChanged.connect(self._current_changed)
        self._empty = EmptyPlace(self.tr("Empty outbox"), self)
        # Rows need less height than the words of an empty outbox: those do not hold it open.
        self._empty.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.rows)
        self._stack.addWidget(self._empty)
        self.smaller = QPushButton(self)
        """Sends all photos smaller; hidden where that is not offered."""
        self.smaller.setToolTip(actions.action("sync.all_smaller").toolTip())
        self._lay_out(actions)
        self.smaller.hide()
        self.detail.hide()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Lead the keyboard on to the rows: a focus proxy would let Tab skip what is above them."""
        self.rows.setFocus(event.reason())

    @property
    def chosen_id(self) -> str:
        """The report whose delivery is chosen, or ``""``."""
        row = self._model.row(self.rows.currentIndex().row())
        return row.delivery.report_id if row else ""

    def show_deliveries(self, lines: Sequence[tuple[Delivery, str]]) -> None:
        """Show these deliveries with their headlines; what is chosen stays so."""
        before = self.chosen_id
        self._model.show(lines)
        if lines:
            self._keep_chosen(before)
        self._stack.setCurrentWidget(self.rows if lines else self._empty)
        self.detail.setVisible(bool(lines))
        if not lines:
            self._title.setText(self.tr("Outbox"))
        elif len(lines) == 1:
            self._title.setText(self.tr("One report waits to be delivered"))
        else:
            title = self.tr("%1 reports wait to be delivered")
            self._title.setText(title.replace("%1", self.locale().toString(len(lines))))

    def tell(self, words: str) -> None:
        """Say what is left of all together, and until when."""
        if self._words.text() != words:
            self._words.setText(words)
            self._words.setVisible(bool(words))

    def offer_smaller(self, words: str) -> None:
        """Offer to send all photos at 1,600 pixels, in these words; ``""``: do not."""
        self.smaller.setText(words)
        self.smaller.setVisible(bool(words))

    def tell_empty(self, *, signed_in: bool, action: QAction | None) -> None:
        """Say what an empty outbox says."""
        said = self.tr("The desk has everything you filed.")
        if not signed_in:
            said = self.tr("What you file waits here until you sign in to the desk.")
        self._empty.tell(EmptyWords(self.tr("Nothing waits"), said, "outbox"), action)

    def choose(self, report_id: str) -> None:
        """Choose a report's delivery, if it is here."""
        number = self._model.row_of(report_id)
        if number is not None:
            self._choose_row(number)

    def _keep_chosen(self, before: str) -> None:
        if self.chosen_id and self.chosen_id == before:
            return
        number = self._model.row_of(before)
        self._choose_row(0 if number is None else number)

    def _choose_row(self, number: int) -> None:
        index = self._model.index(number)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.rows.selectionModel().setCurrentIndex(index, flag)

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self.chosen_id)

    @Slot(QModelIndex)
    def _activated(self, index: QModelIndex) -> None:
        row = self._model.row(index.row())
        if isinstance(row, OutboxRow):
            self.open_requested.emit(row.delivery.report_id)

    def _lay_out(self, actions: Actions) -> None:
        flow = FlowLayout(8)
        buttons: list[QPushButton] = [
            _ActionButton(actions.action(name), picture, self)
            for name, picture in (
                ("sync.send_now", "send"),
                ("sync.pause", ""),
                ("sync.settings", ""),
            )
        ]
        buttons.insert(1, self.smaller)
        for button in buttons:
            flow.addWidget(button)
        head = QVBoxLayout()
        head.setContentsMargins(24, 16, 24, 16)
        head.setSpacing(4)
        head.addWidget(self._title)
        head.addWidget(self._words)
        head.addSpacing(8)
        head.addLayout(flow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.decisions)
        column.addWidget(self._stack, 1)
        column.addWidget(self.detail)
        order = (*buttons, *self.decisions.buttons, self.rows, *self.detail.buttons)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)


class _Rows(QListView):
    """Keeps the row that is chosen in sight when the list is made smaller."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See Qt."""
        place = self.visualRect(self.currentIndex())
        in_sight = place.bottom() >= 0 and place.top() < event.oldSize().height()
        super().resizeEvent(event)
        if in_sight:
            self.scrollTo(self.currentIndex())


class _ActionButton(QPushButton):
    """A button for an action: its words, its state, and whether it can be done now."""

    def __init__(self, action: QAction, picture: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._action = action
        if picture:
            self.setIcon(icon(picture))
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        self.setText(self._action.text().replace("&", ""))
        self.setToolTip(self._action.toolTip())
        self.setEnabled(self._action.isEnabled())
        done = self._action.isCheckable() and self._action.isChecked()
        if self.isHidden() is not done:  # what is in force is said, and ended, in the bar below
            self.setVisible(not done)

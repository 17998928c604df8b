"""What a search is narrowed by, shown below the search field while something is looked for."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.domain.places import Place
from reporterdesk.domain.searching import Filters, Order
from reporterdesk.domain.status import Status
from reporterdesk.ui.icons import icon
from reporterdesk.ui.widgets.choice import Choice
from reporterdesk.ui.widgets.event_dates import EventDates
from reporterdesk.ui.wording import place_word, status_word

COUNTED = 500
"""Found reports are counted so far (:data:`reporterdesk.store.listing.COUNTED`)."""


class SearchFilters(QWidget):
    """Here or everywhere, how many were found and in which order; section, status and dates.

    :ivar changed: emitted when a person changed any of it.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchFilters")
        self.here = self._segment("")
        self.everywhere = self._segment(self.tr("Everywhere"))
        self.everywhere.setToolTip(self.tr("Search every place but the trash"))
        self._scope = QButtonGroup(self)
        for button in (self.here, self.everywhere):
            self._scope.addButton(button)
        self.here.setChecked(True)
        self.more = QToolButton(self)
        self.more.setIcon(icon("filter"))
        self.more.setCheckable(True)
        self.more.setAccessibleName(self.tr("More filters"))
        self.more.setToolTip(self.tr("Narrow by section, status and date of the event"))
        self._count = QLabel(self)
        self._count.setObjectName("foundCount")
        self._count.setProperty("role", "hint")
        self.order = Choice(
            self.tr("Sorted by"),
            (
                (Order.NEWEST.value, self.tr("Newest first")),
                (Order.RELEVANCE.value, self.tr("Most relevant")),
            ),
            self,
        )
        self.order.setProperty("role", "kicker")
        self.order.set_code(Order.NEWEST.value)
        self._box = QWidget(self)
        self.section = Choice(self.tr("Section"), (), self._box)
        self.status = Choice(self.tr("Status"), (), self._box)
        self.dates = EventDates(self._box)
        self.section.setProperty("role", "filter")
        self.status.setProperty("role", "filter")
        self.clear_button = QPushButton(self.tr("Clear filters"), self._box)
        self.clear_button.setProperty("role", "link")
        self.offer_sections({})
        statuses = ((status.value, status_word(status)) for status in Status)
        self.status.offer((("", self.tr("Any status")), *statuses))
        self.status.set_code("")
        self._lay_out()
        self._box.hide()
        self.show_place(Place.DRAFTS)
        self._connect()

    def filters(self) -> Filters:
        """Return what reports are to be like; the place is left to its owner."""
        status = self.status.code()
        since, until = self.dates.range()
        return Filters(
            section=self.section.code(),
            status=Status(status) if status else None,
            since=since,
            until=until,
        )

    def chosen_order(self) -> Order:
        """Return the order that is chosen."""
        return Order(self.order.code() or Order.NEWEST.value)

    def is_everywhere(self) -> bool:
        """Tell whether all places are searched."""
        return self.everywhere.isChecked()

    def set_everywhere(self, *, everywhere: bool) -> None:
        """Search all places, or the one that is shown; emits nothing."""
        (self.everywhere if everywhere else self.here).setChecked(True)

    def show_place(self, place: Place) -> None:
        """Name the place that is shown."""
        self.here.setText(place_word(place))
        self.here.setToolTip(self.tr("Search this place only"))

    def offer_sections(self, names: Mapping[str, str]) -> None:
        """Offer these sections, by their slugs; one that is chosen stays."""
        chosen = self.section.code()
        self.section.offer((("", self.tr("Any section")), *sorted(names.items(), key=_by_name)))
        self.section.set_code(chosen)

    def tell_found(self, found: int | None) -> None:
        """Say how many were found."""
        if not found:  # an empty list says so itself
            self._count.clear()
        elif found > COUNTED:
            self._count.setText(self.tr("More than %1 found").replace("%1", str(COUNTED)))
        elif found == 1:
            self._count.setText(self.tr("1 found"))
        else:
            self._count.setText(self.tr("%1 found").replace("%1", str(found)))

    @Slot()
    def clear(self) -> None:
        """Leave no report out by section, status or date."""
        if self.filters().narrow or self.dates.unclear():
            self.section.set_code("")
            self.status.set_code("")
            self.dates.clear()
            self.changed.emit()

    def _segment(self, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setCheckable(True)
        button.setProperty("role", "segment")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # In a narrow list the words are cut rather than the list made wider.
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        return button

    def _lay_out(self) -> None:
        scope = QHBoxLayout()
        scope.setSpacing(0)
        scope.addWidget(self.here)
        scope.addWidget(self.everywhere)
        scope.addStretch(1)
        scope.addWidget(self.more)
        told = QHBoxLayout()
        told.addWidget(self._count)
        told.addStretch(1)
        told.addWidget(self.order)
        form = QVBoxLayout(self._box)
        form.setContentsMargins(0, 4, 0, 4)
        form.setSpacing(6)
        pair = QHBoxLayout()
        pair.setSpacing(6)
        pair.addWidget(self.section, 1)
        pair.addWidget(self.status, 1)
        form.addLayout(pair)
        form.addWidget(self.dates)
        form.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(scope)
        column.addWidget(self._box)
        column.addLayout(told)

    def _connect(self) -> None:
        self._scope.buttonClicked.connect(self._asked)
        self.more.toggled.connect(self._box.setVisible)
        for choice in (self.order, self.section, self.status):
            choice.chosen.connect(self.changed)
        self.dates.changed.connect(self.changed)
        self.clear_button.clicked.connect(self.clear)

    @Slot()
    def _asked(self) -> None:
        self.changed.emit()


def _by_name(item: tuple[str, str]) -> str:
    return item[1].casefold()

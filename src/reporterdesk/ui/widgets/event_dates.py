"""A range of days of events: a usual one, or from one day to another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from reporterdesk.ui.widgets.choice import Choice
from reporterdesk.ui.widgets.event_date import read_date, show_date

_CHOSEN = "chosen"


class EventDates(QWidget):
    """Chooses the days of an event.

    :param today: says which day it is.
    :ivar changed: emitted when a person changed the range.
    """

    changed = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(parent)
        self._today = today
        self.usual = Choice(
            self.tr("Date of the event"),
            (
                ("", self.tr("Any date of the event")),
                ("7", self.tr("The last 7 days")),
                ("30", self.tr("The last 30 days")),
                ("year", self.tr("This year")),
                ("before", self.tr("Last year")),
                (_CHOSEN, self.tr("Choose dates…")),
            ),
            self,
        )
        self.usual.setProperty("role", "filter")
        self.usual.set_code("")
        self._box = QWidget(self)
        self.since = self._edit(self.tr("From"))
        self.until = self._edit(self.tr("To"))
        self._hint = QLabel(self)
        self._hint.setProperty("role", "problem")
        self._hint.setWordWrap(True)
        self._hint.hide()
        pair = QHBoxLayout(self._box)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(6)
        pair.addWidget(self.since)
        pair.addWidget(self.until)
        self._box.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.usual, self._box, self._hint):
            column.addWidget(widget)
        self.usual.chosen.connect(self._chosen)

    def range(self) -> tuple[date | None, date | None]:
        """Return the first and the last day; ``None`` is without an end."""
        today = self._today()
        match self.usual.code():
            case "7" | "30" as days:
                return today - timedelta(days=int(days) - 1), today
            case "year":
                return date(today.year, 1, 1), date(today.year, 12, 31)
            case "before":
                return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
            case "chosen":
                return self._day(self.since), self._day(self.until)
            case _:
                return None, None

    def unclear(self) -> bool:
        """Tell whether anything is chosen or typed, also what is no date."""
        return bool(self.usual.code())

    def clear(self) -> None:
        """Choose any day; emits nothing."""
        self.usual.set_code("")
        self.since.clear()
        self.until.clear()
        self._box.hide()
        self._hint.hide()

    def _edit(self, words: str) -> QLineEdit:
        edit = QLineEdit(self._box)
        edit.setPlaceholderText(words)
        edit.setAccessibleName(f"{self.tr('Date of the event')}: {words}")
        edit.setToolTip(self.tr("For example 14 Mar 2026 or 2026-03-14"))
        edit.setProperty("role", "filter")
        edit.editingFinished.connect(self._typed)
        return edit

    def _day(self, edit: QLineEdit) -> date | None:
        found = read_date(edit.text(), self.locale())
        return None if found is None else date(found.year(), found.month(), found.day())

    @Slot()
    def _chosen(self) -> None:
        own = self.usual.code() == _CHOSEN
        self._box.setVisible(own)
        self._hint.hide()
        if own:
            self.since.setFocus()
        self.changed.emit()

    @Slot()
    def _typed(self) -> None:
        unread = False
        for edit in (self.since, self.until):
            found = read_date(edit.text(), self.locale())
            if found is not None:
                edit.setText(show_date(found, self.locale()))
            unread = unread or (found is None and bool(edit.text().strip()))
        since, until = self._day(self.since), self._day(self.until)
        swapped = since is not None and until is not None and since > until
        if unread:
            self._hint.setText(self.tr("This is not a date that I can read. Try 14 Mar 2026."))
        elif swapped:
            self._hint.setText(self.tr("The second day is before the first one."))
        self._hint.setVisible(unread or swapped)
        self.changed.emit()

"""A date with an optional time of day, typed or picked; both may be empty."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt, QTime, Signal, Slot
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from reporterdesk.ui.icons import icon
from reporterdesk.ui.widgets.event_date import read_date, read_time, show_date


class DateField(QWidget):
    """Holds an ISO 8601 date or local date-time, or nothing.

    A stored value that it cannot read is kept as it is until somebody changes it. What is typed
    but is no date is said beside the field and kept there; :meth:`value` leaves it out.

    :ivar edited: emitted when a person changed it.
    """

    edited = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = ""
        self.date = QLineEdit(self)
        self.date.setAccessibleName(name)
        self.date.setPlaceholderText(self.tr("Date"))
        self.date.setToolTip(self.tr("For example 14 Mar 2026 or 2026-03-14"))
        self.time = QLineEdit(self)
        self.time.setAccessibleName(self.tr("%1, time").replace("%1", name))
        self.time.setPlaceholderText(self.tr("Time"))
        self.time.setToolTip(self.tr("For example 18:30; leave it empty if it is not known"))
        self.time.setFixedWidth(72)
        self._hint = QLabel(self)
        self._hint.setProperty("role", "problem")
        self._hint.setWordWrap(True)
        self._hint.hide()
        self._calendar = QCalendarWidget()
        self._calendar.setAccessibleName(self.tr("Calendar"))
        _follow_the_theme(self._calendar)
        self._calendar.clicked.connect(self._picked)
        self._calendar.activated.connect(self._picked)
        self._menu = QMenu(self)
        holder = QWidgetAction(self._menu)
        holder.setDefaultWidget(self._calendar)
        self._menu.addAction(holder)
        self._pick = QToolButton(self)
        self._pick.setIcon(icon("calendar"))
        self._pick.setAccessibleName(self.tr("%1: pick from a calendar").replace("%1", name))
        self._pick.setToolTip(self.tr("Pick from a calendar"))
        self._pick.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._pick.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._show_in_calendar)
        self._lay_out()
        self.setFocusProxy(self.date)
        for edit in (self.date, self.time):
            edit.textEdited.connect(self._typed)
            edit.editingFinished.connect(self._tidy)

    def value(self) -> str:
        """Return ``2026-03-14``, ``2026-03-14T18:30``, or ``""`` where there is no date."""
        if self._kept:
            return self._kept
        date = read_date(self.date.text(), self.locale())
        if date is None:
            return ""
        time = read_time(self.time.text())
        day = date.toString(Qt.DateFormat.ISODate)
        return f"{day}T{time.toString('HH:mm')}" if time else day

    def set_value(self, value: str) -> None:
        """Show ``value``; emits nothing."""
        day, _, clock = value.partition("T")
        date = read_date(day, self.locale())
        time = QTime.fromString(clock[:5], "HH:mm") if clock else QTime()
        readable = not value or (date is not None and (not clock or time.isValid()))
        self._kept = "" if readable and len(clock) <= 5 else value
        self.date.setText(show_date(date, self.locale()) if date else day)
        self.time.setText(time.toString("HH:mm") if time.isValid() else clock)
        self._say_what_is_wrong()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.date, 1)
        row.addWidget(self._pick)
        row.addWidget(self.time)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._hint)

    @Slot()
    def _typed(self) -> None:
        self._kept = ""
        self.edited.emit()

    @Slot()
    def _tidy(self) -> None:
        if not self._kept:
            date = read_date(self.date.text(), self.locale())
            time = read_time(self.time.text())
            if date:
                self.date.setText(show_date(date, self.locale()))
            if time:
                self.time.setText(time.toString("HH:mm"))
        self._say_what_is_wrong()

    def _say_what_is_wrong(self) -> None:
        day, clock = self.date.text().strip(), self.time.text().strip()
        wrong = ""
        if day and read_date(day, self.locale()) is None:
            wrong = self.tr("This is not a date that I can read. Try 14 Mar 2026.")
        elif clock and read_time(clock) is None:
            wrong = self.tr("This is not a time that I can read. Try 18:30.")
        elif clock and not day:
            wrong = self.tr("Give the date too.")
        self._hint.setText(wrong)
        self._hint.setVisible(bool(wrong) and not self._kept)

    @Slot()
    def _show_in_calendar(self) -> None:
        date = read_date(self.date.text(), self.locale())
        self._calendar.setSelectedDate(date or QDate.currentDate())

    @Slot(QDate)
    def _picked(self, date: QDate) -> None:
        self._menu.hide()
        self.date.setText(show_date(date, self.locale()))
        self._kept = ""
        self._say_what_is_wrong()
        self.edited.emit()


def _follow_the_theme(calendar: QCalendarWidget) -> None:
    """Take Qt's pure red off the weekend and its black off the arrows: neither suits the dark."""
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, QTextCharFormat())
    for name, picture in (("qt_calendar_prevmonth", "left"), ("qt_calendar_nextmonth", "right")):
        button = calendar.findChild(QToolButton, name)
        if button is not None:
            button.setIcon(icon(picture))

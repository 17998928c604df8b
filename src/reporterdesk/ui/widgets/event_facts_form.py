"""The facts of the event: what, when, where, who, how many."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.domain import limits
from reporterdesk.domain.event import Attendance, EventFacts, EventKind, Qualifier
from reporterdesk.ui.widgets.choice import Choice, TypeAheadChoice, countries
from reporterdesk.ui.widgets.date_field import DateField
from reporterdesk.ui.widgets.field_label import FieldLabel

_MOST_PEOPLE = 1_000_000_000


class EventFactsForm(QWidget):
    """Edits :class:`EventFacts`; labels stand above their fields, so that it can be narrow.

    :ivar edited: emitted when a person changed a fact.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = self._line(self.tr("Event"))
        self._kind = Choice(self.tr("Kind of event"), self._kinds(), self)
        self._starts = DateField(self.tr("Starts"), self)
        self._ends = DateField(self.tr("Ends"), self)
        self._venue = self._line(self.tr("Venue"))
        self._city = self._line(self.tr("City or town"))
        self._country = TypeAheadChoice(
            self.tr("Country"), (("", ""), *((code, name) for code, name in countries())), self
        )
        self._organiser = self._line(self.tr("Organiser"))
        self._qualifier = Choice(self.tr("How exact the number is"), self._qualifiers(), self)
        self._number = self._line(self.tr("People who came"))
        self._number.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self._odd_number = QLabel(self.tr("Give a whole number, like 450."), self)
        self._odd_number.setProperty("role", "problem")
        self._odd_number.setWordWrap(True)
        self._odd_number.hide()
        self._lay_out()
        for choice in (self._kind, self._country, self._qualifier):
            choice.chosen.connect(self.edited)
        for date in (self._starts, self._ends):
            date.edited.connect(self.edited)
        self._number.textChanged.connect(self._check_number)
        self.set_facts(EventFacts())

    def facts(self) -> EventFacts:
        """Return the facts as they stand in the form."""
        people = self._people()
        return EventFacts(
            name=self._name.text(),
            kind=EventKind(self._kind.code() or EventKind.OTHER),
            starts_at=self._starts.value(),
            ends_at=self._ends.value() or None,
            venue=self._venue.text(),
            city=self._city.text(),
            country=self._country.code(),
            organiser=self._organiser.text(),
            attendance=None
            if people is None
            else Attendance(people, Qualifier(self._qualifier.code())),
        )

    def set_facts(self, facts: EventFacts) -> None:
        """Show ``facts``; emits nothing."""
        self._name.setText(facts.name)
        self._kind.set_code(facts.kind)
        self._starts.set_value(facts.starts_at)
        self._ends.set_value(facts.ends_at or "")
        self._venue.setText(facts.venue)
        self._city.setText(facts.city)
        self._country.set_code(facts.country)
        self._organiser.setText(facts.organiser)
        attendance = facts.attendance
        self._qualifier.set_code(attendance.qualifier if attendance else Qualifier.ABOUT)
        self._number.setText(self.locale().toString(attendance.number) if attendance else "")

    def field(self, name: str) -> QWidget:
        """Return the widget to jump to for ``event.starts_at`` and the like."""
        return {
            "event.starts_at": self._starts.date,
            "event.city": self._city,
            "event.venue": self._venue,
            "event.name": self._name,
            "event.organiser": self._organiser,
        }.get(name, self._name)

    def set_read_only(self, read_only: bool) -> None:
        """Let the facts be read, but not changed."""
        for edit in self.findChildren(QLineEdit):
            edit.setReadOnly(read_only)
        for widget in (self._kind, self._country, self._qualifier, self._starts, self._ends):
            widget.setEnabled(not read_only)

    def _line(self, name: str) -> QLineEdit:
        edit = QLineEdit(self)
        edit.setAccessibleName(name)
        edit.setMaxLength(limits.EVENT_FACT)
        edit.textEdited.connect(self.edited)
        return edit

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        people = QHBoxLayout()
        people.setSpacing(4)
        people.addWidget(self._qualifier, 1)
        people.addWidget(self._number, 1)
        for label, widget in (
            (self.tr("Event"), self._name),
            (self.tr("Kind"), self._kind),
            (self.tr("Starts"), self._starts),
            (self.tr("Ends"), self._ends),
            (self.tr("Venue"), self._venue),
            (self.tr("City or town"), self._city),
            (self.tr("Country"), self._country),
            (self.tr("Organiser"), self._organiser),
        ):
            self._labelled(column, label, widget)
            column.addWidget(widget)
            column.addSpacing(8)
        self._labelled(column, self.tr("People who came"), self._number)
        column.addLayout(people)
        column.addWidget(self._odd_number)

    def _labelled(self, column: QVBoxLayout, text: str, widget: QWidget) -> None:
        column.addWidget(FieldLabel(text, widget, self))

    def _people(self) -> int | None:
        digits = "".join(char for char in self._number.text() if char not in " ,.’'\u00a0\u202f_")
        if not digits.isdecimal() or len(digits) > 10 or int(digits) > _MOST_PEOPLE:
            return None
        return int(digits)

    @Slot()
    def _check_number(self) -> None:
        self._odd_number.setVisible(bool(self._number.text().strip()) and self._people() is None)

    def _kinds(self) -> tuple[tuple[str, str], ...]:
        return (
            (EventKind.CONFERENCE, self.tr("Conference")),
            (EventKind.SCHOOL, self.tr("School")),
            (EventKind.MEETING, self.tr("Meeting")),
            (EventKind.RALLY, self.tr("Rally")),
            (EventKind.LAUNCH, self.tr("Launch")),
            (EventKind.CONGRESS, self.tr("Congress")),
            (EventKind.FESTIVAL, self.tr("Festival")),
            (EventKind.OTHER, self.tr("Other")),
        )

    def _qualifiers(self) -> tuple[tuple[str, str], ...]:
        return (
            (Qualifier.ABOUT, self.tr("About")),
            (Qualifier.MORE_THAN, self.tr("More than")),
            (Qualifier.EXACTLY, self.tr("Exactly")),
        )

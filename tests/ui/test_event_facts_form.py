"""The facts of the event: what people type becomes facts, and odd values are said, not guessed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reporterdesk.domain.event import Attendance, EventFacts, Qualifier
from reporterdesk.ui.widgets.choice import countries
from reporterdesk.ui.widgets.event_facts_form import EventFactsForm


@pytest.fixture
def form(qtbot: QtBot) -> EventFactsForm:
    made = EventFactsForm()
    qtbot.addWidget(made)
    made.show()
    return made


def test_an_empty_form_holds_no_facts(form: EventFactsForm) -> None:
    assert form.facts() == EventFacts()


@pytest.mark.parametrize("typed", ["Pakistan", "pakistan", "PK", "pk"])
def test_a_country_is_found_by_name_or_code(form: EventFactsForm, qtbot: QtBot, typed: str) -> None:
    edit = form._country.lineEdit()
    assert edit is not None
    edit.setText(typed)
    with qtbot.waitSignal(form.edited):
        edit.editingFinished.emit()
    assert form.facts().country == "PK"
    assert form._country.currentText() == "Pakistan"


def test_a_country_that_is_none_changes_nothing(form: EventFactsForm) -> None:
    form.set_facts(EventFacts(country="IT"))
    edit = form._country.lineEdit()
    assert edit is not None
    edit.setText("Atlantis")
    edit.editingFinished.emit()
    assert form.facts().country == "IT"
    assert form._country.currentText() == "Italy"


def test_a_country_can_be_taken_out_again(form: EventFactsForm) -> None:
    form.set_facts(EventFacts(country="IT"))
    edit = form._country.lineEdit()
    assert edit is not None
    edit.clear()
    edit.editingFinished.emit()
    assert form.facts().country == ""


@pytest.mark.parametrize("typed", ["1450", "1,450", "1 450", "1’450"])
def test_a_number_of_people_however_it_is_written(form: EventFactsForm, typed: str) -> None:
    form._number.insert(typed)
    assert form.facts().attendance == Attendance(1450, Qualifier.ABOUT)
    assert form._odd_number.isHidden()


@pytest.mark.parametrize("typed", ["many", "99999999999", "-5"])
def test_what_is_no_number_is_said_and_not_guessed(form: EventFactsForm, typed: str) -> None:
    form._number.insert(typed)
    assert form.facts().attendance is None
    assert form._odd_number.isVisible()


def test_a_date_that_cannot_be_read_is_said_and_stays(form: EventFactsForm, qtbot: QtBot) -> None:
    qtbot.keyClicks(form._starts.date, "soon")
    qtbot.keyClick(form._starts.date, Qt.Key.Key_Return)
    assert form.facts().starts_at == ""
    assert form._starts.date.text() == "soon"
    assert form._starts._hint.isVisible()


def test_a_date_with_a_time(form: EventFactsForm, qtbot: QtBot) -> None:
    qtbot.keyClicks(form._starts.date, "2026-03-14")
    qtbot.keyClicks(form._starts.time, "18.30")
    assert form.facts().starts_at == "2026-03-14T18:30"


def test_every_country_has_a_code_and_a_name() -> None:
    codes = dict(countries())
    assert len(codes) > 230
    assert codes["PK"] == "Pakistan"
    assert all(len(code) == 2 and code.isupper() and name for code, name in codes.items())

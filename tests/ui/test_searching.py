"""Searching in the real window: filters, everywhere, marks in list and text, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.event import EventFacts
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.places import Place
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import Status
from reporterdesk.store.opening import open_store
from reporterdesk.ui.models.report_list import HIT
from reporterdesk.ui.widgets.event_dates import EventDates
from reporterdesk.ui.widgets.report_list import ReportList
from support.whole_app import WholeApp, whole_app

AT = datetime(2026, 3, 14, 18, 0, tzinfo=UTC)
BODY = "Nothing of it in here.\n\n" * 30 + "At the **Harbour** 会議 they met.\n"


@pytest.fixture
def app(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[WholeApp]:
    store = open_store(home, clock=utc_now)
    content = ReportContent(headline="Fête", body=BODY, section="town", event=EventFacts())
    reports = [
        Report(new_id(), content, Status.DRAFT, AT, AT),
        Report(new_id(), replace(content, headline="Filed"), Status.FILED, AT, AT),
        Report(new_id(), ReportContent(headline="Rain"), Status.DRAFT, AT, AT),
    ]
    store.reports.add_many(
        replace(report, changed_at=AT + timedelta(minutes=n)) for n, report in enumerate(reports)
    )
    store.close()
    with whole_app(home, qtbot, qapp) as app:
        yield app


def listed(app: WholeApp) -> ReportList:
    """Wait until what was asked for is listed, and return the list."""
    browsing = app.desktop.browsing
    app.qtbot.waitUntil(lambda: browsing.listed == browsing.listing, timeout=20_000)
    return app.desktop.window.list


def headlines(app: WholeApp) -> list[str]:
    listed(app)
    model = app.desktop.browsing.model
    return [str(model.index(n).data()) for n in range(model.rowCount())]


def marks(app: WholeApp) -> list[str]:
    """Return the words that are marked in the text."""
    body = app.desktop.window.pane.text.body
    return [mark.cursor.selectedText() for mark in body.extraSelections()]


def test_found_words_are_marked_until_one_types(app: WholeApp) -> None:
    window, qtbot = app.desktop.window, app.qtbot
    qtbot.keyClicks(window.list.search, "harb")
    assert headlines(app) == ["Fête"]
    hit = app.desktop.browsing.model.index(0).data(HIT)
    assert [hit.excerpt[start:end] for start, end in hit.marks] == ["Harb"]
    assert "**" not in hit.excerpt
    assert "Harbour" in app.desktop.browsing.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)

    qtbot.keyClick(window.list.search, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: marks(app) == ["Harb"])
    body = window.pane.text.body
    assert body.textCursor().position() == body.toPlainText().index("Harbour")
    assert not window.pane.unsaved
    qtbot.keyClicks(body, "x")
    assert marks(app) == []
    assert "xHarbour" in body.toPlainText()


def test_escape_clears_the_search_and_the_marks(app: WholeApp) -> None:
    window, qtbot = app.desktop.window, app.qtbot
    window.list.search.setText("会議")
    assert headlines(app) == ["Fête"]
    qtbot.keyClick(window.list.search, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: marks(app) == ["会議"])

    qtbot.keyClick(window.list.rows, Qt.Key.Key_Escape)

    assert marks(app) == []
    assert window.list.search.text() == ""
    assert not window.list.filters.isVisible()
    assert headlines(app) == ["Rain", "Fête"]


def test_everywhere_is_offered_where_nothing_was_found_here(app: WholeApp) -> None:
    window, qtbot = app.desktop.window, app.qtbot
    qtbot.keyClicks(window.list.search, "filed")
    assert headlines(app) == []
    qtbot.waitUntil(window.list.empty.isVisible)

    app.desktop.actions.action("go.search_everywhere").trigger()

    assert headlines(app) == ["Filed"]
    assert window.list.filters.is_everywhere()
    qtbot.keyClick(window.list.search, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: window.pane.status is Status.FILED, timeout=20_000)

    app.desktop.opening.go(Place.FILED)  # a place that is chosen is what is searched then
    assert not window.list.filters.is_everywhere()
    assert headlines(app) == ["Filed"]


def test_filters_narrow_and_are_cleared(app: WholeApp) -> None:
    shown = app.desktop.window.list
    app.desktop.actions.action("go.search").trigger()
    shown.offer_sections({"town": "Town", "sport": "Sport"})
    shown.filters.section.set_code("sport")
    shown.filters.section.chosen.emit()
    assert headlines(app) == []
    assert "Sport" in shown.empty.findChild(type(shown.empty._words), "emptyWords").text()

    shown.filters.section.set_code("town")
    shown.filters.section.chosen.emit()
    assert headlines(app) == ["Fête"]
    app.desktop.actions.action("go.clear_filters").trigger()
    assert headlines(app) == ["Rain", "Fête"]


def test_a_range_of_days(qtbot: QtBot) -> None:
    dates = EventDates(today=lambda: date(2026, 3, 14))
    qtbot.addWidget(dates)
    dates.show()
    ranges = {}
    for code in ("", "7", "30", "year", "before"):
        dates.usual.set_code(code)
        ranges[code] = dates.range()
    assert ranges[""] == (None, None)
    assert ranges["7"] == (date(2026, 3, 8), date(2026, 3, 14))
    assert ranges["30"] == (date(2026, 2, 13), date(2026, 3, 14))
    assert ranges["year"] == (date(2026, 1, 1), date(2026, 12, 31))
    assert ranges["before"] == (date(2025, 1, 1), date(2025, 12, 31))

    dates.usual.set_code("chosen")
    dates.usual.chosen.emit()
    dates.since.setText("2026-03-14")
    dates.until.setText("not a day")
    with qtbot.waitSignal(dates.changed):
        dates.until.editingFinished.emit()
    assert dates.range() == (date(2026, 3, 14), None)
    assert dates._hint.isVisible()
    dates.until.setText("1 Mar 2026")
    dates.until.editingFinished.emit()
    assert dates._hint.isVisible()  # it ends before it begins
    dates.clear()
    assert dates.range() == (None, None)
    assert not dates._hint.isVisible()

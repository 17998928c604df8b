"""The trash in the whole window: what a line says, and what is deleted for good on request."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.places import Place
from reporterdesk.domain.report import Report
from reporterdesk.domain.status import Status
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from reporterdesk.ui.windows.asking import AskingDialog
from reporterdesk.workflow.drafting import save_draft, trash_report
from support.contents import ready_content
from support.whole_app import WholeApp, whole_app

THROWN = ("First thrown away", "Second thrown away", "Kept by the desk")


@pytest.fixture
def app(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[WholeApp]:
    store = open_store(home, clock=utc_now)
    save_draft(store, new_id(), ready_content("Still being written"), clock=utc_now)
    for headline in THROWN:
        report = save_draft(store, new_id(), ready_content(headline), clock=utc_now)
        if headline == THROWN[2]:
            store.reports.set_standing(report.id, status=Status.PUBLISHED)
        trash_report(store, report.id, clock=utc_now)
    store.close()
    with whole_app(home, qtbot, qapp) as running:
        running.desktop.actions.action("go.trash").trigger()
        rows = running.desktop.browsing.model
        qtbot.waitUntil(lambda: rows.rowCount() == len(THROWN), timeout=20_000)
        yield running


def trashed(app: WholeApp) -> list[str]:
    def read(store: Store) -> list[str]:
        return [row.headline for row in store.reports.page(Place.TRASH).rows]

    return app.run(read)


def open_row(app: WholeApp, headline: str) -> Report:
    model, pane = app.desktop.browsing.model, app.desktop.window.pane
    rows = [model.summary(number) for number in range(model.rowCount())]
    (number,) = (n for n, row in enumerate(rows) if row is not None and row.headline == headline)
    app.desktop.window.list.rows.setCurrentIndex(model.index(number))
    app.qtbot.waitUntil(
        lambda: pane.report is not None and pane.report.content.headline == headline,
        timeout=20_000,
    )
    assert pane.report is not None
    return pane.report


def asked(app: WholeApp) -> AskingDialog:
    app.qtbot.waitUntil(lambda: app.desktop.trash.dialog is not None, timeout=20_000)
    dialog = app.desktop.trash.dialog
    assert dialog is not None
    return dialog


def sentences(dialog: AskingDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def test_each_line_says_when_it_is_deleted(app: WholeApp) -> None:
    model = app.desktop.browsing.model
    day = (utc_now() + timedelta(days=31)).astimezone().date()
    said = QLocale().toString(day, "d MMMM")
    for number in range(model.rowCount()):
        spoken = model.data(model.index(number), Qt.ItemDataRole.AccessibleTextRole)
        assert f"Deleted for good on {said}" in spoken
    open_row(app, THROWN[0])
    assert f"In the trash. Deleted for good on {said}." in app.desktop.window.pane.standing.sentence
    assert not app.desktop.window.pane.editable


def test_one_report_is_deleted_for_good(app: WholeApp) -> None:
    report = open_row(app, THROWN[1])
    app.desktop.actions.action("report.delete").trigger()
    dialog = asked(app)
    assert dialog.windowTitle() == "Delete “Second thrown away” for good?"
    assert "This cannot be undone." in sentences(dialog)
    assert "at the desk" not in sentences(dialog)
    dialog.reject()
    assert trashed(app).count(THROWN[1]) == 1
    app.desktop.actions.action("report.delete").trigger()
    asked(app).go()
    app.qtbot.waitUntil(lambda: THROWN[1] not in trashed(app), timeout=20_000)
    assert app.run(lambda store: store.reports.find(report.id)) is None
    window = app.desktop.window
    app.qtbot.waitUntil(lambda: window.content.currentWidget() is window.empty, timeout=20_000)
    assert window.pane.text.head.headline.words() == ""
    assert not app.desktop.actions.action("report.delete").isEnabled()
    app.qtbot.waitUntil(lambda: app.desktop.browsing.model.rowCount() == 2, timeout=20_000)


def test_delete_in_the_list_asks_and_says_what_the_desk_keeps(app: WholeApp) -> None:
    open_row(app, THROWN[2])
    rows = app.desktop.window.list.rows
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    dialog = asked(app)
    assert "What the desk has stays at the desk." in sentences(dialog)
    assert dialog.cancel.isDefault()
    dialog.go()
    app.qtbot.waitUntil(lambda: THROWN[2] not in trashed(app), timeout=20_000)


def test_the_whole_trash_is_emptied(app: WholeApp) -> None:
    empty = app.desktop.actions.action("trash.empty")
    assert empty.isEnabled()
    empty.trigger()
    dialog = asked(app)
    assert "3 reports are deleted from this laptop" in sentences(dialog)
    dialog.go()
    app.qtbot.waitUntil(lambda: trashed(app) == [], timeout=20_000)
    app.qtbot.waitUntil(lambda: not empty.isEnabled(), timeout=20_000)
    said = app.desktop.window.list.empty
    app.qtbot.waitUntil(said.isVisible, timeout=20_000)
    assert "stays here for 30 days" in " ".join(label.text() for label in said.findChildren(QLabel))
    assert len(app.run(lambda store: store.reports.page(Place.DRAFTS).rows)) == 1


def test_what_is_due_is_gone_after_the_start(home: Path, qtbot: QtBot, qapp: QApplication) -> None:
    store = open_store(home, clock=utc_now)
    report = save_draft(store, new_id(), ready_content("Long ago"), clock=utc_now)
    thrown_away = utc_now() - timedelta(days=33)
    store.reports.trash(report.id, store.trash.look(thrown_away))
    for week in range(1, 5):
        store.trash.look(thrown_away + timedelta(days=7 * week))
    store.state.set("open_report", report.id)
    store.close()
    with whole_app(home, qtbot, qapp) as app:
        qtbot.waitUntil(
            lambda: app.run(lambda s: s.reports.find(report.id)) is None, timeout=20_000
        )
        pane = app.desktop.window.pane
        qtbot.waitUntil(lambda: pane.report_id != report.id, timeout=20_000)
        assert app.run(lambda s: s.reports.counts())[Place.TRASH] == 0


def test_what_is_restored_can_be_deleted_no_more(app: WholeApp) -> None:
    open_row(app, THROWN[0])
    app.desktop.actions.action("report.restore").trigger()
    app.qtbot.waitUntil(lambda: THROWN[0] not in trashed(app), timeout=20_000)
    delete = app.desktop.actions.action("report.delete")
    app.qtbot.waitUntil(lambda: not delete.isEnabled(), timeout=20_000)
    assert app.desktop.actions.action("report.trash").isEnabled()

"""The whole window: from the first key to what the desk holds, and back after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.errors import NoConnection
from reporterdesk.domain.places import Place
from reporterdesk.domain.report import Report
from reporterdesk.domain.status import Status
from reporterdesk.paths import drafts_file
from reporterdesk.store.opening import open_store
from reporterdesk.ui.windows.sign_in import SignInDialog
from reporterdesk.vault import MemoryVault
from support.desks import ADDRESS, EMAIL, PASSWORD, DoorKeeper
from support.filled_store import fill_store
from support.whole_app import WholeApp, nothing, sign_in_beforehand, whole_app


@pytest.fixture
def keeper(home: Path) -> DoorKeeper:
    keeper = DoorKeeper()
    sign_in_beforehand(keeper, lambda: open_store(home, clock=utc_now))
    return keeper


@pytest.fixture
def app(home: Path, qtbot: QtBot, qapp: QApplication, keeper: DoorKeeper) -> Iterator[WholeApp]:
    with whole_app(home, qtbot, qapp, keeper) as app:
        qtbot.waitUntil(lambda: app.desktop.account.connect_now() is not None, timeout=20_000)
        yield app


def _trigger(app: WholeApp, name: str) -> None:
    action = app.desktop.actions.action(name)
    assert action.isEnabled(), name
    action.trigger()


def _named(parent: QWidget, kind: type, name: str) -> QWidget:
    return next(w for w in parent.findChildren(kind) if w.accessibleName() == name)


def _stored(app: WholeApp, report_id: str) -> Report | None:
    return app.run(lambda store: store.reports.find(report_id))


def _write(app: WholeApp, headline: str, city: str = "Lahore") -> str:
    """Write a report that can be filed, or lacks its place only; return its id."""
    _trigger(app, "report.new")
    pane, qtbot = app.desktop.window.pane, app.qtbot
    qtbot.keyClicks(pane.text.head.headline, headline)
    qtbot.keyClicks(pane.text.body, "The hall was full long before nine.")
    form = app.desktop.window
    qtbot.keyClicks(_named(form, QLineEdit, "City or town"), city)
    date = next(w for w in form.findChildren(QLineEdit) if w.accessibleName().startswith("Start"))
    qtbot.keyClicks(date, "2026-03-14")
    qtbot.keyClick(date, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: not pane.unsaved, timeout=10_000)
    assert pane.report_id is not None
    return pane.report_id


def test_from_the_first_key_to_the_desk(app: WholeApp, keeper: DoorKeeper) -> None:
    report_id = _write(app, "Lanterns on the river", city="")
    pane = app.desktop.window.pane
    assert app.desktop.window.list.rows.model().rowCount() == 1

    _trigger(app, "report.file")
    app.qtbot.waitUntil(lambda: "Say where the event took place." in _words(pane))
    stored = _stored(app, report_id)
    assert stored is not None
    assert stored.status is Status.DRAFT

    app.qtbot.keyClicks(_named(app.desktop.window, QLineEdit, "City or town"), "Lahore")
    _trigger(app, "report.file")
    app.qtbot.waitUntil(lambda: report_id in keeper.desk.held, timeout=20_000)

    app.qtbot.waitUntil(
        lambda: (found := _stored(app, report_id)) is not None and found.status is Status.FILED,
        timeout=20_000,
    )
    app.qtbot.waitUntil(lambda: pane.status is Status.FILED, timeout=10_000)
    assert not app.desktop.actions.action("report.file").isEnabled()
    assert app.desktop.actions.action("report.revise").isEnabled()

    _trigger(app, "go.filed")
    _trigger(app, "report.revise")
    app.qtbot.waitUntil(lambda: app.desktop.browsing.place is Place.DRAFTS, timeout=10_000)
    assert app.desktop.window.content.currentWidget() is pane
    app.qtbot.waitUntil(lambda: pane.editable)
    listed = app.desktop.browsing.model
    app.qtbot.waitUntil(lambda: listed.row_of(report_id) == 0, timeout=10_000)
    assert app.desktop.window.list.rows.currentIndex().row() == 0


def test_offline_a_report_waits_and_says_so(app: WholeApp, keeper: DoorKeeper) -> None:
    keeper.desk.faults.plan("*", NoConnection(), times=1_000)
    report_id = _write(app, "Written on a train")

    _trigger(app, "report.file")

    window = app.desktop.window
    app.qtbot.waitUntil(lambda: "1 report waits" in window.connection.text(), timeout=20_000)
    app.qtbot.waitUntil(lambda: window.connection.text().startswith("Offline"), timeout=20_000)
    _trigger(app, "go.outbox")
    app.qtbot.waitUntil(lambda: app.desktop.browsing.model.row_of(report_id) == 0)

    keeper.desk.faults.heal()
    _trigger(app, "sync.send_now")
    app.qtbot.waitUntil(lambda: report_id in keeper.desk.held, timeout=20_000)
    app.qtbot.waitUntil(lambda: window.connection.text() == "Connected", timeout=20_000)


def test_what_was_open_is_open_again(
    home: Path, qtbot: QtBot, qapp: QApplication, keeper: DoorKeeper
) -> None:
    with whole_app(home, qtbot, qapp, keeper) as app:
        report_id = _write(app, "Half a sentence")
        app.desktop.window.pane.text.body.set_caret_position(8)

    with whole_app(home, qtbot, qapp, keeper) as app:
        pane = app.desktop.window.pane
        assert pane.report_id == report_id
        assert pane.content().headline == "Half a sentence"
        assert pane.text.body.caret_position() == 8
        assert app.desktop.window.content.currentWidget() is pane
        # It can be written on at once, before the store has been opened.
        qtbot.keyClicks(pane.text.body, "quite ")
        qtbot.waitUntil(lambda: not pane.unsaved, timeout=20_000)
        stored = _stored(app, report_id)
        assert stored is not None
        assert stored.content.body.startswith("The hallquite ")


def test_trash_can_be_undone(app: WholeApp) -> None:
    report_id = _write(app, "Thrown away by mistake")

    _trigger(app, "report.trash")
    messages = app.desktop.window.messages
    app.qtbot.waitUntil(lambda: "is in the trash" in messages.sentence)
    stored = _stored(app, report_id)
    assert stored is not None
    assert stored.trashed_at is not None

    undo = next(b for b in messages.findChildren(QPushButton) if b.text() == "Undo")
    app.qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    app.qtbot.waitUntil(lambda: _stored(app, report_id).trashed_at is None)  # type: ignore[union-attr]
    app.qtbot.waitUntil(lambda: app.desktop.browsing.model.row_of(report_id) is not None)


def test_typing_in_the_search_finds(home: Path, qtbot: QtBot, qapp: QApplication) -> None:
    fill_store(home, 30, 40)
    with whole_app(home, qtbot, qapp) as app:
        rows = app.desktop.browsing.model
        qtbot.waitUntil(lambda: rows.rowCount() > 3)

        qtbot.keyClicks(app.desktop.window.list.search, "lahore")

        qtbot.waitUntil(
            lambda: (
                0 < rows.rowCount() < 15
                and all("Lahore" in str(rows.index(n).data()) for n in range(rows.rowCount()))
            ),
            timeout=10_000,
        )
        qtbot.keyClicks(app.desktop.window.list.search, " nothing has these words")
        qtbot.waitUntil(lambda: rows.rowCount() == 0, timeout=10_000)


def test_the_keyboard_opens_a_report_and_enters_it(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    fill_store(home, 5, 40)
    with whole_app(home, qtbot, qapp) as app:
        window = app.desktop.window
        qtbot.waitUntil(lambda: app.desktop.browsing.model.rowCount() > 1)

        qtbot.keyClick(window.list.search, Qt.Key.Key_Down)
        first = app.desktop.browsing.model.summary(0)
        assert first is not None
        qtbot.waitUntil(lambda: window.pane.report_id == first.id, timeout=10_000)
        qtbot.keyClick(window.list.rows, Qt.Key.Key_Down)
        second = app.desktop.browsing.model.summary(1)
        assert second is not None
        qtbot.waitUntil(lambda: window.pane.report_id == second.id, timeout=10_000)


def test_a_reporter_without_an_account_is_offered_to_sign_in(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with whole_app(home, qtbot, qapp) as app:
        app.run(nothing)
        qtbot.waitUntil(lambda: app.desktop.window.connection.text() == "Not signed in")
        actions = app.desktop.actions

        assert actions.action("account.sign_in").isVisible()
        qtbot.waitUntil(lambda: not actions.action("account.sign_out").isVisible())
        assert not actions.action("go.review").isVisible()
        for place in (place for place in Place if place is not Place.REVIEW):
            _trigger(app, f"go.{place.value}")
            app.run(nothing)
            assert app.desktop.browsing.place is place


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_who_puts_off_signing_in_again_can_write_and_sign_in_later(
    home: Path, qtbot: QtBot, qapp: QApplication, keeper: DoorKeeper
) -> None:
    keeper.vault = MemoryVault()  # the token is gone
    with whole_app(home, qtbot, qapp, keeper) as app:
        window, actions = app.desktop.window, app.desktop.actions
        qtbot.waitUntil(lambda: bool(window.findChildren(SignInDialog)))
        window.findChildren(SignInDialog)[0].reject()
        assert window.connection.text() == "Sign in again to send and receive"
        assert actions.action("account.sign_in").isVisible()

        room = app.desktop.account
        room.take(room.signing_in(ADDRESS, EMAIL, PASSWORD))
        qtbot.waitUntil(lambda: window.connection.text() == "Connected")
        assert not actions.action("account.sign_in").isVisible()


def test_only_editors_have_a_review_menu(app: WholeApp) -> None:
    menu = app.desktop.window.menus["review"].menuAction()
    account = app.desktop.account.account
    assert account is not None
    assert menu.isVisible() is account.person.is_editor
    app.desktop.account.sign_out()
    assert not menu.isVisible()


def test_a_damaged_store_is_said_in_the_window(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    drafts_file(home).write_bytes(b"this was a database once" * 200)

    with whole_app(home, qtbot, qapp) as app:
        messages = app.desktop.window.messages
        qtbot.waitUntil(lambda: "left exactly as it is" in messages.sentence, timeout=20_000)


def test_a_second_start_is_said_plainly(home: Path, qtbot: QtBot, qapp: QApplication) -> None:
    store = open_store(home, clock=utc_now)

    with whole_app(home, qtbot, qapp) as app:
        messages = app.desktop.window.messages
        qtbot.waitUntil(lambda: "already running" in messages.sentence, timeout=20_000)
    store.close()


def _words(widget: QWidget) -> str:
    """Return all that can be read in ``widget`` now."""
    found = (w for w in widget.findChildren(QWidget) if w.isVisible())
    return "\n".join(str(w.property("text") or "") for w in found)

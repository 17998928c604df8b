"""Sending as a person steers it, in the whole app: pause, limits, smaller photos, receipts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.errors import NoConnection
from reporterdesk.domain.sending import SendPolicy
from reporterdesk.domain.status import Status
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from reporterdesk.ui.outbox.photo_choice import PhotoChoice
from reporterdesk.ui.outbox.settings_page import SendingPage
from reporterdesk.workflow.sending import keep_policy, read_policy
from support.desks import DoorKeeper
from support.hearing import complaints
from support.laptop import laptop
from support.smaller import file_with_large_photos
from support.whole_app import WholeApp, sign_in_beforehand, whole_app

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
PAUSED = SendPolicy(paused=True)


@pytest.fixture
def keeper(home: Path) -> DoorKeeper:
    keeper = DoorKeeper()
    sign_in_beforehand(keeper, lambda: open_store(home, clock=utc_now))
    return keeper


@pytest.fixture
def filed(home: Path, keeper: DoorKeeper) -> list[str]:
    """Two reports in the outbox, and sending paused: with two large photos, and without any."""
    with laptop(home, None) as here:
        here.clock.now = utc_now()
        ids = [file_with_large_photos(here, 2), here.file("Words alone")]
        keep_policy(here.store, PAUSED)
    return ids


@pytest.fixture
def app(
    home: Path, qtbot: QtBot, qapp: QApplication, keeper: DoorKeeper, filed: list[str]
) -> Iterator[WholeApp]:
    with whole_app(home, qtbot, qapp, keeper) as app:
        qtbot.waitUntil(lambda: app.desktop.account.connect_now() is not None, timeout=20_000)
        _trigger(app, "go.outbox")
        qtbot.waitUntil(lambda: app.desktop.sending.model.rowCount() == 2, timeout=20_000)
        yield app


def _trigger(app: WholeApp, name: str) -> None:
    action = app.desktop.actions.action(name)
    app.qtbot.waitUntil(action.isEnabled, timeout=20_000)
    action.trigger()


def _button(parent: QWidget, text: str) -> QAbstractButton:
    return next(b for b in parent.findChildren(QAbstractButton) if b.text() == text)


def _delivery(app: WholeApp, report_id: str) -> Delivery:
    found = app.run(lambda store: store.outbox.get(report_id))
    assert found is not None
    return found


def _wait_for(app: WholeApp, report_id: str, state: DeliveryState) -> None:
    app.qtbot.waitUntil(lambda: _delivery(app, report_id).state is state, timeout=30_000)


def test_what_is_paused_is_seen_stays_and_resumes(
    app: WholeApp, keeper: DoorKeeper, filed: list[str]
) -> None:
    window, panel = app.desktop.window, app.desktop.sending.panel
    app.qtbot.waitUntil(lambda: window.connection.text().startswith("Sending is paused"))
    assert panel.decisions.isVisible()
    assert app.desktop.actions.action("sync.pause").isChecked()
    _trigger(app, "sync.send_now")
    app.run(lambda _store: None)
    assert keeper.desk.held == {}
    assert window.messages.sentence.startswith("Sending is paused.")
    assert _shown(window.messages, "Resume")

    _button(panel.decisions, "Resume").click()

    for report_id in filed:
        _wait_for(app, report_id, DeliveryState.DELIVERED)
    assert app.run(read_policy) == SendPolicy()
    assert not app.desktop.actions.action("sync.pause").isChecked()
    app.qtbot.waitUntil(lambda: app.desktop.sending.model.rowCount() == 0, timeout=20_000)
    app.qtbot.waitUntil(lambda: window.connection.text() == "Connected", timeout=20_000)
    assert panel.decisions.isHidden()


def test_a_pause_from_the_menu_outlives_a_restart(
    home: Path, qtbot: QtBot, qapp: QApplication, keeper: DoorKeeper
) -> None:
    with whole_app(home, qtbot, qapp, keeper) as app:
        _trigger(app, "sync.pause")
        qtbot.waitUntil(lambda: app.run(read_policy).paused, timeout=20_000)
    with whole_app(home, qtbot, qapp, keeper) as app:
        action = app.desktop.actions.action("sync.pause")
        qtbot.waitUntil(action.isChecked, timeout=20_000)


def test_at_1600_px_by_one_click(app: WholeApp, keeper: DoorKeeper, filed: list[str]) -> None:
    sending = app.desktop.sending
    first = _delivery(app, filed[0])
    assert sending.panel.chosen_id == filed[0]
    app.qtbot.waitUntil(lambda: _shown(sending.panel.detail, "Send at 1,600 px"), timeout=20_000)

    with app.qtbot.waitSignal(sending.filed_anew, timeout=30_000):
        _button(sending.panel.detail, "Send at 1,600 px").click()

    second = _delivery(app, filed[0])
    assert second.revision_id != first.revision_id
    assert second.bytes_total < first.bytes_total
    assert "go out at 1,600 px" in app.desktop.window.messages.sentence
    app.qtbot.waitUntil(lambda: not _shown(sending.panel.detail, "Send at 1,600 px"))
    sending.decide(SendPolicy())
    _wait_for(app, filed[0], DeliveryState.DELIVERED)
    held = keeper.desk.held[filed[0]]
    assert len(held.revisions) == 1
    assert {p.renditions.full.width for p in held.newest.photos} == {1600}


def _shown(parent: QWidget, text: str) -> bool:
    return any(b.text() == text and b.isVisible() for b in parent.findChildren(QAbstractButton))


def test_it_can_be_cancelled_and_nothing_has_changed(app: WholeApp, filed: list[str]) -> None:
    before = _delivery(app, filed[0])
    resizing = app.desktop.sending.commands.resizing
    resizing.progressed.connect(resizing.cancel)

    with app.qtbot.waitSignal(resizing.cancelled, timeout=30_000):
        _trigger(app, "sync.smaller")

    assert _delivery(app, filed[0]) == before
    assert resizing.report_id == ""


def test_the_open_report_says_how_long_it_takes_and_offers_the_same(
    app: WholeApp, keeper: DoorKeeper, filed: list[str]
) -> None:
    keeper.desk.faults.plan("upload", NoConnection(), times=1_000)
    app.desktop.sending.decide(SendPolicy())
    _wait_for(app, filed[0], DeliveryState.TEXT_DELIVERED)
    app.desktop.opening.reveal(filed[0])
    standing = app.desktop.window.pane.standing

    app.qtbot.waitUntil(lambda: "Text delivered" in standing.sentence, timeout=20_000)
    app.qtbot.waitUntil(lambda: _shown(standing, "Send at 1,600 px"), timeout=20_000)
    with app.qtbot.waitSignal(app.desktop.sending.filed_anew, timeout=30_000):
        _button(standing, "Send at 1,600 px").click()

    keeper.desk.faults.heal()
    _trigger(app, "sync.send_now")
    _wait_for(app, filed[0], DeliveryState.DELIVERED)
    held = keeper.desk.held[filed[0]]
    assert len(held.revisions) == 2
    assert app.run(lambda store: store.reports.get(filed[0])).status is Status.FILED
    app.qtbot.waitUntil(
        lambda: {p.full.width for p in app.desktop.window.pane.content().photos} == {1600},
        timeout=20_000,
    )

    _trigger(app, "sync.originals")
    app.qtbot.waitUntil(lambda: len(held.revisions) == 3, timeout=30_000)
    _wait_for(app, filed[0], DeliveryState.DELIVERED)
    assert {p.renditions.full.width for p in held.newest.photos} == {2600}


def test_only_these_photos_now(app: WholeApp, keeper: DoorKeeper, filed: list[str]) -> None:
    _trigger(app, "sync.choose_photos")
    dialog = next(iter(app.desktop.window.findChildren(PhotoChoice)))
    assert complaints(dialog) == []
    send = _button(dialog, "Send these now")
    assert not send.isEnabled()
    items = dialog._list
    app.qtbot.waitUntil(lambda: not items.item(0).icon().isNull())
    items.itemActivated.emit(items.item(1))
    send.click()
    chosen = app.run(lambda store: store.reports.get(filed[0])).content.photos[1]
    assert app.desktop.sending.outlook.policy.only_photos == {chosen.id}

    app.desktop.sending.decide(replace(app.desktop.sending.outlook.policy, paused=False))
    held = keeper.desk.held
    app.qtbot.waitUntil(
        lambda: (
            filed[0] in held and len(held[filed[0]].photos[chosen.full.sha256]) == chosen.full.bytes
        ),
        timeout=30_000,
    )
    app.run(lambda _store: None)
    others = set(held[filed[0]].photos) - {chosen.full.sha256, chosen.preview.sha256}
    assert [len(held[filed[0]].photos[name]) for name in others] == [0, 0]
    decisions = app.desktop.sending.panel.decisions
    said = "The desk has the photos you chose"
    app.qtbot.waitUntil(lambda: said in decisions._only._words.text(), timeout=20_000)

    _button(app.desktop.sending.panel.decisions, "Send all photos").click()
    _wait_for(app, filed[0], DeliveryState.DELIVERED)


def test_the_receipt_is_shown_copied_and_exported(
    app: WholeApp, filed: list[str], tmp_path: Path
) -> None:
    app.desktop.sending.decide(SendPolicy())
    _wait_for(app, filed[0], DeliveryState.DELIVERED)
    app.desktop.opening.reveal(filed[0])
    _trigger(app, "sync.receipt")
    receipts = app.desktop.sending.commands.receipts
    app.qtbot.waitUntil(lambda: receipts.dialog is not None, timeout=20_000)
    dialog = receipts.dialog
    assert dialog is not None
    assert complaints(dialog) == []

    _button(dialog, "Copy").click()
    copied = QApplication.clipboard().text()
    assert "The hall was full" in copied
    assert "not there yet" not in copied
    assert dialog._told.text() == "The receipt is copied."

    dialog.export(str(tmp_path / "receipt.txt"))
    app.qtbot.waitUntil(lambda: "is in “receipt.txt”" in dialog._told.text())
    assert (tmp_path / "receipt.txt").read_text(encoding="utf-8") == copied
    dialog.export(str(tmp_path / "gone" / "receipt.txt"))
    app.qtbot.waitUntil(lambda: "could not be written" in dialog._told.text())
    assert dialog._told.property("role") == "problem"


def test_the_settings_have_a_page_for_it(app: WholeApp) -> None:
    _trigger(app, "sync.settings")
    page = next(iter(app.desktop.window.findChildren(SendingPage)))
    assert page.isVisible()
    assert complaints(page.window()) == []
    limit = page.findChild(QComboBox)
    assert isinstance(limit, QComboBox)
    limit.setCurrentIndex(limit.findText("256 kbit/s"))
    text_only = next(b for b in page.findChildren(QCheckBox) if "Metered" in b.accessibleName())
    text_only.setChecked(False)

    wanted = SendPolicy(paused=True, text_only_on_metered=False, bytes_a_second=32_000)
    app.qtbot.waitUntil(lambda: app.run(read_policy) == wanted, timeout=20_000)
    assert not app.desktop.actions.action("sync.text_only").isChecked()
    _trigger(app, "sync.pause")  # from the menu, while the page is shown
    paused = next(b for b in page.findChildren(QCheckBox) if b.accessibleName() == "Sending")
    app.qtbot.waitUntil(lambda: not paused.isChecked())
    page.window().close()


def test_a_report_can_be_taken_back_and_opened_from_the_outbox(
    app: WholeApp, filed: list[str]
) -> None:
    panel = app.desktop.sending.panel
    panel.choose(filed[1])
    app.qtbot.waitUntil(lambda: panel.detail.report_id == filed[1])
    _button(panel.detail, "Open").click()
    window = app.desktop.window
    app.qtbot.waitUntil(lambda: window.pane.report_id == filed[1], timeout=20_000)
    assert window.content.currentWidget() is window.pane
    places = window.places._list  # the outbox is chosen there already
    middle = places.visualItemRect(places.currentItem()).center()
    app.qtbot.mouseClick(places.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert window.content.currentWidget() is window.deliveries
    panel.choose(filed[1])
    _button(panel.detail, "Take back").click()
    app.qtbot.waitUntil(lambda: app.desktop.sending.model.rowCount() == 1, timeout=20_000)

    def status(store: Store) -> Status:
        return store.reports.get(filed[1]).status

    assert app.run(status) is Status.DRAFT


def test_the_whole_window_can_be_heard(app: WholeApp) -> None:
    assert complaints(app.desktop.window) == []

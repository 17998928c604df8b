"""*Send all photos at 1,600 px*: offered with its time, done report by report, and stopped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.errors import StoreFull, TransitionRefused
from reporterdesk.domain.estimate import Estimate
from reporterdesk.domain.sending import SendPolicy
from reporterdesk.store.opening import open_store
from reporterdesk.ui.controllers.resizing import Resizing
from reporterdesk.workflow.sending import keep_policy
from support.desks import DoorKeeper
from support.laptop import laptop
from support.smaller import file_with_large_photos
from support.whole_app import WholeApp, sign_in_beforehand, whole_app

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
SECONDS = 30_000


@pytest.fixture
def filed(home: Path) -> list[str]:
    """Two reports with large photos between two others; nothing is sent by itself."""
    with laptop(home, None) as here:
        here.clock.now = utc_now()
        ids = [
            here.file("Words alone"),
            file_with_large_photos(here, 2, "The hall was full"),
            file_with_large_photos(here, 1, "The ferry left late"),
            here.file("Small pictures", photos=1),
        ]
        keep_policy(here.store, SendPolicy(paused=True))
    return ids


@pytest.fixture
def app(home: Path, qtbot: QtBot, qapp: QApplication, filed: list[str]) -> Iterator[WholeApp]:
    keeper = DoorKeeper()
    sign_in_beforehand(keeper, lambda: open_store(home, clock=utc_now))
    with whole_app(home, qtbot, qapp, keeper) as app:
        app.desktop.actions.action("go.outbox").trigger()
        rows = len(filed)
        qtbot.waitUntil(lambda: app.desktop.sending.model.rowCount() == rows, timeout=SECONDS)
        yield app


def _hear(app: WholeApp, ids: list[str], *, minutes: int = 40, rate: float = 100.0) -> QPushButton:
    """Let the engine say when all will have arrived; return the button."""
    now = utc_now()
    reports = {name: now + timedelta(minutes=minutes) for name in ids[1:3]}
    app.desktop.bridge.estimated.emit(Estimate(rate, 400_000, now, reports))
    return app.desktop.sending.panel.smaller


def _offered(app: WholeApp, ids: list[str]) -> QPushButton:
    app.qtbot.waitUntil(lambda: _hear(app, ids).isVisible(), timeout=SECONDS)
    return app.desktop.sending.panel.smaller


def _revisions(app: WholeApp, ids: list[str]) -> list[str]:
    rows = app.run(lambda store: [store.outbox.get(name) for name in ids])
    return [row.revision_id for row in rows if row is not None]


def _widths(app: WholeApp, report_id: str) -> set[int]:
    report = app.run(lambda store: store.reports.get(report_id))
    return {photo.full.width for photo in report.content.photos}


def test_one_click_sends_all_that_is_worth_it_smaller(app: WholeApp, filed: list[str]) -> None:
    before = _revisions(app, filed)
    button = _offered(app, filed)
    assert button.text().startswith("Send all photos at 1,600 px: ")
    assert app.desktop.actions.action("sync.all_smaller").isEnabled()
    every = app.desktop.sending.commands.all
    said: list[str] = []
    progressed = app.desktop.sending.commands.resizing.progressed
    progressed.connect(lambda progress: said.append(every.progress_words(progress)))

    button.click()

    window = app.desktop.window
    app.qtbot.waitUntil(lambda: "go out at 1,600 px" in window.messages.sentence, timeout=SECONDS)
    assert said == [
        "Making the photos smaller: 1 of 2 in report 1 of 2.",
        "Making the photos smaller: 2 of 2 in report 1 of 2.",
        "Making the photos smaller: 1 of 1 in report 2 of 2.",
    ]
    assert not every.busy
    assert [_widths(app, name) for name in filed[1:3]] == [{1600}, {1600}]
    after = _revisions(app, filed)
    assert [was == now for was, now in zip(before, after, strict=True)] == [
        True,
        False,
        False,
        True,
    ]
    app.qtbot.waitUntil(lambda: not _hear(app, filed).isVisible(), timeout=SECONDS)


def test_it_is_not_offered_where_all_has_arrived_soon(app: WholeApp, filed: list[str]) -> None:
    _offered(app, filed)
    app.qtbot.waitUntil(lambda: not _hear(app, filed, minutes=1).isVisible(), timeout=SECONDS)
    assert not app.desktop.actions.action("sync.all_smaller").isEnabled()


def test_cancelled_the_rest_stays_as_it_was(app: WholeApp, filed: list[str]) -> None:
    button = _offered(app, filed)
    before = _revisions(app, filed)
    commands = app.desktop.sending.commands
    commands.resizing.progressed.connect(commands._cancel.trigger)

    with app.qtbot.waitSignal(commands.resizing.cancelled, timeout=SECONDS):
        button.click()

    app.run(lambda _store: None)
    assert _revisions(app, filed) == before
    assert not commands.all.busy
    app.qtbot.waitUntil(lambda: _hear(app, filed).isVisible(), timeout=SECONDS)


@pytest.mark.parametrize(("error", "goes_on"), [(TransitionRefused(), True), (StoreFull(), False)])
def test_a_report_that_moved_on_does_not_hold_up_the_others(
    app: WholeApp,
    filed: list[str],
    error: Exception,
    goes_on: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    button = _offered(app, filed)
    resizing, begun = app.desktop.sending.commands.resizing, []

    def begin(_self: Resizing, report_id: str) -> None:
        begun.append(report_id)
        resizing.failed.emit(error)

    monkeypatch.setattr(Resizing, "begin", begin)
    button.click()
    assert begun == (filed[1:3] if goes_on else filed[1:2])
    assert not app.desktop.sending.commands.all.busy


def test_a_report_with_nothing_left_to_spare_does_not_either(
    app: WholeApp, filed: list[str]
) -> None:
    button = _offered(app, filed)
    app.run(lambda store: store.outbox.remove(filed[1]))
    button.click()
    app.qtbot.waitUntil(lambda: _widths(app, filed[2]) == {1600}, timeout=SECONDS)
    assert _widths(app, filed[1]) == {2600}

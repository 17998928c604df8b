"""The network thread: woken by everything that should wake it, and never in the way of a quit."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QObject, Slot
from PySide6.QtNetwork import QNetworkInformation
from pytestqt.qtbot import QtBot

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.errors import StoreFull
from reporterdesk.ui.sync_bridge import SyncBridge

DELIVERY = Delivery("report", "revision", DeliveryState.TEXT_DELIVERED)


class Engine:
    """Stands in for the engine: notes what it is asked, and does what a test tells it."""

    def __init__(self) -> None:
        self.looks = 0
        self.network_changes = 0
        self.fetches = 0
        self.stopped = False
        self.due: datetime | None = None
        self.fault: Exception | None = None
        self.bridge: SyncBridge | None = None
        self.hang: threading.Event | None = None

    def deliver_due(self) -> datetime | None:
        self.looks += 1
        if self.hang is not None:
            self.hang.wait(60)
        if self.fault is not None:
            raise self.fault
        return self.due

    def fetch_changes(self) -> tuple[str, ...]:
        self.fetches += 1
        return ()

    def network_changed(self) -> None:
        self.network_changes += 1

    def stop(self) -> None:
        self.stopped = True


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def bridge(engine: Engine, qtbot: QtBot) -> Iterator[SyncBridge]:
    bridge = SyncBridge(lambda _bridge: engine)  # type: ignore[arg-type,return-value]
    bridge.start()
    qtbot.waitUntil(lambda: engine.fetches == 1)
    yield bridge
    bridge.close()


def test_a_start_looks_at_once(bridge: SyncBridge, engine: Engine) -> None:
    assert (engine.looks, engine.network_changes) == (1, 0)


def test_waking_it_looks_again(bridge: SyncBridge, engine: Engine, qtbot: QtBot) -> None:
    bridge.wake()

    qtbot.waitUntil(lambda: engine.looks == 2)
    assert engine.network_changes == 0


def test_send_now_forgets_what_was_waited_for(
    bridge: SyncBridge, engine: Engine, qtbot: QtBot
) -> None:
    bridge.send_now()

    qtbot.waitUntil(lambda: engine.looks == 2)
    assert engine.network_changes == 1


def test_it_looks_again_when_something_is_due(
    bridge: SyncBridge, engine: Engine, qtbot: QtBot
) -> None:
    engine.due = datetime.now(UTC) + timedelta(milliseconds=60)
    bridge.wake()

    qtbot.waitUntil(lambda: engine.looks >= 4)


def test_after_a_sleep_of_the_laptop_it_looks(
    bridge: SyncBridge, engine: Engine, qtbot: QtBot
) -> None:
    bridge._look_for_sleep()  # a pulse in time
    bridge._last_pulse = time.time() - 3_600  # and one an hour late

    bridge._look_for_sleep()

    qtbot.waitUntil(lambda: engine.network_changes == 1)
    assert engine.looks == 2


def test_a_clock_that_goes_back_an_hour_does_no_harm(
    bridge: SyncBridge, engine: Engine, qtbot: QtBot
) -> None:
    bridge._last_pulse = time.time() + 3_600

    bridge._look_for_sleep()
    bridge._look_for_sleep()

    assert bridge._last_pulse <= time.time()
    bridge.wake()
    qtbot.waitUntil(lambda: engine.looks == 2)


def test_a_network_that_comes_back_is_used_at_once(
    bridge: SyncBridge, engine: Engine, qtbot: QtBot
) -> None:
    bridge._reachability_changed(QNetworkInformation.Reachability.Online)

    qtbot.waitUntil(lambda: engine.network_changes == 1)


def test_a_known_error_is_told_and_it_goes_on(
    bridge: SyncBridge, engine: Engine, qtbot: QtBot
) -> None:
    engine.fault = StoreFull()
    with qtbot.waitSignal(bridge.failed) as told:
        bridge.wake()
    assert isinstance(told.args[0], StoreFull)

    engine.fault = None
    bridge.wake()
    qtbot.waitUntil(lambda: engine.fetches == 2)


def test_a_bug_is_told_and_it_goes_on(
    bridge: SyncBridge, engine: Engine, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    engine.fault = ZeroDivisionError()
    with qtbot.waitSignal(bridge.failed) as told:
        bridge.wake()
    assert isinstance(told.args[0], ZeroDivisionError)
    assert "stopped with a bug" in caplog.text

    engine.fault = None
    bridge.wake()
    qtbot.waitUntil(lambda: engine.fetches == 2)


class _Ear(QObject):
    """Hears on the thread that it lives on."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[object, ...]] = []
        self.threads: set[threading.Thread] = set()

    @Slot(object)
    def hear(self, value: object) -> None:
        self.heard.append((value,))
        self.threads.add(threading.current_thread())

    @Slot(bool, str)
    def hear_connection(self, online: bool, why: str) -> None:
        self.heard.append((online, why))
        self.threads.add(threading.current_thread())


def test_the_engines_news_arrive_on_the_ui_thread(bridge: SyncBridge, qtbot: QtBot) -> None:
    ear = _Ear()
    bridge.delivery_changed.connect(ear.hear)
    bridge.report_changed.connect(ear.hear)
    bridge.connection_changed.connect(ear.hear_connection)

    def tell() -> None:
        bridge.listener.delivery_changed(DELIVERY)
        bridge.listener.report_changed("report")
        bridge.listener.connection_changed(False, "why")

    teller = threading.Thread(target=tell)
    teller.start()
    teller.join()

    assert ear.heard == []
    qtbot.waitUntil(lambda: len(ear.heard) == 3)
    assert ear.heard == [(DELIVERY,), ("report",), (False, "why")]
    assert ear.threads == {threading.current_thread()}


def test_closing_ends_the_thread(engine: Engine, qtbot: QtBot) -> None:
    bridge = SyncBridge(lambda _bridge: engine)  # type: ignore[arg-type,return-value]
    bridge.start()
    qtbot.waitUntil(lambda: engine.fetches == 1)

    bridge.close()

    assert engine.stopped
    assert not bridge._thread.is_alive()


def test_closing_does_not_wait_for_a_dead_network(engine: Engine, qtbot: QtBot) -> None:
    engine.hang = threading.Event()
    bridge = SyncBridge(lambda _bridge: engine)  # type: ignore[arg-type,return-value]
    bridge.start()
    qtbot.waitUntil(lambda: engine.looks == 1)

    bridge.close()

    assert bridge._thread.is_alive()
    assert bridge._thread.daemon  # it cannot keep the process
    engine.hang.set()
    bridge._thread.join(10)
    assert engine.fetches == 0


def test_closing_before_the_start_is_allowed(engine: Engine, qtbot: QtBot) -> None:
    SyncBridge(lambda _bridge: engine).close()  # type: ignore[arg-type,return-value]

    assert engine.looks == 0

"""The network thread: woken by everything that should wake it, and never in the way of a quit."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QObject, Slot
from PySide6.QtNetwork import QNetworkInformation
from pytestqt.qtbot import QtBot

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.errors import StoreFull
from reporterdesk.domain.sending import SendPolicy
from reporterdesk.ui import listening_loop
from reporterdesk.ui.sync_bridge import SyncBridge

DELIVERY = Delivery("report", "revision", DeliveryState.TEXT_DELIVERED)


class Engine:
    """Stands in for the engine: notes what it is asked, and does what a test tells it."""

    def __init__(self) -> None:
        self.looks = 0
        self.network_changes = 0
        self.tried_now = 0
        self.answers = 0
        self.policies: list[SendPolicy] = []
        self.metered: list[bool] = []
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

    def network_changed(self) -> None:
        self.network_changes += 1

    def try_now(self) -> None:
        self.tried_now += 1

    def desk_answers(self) -> None:
        self.answers += 1

    def set_policy(self, policy: SendPolicy) -> None:
        self.policies.append(policy)

    def network_metered(self, metered: bool) -> None:
        self.metered.append(metered)

    def stop(self) -> None:
        self.stopped = True


class Ears:
    """Stands in for the listening: a call is held until the test lets it go."""

    def __init__(self) -> None:
        self.calls = 0
        self.held = 0
        self.forgotten = 0
        self.hold = False
        self.pause = 3600.0
        self.fault: Exception | None = None
        self.counted: list[bool] = []
        self.let_go = threading.Event()

    def listen(self, counts: Callable[[], bool]) -> float:
        self.calls += 1
        if self.fault is not None:
            raise self.fault
        if self.hold:
            self.held += 1
            self.let_go.wait(60)
        self.counted.append(counts())
        return self.pause

    def forget(self) -> None:
        self.forgotten += 1


@pytest.fixture
def ears() -> Iterator[Ears]:
    made = Ears()
    yield made
    made.let_go.set()


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def bridge(engine: Engine, ears: Ears, qtbot: QtBot) -> Iterator[SyncBridge]:
    bridge = SyncBridge(lambda _bridge: (engine, ears))  # type: ignore[arg-type,return-value]
    bridge.start()
    qtbot.waitUntil(lambda: len(ears.counted) == 1 and engine.looks == 1)
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
    # The network is the same: how fast it goes need not be measured anew.
    assert (engine.tried_now, engine.network_changes) == (1, 0)


def test_what_listening_hears_wakes_deliveries(
    bridge: SyncBridge, engine: Engine, qtbot: QtBot
) -> None:
    bridge.desk_is_back()

    qtbot.waitUntil(lambda: engine.looks == 2)
    assert (engine.answers, engine.tried_now) == (1, 0)


def test_what_is_decided_about_sending_holds_from_the_next_look(
    bridge: SyncBridge, engine: Engine, qtbot: QtBot
) -> None:
    bridge.set_policy(SendPolicy(paused=True))

    qtbot.waitUntil(lambda: engine.looks == 2)
    assert engine.policies == [SendPolicy(paused=True)]


def test_what_is_decided_before_there_is_an_engine_is_not_lost(
    engine: Engine, ears: Ears, qtbot: QtBot
) -> None:
    bridge = SyncBridge(lambda _bridge: (engine, ears))  # type: ignore[arg-type,return-value]
    bridge.set_policy(SendPolicy(bytes_a_second=2_000))
    bridge.start()
    qtbot.waitUntil(lambda: engine.looks == 1)
    bridge.close()
    assert engine.policies == [SendPolicy(bytes_a_second=2_000)]


def test_a_network_that_is_paid_by_the_byte_is_told(
    bridge: SyncBridge, engine: Engine, qtbot: QtBot
) -> None:
    bridge._metered_changed(True)

    qtbot.waitUntil(lambda: engine.looks == 2)
    assert engine.metered == [False, True]


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

    qtbot.waitUntil(lambda: engine.looks == 2)
    assert engine.network_changes == 1


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
    qtbot.waitUntil(lambda: engine.looks == 3)


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
    qtbot.waitUntil(lambda: engine.looks == 3)


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


def test_closing_ends_the_threads(bridge: SyncBridge, engine: Engine) -> None:
    bridge.close()

    assert engine.stopped
    assert not bridge._thread.is_alive()
    assert bridge._ear is not None
    for thread in bridge._ear._threads:
        thread.join(10)
        assert not thread.is_alive()


def test_closing_does_not_wait_for_a_held_call(
    bridge: SyncBridge, ears: Ears, qtbot: QtBot
) -> None:
    ears.hold = True
    bridge.desk_answers()
    qtbot.waitUntil(lambda: ears.held == 1)

    bridge.close()

    assert bridge._ear is not None
    (thread,) = bridge._ear._threads
    assert thread.is_alive()
    assert thread.daemon
    ears.let_go.set()
    thread.join(10)
    assert ears.counted == [True, False]  # what came after the end is not looked at


def test_deliveries_never_wait_for_a_held_call(
    bridge: SyncBridge, engine: Engine, ears: Ears, qtbot: QtBot
) -> None:
    ears.hold = True
    bridge.desk_answers()
    qtbot.waitUntil(lambda: ears.held == 1)
    bridge.wake()
    qtbot.waitUntil(lambda: engine.looks == 2)
    assert ears.calls == 2


def test_a_call_that_hangs_in_another_network_is_given_up(
    bridge: SyncBridge, ears: Ears, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening_loop, "GRACE", 0.0)
    ears.hold = True
    bridge.desk_answers()
    qtbot.waitUntil(lambda: ears.held == 1)
    for given_up in range(1, 8):
        bridge.send_now()
        expected = min(given_up, listening_loop.MOST_GIVEN_UP) + 1
        qtbot.waitUntil(lambda expected=expected: ears.held == expected)
    ears.hold = False
    ears.let_go.set()
    qtbot.waitUntil(lambda: ears.counted.count(False) == 3 and ears.counted.count(True) > 1)
    assert ears.forgotten >= 3


def test_a_call_that_has_just_begun_is_not_given_up(
    bridge: SyncBridge, ears: Ears, qtbot: QtBot
) -> None:
    ears.hold = True
    bridge.desk_answers()
    qtbot.waitUntil(lambda: ears.held == 1)
    bridge.send_now()
    bridge.send_now()
    ears.hold = False
    ears.let_go.set()
    qtbot.waitUntil(lambda: ears.forgotten == 1)
    assert ears.held == 1
    assert ears.counted[:2] == [True, True]


def test_a_bug_in_listening_is_told_and_it_goes_on(
    bridge: SyncBridge, ears: Ears, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    for fault, logged in ((StoreFull(), False), (ZeroDivisionError(), True)):
        caplog.clear()
        ears.fault = fault
        with qtbot.waitSignal(bridge.failed) as told:
            bridge.desk_answers()
        assert told.args[0] is fault
        assert ("stopped with a bug" in caplog.text) is logged
    ears.fault = None
    bridge.desk_answers()
    qtbot.waitUntil(lambda: len(ears.counted) == 2)


def test_when_a_delivery_finds_the_desk_the_listening_asks_at_once(
    bridge: SyncBridge, ears: Ears, qtbot: QtBot
) -> None:
    bridge.listener.connection_changed(False, "why")
    bridge.listener.connection_changed(True, "")
    qtbot.waitUntil(lambda: ears.calls == 2)


def test_closing_does_not_wait_for_a_dead_network(engine: Engine, ears: Ears, qtbot: QtBot) -> None:
    engine.hang = threading.Event()
    bridge = SyncBridge(lambda _bridge: (engine, ears))  # type: ignore[arg-type,return-value]
    bridge.start()
    qtbot.waitUntil(lambda: engine.looks == 1)

    bridge.close()

    assert bridge._thread.is_alive()
    assert bridge._thread.daemon  # it cannot keep the process
    engine.hang.set()
    bridge._thread.join(10)


def test_closing_before_the_start_is_allowed(engine: Engine, ears: Ears, qtbot: QtBot) -> None:
    SyncBridge(lambda _bridge: (engine, ears)).close()  # type: ignore[arg-type,return-value]

    assert engine.looks == 0

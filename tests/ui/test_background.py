"""Work leaves the UI thread and its results come back to it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.errors import NoConnection, StoreUnreadable
from reporterdesk.paths import drafts_file
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from reporterdesk.store.thread import StoreThread
from reporterdesk.ui.background import Background


@dataclass
class Seen:
    """What came back, and on which thread."""

    results: list[object] = field(default_factory=list)
    errors: list[object] = field(default_factory=list)
    threads: set[threading.Thread] = field(default_factory=set)

    def done(self, result: object) -> None:
        self.threads.add(threading.current_thread())
        self.results.append(result)

    def failed(self, error: object) -> None:
        self.threads.add(threading.current_thread())
        self.errors.append(error)


@pytest.fixture
def background(home: Path, qtbot: QtBot) -> Iterator[Background]:
    thread = StoreThread(lambda: open_store(home, clock=utc_now))
    background = Background(thread)
    yield background
    background.close()


def _set(key: str, value: str) -> object:
    def work(store: Store) -> str:
        store.state.set(key, value)
        return threading.current_thread().name

    return work


def test_the_stores_results_come_back_in_order_on_the_ui_thread(
    background: Background, qtbot: QtBot
) -> None:
    seen = Seen()

    for number in range(20):
        background.in_store(lambda _store, number=number: number, seen.done)

    assert seen.results == []
    qtbot.waitUntil(lambda: len(seen.results) == 20)
    assert seen.results == list(range(20))
    assert seen.threads == {threading.current_thread()}


def test_the_pool_does_not_run_on_the_ui_thread(background: Background, qtbot: QtBot) -> None:
    seen = Seen()

    background.in_pool(threading.current_thread, seen.done)

    qtbot.waitUntil(lambda: bool(seen.results))
    assert seen.results != [threading.current_thread()]
    assert seen.threads == {threading.current_thread()}


def test_a_slow_call_in_the_pool_does_not_hold_up_the_store(
    background: Background, qtbot: QtBot
) -> None:
    seen, release = Seen(), threading.Event()
    background.in_pool(lambda: release.wait(30), seen.done)

    background.in_store(lambda _store: "stored", seen.done)

    qtbot.waitUntil(lambda: seen.results == ["stored"])
    release.set()
    qtbot.waitUntil(lambda: seen.results == ["stored", True])


def test_dead_network_calls_do_not_hold_up_pictures(background: Background, qtbot: QtBot) -> None:
    seen, release = Seen(), threading.Event()
    for _ in range(8):
        background.in_pool(lambda: release.wait(30), Seen().done)

    background.in_images(threading.current_thread, seen.done)
    background.in_images(threading.current_thread, seen.done)

    qtbot.waitUntil(lambda: len(seen.results) == 2)
    assert len(set(seen.results)) == 1
    assert threading.current_thread() not in seen.results
    release.set()


def test_a_known_error_goes_to_who_asked(background: Background, qtbot: QtBot) -> None:
    seen = Seen()
    error = NoConnection()

    def fails() -> None:
        raise error

    background.in_pool(fails, seen.done, seen.failed)

    qtbot.waitUntil(lambda: bool(seen.errors))
    assert seen.errors == [error]
    assert seen.threads == {threading.current_thread()}


def test_a_known_error_that_nobody_takes_is_told(background: Background, qtbot: QtBot) -> None:
    def fails() -> None:
        raise NoConnection

    with qtbot.waitSignal(background.known_error) as told:
        background.in_pool(fails, Seen().done)

    assert isinstance(told.args[0], NoConnection)


def test_a_bug_is_told_and_who_asked_learns_of_it_too(background: Background, qtbot: QtBot) -> None:
    seen = Seen()

    with qtbot.waitSignal(background.unexpected_error) as told:
        background.in_store(lambda _store: 1 / 0, seen.done, seen.failed)

    qtbot.waitUntil(lambda: bool(seen.errors))
    assert isinstance(told.args[0], ZeroDivisionError)
    assert seen.results == []


def test_a_bug_does_not_stop_the_next_call(background: Background, qtbot: QtBot) -> None:
    seen = Seen()
    background.in_store(lambda _store: 1 / 0, seen.done, seen.failed)

    background.in_store(lambda _store: "next", seen.done, seen.failed)

    qtbot.waitUntil(lambda: seen.results == ["next"])


def test_a_store_that_cannot_be_opened_is_told_to_each_who_asks(home: Path, qtbot: QtBot) -> None:
    drafts_file(home).write_bytes(b"this is no database, but a long enough text" * 100)
    background = Background(StoreThread(lambda: open_store(home, clock=utc_now)))
    seen = Seen()

    for _ in range(2):
        background.in_store(lambda _store: None, seen.done, seen.failed)

    qtbot.waitUntil(lambda: len(seen.errors) == 2)
    assert all(isinstance(error, StoreUnreadable) for error in seen.errors)
    background.close()


def test_closing_finishes_what_the_store_was_given(home: Path, qtbot: QtBot) -> None:
    background = Background(StoreThread(lambda: open_store(home, clock=utc_now)))
    seen = Seen()
    for number in range(50):
        background.in_store(_set("number", str(number)), seen.done)

    background.close()

    store = open_store(home, clock=utc_now)
    assert store.state.get("number") == "49"
    store.close()
    qtbot.wait(1)
    assert seen.results == []  # the window is gone: nobody is told any more


def test_closing_does_not_wait_for_the_network(home: Path, qtbot: QtBot) -> None:
    background = Background(StoreThread(lambda: open_store(home, clock=utc_now)))
    release, seen = threading.Event(), Seen()
    background.in_pool(lambda: release.wait(60), seen.done)

    background.close()

    assert not release.is_set()
    release.set()


def test_after_closing_nothing_is_begun_any_more(home: Path, qtbot: QtBot) -> None:
    background = Background(StoreThread(lambda: open_store(home, clock=utc_now)))
    background.close()
    seen = Seen()

    background.in_store(lambda _store: 1, seen.done, seen.failed)
    background.in_pool(lambda: 1, seen.done, seen.failed)

    qtbot.wait(1)
    assert (seen.results, seen.errors) == ([], [])

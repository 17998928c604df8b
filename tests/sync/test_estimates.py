"""The time that is left is told as things are sent, from what was measured, and no more is said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.errors import NoConnection
from reporterdesk.domain.sending import SendPolicy
from reporterdesk.publishing.memory import MemoryDesk
from reporterdesk.store.sending import Left
from reporterdesk.sync.estimating import TEXT_BYTES, estimated
from reporterdesk.sync.orders import Terms
from support.clocks import START
from support.laptop import Laptop
from support.road import SlowDesk, Watch


def line(
    report: str, size: int, rendition: str = "full", wanted: int = 0, *, allowed: bool = True
) -> Left:
    return Left(report, ord(report), rendition, wanted, size, allowed)


def seconds(lines: list[Left], rate: float | None = 100.0, **terms) -> dict[str, float]:
    """Return when each report is expected, in seconds from now."""
    found = estimated(lines, START, rate=rate, terms=Terms(**terms))
    return {name: (at - START).total_seconds() for name, at in found.reports.items()}


def test_previews_of_all_go_before_the_full_size_of_any() -> None:
    lines = [line("a", 900), line("b", 500), line("b", 50, "preview"), line("a", 50, "preview")]
    assert seconds(lines) == {"a": 10, "b": 15}
    assert list(seconds(lines)) == ["a", "b"]


def test_what_the_desk_asks_for_is_expected_first() -> None:
    lines = [line("a", 900), line("b", 500, wanted=2), line("c", 100, wanted=1), line("c", 300)]
    assert seconds(lines) == {"b": 6, "a": 15, "c": 18}
    assert list(seconds(lines)) == ["b", "a", "c"]


def test_a_waiting_text_goes_before_and_its_photos_at_their_turn() -> None:
    lines = [line("a", 1_000, ""), line("b", 500), line("c", 0, "")]
    texts = 2 * TEXT_BYTES
    assert seconds(lines) == {"a": (texts + 1_000) / 100, "b": (texts + 1_500) / 100}


def test_nothing_is_promised_that_is_not_known() -> None:
    lines = [line("a", 900)]
    assert seconds(lines, None) == {}
    assert seconds(lines, paused=True) == {}
    assert seconds(lines, photos=False) == {}
    assert estimated(lines, START, rate=None, terms=Terms()).bytes_left == 900


def test_a_report_of_which_something_is_held_back_has_no_time() -> None:
    lines = [line("a", 900), line("a", 100, allowed=False), line("b", 500)]
    assert seconds(lines, only=frozenset("x")) == {"b": 14}
    assert estimated(lines, START, rate=1.0, terms=Terms()).bytes_left == 1_500


def test_a_limit_counts_where_it_is_lower() -> None:
    assert seconds([line("a", 900)], bytes_a_second=10) == {"a": 90}
    assert seconds([line("a", 900)], bytes_a_second=1_000) == {"a": 9}


def slow_laptop(here: Laptop, desk: MemoryDesk) -> SlowDesk:
    slow = SlowDesk(desk, Watch(), here.clock)
    here.connector, here.stopwatch = slow, slow.watch
    return slow


def test_the_estimate_comes_true(here: Laptop, desk: MemoryDesk) -> None:
    slow = slow_laptop(here, desk)
    photos = [here.photo(f"{n}", preview=30_000, full=200_000) for n in range(4)]
    first, second = here.file("First", photos=photos[:2]), here.file("Second", photos=photos[2:])
    done = {}
    heard = here.heard.delivery_changed

    def note(delivery) -> None:
        heard(delivery)
        if delivery.photos_delivered == 2:
            done.setdefault(delivery.report_id, here.clock())

    here.heard.delivery_changed = note  # type: ignore[method-assign]
    began = here.clock()
    here.deliver()
    told = [each for each in here.heard.estimates if each.reports]
    whole = (done[second] - began).total_seconds()
    assert whole == pytest.approx(920_000 / slow.rate, rel=0.35)
    for each in told:
        passed = (each.at - began).total_seconds()
        for report_id, at in each.reports.items():
            left = (done[report_id] - each.at).total_seconds()
            assert (at - each.at).total_seconds() == pytest.approx(left, rel=0.25, abs=8), passed
        if len(each.reports) == 2:
            assert list(each.reports) == [first, second]
    assert [e.bytes_left for e in told] == sorted((e.bytes_left for e in told), reverse=True)
    assert here.heard.estimates[-1].bytes_left == 0
    assert here.heard.estimates[-1].reports == {}


def test_it_is_told_about_once_a_second_and_not_for_every_piece(
    here: Laptop, desk: MemoryDesk
) -> None:
    slow = slow_laptop(here, desk)
    slow.rate, slow.delay = 10e6, 0.01
    here.file(photos=15)
    began = slow.watch.now
    here.deliver()
    assert len(slow.pieces) == 30
    assert len(here.heard.estimates) <= slow.watch.now - began + 3


def test_a_clock_that_is_put_back_stops_no_estimate(here: Laptop, desk: MemoryDesk) -> None:
    slow = slow_laptop(here, desk)
    here.file(photos=[here.photo("large", full=200_000)])

    def put_back(call: str, done: bool) -> None:
        if call == "upload" and done and len(slow.pieces) == 2:
            here.clock.now -= timedelta(hours=1)

    desk.faults.hook = put_back
    here.deliver()
    assert len(here.heard.estimates) > 3


def test_while_nothing_waits_nothing_is_told(here: Laptop, desk: MemoryDesk) -> None:
    slow_laptop(here, desk)
    here.deliver()
    here.file(photos=1)
    here.deliver()
    told = len(here.heard.estimates)
    for _ in range(3):
        here.clock.turn(minutes=1)
        here.deliver()
    assert len(here.heard.estimates) == told


def test_while_everything_waits_no_time_is_promised(here: Laptop, desk: MemoryDesk) -> None:
    slow_laptop(here, desk)
    here.file(photos=[here.photo("large", full=200_000)])
    calls = 0

    def gone(_call: str, _done: bool) -> None:
        nonlocal calls
        calls += 1
        if calls > 12:
            raise NoConnection

    desk.faults.hook = gone
    assert here.deliver() is not None
    assert any(each.reports for each in here.heard.estimates)
    last = here.heard.estimates[-1]
    assert (last.reports, last.bytes_left > 0) == ({}, True)


def test_a_pause_takes_the_times_back(here: Laptop, desk: MemoryDesk) -> None:
    slow = slow_laptop(here, desk)
    report_id = here.file(photos=[here.photo("large", full=200_000)])

    def pause(call: str, _done: bool) -> None:
        if call == "upload" and len(slow.pieces) == 3:
            here.engine.set_policy(SendPolicy(paused=True))

    desk.faults.hook = pause
    here.deliver()
    assert here.delivery(report_id).state is DeliveryState.TEXT_DELIVERED
    last = here.heard.estimates[-1]
    assert last.reports == {}
    assert last.bytes_left > 0

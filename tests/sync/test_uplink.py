"""Pieces follow the link: about three seconds each, small at first, smaller after a cut."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporterdesk.sync.pace import Pace
from reporterdesk.sync.uplink import FIRST, GROWTH, LARGEST, SECONDS, SMALLEST, Uplink

RATES = st.floats(min_value=300, max_value=100e6)
DELAYS = st.floats(min_value=0, max_value=1.5)


@dataclass
class Road:
    """A link of ``rate`` bytes a second, on which every call takes ``delay`` seconds more."""

    rate: float
    delay: float = 0.0

    def seconds(self, size: int) -> float:
        return self.delay + size / self.rate

    def carry(self, uplink: Uplink, pieces: int) -> int:
        """Send so many pieces; return the size of the next."""
        for _ in range(pieces):
            size = uplink.piece_size()
            uplink.measured(size, self.seconds(size))
        return uplink.piece_size()


def test_nothing_is_known_at_first() -> None:
    uplink = Uplink()
    assert uplink.rate is None
    assert uplink.piece_size() == FIRST


@given(RATES, DELAYS)
def test_a_piece_takes_about_three_seconds(rate: float, delay: float) -> None:
    road = Road(rate, delay)
    size = road.carry(Uplink(), 40)
    if SMALLEST < size < LARGEST:
        assert road.seconds(size) == pytest.approx(SECONDS, rel=0.15)
    elif size == LARGEST:
        assert road.seconds(size) <= SECONDS * 1.15
    else:
        assert road.seconds(size) >= SECONDS * 0.85


@given(st.lists(st.tuples(st.integers(0, 10**9), st.floats(0, 1e6)) | st.none(), max_size=30))
def test_a_piece_has_its_bounds_whatever_is_measured(measured: list) -> None:
    uplink = Uplink()
    for each in measured:
        if each is None:
            uplink.cut()
        else:
            uplink.measured(*each)
        assert SMALLEST <= uplink.piece_size() <= LARGEST


def test_it_grows_quickly_and_by_steps() -> None:
    uplink, sizes = Uplink(), []
    for _ in range(6):
        sizes.append(uplink.piece_size())
        uplink.measured(sizes[-1], 0.05)
    assert all(new <= GROWTH * old for old, new in pairwise(sizes))
    assert sizes[-1] == LARGEST


@given(RATES, DELAYS)
def test_a_cut_makes_it_smaller_and_it_comes_back(rate: float, delay: float) -> None:
    uplink, road = Uplink(), Road(rate, delay)
    before = road.carry(uplink, 40)
    uplink.cut()
    assert uplink.piece_size() == max(before // 2, SMALLEST)
    assert road.carry(uplink, 4) == pytest.approx(before, rel=0.3)


def test_cuts_again_and_again_lead_to_the_smallest_pieces() -> None:
    uplink = Uplink()
    Road(1e6).carry(uplink, 10)
    for _ in range(12):
        uplink.cut()
    assert uplink.piece_size() == SMALLEST


def test_it_follows_a_link_that_becomes_slow() -> None:
    uplink = Uplink()
    Road(1e6).carry(uplink, 20)
    Road(8_000).carry(uplink, 4)
    assert uplink.rate == pytest.approx(8_000, rel=0.5)
    assert Road(8_000).seconds(uplink.piece_size()) < 3 * SECONDS


def test_it_follows_a_link_that_becomes_quick() -> None:
    uplink = Uplink()
    Road(8_000).carry(uplink, 20)
    Road(5e6).carry(uplink, 40)
    assert uplink.piece_size() > 1_000_000


def test_another_network_is_measured_anew() -> None:
    uplink = Uplink()
    Road(1e6).carry(uplink, 20)
    uplink.forget()
    assert (uplink.rate, uplink.piece_size()) == (None, FIRST)


def test_a_call_that_took_no_time_at_all_is_no_error() -> None:
    uplink = Uplink()
    uplink.measured(100, 0.0)
    uplink.measured(100, -5.0)
    assert uplink.rate is not None


class Watch:
    """A stopwatch that a test moves."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@given(
    st.integers(100, 10**7),
    st.lists(st.tuples(st.integers(1, LARGEST), st.floats(0, 100)), min_size=1, max_size=30),
)
def test_no_more_goes_than_is_allowed(cap: int, pieces: list[tuple[int, float]]) -> None:
    watch = Watch()
    pace, began, sent = Pace(watch), watch.now, 0
    pace.allow(cap)
    for size, pause in pieces:
        watch.now += pause + pace.wait()
        assert sent <= cap * (watch.now - began + 0.001) + 1
        allowed = pace.piece_size(size)
        pace.sending(allowed)
        sent += allowed
        assert pace.wait() <= max(SECONDS, SMALLEST / cap) + 1


def test_without_a_limit_nothing_waits() -> None:
    pace = Pace(Watch())
    pace.sending(10**9)
    assert (pace.wait(), pace.piece_size(LARGEST)) == (0, LARGEST)


def test_a_limit_that_is_lifted_holds_nothing_up() -> None:
    pace = Pace(Watch())
    pace.allow(100)
    pace.sending(100_000)
    assert pace.wait() == 1_000
    pace.allow(None)
    assert pace.wait() == 0

"""Pieces follow the link: about three seconds each, small at first, smaller after a cut."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporterdesk.store.outbox import Upload
from reporterdesk.sync.pace import Pace
from reporterdesk.sync.uplink import FIRST, GROWTH, LARGEST, SECONDS, SMALLEST, Uplink
from reporterdesk.sync.uploads import Uploads
from support.examples import examples

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
@examples(30, in_long=2_000)
def test_a_piece_takes_about_three_seconds(rate: float, delay: float) -> None:
    """Its answer's way counts, or comes on top, as far as that can be told."""
    road = Road(rate, delay)
    size = road.carry(Uplink(), 40)
    if size < LARGEST:
        assert road.seconds(size) >= SECONDS * 0.85
    if size > SMALLEST:
        assert road.seconds(size) <= (SECONDS + delay) * 1.15


@given(RATES, st.floats(0.2, 1.0), st.integers(0, 2**16))
@examples(30, in_long=2_000)
def test_the_delay_of_an_answer_does_not_make_pieces_small(
    rate: float, delay: float, seed: int
) -> None:
    """The last piece of a file is of any size, so that there is something to tell it from."""
    uplink, road, random = Uplink(), Road(rate, delay), Random(seed)
    for _ in range(60):
        size = uplink.piece_size()
        if random.random() < 0.2:
            size = max(int(size * random.uniform(0.2, 1.0)), 1)
        uplink.measured(size, road.seconds(size))
    if SMALLEST < uplink.piece_size() < LARGEST:
        assert uplink.piece_size() / rate >= (SECONDS - delay) * 0.95
        assert uplink.piece_size() / rate <= SECONDS * 1.1


@given(st.lists(st.tuples(st.integers(1, 10**6), st.floats(0.01, 100)), min_size=1, max_size=40))
@examples(30, in_long=2_000)
def test_jitter_makes_no_piece_much_larger_than_what_was_measured(measured: list) -> None:
    uplink = Uplink()
    for sent, seconds in measured:
        uplink.measured(sent, seconds)
    rate = uplink.rate
    assert rate is not None
    assert uplink.piece_size() <= max(rate * SECONDS * 1.5, SMALLEST)


@given(st.lists(st.tuples(st.integers(0, 10**9), st.floats(0, 1e6)) | st.none(), max_size=30))
@examples(30, in_long=2_000)
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
@examples(30, in_long=2_000)
def test_a_cut_makes_it_smaller_and_it_comes_back(rate: float, delay: float) -> None:
    uplink, road = Uplink(), Road(rate, delay)
    before = road.carry(uplink, 40)
    uplink.cut()
    assert uplink.piece_size() == max(before // 2, SMALLEST)
    # Pieces of two sizes tell what of their time is delay, so it may be larger than before.
    assert 0.7 * before <= road.carry(uplink, 4) <= 1.6 * before


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
@examples(30, in_long=2_000)
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


@given(st.integers(1, 10**8), st.integers(SMALLEST, LARGEST))
@examples(30, in_long=2_000)
def test_a_file_is_cut_into_equal_pieces(size: int, about: int) -> None:
    uploads, pieces, offset = Uploads(nothing, Uplink(), Watch()), [], 0
    while offset < size:
        upload = Upload("0" * 64, "full", "/u", offset, size)
        pieces.append(uploads.next_piece(upload, about))
        offset += pieces[-1]
    assert offset == size
    assert all(min(SMALLEST, size) <= piece <= LARGEST for piece in pieces[:-1])
    assert all(piece <= 1.5 * about + 1 for piece in pieces)
    if about > 2 * SMALLEST and size > 2 * about and about < LARGEST / 1.5:
        assert min(pieces) >= 0.6 * about


def nothing(*_: object) -> bytes:
    return b""

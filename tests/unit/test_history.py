"""Which moments of a history go with age, and which stay whatever happens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reporterdesk.domain.history import LASTING, SnapshotInfo, SnapshotReason, crowded

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
EDITED, FILED = SnapshotReason.EDITED, SnapshotReason.FILED


def moments(*ages: timedelta, reason: SnapshotReason = EDITED) -> list[SnapshotInfo]:
    """Return moments so long before noon, numbered in this order."""
    return [SnapshotInfo(n, NOON - age, reason) for n, age in enumerate(ages, 1)]


def every(step: timedelta, oldest: timedelta) -> list[SnapshotInfo]:
    """Return moments in even steps up to noon."""
    return moments(*(oldest - step * n for n in range(oldest // step + 1)))


def left(history: list[SnapshotInfo], now: datetime = NOON) -> list[SnapshotInfo]:
    """Return the moments that stay."""
    gone = set(crowded(history, now))
    return [moment for moment in history if moment.number not in gone]


def test_how_many_stay_of_each_age() -> None:
    step = timedelta(minutes=3)
    ages = [NOON - moment.taken_at for moment in left(every(step, timedelta(days=10)))]
    bands = [timedelta(0), *(timedelta(hours=h) for h in (1, 24, 7 * 24, 10 * 24))]
    counts = [sum(low < age <= high for age in ages) for low, high in pairwise(bands)]
    assert ages[-1] == timedelta(0)
    assert counts == [20, 23 * 6, 6 * 24, 3]


def test_years_become_months() -> None:
    history = every(timedelta(hours=12), timedelta(days=1000))
    assert len(left(history)) <= 1000 / 30 + 90 + 7 * 2 + 2


def test_the_newest_stays_however_old_it_is() -> None:
    history = every(timedelta(minutes=1), timedelta(hours=1))
    assert left(history, NOON + timedelta(days=10_000)) == history[-1:]
    assert crowded([], NOON) == ()
    assert crowded(history[:1], NOON) == ()


def test_filed_and_returned_ones_stay() -> None:
    for reason in LASTING:
        history = moments(*(timedelta(days=900, seconds=-n) for n in range(9)), reason=reason)
        assert crowded(history, NOON) == ()


def test_a_clock_that_goes_back_an_hour_takes_nothing_with_it() -> None:
    """The same minutes come twice; the second time does not push out the first."""
    once = [timedelta(hours=5, minutes=-n) for n in range(0, 60, 10)]
    history = moments(*once, *once)
    assert crowded(history, NOON) == ()
    # A clock that was wrong: moments of the future stay until their time has come.
    assert crowded(history, NOON - timedelta(days=365)) == ()


_ages = st.integers(-(10**6), 10**9).map(lambda seconds: timedelta(seconds=seconds))
_histories = st.lists(st.tuples(_ages, st.sampled_from(SnapshotReason)), max_size=40).map(
    lambda made: [SnapshotInfo(n, NOON - age, why) for n, (age, why) in enumerate(made, 1)]
)


@given(history=_histories, later=_ages)
def test_whatever_the_clock_said(history: list[SnapshotInfo], later: timedelta) -> None:
    stay = left(history, NOON + later)
    assert stay[-1:] == history[-1:]
    assert [m for m in stay if m.reason in LASTING] == [m for m in history if m.reason in LASTING]
    assert set(stay) <= set(history)
    recent = [m for m in history if NOON + later - m.taken_at <= timedelta(hours=1)]
    assert set(recent) <= set(stay)


@given(history=_histories)
def test_thinning_often_leaves_what_thinning_once_leaves_or_more(
    history: list[SnapshotInfo],
) -> None:
    """Spacings divide each other: what was kept for ten minutes stands for its hour, too."""
    in_order = sorted(history, key=lambda moment: moment.taken_at)
    renumbered = [SnapshotInfo(n, m.taken_at, m.reason) for n, m in enumerate(in_order, 1)]
    at_last = NOON + timedelta(days=400)
    often = renumbered
    for day in range(0, 401, 40):
        often = left(often, NOON + timedelta(days=day))
    assert often == left(renumbered, at_last)

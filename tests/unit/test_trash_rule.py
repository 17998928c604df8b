"""When the trash is emptied by itself: thirty days that have really passed, whatever the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from reporterdesk.domain.trash import KEPT, deleted_from, looked_at

START = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


class Laptop:
    """One report in the trash, the true time, and a clock that may be wrong by some time."""

    def __init__(self) -> None:
        self.true = START
        self.wrong_by = timedelta()
        self.noted = START
        self.trashed_at = START

    def start_after(self, true: timedelta, *, leap: timedelta = timedelta()) -> bool:
        """Let time pass, set the clock by ``leap``, start; tell whether the report is deleted."""
        self.true += true
        self.wrong_by += leap
        self.noted, moved = looked_at(self.noted, self.true + self.wrong_by)
        self.trashed_at += moved
        return deleted_from(self.trashed_at) <= self.noted


def days_until_deleted(laptop: Laptop, every: timedelta) -> int:
    for _ in range(1000):
        if laptop.start_after(every):
            return (laptop.true - START).days
    raise AssertionError("It is never deleted.")


def test_used_every_day_or_once_a_week_it_goes_after_a_month() -> None:
    assert days_until_deleted(Laptop(), DAY) == 31
    assert days_until_deleted(Laptop(), 7 * DAY) == 35


def test_used_now_and_then_it_goes_later_but_it_goes() -> None:
    assert days_until_deleted(Laptop(), 20 * DAY) == 31 * 20


def test_a_clock_set_forward_by_a_year_takes_nothing_from_the_thirty_days() -> None:
    laptop = Laptop()
    assert not laptop.start_after(DAY, leap=365 * DAY)
    assert not laptop.start_after(timedelta(minutes=5))
    assert days_until_deleted(laptop, DAY) >= 30


def test_forward_and_back_again_at_once() -> None:
    laptop = Laptop()
    assert not laptop.start_after(DAY, leap=365 * DAY)
    assert not laptop.start_after(timedelta(minutes=5), leap=-365 * DAY)
    assert 30 <= days_until_deleted(laptop, DAY) <= 32


def test_a_flat_battery_puts_the_clock_back_to_1970_for_a_while() -> None:
    laptop = Laptop()
    for leap in (-20_000 * DAY, 20_000 * DAY):
        assert not laptop.start_after(DAY, leap=leap)
    assert 30 <= days_until_deleted(laptop, DAY) <= 33


def test_hours_back_and_forth_add_nothing() -> None:
    laptop = Laptop()
    day, gone = 0, False
    while not gone:
        day += 1
        gone = laptop.start_after(DAY, leap=timedelta(hours=5 if day % 2 else -5))
    assert day in {31, 32}


@given(
    some.lists(
        some.tuples(some.integers(0, 40 * 24), some.sampled_from([0, 0, 0, 0, 0, 0, 1, -1])),
        max_size=120,
    ),
    some.integers(9, 5000),
)
def test_one_mistake_in_either_direction_never_costs_a_report_its_thirty_days(
    starts: list[tuple[int, int]], days: int
) -> None:
    laptop, mistakes = Laptop(), 0
    for hours, sign in starts:
        forward = sign > 0 and mistakes == 0
        mistakes += forward
        leap = days * DAY if forward else timedelta(hours=-5) if sign < 0 else timedelta()
        if laptop.start_after(timedelta(hours=hours), leap=leap):
            assert laptop.true - START >= KEPT
            return

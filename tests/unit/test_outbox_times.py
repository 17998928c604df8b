"""When something will have arrived: rounded honestly, in the laptop's time zone, and steady."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from reporterdesk.ui.outbox.times import expected_words, received_words, steadied

NOW = datetime(2026, 3, 14, 20, 31, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Write times as Britain does, an hour ahead of UTC."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    monkeypatch.setenv("TZ", "Etc/GMT-1")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(seconds=-5), "in less than a minute"),
        (timedelta(seconds=59), "in less than a minute"),
        (timedelta(seconds=60), "in about a minute"),
        (timedelta(seconds=61), "in about 2 minutes"),
        (timedelta(minutes=9, seconds=1), "in about 10 minutes"),
        (timedelta(minutes=11), "by about 21:43"),
        (timedelta(minutes=62), "by about 22:35"),
        (timedelta(hours=3, minutes=20), "by about 01:00 tomorrow"),
        (timedelta(hours=12), "by about 09:45 tomorrow"),
        (timedelta(hours=40), "by about 14:00 on Monday"),
        (timedelta(days=12), "in about 12 days"),
    ],
)
def test_the_farther_away_the_rounder(left: timedelta, words: str) -> None:
    assert expected_words(NOW + left, NOW) == words


def test_times_are_those_of_the_laptops_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Kathmandu")  # five hours and three quarters
    time.tzset()
    assert expected_words(NOW + timedelta(minutes=29), NOW) == "by about 02:46"
    assert received_words(NOW - timedelta(hours=2, minutes=30), NOW) == "yesterday, 23:46"


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(minutes=28), "21:03"),
        (timedelta(hours=22), "yesterday, 23:31"),
        (timedelta(days=3), "11 Mar, 21:31"),
        (timedelta(minutes=-3), "21:34"),  # a server whose clock is ahead
    ],
)
def test_what_has_arrived_has_its_time(ago: timedelta, words: str) -> None:
    assert received_words(NOW - ago, NOW) == words


def test_the_day_on_which_the_clocks_change_is_no_hour_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Rome")
    time.tzset()
    night = datetime(2026, 3, 29, 0, 40, tzinfo=UTC)  # 01:40; at two o'clock it is three
    assert expected_words(night + timedelta(minutes=40), night) == "by about 03:20"


def test_a_little_more_or_less_is_not_shown() -> None:
    shown = NOW + timedelta(minutes=30)
    for seconds in (-160, -20, 0, 20, 170):
        assert steadied(shown, shown + timedelta(seconds=seconds), NOW) == shown


def test_a_great_change_is_taken_in_steps_and_arrives() -> None:
    shown, expected = NOW + timedelta(minutes=10), NOW + timedelta(hours=2)
    steps = [shown]
    for _ in range(8):
        steps.append(steadied(steps[-1], expected, NOW))
    assert steps == sorted(steps)
    assert steps[1] - steps[0] < (expected - shown) * 0.6
    assert abs(steps[-1] - expected) <= (expected - NOW) / 10


def test_what_has_passed_counts_for_nothing() -> None:
    expected = NOW + timedelta(minutes=5)
    assert steadied(None, expected, NOW) == expected
    assert steadied(NOW - timedelta(seconds=1), expected, NOW) == expected


seconds = st.floats(1, 200_000)


@given(seconds, st.lists(seconds, min_size=1, max_size=30))
def test_it_stays_between_what_was_shown_and_what_is_expected(
    first: float, then: list[float]
) -> None:
    shown = NOW + timedelta(seconds=first)
    for each in then:
        expected = NOW + timedelta(seconds=each)
        after = steadied(shown, expected, NOW)
        assert min(shown, expected) <= after <= max(shown, expected)
        shown = after


@given(st.floats(0, 900_000))
def test_no_words_promise_an_earlier_moment(left: float) -> None:
    words = expected_words(NOW + timedelta(seconds=left), NOW)
    if words.startswith("in about") and "minutes" in words:
        assert int(words.split()[2]) * 60 >= left - 0.001
    elif words.startswith("by about") and " " not in words.removeprefix("by about "):
        hours, minutes = map(int, words.removeprefix("by about ").split(":"))
        said = NOW.astimezone().replace(hour=hours, minute=minutes, second=0, microsecond=0)
        assert said.timestamp() >= NOW.timestamp() + left - 0.001

"""Moments are read one at a time, and only the latest wish is fulfilled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.errors import ReportNotFound
from reporterdesk.domain.history import SnapshotInfo, SnapshotReason
from reporterdesk.ui.drafts import Draft
from reporterdesk.ui.history.reading import HistoryReader, Look, Seen
from support.contents import ready_content

NOW = ready_content("Now")


class HeldBackground:
    """Keeps what is asked for until a test lets it happen."""

    def __init__(self) -> None:
        self.store: list[tuple[Any, Callable[[Any], None], Callable[[Any], None]]] = []
        self.pool: list[tuple[Any, Callable[[Any], None], Callable[[Any], None]]] = []

    def in_store(self, fn: Any, done: Callable[[Any], None], failed: Any = None) -> None:
        self.store.append((fn, done, failed))

    def in_pool(self, fn: Any, done: Callable[[Any], None], failed: Any = None) -> None:
        self.pool.append((fn, done, failed))

    def read(self) -> int:
        """Let the store answer its oldest question; return which moment it was asked for."""
        fn, done, _ = self.store.pop(0)
        done(replace(NOW, headline=f"Moment {fn.number}"))
        return int(fn.number)

    def compare(self) -> None:
        """Let the pool end its oldest work."""
        fn, done, _ = self.pool.pop(0)
        done(fn())


@pytest.fixture
def held() -> HeldBackground:
    return HeldBackground()


@pytest.fixture
def seen() -> list[Seen]:
    return []


@pytest.fixture
def reader(held: HeldBackground, seen: list[Seen]) -> HistoryReader:
    made = HistoryReader(held)
    made.seen.connect(seen.append)
    return made


def _look(number: int) -> Look:
    at = utc_now() + timedelta(minutes=number)
    return Look("r", SnapshotInfo(number, at, SnapshotReason.EDITED), Draft(NOW))


def test_a_fast_slider_shows_only_where_it_came_to_rest(
    reader: HistoryReader, held: HeldBackground, seen: list[Seen]
) -> None:
    for number in range(1, 100):
        reader.look(_look(number))
    assert len(held.store) == 1, "saving does not wait behind a hundred readings"
    assert held.read() == 1
    assert held.pool == [], "what nobody waits for is not compared"
    assert held.read() == 99
    held.compare()
    assert [each.look.moment.number for each in seen] == [99]
    assert seen[0].then.headline == "Moment 99"
    assert not held.store


def test_a_wish_while_comparing_is_fulfilled_next(
    reader: HistoryReader, held: HeldBackground, seen: list[Seen]
) -> None:
    reader.look(_look(1))
    held.read()
    reader.look(_look(2))
    held.compare()
    assert seen == []
    held.read()
    held.compare()
    assert [each.look.moment.number for each in seen] == [2]


def test_a_moment_is_not_read_twice(
    reader: HistoryReader, held: HeldBackground, seen: list[Seen]
) -> None:
    for number in (1, 2, 1):
        reader.look(_look(number))
        if held.store:
            held.read()
        held.compare()
    assert [each.look.moment.number for each in seen] == [1, 2, 1]
    assert not held.store


def test_a_failure_is_told_of_the_latest_wish_only(
    reader: HistoryReader, held: HeldBackground, seen: list[Seen]
) -> None:
    told: list[object] = []
    reader.failed.connect(lambda _report_id, error: told.append(error))
    reader.look(_look(1))
    reader.look(_look(2))
    gone = ReportNotFound("This moment is not kept any more.")
    held.store.pop(0)[2](gone)
    assert told == []
    held.store.pop(0)[2](gone)
    assert told == [gone]
    reader.look(_look(3))
    held.read()
    held.compare()
    assert [each.look.moment.number for each in seen] == [3], "and the next one is read"


def test_nothing_comes_after_it_was_left(
    reader: HistoryReader, held: HeldBackground, seen: list[Seen]
) -> None:
    reader.look(_look(1))
    reader.forget()
    held.read()
    assert not held.pool
    reader.look(_look(2))
    held.read()
    reader.forget()
    held.compare()
    assert seen == []
    reader.look(_look(1))
    assert held.read() == 1, "no text is kept"

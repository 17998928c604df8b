"""Errands: written down before they are sent, taken back only while they cannot have arrived."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reporterdesk.domain.errands import Errand, ErrandKind, ErrandState
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import Action, Status
from reporterdesk.store.backup_list import newest_good_backup
from reporterdesk.store.backups import back_up
from reporterdesk.store.driver import connect
from reporterdesk.store.errands import Errands
from reporterdesk.store.opening import open_store
from reporterdesk.store.rebuilding import rebuild_drafts
from reporterdesk.store.restoring import restore_backup
from reporterdesk.store.schema import open_drafts
from reporterdesk.store.store import Store
from support.clocks import HandClock

ME = "https://desk.example p1"
WAITING, ATTEMPTING = ErrandState.WAITING, ErrandState.ATTEMPTING


def wanted(clock: HandClock, report_id: str = "r1", **more: object) -> Errand:
    """Return a decision on a report."""
    made = Errand(
        new_id(), ME, report_id, "v1", ErrandKind.DECISION, clock(), "Rafts", Action.SPIKE
    )
    return replace(made, **more)  # type: ignore[arg-type]


def test_an_errand_comes_back_as_it_was_added(store: Store, clock: HandClock) -> None:
    at = datetime(2026, 3, 15, 7, 30, tzinfo=UTC)
    decision = wanted(clock, action=Action.SCHEDULE, note="Für „morgen“.", publish_at=at)
    note = wanted(clock, kind=ErrandKind.COMMENT, action=None, note="Who?", block=3)
    for errand in (decision, note, decision):
        store.errands.add(errand)
    assert store.errands.of_account(ME) == (decision, note)
    assert store.errands.of_report(ME, "r1") == (decision, note)
    assert store.errands.of_account("https://desk.example p2") == ()
    assert store.errands.get(new_id()) is None


def test_those_for_one_report_keep_their_order(store: Store, clock: HandClock) -> None:
    first, second, other = wanted(clock), wanted(clock), wanted(clock, "r2")
    for errand in (first, second, other):
        store.errands.add(errand)
    assert store.errands.next_of_each_report(ME) == (first, other)
    assert store.errands.report_ids() == {"r1", "r2"}
    at = clock() + timedelta(seconds=9)
    store.errands.put_back(first.id, WAITING, at, "No connection.")
    waiting, _ = store.errands.next_of_each_report(ME)
    assert waiting == replace(first, next_attempt_at=at, why="No connection.")
    store.errands.done(other.id)
    store.errands.retry_now(ME)
    assert [e.next_attempt_at for e in store.errands.next_of_each_report(ME)] == [None]
    store.errands.fail(first.id, ErrandState.TOO_LATE, "It was spiked.")
    assert store.errands.next_of_each_report(ME) == (second,)


def test_what_may_have_arrived_is_not_taken_back(store: Store, clock: HandClock) -> None:
    errand = wanted(clock)
    store.errands.add(errand)
    assert store.errands.begin(errand.id) == replace(errand, state=ATTEMPTING, attempts=1)
    assert store.errands.take_back(errand.id) is None
    store.errands.put_back(errand.id, ATTEMPTING, clock(), "The answer was lost.")
    assert store.errands.take_back(errand.id) is None
    store.errands.put_back(errand.id, WAITING, clock(), "There is no connection.")
    assert store.errands.take_back(errand.id) is not None
    assert store.errands.begin(errand.id) is None
    store.errands.put_back(errand.id, WAITING, clock(), "")
    assert store.errands.of_account(ME) == ()


@pytest.mark.parametrize("state", [ErrandState.TOO_LATE, ErrandState.REFUSED])
def test_a_no_stays_until_it_was_read(store: Store, clock: HandClock, state: ErrandState) -> None:
    errand = wanted(clock, note="Kept.")
    store.errands.add(errand)
    store.errands.dismiss(errand.id)
    assert store.errands.get(errand.id) == errand
    store.errands.fail(errand.id, state, "Jon Abara has returned it.")
    assert store.errands.begin(errand.id) is None
    assert store.errands.get(errand.id) == replace(
        errand, state=state, why="Jon Abara has returned it."
    )
    store.errands.dismiss(errand.id)
    assert store.errands.of_account(ME) == ()


def test_the_last_wish_for_photos_counts(store: Store, clock: HandClock) -> None:
    wish = ErrandKind.WANTED
    first = wanted(clock, kind=wish, action=None, photos=("p1",))
    others = wanted(clock, kind=wish, action=None, account="another", photos=("p9",))
    last = wanted(clock, kind=wish, action=None, photos=("p2", "p1"))
    for errand in (first, others, last):
        store.errands.add(errand)
    assert store.errands.of_account(ME) == (last,)
    assert store.errands.of_account("another") == (others,)


def test_what_comes_from_a_backup_is_not_sent_without_a_new_word(
    store: Store, clock: HandClock, home: Path
) -> None:
    kept, lost, taken_back = (wanted(clock, f"r{n}", note=f"Note {n}") for n in range(3))
    photos = wanted(clock, kind=ErrandKind.WANTED, action=None, photos=("p1",))
    for errand in (kept, lost, taken_back, photos):
        store.errands.add(errand)
    store.reports.add(Report(new_id(), ReportContent(), Status.DRAFT, clock(), clock()))
    back_up(home, None, clock())
    backup = newest_good_backup(home, None)
    assert backup is not None
    store.errands.take_back(taken_back.id)
    store.errands.done(photos.id)
    store.close()
    with closing(connect(home / "drafts.db", None)) as db:
        db.execute("UPDATE errands SET payload = '{' WHERE id = ?", (lost.id,))
    rebuilt = rebuild_drafts(home, None, backup)
    with closing(open_drafts(rebuilt.fresh)) as fresh:
        found = {errand.id: errand for errand in Errands(fresh).of_account(ME)}
    assert found[kept.id] == kept
    assert {found[e.id].state for e in (lost, taken_back)} == {ErrandState.REFUSED}
    assert found[lost.id].note == "Note 1"
    assert "may have been sent since, or taken back" in found[lost.id].why
    assert photos.id not in found


def test_a_restored_backup_decides_nothing_unasked(
    store: Store, clock: HandClock, home: Path
) -> None:
    store.reports.add(Report(new_id(), ReportContent(), Status.DRAFT, clock(), clock()))
    errand = wanted(clock, action=Action.PUBLISH)
    store.errands.add(errand)
    back_up(home, None, clock())
    store.errands.take_back(errand.id)
    store.close()
    backup = newest_good_backup(home, None)
    assert backup is not None
    restore_backup(home, None, backup, now=clock())
    again = open_store(home, clock=clock)
    try:
        assert again.errands.next_of_each_report(ME) == ()
        (held,) = again.errands.of_account(ME)
        assert (held.state, held.action) == (ErrandState.REFUSED, Action.PUBLISH)
    finally:
        again.close()

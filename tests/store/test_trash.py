"""The trash: thirty days, then for good; what the desk has or still waits for is not lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.errors import ReportNotFound, StoreFull, StoreUnreadable, TransitionRefused
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.places import Place
from reporterdesk.domain.receipt import Receipt
from reporterdesk.domain.report import Report
from reporterdesk.domain.review import Comment
from reporterdesk.domain.status import Status
from reporterdesk.store.opening import open_store
from reporterdesk.store.outbox import Upload
from reporterdesk.store.store import Store
from reporterdesk.workflow.drafting import restore_report, save_draft, trash_report
from reporterdesk.workflow.filing import file_report
from reporterdesk.workflow.trash import delete_for_good, empty_trash, tidy_up
from support.clocks import HandClock
from support.contents import photo_of, ready_content, with_body
from support.searching import found_ids


def tidy(store: Store, clock: HandClock) -> int:
    """Do what is done after a start, and return in how many steps."""
    return sum(1 for _ in tidy_up(store, clock=clock))


def start_for_days(store: Store, clock: HandClock, days: int) -> None:
    for _ in range(days):
        clock.turn(days=1)
        tidy(store, clock)


def write(store: Store, clock: HandClock, headline: str = "Thrown away", photos: int = 0) -> Report:
    pairs = [(b"preview %d of %s" % (n, headline.encode()), b"full %d" % n) for n in range(photos)]
    for data in (data for pair in pairs for data in pair):
        store.photos.put(data)
    content = ready_content(headline, *(photo_of(*pair) for pair in pairs))
    return save_draft(store, new_id(), content, clock=clock)


def everything_of(store: Store, clock: HandClock, state: DeliveryState) -> Report:
    """Return a filed report of which there is something in every table."""
    report = write(store, clock, "Filed and thrown away", photos=2)
    delivery = file_report(store, report.id, clock=clock)
    store.snapshots.take(report.id, report.content, SnapshotReason.FILED, clock())
    store.snapshots.take(
        report.id, with_body(report.content, "Later.\n"), SnapshotReason.EDITED, clock()
    )
    store.outbox.set_uploads(report.id, [Upload("ab" * 32, "full", "/v1/uploads/x", 0, 9)])
    store.outbox.update(replace(delivery, state=state))
    store.reports.set_standing(report.id, status=Status.PUBLISHED, revision_id=delivery.revision_id)
    store.desk.put_report(report.id, json.dumps({"id": report.id}), clock())
    note = Comment(new_id(), report.id, delivery.revision_id, None, "Good.", "Jon Abara", clock())
    store.desk.set_notes(report.id, (note,))
    store.receipts.put(Receipt(report.id, delivery.revision_id, "ab" * 32, clock()))
    return report


def rows_of(store: Store, report_id: str) -> dict[str, int]:
    tables = ("revisions", "snapshots", "outbox", "uploads", "receipts", "conflicts")
    tables += ("desk_reports", "desk_notes")
    counted = {
        table: store._drafts.value(
            text(f"SELECT count(*) FROM {table} WHERE report_id = :id"),  # noqa: S608
            {"id": report_id},
        )
        for table in tables
    }
    return {table: count for table, count in counted.items() if count}


@contextmanager
def opened(home: Path, clock: HandClock) -> Iterator[Store]:
    store = open_store(home, clock=clock)
    try:
        yield store
    finally:
        store.close()


def test_it_goes_after_thirty_days_and_not_before(store: Store, clock: HandClock) -> None:
    kept, thrown = write(store, clock, "Kept"), write(store, clock)
    trash_report(store, thrown.id, clock=clock)
    start_for_days(store, clock, 30)
    assert store.reports.counts()[Place.TRASH] == 1
    restore_report(store, thrown.id)
    trash_report(store, thrown.id, clock=clock)
    start_for_days(store, clock, 30)
    assert store.reports.get(thrown.id).trashed_at is not None
    start_for_days(store, clock, 1)
    assert store.reports.find(thrown.id) is None
    assert store.reports.get(kept.id) == kept
    assert found_ids(store, "thrown", Place.TRASH) == []


def test_a_clock_a_year_ahead_empties_nothing(store: Store, clock: HandClock) -> None:
    thrown = write(store, clock)
    trash_report(store, thrown.id, clock=clock)
    clock.turn(days=1)
    tidy(store, clock)
    clock.turn(days=365)
    tidy(store, clock)
    assert store.reports.find(thrown.id) is not None
    clock.turn(days=-365)
    tidy(store, clock)
    start_for_days(store, clock, 28)
    assert store.reports.find(thrown.id) is not None
    start_for_days(store, clock, 3)
    assert store.reports.find(thrown.id) is None


def test_thrown_away_while_the_clock_was_back(store: Store, clock: HandClock) -> None:
    tidy(store, clock)
    clock.turn(hours=-2)
    before = write(store, clock, "An hour before")
    trashed = trash_report(store, before.id, clock=clock)
    assert trashed.trashed_at == clock.now + timedelta(hours=2)
    clock.turn(days=-2000)
    long_before = write(store, clock, "Years before")
    assert trash_report(store, long_before.id, clock=clock).trashed_at == clock.now
    clock.turn(days=2000)
    start_for_days(store, clock, 29)
    assert store.reports.counts()[Place.TRASH] == 2
    start_for_days(store, clock, 3)
    assert store.reports.counts()[Place.TRASH] == 0


def test_what_an_older_release_threw_away_has_its_thirty_days_from_now(
    store: Store, clock: HandClock
) -> None:
    thrown = write(store, clock)
    store.reports.trash(thrown.id, clock.now - timedelta(days=400))
    start_for_days(store, clock, 31)
    assert store.reports.find(thrown.id) is not None
    start_for_days(store, clock, 1)
    assert store.reports.find(thrown.id) is None


@pytest.mark.parametrize("state", [s for s in DeliveryState if s is not DeliveryState.DELIVERED])
def test_what_is_on_its_way_is_never_deleted(
    store: Store, clock: HandClock, state: DeliveryState
) -> None:
    report = everything_of(store, clock, state)
    store.reports.trash(report.id, clock.now)
    start_for_days(store, clock, 40)
    assert store.trash.ids() == ()
    with pytest.raises(TransitionRefused, match="on its way"):
        delete_for_good(store, report.id)
    assert len(rows_of(store, report.id)) == 7


def test_nothing_of_it_is_left(home: Path, store: Store, clock: HandClock) -> None:
    report = everything_of(store, clock, DeliveryState.DELIVERED)
    trash_report(store, report.id, clock=clock)
    store.close()
    with opened(home, clock) as again:
        assert len(rows_of(again, report.id)) == 7
        assert delete_for_good(again, report.id) == report.id
        assert rows_of(again, report.id) == {}
        tidy(again, clock)
        assert not any(
            again.photos.has(rendition.sha256)
            for photo in report.content.photos
            for rendition in (photo.preview, photo.full)
        )
        again.check()
        assert again._drafts.rows(text("PRAGMA foreign_key_check")) == []
        with pytest.raises(ReportNotFound):
            delete_for_good(again, report.id)


def test_only_what_is_in_the_trash_is_deleted(store: Store, clock: HandClock) -> None:
    report = write(store, clock)
    with pytest.raises(TransitionRefused, match="Only what is in the trash"):
        delete_for_good(store, report.id)
    assert store.reports.get(report.id) == report


def test_emptying_leaves_what_came_since_and_what_was_restored(
    store: Store, clock: HandClock
) -> None:
    asked = [write(store, clock, f"Number {n}") for n in range(3)]
    for report in asked:
        trash_report(store, report.id, clock=clock)
    ids = store.trash.ids()
    late = write(store, clock, "Late")
    trash_report(store, late.id, clock=clock)
    restore_report(store, asked[1].id)
    assert set(empty_trash(store, ids)) == {asked[0].id, asked[2].id}
    assert store.reports.counts()[Place.TRASH] == 1
    assert store.reports.get(asked[1].id).trashed_at is None


def test_a_fault_in_the_middle_deletes_nothing(
    store: Store, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = everything_of(store, clock, DeliveryState.DELIVERED)
    trash_report(store, report.id, clock=clock)

    def full(_report_id: str) -> int:
        raise StoreFull

    monkeypatch.setattr(store.snapshots, "delete_of", full)
    with pytest.raises(StoreFull):
        delete_for_good(store, report.id)
    assert len(rows_of(store, report.id)) == 7
    assert store.reports.find(report.id) is not None


# -- the sweep of photo bytes -------------------------------------------------------------------


def test_nothing_is_read_where_nothing_came_or_went(
    home: Path, store: Store, clock: HandClock
) -> None:
    write(store, clock, "With a photo", photos=1)
    clock.turn(days=8)
    assert tidy(store, clock) > 1  # photos came, and nobody has looked for a week
    for _ in range(10):
        clock.turn(days=8)
        assert tidy(store, clock) == 1
    store.photos.put(b"put by an app that is killed before it saves")
    tidy(store, clock)
    store.photos.put(b"put by another one")
    clock.turn(days=6)
    assert tidy(store, clock) == 1
    store.close()
    clock.turn(days=1)
    with opened(home, clock) as again:
        assert tidy(again, clock) > 1
        assert len(again.photos.names()) == 2


def test_what_is_used_again_while_it_sweeps_stays(
    home: Path, store: Store, clock: HandClock
) -> None:
    used = write(store, clock, "With a photo", photos=1)
    photos = used.content.photos
    save_draft(store, used.id, replace(used.content, photos=()), clock=clock)
    for moment in store.snapshots.of_report(used.id):
        assert moment  # none of the moments is to keep the photo, as after many months
    store.snapshots.delete_of(used.id)
    store.close()
    clock.turn(days=8)
    with opened(home, clock) as again:
        steps = again.photo_sweep.steps(clock())
        sizes = photos[0].preview.sha256, photos[0].full.sha256
        for _ in range(3):
            if all(map(again.photos.has, sizes)):
                save_draft(again, used.id, used.content, clock=clock)  # an undo
            next(steps, None)
        assert sum(steps) == 0
        assert all(map(again.photos.has, sizes))


def test_a_sweep_that_was_killed_is_done_again(home: Path, store: Store, clock: HandClock) -> None:
    thrown = [write(store, clock, f"Number {n}", photos=2) for n in range(2)]
    for report in thrown:
        trash_report(store, report.id, clock=clock)
    store.close()
    with opened(home, clock) as again:
        delete_for_good(again, thrown[0].id)
        steps = again.photo_sweep.steps(clock())
        while next(steps) == 0:
            pass
        steps.close()  # one photo's bytes are gone, others not yet
    with opened(home, clock) as again:
        assert again.photo_sweep.due(clock())
        steps = again.photo_sweep.steps(clock())
        next(steps)
        delete_for_good(again, thrown[1].id)  # in the middle: its photos are seen as used
        list(steps)
        assert again.photo_sweep.due(clock())
        tidy(again, clock)
        assert again.photos.names() == ()
        assert not again.photo_sweep.due(clock())


def test_nothing_is_swept_where_a_text_is_damaged(
    home: Path, store: Store, clock: HandClock
) -> None:
    kept, thrown = write(store, clock, "Kept", photos=1), write(store, clock, photos=1)
    trash_report(store, thrown.id, clock=clock)
    delete_for_good(store, thrown.id)
    store._drafts.execute(text("UPDATE reports SET content = '{}' WHERE id = :id"), {"id": kept.id})
    store.close()
    with opened(home, clock) as again:
        with pytest.raises(StoreUnreadable, match="Nothing was changed"):
            tidy(again, clock)
        assert len(again.photos.names()) == 3  # one is that of both


def test_bytes_that_another_report_has_too_stay(home: Path, store: Store, clock: HandClock) -> None:
    thrown = write(store, clock, "One", photos=1)
    other = save_draft(store, new_id(), replace(thrown.content, headline="Two"), clock=clock)
    trash_report(store, thrown.id, clock=clock)
    store.close()
    with opened(home, clock) as again:
        delete_for_good(again, thrown.id)
        tidy(again, clock)
        assert again.photos.has(other.content.photos[0].full.sha256)
        trash_report(again, other.id, clock=clock)
        delete_for_good(again, other.id)
        tidy(again, clock)
        assert again.photos.names() == ()

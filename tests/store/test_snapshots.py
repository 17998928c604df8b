"""Moments of a report's text: kept exactly, never twice, readable when others are damaged."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import event, text

from reporterdesk.domain.errors import ReportNotFound, StoreFull, StoreUnreadable
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.store import snapshots as room
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from reporterdesk.workflow.drafting import save_draft
from support.any_content import contents
from support.clocks import HandClock
from support.contents import photo_of, ready_content, with_body
from support.histories import bodies, reasons, spoil, stored
from support.photo_uses import photo_names, sweep_photos

EDITED, FILED, OPENED = SnapshotReason.EDITED, SnapshotReason.FILED, SnapshotReason.OPENED


@pytest.fixture
def report(store: Store, clock: HandClock) -> Report:
    """Return a saved draft without a history."""
    return save_draft(store, new_id(), ready_content(), clock=clock)


def take(store: Store, clock: HandClock, report: Report, body: str) -> int:
    """Keep a body as a moment and return its number."""
    taken = store.snapshots.take(report.id, with_body(report.content, body), EDITED, clock())
    assert taken is not None
    return taken.number


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(content=contents)
def test_any_content_comes_back_as_it_was(
    store: Store, clock: HandClock, report: Report, content: ReportContent
) -> None:
    taken = store.snapshots.take(report.id, content, OPENED, clock())
    if taken is not None:
        assert store.snapshots.of_report(report.id)[-1] == taken
    newest = store.snapshots.of_report(report.id)[-1]
    assert store.snapshots.content(newest.number) == content


def test_moments_stand_in_order_each_with_its_report(
    store: Store, clock: HandClock, report: Report
) -> None:
    other = save_draft(store, new_id(), ready_content("Other"), clock=clock)
    assert store.snapshots.newest_at(report.id) is None
    first = take(store, clock, report, "One.\n")
    take(store, clock, other, "Elsewhere.\n")
    clock.turn(hours=-1)  # the clock is put back: the order stays
    second = take(store, clock, report, "Two.\n")
    moments = store.snapshots.of_report(report.id)
    assert [moment.number for moment in moments] == [first, second]
    assert moments[0].taken_at - moments[1].taken_at == timedelta(hours=1)
    assert store.snapshots.newest_at(report.id) == clock()
    assert bodies(store, report.id) == ["One.\n", "Two.\n"]


def test_the_same_again_is_not_kept(store: Store, clock: HandClock, report: Report) -> None:
    snapshots = store.snapshots
    assert snapshots.take(report.id, report.content, EDITED, clock()) is not None
    clock.turn(minutes=1)
    assert snapshots.take(report.id, report.content, OPENED, clock()) is None
    assert reasons(store, report.id) == [EDITED]
    # What is filed has to last, though the text was kept a moment before.
    filed = snapshots.take(report.id, report.content, FILED, clock())
    assert snapshots.of_report(report.id) == (filed,)
    assert filed is not None
    assert (filed.reason, filed.taken_at) == (FILED, clock())
    assert snapshots.take(report.id, report.content, FILED, clock()) is None
    # That the desk returned just this is worth a moment of its own.
    returned = snapshots.take(report.id, report.content, SnapshotReason.RETURNED, clock())
    assert snapshots.of_report(report.id) == (filed, returned)
    assert snapshots.take(report.id, report.content, EDITED, clock()) is None


def test_they_are_small_and_survive_a_restart(
    store: Store, clock: HandClock, report: Report, home: Path
) -> None:
    number = take(store, clock, report, "The same sentence again. " * 2_000)
    row = stored(store, number)
    assert len(row[-1]) < 2_000
    store.close()
    again = open_store(home, clock=clock)
    try:
        assert again.snapshots.content(number).body == "The same sentence again. " * 2_000
        assert again.snapshots.kept_at(report.id) == clock()
    finally:
        again.close()


def test_one_that_is_not_kept_any_more(store: Store, clock: HandClock, report: Report) -> None:
    number = take(store, clock, report, "One.\n")
    assert store.snapshots.delete_of(report.id) == 1
    assert store.snapshots.delete_of(report.id) == 0
    assert store.snapshots.of_report(report.id) == ()
    assert store.snapshots.kept_at(report.id) is None
    other = save_draft(store, new_id(), ready_content("Other"), clock=clock)
    assert take(store, clock, other, "Elsewhere.\n") > number  # the name is not given again
    with pytest.raises(ReportNotFound, match="not kept any more"):
        store.snapshots.content(number)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not compressed",
        "a text",
        7,
        zlib.compress(b"The beginning of a text")[:-3],
        zlib.compress(b"{}")[:-4],
        zlib.compress(b"no JSON"),
        zlib.compress(b"[]"),
        zlib.compress(b"\xff\xfe"),
        zlib.compress(b'{"photos": [{"id": 1}]}'),
        zlib.compress(b'{"event": {"kind": "unheard"}}'),
        zlib.compress(b"[" * 100_000),
    ],
    ids=lambda content: str(content)[:20],
)
def test_a_damaged_text_is_a_known_error_and_the_others_are_there(
    store: Store, clock: HandClock, report: Report, content: object
) -> None:
    numbers = [take(store, clock, report, f"{n}.\n") for n in range(3)]
    for number in numbers[1:]:
        spoil(store, number, "content", content)
        spoil(store, number, "photos", 1)
        with pytest.raises(StoreUnreadable, match="other moments are untouched"):
            store.snapshots.content(number)
    assert store.snapshots.content(numbers[0]).body == "0.\n"
    assert [moment.number for moment in store.snapshots.of_report(report.id)] == numbers
    assert photo_names(store) == set()
    assert sweep_photos(store) == 0
    # Not equal to what cannot be read: the text is kept anew.
    assert take(store, clock, report, "2.\n") > numbers[2]


def test_a_bomb_is_not_unfolded(
    store: Store, clock: HandClock, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "LARGEST", 10_000)
    number = take(store, clock, report, "A" * 20_000)
    with pytest.raises(StoreUnreadable):
        store.snapshots.content(number)


def test_damaged_columns(
    store: Store, clock: HandClock, report: Report, caplog: pytest.LogCaptureFixture
) -> None:
    numbers = [take(store, clock, report, f"{n}.\n") for n in range(4)]
    spoil(store, numbers[0], "reason", "of a later version")
    spoil(store, numbers[1], "taken_at", "yesterday")
    spoil(store, numbers[2], "taken_at", 2**62)
    with caplog.at_level(logging.WARNING):
        found = store.snapshots.of_report(report.id)
    assert [(moment.number, moment.reason) for moment in found] == [
        (numbers[0], EDITED),
        (numbers[3], EDITED),
    ]
    clock.turn(days=400)
    store.snapshots.thin(report.id, clock())
    assert store.snapshots.content(numbers[1]).body == "1.\n"
    spoil(store, numbers[3], "taken_at", "today")
    assert store.snapshots.newest_at(report.id) is None


def test_photos_of_moments_are_not_swept(store: Store, clock: HandClock, home: Path) -> None:
    photo = photo_of(b"preview", b"full")
    for data in (b"preview", b"full", b"nobody's"):
        store.photos.put(data)
    report = save_draft(store, new_id(), ready_content("With a photo", photo), clock=clock)
    store.snapshots.take(report.id, report.content, EDITED, clock())
    save_draft(store, report.id, replace(report.content, photos=()), clock=clock)
    store.close()
    again = open_store(home, clock=clock)
    try:
        assert sweep_photos(again) == 1
        assert again.photos.read(photo.full.sha256) == b"full"
        again.snapshots.delete_of(report.id)
        assert sweep_photos(again) == 2
    finally:
        again.close()


def test_photos_of_many_moments(store: Store, clock: HandClock, report: Report) -> None:
    photos = [photo_of(b"p%d" % n, b"f%d" % n) for n in range(230)]
    with store.transaction():
        for photo in photos:
            content = replace(report.content, photos=(photo,))
            store.snapshots.take(report.id, content, EDITED, clock())
    assert len(photo_names(store)) == 460


def test_old_moments_are_thinned(store: Store, clock: HandClock, report: Report) -> None:
    filed = store.snapshots.take(report.id, report.content, FILED, clock())
    for minute in range(30):
        clock.turn(minutes=1)
        take(store, clock, report, f"{minute}.\n")
    assert store.snapshots.thin(report.id, clock()) == 0
    clock.turn(hours=2)
    assert store.snapshots.thin(report.id, clock()) == 26  # three spells of ten minutes
    assert store.snapshots.thin(report.id, clock()) == 0
    assert filed in store.snapshots.of_report(report.id)
    assert bodies(store, report.id)[1:] == ["8.\n", "18.\n", "28.\n", "29.\n"]
    clock.turn(days=4000)
    store.snapshots.thin(report.id, clock())
    assert store.snapshots.of_report(report.id)[0] == filed
    assert bodies(store, report.id)[-1] == "29.\n"


def test_a_full_disk(store: Store, clock: HandClock, report: Report) -> None:
    first = take(store, clock, report, "One.\n")
    database = store._drafts
    database.pragma(f"max_page_count={database.pragma('page_count')}")
    noise = "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(60_000))
    with pytest.raises(StoreFull):
        take(store, clock, report, noise)
    assert bodies(store, report.id) == ["One.\n"]
    database.pragma("max_page_count=1073741823")
    assert take(store, clock, report, noise) > first


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """Collect the SQL that is run."""
    said: list[str] = []

    def hear(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        said.append(statement)

    event.listen(store._drafts._engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(store._drafts._engine, "before_cursor_execute", hear)


def test_a_save_asks_no_more_of_a_long_history(
    store: Store, clock: HandClock, report: Report
) -> None:
    def one_save(body: str) -> list[str]:
        with statements(store) as said:
            save_draft(store, report.id, with_body(report.content, body), clock=clock)
        return said

    take(store, clock, report, "First.\n")
    few = one_save("Few.\n")
    with store.transaction():
        for number in range(500):
            take(store, clock, report, f"{number}.\n")
    many = one_save("Many.\n")
    assert many == few
    assert not [statement for statement in many if "snapshots" in statement]


def test_finding_the_newest_reads_one_row(store: Store, report: Report) -> None:
    with statements(store) as said:
        store.snapshots.newest_at(report.id)
    plan = store._drafts.rows(
        text(f"EXPLAIN QUERY PLAN {said[0]}".replace("?", "1"))  # the values do not matter
    )
    assert [row[3] for row in plan] == [
        "SEARCH snapshots USING INDEX snapshots_by_report (report_id=?)"
    ]

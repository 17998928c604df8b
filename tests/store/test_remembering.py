"""A report's text is kept at each moment that somebody may want back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from reporterdesk.domain.errors import NotReady, ReportNotFound, StoreFull, TransitionRefused
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.report import Report
from reporterdesk.domain.status import Status
from reporterdesk.store.database import Database
from reporterdesk.store.store import Store
from reporterdesk.workflow.correcting import revise
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.filing import file_report, recall
from reporterdesk.workflow.remembering import EVERY, MUCH, overwritten, remember
from support.clocks import HandClock
from support.contents import ready_content, with_body
from support.histories import bodies, reasons

OPENED, EDITED, FILED = SnapshotReason.OPENED, SnapshotReason.EDITED, SnapshotReason.FILED
OVERWRITTEN = SnapshotReason.OVERWRITTEN


@pytest.fixture
def draft(store: Store, clock: HandClock) -> Report:
    """Return a draft that was begun just now."""
    return save_draft(store, new_id(), ready_content(), clock=clock)


def save(store: Store, clock: HandClock, report: Report, body: str) -> Report:
    """Save another body."""
    return save_draft(store, report.id, with_body(report.content, body), clock=clock)


def test_every_few_minutes_of_writing(store: Store, clock: HandClock, draft: Report) -> None:
    for second in range(0, 600, 10):
        clock.turn(seconds=10)
        save(store, clock, draft, f"Second {second}.\n")
    moments = store.snapshots.of_report(draft.id)
    assert reasons(store, draft.id) == [EDITED] * 3
    assert [b.taken_at - a.taken_at for a, b in pairwise(moments)] == [EVERY, EVERY]
    assert bodies(store, draft.id)[-1] == "Second 530.\n"  # it is what was just saved


def test_nothing_is_kept_of_the_first_minutes_or_of_the_same(
    store: Store, clock: HandClock, draft: Report
) -> None:
    clock.turn(minutes=2)
    save(store, clock, draft, "More.\n")
    clock.turn(hours=1)
    save(store, clock, draft, "More.\n")  # no change: nobody writes
    assert reasons(store, draft.id) == []


def test_what_was_opened_stays_when_writing_goes_on(
    store: Store, clock: HandClock, draft: Report
) -> None:
    clock.turn(hours=20)
    save(store, clock, draft, "Next day.\n")
    assert reasons(store, draft.id) == [OPENED]
    assert bodies(store, draft.id) == [draft.content.body]
    clock.turn(seconds=1)
    save(store, clock, draft, "Next day!\n")  # no second one a moment later
    assert reasons(store, draft.id) == [OPENED]
    clock.turn(days=1)
    save(store, clock, draft, "Third day.\n")
    clock.turn(days=1)
    # Opened again with just the text that was kept last: the next comes after a while of writing.
    remember(store, draft.id, EDITED, clock=clock)
    clock.turn(days=1)
    save(store, clock, draft, "Fifth day.\n")
    clock.turn(seconds=2)
    save(store, clock, draft, "Fifth day!\n")
    assert bodies(store, draft.id) == [draft.content.body, "Next day!\n", "Third day.\n"]


@pytest.mark.parametrize("hours", [-1, -24 * 365, 24 * 365])
def test_a_clock_that_is_put_right(
    store: Store, clock: HandClock, draft: Report, hours: int
) -> None:
    clock.turn(minutes=10)
    save(store, clock, draft, "Before.\n")
    clock.turn(hours=hours)
    for minute in range(12):
        clock.turn(minutes=1)
        save(store, clock, draft, f"Minute {minute}.\n")
    kept = bodies(store, draft.id)
    assert kept[0] == draft.content.body
    assert 4 <= len(kept) <= 6
    assert kept[-1] in {"Minute 9.\n", "Minute 10.\n", "Minute 11.\n"}


def test_before_much_is_deleted_at_once(store: Store, clock: HandClock, draft: Report) -> None:
    long = "A sentence of some length. " * 20
    save(store, clock, draft, long + "\n")
    clock.turn(seconds=5)
    save(store, clock, draft, "Gone.\n")
    assert reasons(store, draft.id) == [OVERWRITTEN]
    assert bodies(store, draft.id) == [long + "\n"]
    clock.turn(seconds=5)
    save(store, clock, draft, long + "\n")  # undone
    clock.turn(seconds=5)
    save(store, clock, draft, "Gone.\n")  # and redone: it is there already
    assert bodies(store, draft.id) == [long + "\n"]


def test_a_pause_and_then_all_is_deleted(store: Store, clock: HandClock, draft: Report) -> None:
    long = "A sentence of some length. " * 20
    save(store, clock, draft, long)
    clock.turn(hours=3)
    save(store, clock, draft, "")
    assert bodies(store, draft.id) == [long]


@given(
    start=st.text(max_size=50), gone=st.text(max_size=50), new=st.text(max_size=50), end=st.text()
)
def test_what_one_stroke_takes_away(start: str, gone: str, new: str, end: str) -> None:
    assert overwritten(start + gone + end, start + new + end) <= len(gone)
    assert overwritten(start + end, start + new + end) == 0
    assert overwritten(start + gone + end, start + end) == len(gone)
    assert overwritten(start, start) == 0


def test_how_much_is_overwritten() -> None:
    assert overwritten("abcdef", "abXef") == 2
    assert overwritten("a" * 1000, "b" * 1000) == 1000
    assert overwritten("", "b") == overwritten("b", "bb") == 0
    assert MUCH < 1000


def test_filing_keeps_what_is_filed(store: Store, clock: HandClock, draft: Report) -> None:
    file_report(store, draft.id, clock=clock)
    assert reasons(store, draft.id) == [FILED]
    clock.turn(minutes=1)
    recall(store, draft.id, clock=clock)
    clock.turn(minutes=1)
    save(store, clock, draft, "Corrected.\n")
    clock.turn(minutes=1)
    file_report(store, draft.id, clock=clock)
    assert reasons(store, draft.id) == [FILED, FILED]
    assert bodies(store, draft.id) == [draft.content.body, "Corrected.\n"]


def test_what_is_not_filed_is_not_kept_as_filed(store: Store, clock: HandClock) -> None:
    report = save_draft(store, new_id(), replace(ready_content(), section=""), clock=clock)
    with pytest.raises(NotReady):
        file_report(store, report.id, clock=clock)
    assert reasons(store, report.id) == []
    store.reports.set_standing(report.id, status=Status.PUBLISHED)
    with pytest.raises(TransitionRefused):
        save(store, clock, report, "Late.\n")
    assert reasons(store, report.id) == []


def test_a_correction_begins_with_what_the_desk_has(
    store: Store, clock: HandClock, draft: Report
) -> None:
    # A report that was filed before there were snapshots.
    store.reports.set_standing(draft.id, status=Status.PUBLISHED)
    revise(store, draft.id, clock=clock)
    assert reasons(store, draft.id) == [OPENED]
    assert bodies(store, draft.id) == [draft.content.body]


def test_remembering_what_is_saved(store: Store, clock: HandClock, draft: Report) -> None:
    before = remember(store, draft.id, SnapshotReason.BEFORE_RESTORE, clock=clock)
    assert store.snapshots.of_report(draft.id) == (before,)
    assert remember(store, draft.id, SnapshotReason.BEFORE_MERGE, clock=clock) is None
    with pytest.raises(ReportNotFound):
        remember(store, "nowhere", SnapshotReason.BEFORE_MERGE, clock=clock)


def test_long_writing_does_not_pile_up(store: Store, clock: HandClock, draft: Report) -> None:
    with store.transaction():  # a working day, saved once a minute
        for minute in range(8 * 60):
            clock.turn(minutes=1)
            save(store, clock, draft, f"Minute {minute}.\n")
    moments = store.snapshots.of_report(draft.id)
    assert len(moments) <= 2 * 20 + 7 * 6 + 1  # of up to two hours all, of the others one in ten
    assert bodies(store, draft.id)[-1] == f"Minute {8 * 60 - 1}.\n"
    last_hour = [m for m in moments if clock() - m.taken_at <= timedelta(hours=1)]
    assert len(last_hour) == 21  # both ends
    clock.turn(days=300)
    save(store, clock, draft, "Much later.\n")
    clock.turn(minutes=3)
    save(store, clock, draft, "A little later.\n")
    assert bodies(store, draft.id) == [f"Minute {8 * 60 - 1}.\n", "Much later.\n"]


def noise(length: int, step: int) -> str:
    """Return a text that hardly gets smaller by compressing."""
    return "".join(chr(0x4E00 + (n * n * step + n) % 20_000) for n in range(length))


def leave_room(database: Database, pages: int) -> None:
    """Let the file grow by so many pages, and no further."""
    database.pragma("max_page_count=1073741823")
    database.execute(text("VACUUM"))  # or pages that the index has left would be room, too
    database.pragma(f"max_page_count={database.pragma('page_count') + pages}")


def test_a_disk_that_has_room_for_the_text_alone(
    store: Store, clock: HandClock, draft: Report
) -> None:
    """The text matters more: it is saved, and the moment is kept once there is room."""
    report = save(store, clock, draft, noise(90_000, 7))
    clock.turn(hours=1)
    database = store._drafts
    leave_room(database, 20)
    shorter = with_body(report.content, "The end.\n" + noise(100, 7))
    saved = save_draft(store, report.id, shorter, clock=clock)
    assert saved.content == shorter == store.reports.get(report.id).content
    assert reasons(store, report.id) == []
    # Inside a larger transaction all of it fails as one.
    leave_room(database, 1_000_000)
    save_draft(store, report.id, with_body(report.content, noise(90_000, 11)), clock=clock)
    longer = with_body(report.content, noise(90_000, 11) + "\n\nAnd so on.\n")
    save_draft(store, report.id, longer, clock=clock)
    clock.turn(hours=1)
    leave_room(database, 20)
    with pytest.raises(StoreFull), store.transaction():
        save_draft(store, draft.id, shorter, clock=clock)
    assert store.reports.get(report.id).content == longer
    leave_room(database, 1_000_000)
    save_draft(store, report.id, with_body(longer, "The very end.\n"), clock=clock)
    assert bodies(store, report.id)[-1] == longer.body
    store.check()

"""Both versions become one revision in one transaction, or nothing changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.errors import StoreFull, TransitionRefused
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.report import Revision
from reporterdesk.domain.status import Status
from reporterdesk.store.conflicts import KeptConflict
from reporterdesk.store.store import Store
from reporterdesk.text.merge import Choice
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.filing import file_report, recall
from reporterdesk.workflow.merging import Conflict, file_merged, find_conflict, settle
from support.clocks import HandClock
from support.contents import ready_content
from support.full_disk import no_more_pages

LONG = "A long report about a long day. " * 20_000


@pytest.fixture
def conflict(store: Store, clock: HandClock) -> Conflict:
    """Return a conflict about the headline, in which a report’s delivery stands."""
    base = ready_content("Before")
    draft = save_draft(store, new_id(), replace(base, headline="Mine"), clock=clock)
    delivery = file_report(store, draft.id, clock=clock)
    store.outbox.update(replace(delivery, state=DeliveryState.CONFLICT))
    mine = store.revisions.get(delivery.revision_id)
    theirs = Revision(
        new_id(), draft.id, None, replace(base, headline="Theirs"), clock(), received=True
    )
    return Conflict(mine, theirs, base, Status.FILED, "Eve Marsh")


def test_what_was_kept_is_found_as_it_was(store: Store, clock: HandClock) -> None:
    draft = save_draft(store, new_id(), ready_content(), clock=clock)
    for base in (None, draft.content):
        kept = KeptConflict(draft.id, new_id(), '{"any": "answer"}', base, clock())
        store.conflicts.put(kept)
        assert store.conflicts.get(draft.id) == kept
    store.conflicts.remove(draft.id)
    store.conflicts.remove(draft.id)
    assert store.conflicts.get(draft.id) is None


def test_what_another_version_of_the_app_kept_is_no_conflict_here(
    store: Store, clock: HandClock, conflict: Conflict
) -> None:
    kept = KeptConflict(conflict.report_id, conflict.mine.id, '{"strange": 1}', None, clock())
    store.conflicts.put(kept)
    assert find_conflict(store, conflict.report_id) is None


def test_one_revision_after_theirs(store: Store, clock: HandClock, conflict: Conflict) -> None:
    delivery = settle(store, conflict, conflict.merged(), [Choice.THEIRS], clock=clock)
    revision = store.revisions.get(delivery.revision_id)
    assert (revision.parent_id, revision.content.headline) == (conflict.theirs.id, "Theirs")
    assert (revision.received, store.revisions.get(conflict.theirs.id).received) == (False, True)
    report = store.reports.get(conflict.report_id)
    assert (report.status, report.content) == (Status.OUTBOX, revision.content)
    assert report.revision_id == conflict.theirs.id
    kept = [
        (moment.reason, store.snapshots.content(moment.number).headline)
        for moment in store.snapshots.of_report(report.id)
    ]
    assert kept == [(SnapshotReason.FILED, "Mine"), (SnapshotReason.FILED, "Theirs")]
    draft = recall(store, report.id, clock=clock)
    assert (draft.status, draft.content.headline) == (Status.DRAFT, "Theirs")


def test_on_a_full_disk_nothing_changes(store: Store, clock: HandClock, conflict: Conflict) -> None:
    before = (store.reports.get(conflict.report_id), store.outbox.get(conflict.report_id))
    longer = replace(conflict.mine.content, body=LONG)
    with no_more_pages(store._drafts), pytest.raises(StoreFull):
        file_merged(store, conflict, longer, clock=clock)
    after = (store.reports.get(conflict.report_id), store.outbox.get(conflict.report_id))
    assert after == before
    assert store.revisions.find(conflict.theirs.id) is None
    file_merged(store, conflict, longer, clock=clock)
    assert store.reports.get(conflict.report_id).content.body == LONG


@pytest.mark.parametrize(
    "state", [DeliveryState.TEXT_DELIVERED, DeliveryState.DELIVERED, DeliveryState.REFUSED]
)
def test_what_the_desk_has_after_all_is_not_merged(
    store: Store, clock: HandClock, conflict: Conflict, state: DeliveryState
) -> None:
    row = store.outbox.get(conflict.report_id)
    assert row is not None
    store.outbox.update(replace(row, state=state))
    with pytest.raises(TransitionRefused, match="moved on since"):
        file_merged(store, conflict, conflict.mine.content, clock=clock)
    assert store.outbox.get(conflict.report_id) == replace(row, state=state)


def test_every_question_needs_its_answer(
    store: Store, clock: HandClock, conflict: Conflict
) -> None:
    with pytest.raises(ValueError, match="one answer"):
        settle(store, conflict, conflict.merged(), [], clock=clock)
    assert store.revisions.find(conflict.theirs.id) is None

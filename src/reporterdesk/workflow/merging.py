"""Merging: what was filed here and what the desk has meanwhile become one new revision.

The desk's revision is brought down by the sync engine, which merges by itself where there is
nothing to ask and nobody has the report open; else the person does, whenever they like. Functions
that take a store run on its thread; the others are pure.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.errors import TransitionRefused
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.report import ReportContent, Revision
from reporterdesk.domain.status import EDITABLE, Status
from reporterdesk.store.conflicts import KeptConflict
from reporterdesk.store.first_screen import OPEN_REPORT
from reporterdesk.store.store import Store
from reporterdesk.wire.convert import content_of
from reporterdesk.wire.messages import ReportAnswer
from reporterdesk.workflow.content_merge import ContentMerge, merge_contents
from reporterdesk.workflow.drafting import clean_content
from reporterdesk.workflow.filing import file_after
from reporterdesk.workflow.questions import Answer
from reporterdesk.workflow.remembering import remember
from reporterdesk.workflow.replies import forget_replies

_FROM_HERE = frozenset({DeliveryState.CONFLICT, DeliveryState.ATTEMPTING})
"""States from which a merge may take the place of what was filed: the desk has not taken it."""

_MET = _FROM_HERE | {DeliveryState.TEXT_DELIVERED}
"""States in which a conflict can be met: with the text, or with the photos of what was lost."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A revision filed here, and the one that the desk has instead.

    ``base`` is what both were made of, ``None`` where nothing is known of it; ``by`` who filed
    theirs, ``""`` where the server does not say.
    """

    mine: Revision
    theirs: Revision
    base: ReportContent | None
    status: Status
    by: str = ""

    @property
    def report_id(self) -> str:
        """The report that both are of."""
        return self.mine.report_id

    def merged(self) -> ContentMerge:
        """Bring both together. Any thread; long texts take a while."""
        return merge_contents(self.base, self.mine.content, self.theirs.content)


def conflict_of(mine: Revision, answer: ReportAnswer, base: ReportContent | None) -> Conflict:
    """Return the conflict between a revision of this laptop and what the desk has instead."""
    theirs = Revision(
        answer.revision_id,
        answer.id,
        answer.parent_revision_id,
        clean_content(content_of(answer)),
        answer.receipt.at,
        received=True,
    )
    return Conflict(mine, theirs, base, Status(answer.status), answer.filed_by)


def keep_conflict(store: Store, conflict: Conflict, answer: ReportAnswer, *, clock: Clock) -> bool:
    """Keep a conflict; tell whether it still is one.

    It is none any more where the report was taken back or filed anew meanwhile. What the desk had
    taken it has lost again, as a server that was set up from an old backup: photos wait, too.
    """
    with store.transaction():
        row = store.outbox.get(conflict.report_id)
        if row is None or row.revision_id != conflict.mine.id or row.state not in _MET:
            return False
        if row.state is DeliveryState.TEXT_DELIVERED:
            _on_its_way_again(store, row)
        text = answer.model_dump_json()
        kept = KeptConflict(row.report_id, row.revision_id, text, conflict.base, clock())
        store.conflicts.put(kept)
        store.desk.put_report(row.report_id, text, clock())  # the newest that is known of it
        return True


def _on_its_way_again(store: Store, row: Delivery) -> None:
    """Write that a revision is not with the desk any more: it stands as before it was sent.

    So it can be put together, and taken back; what is being written on stays a draft.
    """
    conflict = DeliveryState.CONFLICT
    store.outbox.update(replace(row, state=conflict, next_attempt_at=None, text_at=None))
    if store.reports.get(row.report_id).status not in EDITABLE:
        store.reports.set_standing(row.report_id, status=Status.OUTBOX)


def find_conflict(store: Store, report_id: str) -> Conflict | None:
    """Return the conflict in which a report's delivery stands, or ``None``."""
    row, kept = store.outbox.get(report_id), store.conflicts.get(report_id)
    if row is None or kept is None or kept.revision_id != row.revision_id:
        return None
    if row.state is not DeliveryState.CONFLICT:
        return None
    # What a newer version of the app kept may not be understood here: it is found again.
    with contextlib.suppress(ValidationError):
        answer = ReportAnswer.model_validate_json(kept.theirs)
        return conflict_of(store.revisions.get(row.revision_id), answer, kept.base)
    return None


def is_open(store: Store, report_id: str) -> bool:
    """Tell whether somebody has the report open in the window."""
    return store.state.get(OPEN_REPORT) == report_id


def may_file_merged(store: Store, conflict: Conflict) -> bool:
    """Tell whether a merge may take the place of what was filed here.

    A report that is with the desk may have another revision of the same words waiting, with smaller
    photos (:mod:`reporterdesk.workflow.resizing`); one that is being written on may, too, but its
    text is not to be touched: that is merged when it is filed.
    """
    row = store.outbox.get(conflict.report_id)
    report = store.reports.get(conflict.report_id)
    if row is None or row.revision_id != conflict.mine.id or row.state not in _FROM_HERE:
        return False
    resized = row.text_at is not None and report.status in {Status.FILED, Status.PUBLISHED}
    return (report.status is Status.OUTBOX or resized) and report.trashed_at is None


def file_merged(
    store: Store, conflict: Conflict, content: ReportContent, *, clock: Clock
) -> Delivery:
    """File ``content`` on top of the desk's revision: in ONE transaction, as any filing.

    What was filed here before stays in the report's history. Until it is sent, the report can be
    taken back: then it is a draft with what was merged, and the desk's revision its parent.

    :raises TransitionRefused: the report was taken back, filed anew or trashed meanwhile, or the
        desk has it after all; nothing was changed.
    :raises StoreFull: nothing was changed.
    """
    with store.transaction():
        report = store.reports.get(conflict.report_id)
        if not may_file_merged(store, conflict):
            raise TransitionRefused(
                "This report has moved on since.",
                safe="Nothing was changed.",
                next_step="Look at it again.",
            )
        remember(store, report.id, SnapshotReason.BEFORE_MERGE, clock=clock)
        if store.revisions.find(conflict.theirs.id) is None:
            store.revisions.add(conflict.theirs)
        merged = store.reports.save_content(report.id, clean_content(content), clock())
        store.reports.set_standing(
            report.id,
            status=Status.OUTBOX,
            revision_id=conflict.theirs.id,
            desk_status=conflict.status,
        )
        store.conflicts.remove(report.id)
        forget_replies(store, report.id)
        store.outbox.remove(report.id)
        delivery = file_after(store, merged, conflict.theirs.id, clock=clock)
        remember(store, report.id, SnapshotReason.FILED, clock=clock)
        return delivery


def settle(
    store: Store,
    conflict: Conflict,
    merged: ContentMerge,
    answers: Sequence[Answer],
    *,
    clock: Clock,
) -> Delivery:
    """File what was chosen; see :func:`file_merged`.

    :raises ValueError: not every question has its answer.
    """
    return file_merged(store, conflict, merged.settled(answers), clock=clock)

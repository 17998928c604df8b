"""Filing: what is written becomes a frozen revision on its way to the desk."""

from __future__ import annotations

from dataclasses import replace

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.delivery import UNDER_WAY, Delivery, DeliveryState
from reporterdesk.domain.errors import NotReady, TransitionRefused
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.readiness import Missing, missing
from reporterdesk.domain.report import Report, ReportContent, Revision
from reporterdesk.domain.status import Action, after
from reporterdesk.store.store import Store
from reporterdesk.text.count import paragraphs
from reporterdesk.text.parse import parse
from reporterdesk.workflow.remembering import remember


def check(content: ReportContent) -> tuple[Missing, ...]:
    """Return what is missing before ``content`` can be filed, in the order of the form."""
    return missing(content, paragraphs=paragraphs(parse(content.body)))


def file_report(store: Store, report_id: str, *, clock: Clock) -> Delivery:
    """File a report: in ONE transaction its status, its frozen revision and its outbox row.

    The revision's parent is the last one that the desk has. ``report.revision_id`` itself moves on
    when the desk's receipt comes, so that a report taken back and filed again keeps its parent.

    :raises NotReady: something is missing; nothing was changed.
    :raises TransitionRefused: it is filed already, or lies in the trash.
    :raises StoreFull: nothing was changed; the draft is there as it was.
    """
    with store.transaction():
        report = store.reports.get(report_id)
        status = after(report.status, Action.FILE)
        if report.trashed_at is not None:
            raise TransitionRefused(
                "This report lies in the trash.",
                safe="Nothing was changed.",
                next_step="Take it out of the trash, then file it.",
            )
        absent = check(report.content)
        if absent:
            raise NotReady(absent)
        _take_the_place(store, report_id)
        delivery = file_after(store, report, report.revision_id, clock=clock)
        remember(store, report_id, SnapshotReason.FILED, clock=clock)
        store.reports.set_standing(report_id, status=status, at=clock())
        return delivery


def recall(store: Store, report_id: str, *, clock: Clock) -> Report:
    """Take a report out of the outbox before the desk has it; it is a draft again.

    :raises TransitionRefused: it is being sent at this moment, or the desk has it.
    """
    with store.transaction():
        report = store.reports.get(report_id)
        delivery = store.outbox.get(report_id)
        if delivery is not None and delivery.state in UNDER_WAY:
            raise _too_late(delivery.state)
        status = after(report.status, Action.RECALL)
        store.outbox.remove(report_id)
        return store.reports.set_standing(report_id, status=status, at=clock())


def refile_after(
    store: Store, report_id: str, current_revision_id: str | None, *, clock: Clock
) -> Delivery:
    """Freeze what waits in the outbox anew, as the child of a revision that the desk has.

    For the sync engine, where the desk names a revision of this laptop's own as the current one:
    an earlier filing had arrived although its answer was lost. ``None``: the desk has lost the
    report, and gets it as a new one.

    :raises ReportNotFound: this laptop has no such revision of this report.
    :raises TransitionRefused: the report is not in the outbox.
    """
    with store.transaction():
        waiting = store.outbox.get(report_id)
        if waiting is None or waiting.state is DeliveryState.DELIVERED:
            raise TransitionRefused("This report is not in the outbox.")
        frozen = store.revisions.get(waiting.revision_id)
        known = store.revisions.get(current_revision_id) if current_revision_id else None
        if known is not None and known.report_id != report_id:
            raise TransitionRefused("The desk’s revision belongs to another report.")
        report = replace(store.reports.get(report_id), content=frozen.content)
        store.reports.set_standing(report_id, revision_id=current_revision_id)
        store.outbox.remove(report_id)
        return file_after(store, report, current_revision_id, clock=clock)


def file_after(store: Store, report: Report, parent_id: str | None, *, clock: Clock) -> Delivery:
    """Freeze a report's content as the child of ``parent_id``, with its row in the outbox.

    For what files by a rule of its own; the outbox must have no older row that waits.
    """
    now = clock()
    content = report.content
    revision = Revision(new_id(), report.id, parent_id, content, now)
    sizes = {
        rendition.sha256: rendition.bytes
        for photo in content.photos
        for rendition in (photo.preview, photo.full)
    }
    delivery = Delivery(
        report.id,
        revision.id,
        DeliveryState.WAITING,
        photos_total=len(content.photos),
        bytes_total=sum(sizes.values()),
    )
    store.revisions.add(revision)
    store.outbox.add(delivery, now)
    return delivery


def _take_the_place(store: Store, report_id: str) -> None:
    """Take an earlier revision out of the outbox whose text the desk never had.

    That is one with smaller photos (:mod:`reporterdesk.workflow.resizing`): the report was with
    the desk meanwhile, and could be written on.
    """
    earlier = store.outbox.get(report_id)
    if earlier is None:
        return
    if earlier.state is DeliveryState.ATTEMPTING:
        raise _too_late(earlier.state)
    if earlier.state not in UNDER_WAY:
        store.outbox.remove(report_id)


def _too_late(state: DeliveryState) -> TransitionRefused:
    if state is DeliveryState.ATTEMPTING:
        return TransitionRefused(
            "This report is being sent at this moment.",
            safe="Nothing was changed.",
            next_step="Wait a moment: then take it back, or start a correction.",
        )
    return TransitionRefused(
        "The desk already has this report.",
        safe="Nothing was changed.",
        next_step="Start a correction and file it again.",
    )

"""Correcting: the reporter works again on what the desk has."""

from __future__ import annotations

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.errors import TransitionRefused
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.report import Report
from reporterdesk.domain.status import Action, Status, after
from reporterdesk.store.store import Store
from reporterdesk.workflow.remembering import remember


def revise(store: Store, report_id: str, *, clock: Clock) -> Report:
    """Open a filed, approved or published report for writing; the desk keeps what it has.

    A returned report can be written on as it is, and is answered unchanged. Filing it again makes a
    new revision, the child of the desk's.

    :raises TransitionRefused: it waits in the outbox, or was spiked or withdrawn.
    """
    with store.transaction():
        report = store.reports.get(report_id)
        if report.status is Status.RETURNED:
            return report
        status = after(report.status, Action.REVISE)
        if report.trashed_at is not None:
            raise TransitionRefused(
                "This report lies in the trash.", next_step="Take it out of the trash first."
            )
        remember(store, report_id, SnapshotReason.OPENED, clock=clock)
        return store.reports.set_standing(
            report_id, status=status, desk_status=report.desk_status or report.status, at=clock()
        )

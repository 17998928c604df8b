"""A report with some moments in its history, in a profile before the app is opened on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.report import ReportContent
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from reporterdesk.workflow.drafting import save_draft
from support.clocks import HandClock


@dataclass(frozen=True)
class OldMoment:
    """What a report was, how long ago."""

    content: ReportContent
    ago: timedelta
    reason: SnapshotReason = SnapshotReason.EDITED


def report_with_moments(home: Path, now: ReportContent, *moments: OldMoment, clock: Clock) -> str:
    """Leave one report in the profile ``home``, open, with these moments; return its id."""
    report_id = new_id()
    store = open_store(home, clock=clock)
    write_moments(store, report_id, now, *moments, clock=clock)
    store.state.set("open_report", report_id)
    store.close()
    return report_id


def write_moments(
    store: Store, report_id: str, now: ReportContent, *moments: OldMoment, clock: Clock
) -> None:
    """Save a report, and put just these moments into its history."""
    today = clock()
    begun = today - max((moment.ago for moment in moments), default=timedelta(0))
    save_draft(store, report_id, now, clock=HandClock(begun))
    for moment in moments:
        store.snapshots.take(report_id, moment.content, moment.reason, today - moment.ago)

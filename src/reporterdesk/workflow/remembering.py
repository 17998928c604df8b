"""Remembering: a report's text is kept at each moment that somebody may want back."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import takewhile

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.history import SnapshotInfo, SnapshotReason
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.store.store import Store

EVERY = timedelta(minutes=3)
"""How far snapshots stand apart while somebody writes."""

MUCH = 200
"""Characters that are not deleted or replaced at one stroke without a snapshot before it."""

_STEP = 1024


def remember(
    store: Store, report_id: str, reason: SnapshotReason, *, clock: Clock
) -> SnapshotInfo | None:
    """Keep a report's text as it is saved, in one transaction.

    :returns: the moment, ``None`` where the newest already has this text.
    :raises ReportNotFound: there is no such report.
    :raises StoreFull: nothing was changed.
    """
    with store.transaction():
        return _keep(store, report_id, store.reports.get(report_id).content, reason, clock())


def remember_writing(store: Store, before: Report, after: ReportContent, now: datetime) -> None:
    """Keep what has to be kept as ``before`` is saved with new text; most often nothing is due.

    Called inside the transaction that saves. It keeps the text as it was opened, before the first
    change after a pause; the new text, every :data:`EVERY`; and what was there before much of the
    body is deleted or replaced at once. What it costs does not grow with the report's history.
    """
    if overwritten(before.content.body, after.body) >= MUCH:
        _keep(store, before.id, before.content, SnapshotReason.OVERWRITTEN, now)
    elif now - before.changed_at >= EVERY:
        _keep(store, before.id, before.content, SnapshotReason.OPENED, now)
    elif abs(now - (store.snapshots.kept_at(before.id) or before.created_at)) >= EVERY:
        _keep(store, before.id, after, SnapshotReason.EDITED, now)


def overwritten(before: str, after: str) -> int:
    """Return how many characters of ``before`` stand neither at the start nor the end of ``after``.

    For what one stroke changes, these are the characters that it deleted or replaced.
    """
    start = _common_start(before, after)
    rest = before[start:]
    return len(rest) - _common_start(rest[::-1], after[start:][::-1])


def _common_start(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike; quick also for long ones."""
    at = 0
    while one[at : at + _STEP] == other[at : at + _STEP] != "":
        at += _STEP
    pairs = zip(one[at : at + _STEP], other[at : at + _STEP], strict=False)
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return min(at, len(one)) + alike


def _keep(
    store: Store, report_id: str, content: ReportContent, reason: SnapshotReason, now: datetime
) -> SnapshotInfo | None:
    """Keep a text; with the first of each hour, look through the report's history and thin it."""
    newest = store.snapshots.newest_at(report_id)
    taken = store.snapshots.take(report_id, content, reason, now)
    if taken is not None and newest is not None and _hour(newest) != _hour(now):
        store.snapshots.thin(report_id, now)
    return taken


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)

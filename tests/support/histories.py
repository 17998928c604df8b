"""Histories of reports for tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import text

from reporterdesk.domain.history import SnapshotReason
from reporterdesk.store.store import Store


def reasons(store: Store, report_id: str) -> list[SnapshotReason]:
    """Return why each moment of a report was kept, the oldest first."""
    return [moment.reason for moment in store.snapshots.of_report(report_id)]


def bodies(store: Store, report_id: str) -> list[str]:
    """Return the body of each moment of a report, the oldest first."""
    moments = store.snapshots.of_report(report_id)
    return [store.snapshots.content(moment.number).body for moment in moments]


def spoil(store: Store, number: int, column: str, value: object) -> None:
    """Write something into a stored moment that no ReporterDesk would write."""
    statement = text(f"UPDATE snapshots SET {column} = :value WHERE number = :number")  # noqa: S608 - a test's own names
    assert store._drafts.execute(statement, {"value": value, "number": number}) == 1


def stored(store: Store, number: int) -> Sequence[Any]:
    """Return the row of a moment as it is stored."""
    row = store._drafts.row(text("SELECT * FROM snapshots WHERE number = :n"), {"n": number})
    assert row is not None
    return row

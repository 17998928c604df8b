"""Rows that belong together and do not any more: finding them, and putting them right.

They come of damage alone; SQLite's foreign keys keep them from arising otherwise. What can be read
of a report is never thrown away: where its row is lost, its newest revision or snapshot becomes the
report again.
"""

from __future__ import annotations

import sqlite3
import zlib
from dataclasses import dataclass, replace

from sqlalchemy import text

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import Status
from reporterdesk.store.content_json import content_from_json
from reporterdesk.store.database import Database
from reporterdesk.store.moments import from_micros
from reporterdesk.store.photo_uses import has_table
from reporterdesk.store.reports import Reports

_NO_REPORT = "report_id NOT IN (SELECT id FROM reports)"
_LOOSE = {
    "outbox": (
        "report_id NOT IN (SELECT id FROM reports) OR revision_id NOT IN (SELECT id FROM revisions)"
    ),
    "uploads": "report_id NOT IN (SELECT report_id FROM outbox)",
    "desk_notes": _NO_REPORT,
    "receipts": _NO_REPORT,
    "conflicts": _NO_REPORT,
}
_STRANDED = "status = 'outbox' AND id NOT IN (SELECT report_id FROM outbox)"


@dataclass(frozen=True, slots=True)
class Loose:
    """What does not belong together, counted.

    ``rows`` refer to a report or revision that is not here; ``stranded`` reports say that they wait
    in the outbox, which has no delivery for them; ``unlisted`` revisions and snapshots are all that
    is left of their report.
    """

    rows: int = 0
    stranded: int = 0
    unlisted: int = 0

    def __bool__(self) -> bool:
        return bool(self.rows or self.stranded or self.unlisted)


def look_for_loose(db: sqlite3.Connection) -> Loose:
    """Count what does not belong together, without changing anything."""

    def count(table: str, where: str) -> int:
        if not has_table(db, table):
            return 0
        return int(db.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])  # noqa: S608

    # A delivery without its report or revision strands the report whose it was.
    stranded = count("reports", _STRANDED) + count(
        "outbox",
        "revision_id NOT IN (SELECT id FROM revisions)"
        " AND report_id IN (SELECT id FROM reports WHERE status = 'outbox')",
    )
    return Loose(
        rows=sum(count(table, where) for table, where in _LOOSE.items()),
        stranded=stranded,
        unlisted=sum(count(table, _NO_REPORT) for table in ("revisions", "snapshots")),
    )


def unsearchable(db: sqlite3.Connection) -> int:
    """Return how many reports the search index does not know, or knows though they are gone."""
    if not has_table(db, "report_words_docsize"):
        return 0
    return int(
        db.execute(
            "SELECT (SELECT count(*) FROM reports"
            "        WHERE number NOT IN (SELECT id FROM report_words_docsize))"
            "     + (SELECT count(*) FROM report_words_docsize"
            "        WHERE id NOT IN (SELECT number FROM reports))"
        ).fetchone()[0]
    )


def mend(db: Database) -> tuple[str, ...]:
    """Put right what :func:`look_for_loose` counts; return the headlines of revived reports.

    A report that says it waits, without a delivery, is a draft again. To be called
    with ``foreign_keys`` off.
    """
    with db.transaction():
        revived = tuple(_revive(db, report_id) for report_id in _unlisted(db))
        for table, where in _LOOSE.items():
            db.execute(text(f"DELETE FROM {table} WHERE {where}"))  # noqa: S608
        db.execute(
            text(
                "UPDATE reports SET status = 'draft', place ="  # noqa: S608
                " CASE WHEN trashed_at IS NULL THEN 'drafts' ELSE 'trash' END"
                f" WHERE {_STRANDED}"
            )
        )
    return revived


def newest_kept(db: Database, report_id: str) -> tuple[ReportContent, int] | None:
    """Return the newest text that a report's revisions and snapshots hold, and its time."""
    wanted = {"id": report_id}
    revision = db.row(
        text(
            "SELECT created_at, content FROM revisions WHERE report_id = :id"
            " ORDER BY created_at DESC, number DESC LIMIT 1"
        ),
        wanted,
    )
    snapshot = db.row(
        text(
            "SELECT taken_at, content FROM snapshots WHERE report_id = :id"
            " ORDER BY taken_at DESC, number DESC LIMIT 1"
        ),
        wanted,
    )
    if snapshot is not None and (revision is None or snapshot[0] >= revision[0]):
        return content_from_json(zlib.decompress(snapshot[1]).decode()), int(snapshot[0])
    if revision is not None:
        return content_from_json(revision[1]), int(revision[0])
    return None


def _unlisted(db: Database) -> list[str]:
    rows = db.rows(
        text(
            f"SELECT report_id FROM revisions WHERE {_NO_REPORT}"  # noqa: S608
            f" UNION SELECT report_id FROM snapshots WHERE {_NO_REPORT}"
        )
    )
    return [row[0] for row in rows]


def _revive(db: Database, report_id: str) -> str:
    """Make a report of the newest text that is left of it, filed where its delivery still is."""
    kept = newest_kept(db, report_id)
    if kept is None:
        raise LookupError(report_id)
    content, at = kept
    moment = from_micros(at)
    delivery = db.row(
        text(
            "SELECT state, revision_id FROM outbox WHERE report_id = :id"
            " AND revision_id IN (SELECT id FROM revisions)"
        ),
        {"id": report_id},
    )
    report = Report(report_id, content, Status.DRAFT, moment, moment)
    if delivery is not None:
        there = delivery[0] in {DeliveryState.TEXT_DELIVERED, DeliveryState.DELIVERED}
        report = replace(
            report,
            status=Status.FILED if there else Status.OUTBOX,
            revision_id=str(delivery[1]) if there else None,
        )
    Reports(db).add(report)
    return content.headline

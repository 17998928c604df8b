"""drafts.db from version 1 to 2: the history of a report, the new search, and counts."""

from __future__ import annotations

import sqlalchemy as sa

from reporterdesk.store.migrations.work import Work
from reporterdesk.store.report_words import index_all
from reporterdesk.store.tables import PLACE_COUNTS


def upgrade(work: Work) -> None:
    """Add the table of snapshots, make the words for the search anew, and count the reports."""
    work.op.create_table(
        "snapshots",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("report_id", sa.Text, sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("taken_at", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("photos", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    work.op.create_index("snapshots_by_report", "snapshots", ["report_id", "number"])
    work.op.create_index("reports_by_event_date", "reports", ["event_date"])
    index_all(work.database, work.progress)
    for statement in PLACE_COUNTS:
        work.database.execute(sa.text(statement))
    work.database.execute(
        sa.text("INSERT INTO place_counts SELECT place, count(*) FROM reports GROUP BY place")
    )

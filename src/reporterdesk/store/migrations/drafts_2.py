"""drafts.db from version 1 to 2: the history of a report, and the words of the new search."""

from __future__ import annotations

import sqlalchemy as sa

from reporterdesk.store.migrations.work import Work
from reporterdesk.store.report_words import index_all


def upgrade(work: Work) -> None:
    """Add the table of snapshots, and make the words for the search anew."""
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

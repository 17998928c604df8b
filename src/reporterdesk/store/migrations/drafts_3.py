"""drafts.db from version 2 to 3: receipts, errands, conflicts, and what came from the desk."""

from __future__ import annotations

import sqlalchemy as sa

from reporterdesk.store.migrations.work import Work


def upgrade(work: Work) -> None:
    """Add what deliveries tell of their receipts, and three tables."""
    work.op.add_column("outbox", sa.Column("text_at", sa.BigInteger))
    work.op.add_column("outbox", sa.Column("complete_at", sa.BigInteger))
    wanted = sa.Column("wanted", sa.Integer, nullable=False, server_default="0")
    work.op.add_column("uploads", wanted)
    received = sa.Column("received", sa.Integer, nullable=False, server_default="0")
    work.op.add_column("revisions", received)
    columns = ["report_id", "rendition", "wanted", "position"]
    missing = sa.text('"offset" < bytes')
    work.op.create_index("uploads_missing", "uploads", columns, sqlite_where=missing)
    work.op.create_table(
        "receipts",
        sa.Column("report_id", sa.Text, sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("revision_id", sa.Text, primary_key=True),
        sa.Column("text_sha256", sa.Text, nullable=False),
        sa.Column("photos", sa.Text, nullable=False),
        sa.Column("text_at", sa.BigInteger, nullable=False),
        sa.Column("complete_at", sa.BigInteger),
        sa.Column("server", sa.Text, nullable=False),
    )
    work.op.create_table(
        "errands",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("report_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("revision_id", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", sa.BigInteger),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("added_at", sa.BigInteger, nullable=False),
    )
    work.op.create_table(
        "conflicts",
        sa.Column("report_id", sa.Text, sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("revision_id", sa.Text, nullable=False),
        sa.Column("theirs", sa.Text, nullable=False),
        sa.Column("base", sa.Text),
        sa.Column("found_at", sa.BigInteger, nullable=False),
    )
    work.progress(1.0)

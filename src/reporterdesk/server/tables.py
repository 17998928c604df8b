"""The server's tables. Ids made by clients are unique only within their report.

So nobody can learn, from a collision, that an id exists in a report they may not read. Revisions
and the audit are append-only: triggers refuse to change or delete a row.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    event,
)

SCHEMA_VERSION = "1"

metadata = MetaData()


class UtcTime(TypeDecorator[datetime]):
    """An aware datetime, kept as fixed-width UTC text, so that order of text is order of time."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy’s signature
        """Write ``2026-03-14T18:00:00.000000Z``."""
        if value is None:
            return None
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy’s signature
        """Read it back."""
        return None if value is None else datetime.fromisoformat(value)


_Sequence = BigInteger().with_variant(Integer, "sqlite")

meta = Table(
    "meta", metadata, Column("key", String, primary_key=True), Column("value", Text, nullable=False)
)

people = Table(
    "people",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("email", String, nullable=False, unique=True),  # folded to lower case
    Column("name", String, nullable=False),
    Column("administrator", Boolean, nullable=False),
    Column("password_hash", String, nullable=False),
    Column("created_at", UtcTime, nullable=False),
)

sections = Table(
    "sections",
    metadata,
    Column("slug", String(80), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", String, nullable=False),
    Column("introduction", Text, nullable=False),
    Column("link_url", Text, nullable=False),
    Column("link_text", Text, nullable=False),
    Column("checklist", Text, nullable=False),  # a JSON list of sentences
)

roles = Table(
    "roles",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("section", ForeignKey("sections.slug"), primary_key=True),
    Column("role", String(16), primary_key=True),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("device", String, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("used_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime),
    Column("revoked_at", UtcTime),
)

tries = Table(
    "tries",
    metadata,
    Column("key", String, primary_key=True),  # "account:" or "address:" and a SHA-256
    Column("failures", Integer, nullable=False),
    Column("last_at", UtcTime, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("author_id", ForeignKey("people.id"), nullable=False),
    Column("section", ForeignKey("sections.slug"), nullable=False),
    Column("status", String(16), nullable=False),
    Column("revision_id", String(36), nullable=False),
    Column("number", Integer, nullable=False),
    Column("headline", Text, nullable=False),
    Column("event_date", String(40), nullable=False),
    Column("search", Text, nullable=False),  # folded words to look for
    Column("changed_seq", _Sequence, nullable=False, unique=True),
    Column("changed_at", UtcTime, nullable=False),
    Column("publish_at", UtcTime),
    Column("scheduled_by", ForeignKey("people.id")),
    Column("slug", String, unique=True),
    Column("published_revision_id", String(36)),
    Column("published_section", String(80)),  # a newer revision may be meant for another
    Column("published_at", UtcTime),
    Column("updated_at", UtcTime),
    Column("correction_note", Text),
    Column("claimed_by", ForeignKey("people.id")),
    Column("claim_expires_at", UtcTime),
    Index("reports_by_author", "author_id", "changed_seq"),
    Index("reports_by_section", "section", "changed_seq"),
    Index("reports_published", "published_section", "published_at"),
)

revisions = Table(
    "revisions",
    metadata,
    Column(
        "report_id",
        ForeignKey("reports.id", deferrable=True, initially="DEFERRED"),
        primary_key=True,
    ),
    Column("id", String(36), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("parent_id", String(36)),
    Column("content", Text, nullable=False),  # the message as JSON in ASCII, nothing left out
    Column("content_sha256", String(64), nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("filed_by", ForeignKey("people.id"), nullable=False),
    Column("filed_at", UtcTime, nullable=False),
    UniqueConstraint("report_id", "number"),
)

uploads = Table(
    "uploads",
    metadata,
    Column("report_id", ForeignKey("reports.id"), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("renditions", String(16), nullable=False),  # "preview", "full" or "full preview"
    Column("media_type", String, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("held_at", UtcTime),
    Index("uploads_by_hash", "sha256"),
)

wanted = Table(
    "wanted",
    metadata,
    Column("report_id", ForeignKey("reports.id"), primary_key=True),
    Column("photos", Text, nullable=False),  # a JSON list of photo ids, the first one first
)

decisions = Table(
    "decisions",
    metadata,
    Column("report_id", ForeignKey("reports.id"), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("decision", String(16), nullable=False),
    Column("revision_id", String(36), nullable=False),
    Column("note", Text, nullable=False),
    Column("publish_at", UtcTime),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("seq", Integer, nullable=False),
)

comments = Table(
    "comments",
    metadata,
    Column("report_id", ForeignKey("reports.id"), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("revision_id", String(36), nullable=False),
    Column("block", Integer),
    Column("text", Text, nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("seq", Integer, nullable=False),
)

changes = Table(
    "changes",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("report_id", String(36), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("revision_id", String(36), nullable=False),
    Column("at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)

audit = Table(
    "audit",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("report_id", String(36)),
    Column("at", UtcTime, nullable=False),
    Column("person", String, nullable=False),
    Column("action", String(32), nullable=False),
    Column("revision_id", String(36)),
    Column("note", Text, nullable=False),
    Index("audit_by_report", "report_id", "seq"),
    sqlite_autoincrement=True,
)


def _ddl(statement: str) -> DDL:
    return DDL(statement)  # type: ignore[no-untyped-call]  # not typed by SQLAlchemy


def _append_only(table: Table) -> None:
    for verb in ("UPDATE", "DELETE"):
        name = f"{table.name}_no_{verb.lower()}"
        sqlite = (
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table.name} "
            f"BEGIN SELECT RAISE(ABORT, '{table.name} is append-only'); END"
        )
        postgresql = (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table.name} is append-only'; END $$; "
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table.name} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
        event.listen(table, "after_create", _ddl(sqlite).execute_if(dialect="sqlite"))
        event.listen(table, "after_create", _ddl(postgresql).execute_if(dialect="postgresql"))


_append_only(revisions)
_append_only(audit)

"""The tables of both databases.

``drafts.db`` holds everything but photo bytes. A report's columns are what is listed, sorted and
counted; the rest of it is the JSON of :mod:`~reporterdesk.store.content_json`, in the last column
so that a list reads only the beginning of a row. Times are microseconds since 1970 in UTC.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

drafts = MetaData()
photos = MetaData()

reports = Table(
    "reports",
    drafts,
    # Its place in the order of changes: the row id of its words (store.report_words).
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("place", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("desk_status", Text),
    Column("headline", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("event_date", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("trashed_at", BigInteger),
    Column("revision_id", Text),
    Column("public_url", Text),
    Column("desk_note", Text, nullable=False, server_default=""),
    Column("photos", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Index("reports_by_event_date", "event_date"),
    Index("reports_by_place", "place", "changed_at", "id"),
)

revisions = Table(
    "revisions",
    drafts,
    Column("number", Integer, primary_key=True),  # their order, whatever the clock said
    Column("id", Text, nullable=False, unique=True),
    Column("report_id", Text, ForeignKey("reports.id"), nullable=False),
    Column("parent_id", Text),
    Column("created_at", BigInteger, nullable=False),
    Column("photos", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("received", Integer, nullable=False, server_default="0"),
    Index("revisions_by_report", "report_id", "number"),
)

snapshots = Table(
    "snapshots",
    drafts,
    Column("number", Integer, primary_key=True),  # their order, whatever the clock said
    Column("report_id", Text, ForeignKey("reports.id"), nullable=False),
    Column("taken_at", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("photos", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),  # the same JSON as in reports, by zlib
    Index("snapshots_by_report", "report_id", "number"),
)

outbox = Table(
    "outbox",
    drafts,
    Column("number", Integer, primary_key=True),  # their order, whatever the clock said
    Column("report_id", Text, ForeignKey("reports.id"), nullable=False, unique=True),
    Column("revision_id", Text, ForeignKey("revisions.id"), nullable=False, unique=True),
    Column("added_at", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("photos_total", Integer, nullable=False),
    Column("photos_delivered", Integer, nullable=False),
    Column("bytes_total", BigInteger, nullable=False),
    Column("bytes_delivered", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", BigInteger),
    Column("why", Text, nullable=False),
    # When the server had the text, and all photos, by its own clock.
    Column("text_at", BigInteger),
    Column("complete_at", BigInteger),
)

uploads = Table(
    "uploads",
    drafts,
    Column("report_id", Text, ForeignKey("reports.id"), primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("rendition", Text, nullable=False),
    Column("upload_url", Text, nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("wanted", Integer, nullable=False, server_default="0"),
)
# What is still to be sent, in its order, without a look at what has arrived.
Index(
    "uploads_missing",
    uploads.c.report_id,
    uploads.c.rendition,
    uploads.c.wanted,
    uploads.c.position,
    sqlite_where=uploads.c.offset < uploads.c.bytes,
)

# What the server has said that it holds of a revision; kept after the delivery is done.
receipts = Table(
    "receipts",
    drafts,
    Column("report_id", Text, ForeignKey("reports.id"), primary_key=True),
    Column("revision_id", Text, primary_key=True),
    Column("text_sha256", Text, nullable=False),
    Column("photos", Text, nullable=False),  # JSON: bytes by SHA-256
    Column("text_at", BigInteger, nullable=False),
    Column("complete_at", BigInteger),
    Column("server", Text, nullable=False),
)

# What an editor decided, noted or asked for, until the desk has it. The report need not be here.
errands = Table(
    "errands",
    drafts,
    Column("number", Integer, primary_key=True),  # their order, whatever the clock said
    Column("id", Text, nullable=False, unique=True),
    Column("account", Text, nullable=False),
    Column("report_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("revision_id", Text, nullable=False),
    Column("payload", Text, nullable=False),  # JSON, as the kind has it
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", BigInteger),
    Column("why", Text, nullable=False),
    Column("added_at", BigInteger, nullable=False),
)

# A revision that was filed here while the desk got a newer one.
conflicts = Table(
    "conflicts",
    drafts,
    Column("report_id", Text, ForeignKey("reports.id"), primary_key=True),
    Column("revision_id", Text, nullable=False),
    Column("theirs", Text, nullable=False),  # JSON, the desk's answer
    Column("base", Text),
    Column("found_at", BigInteger, nullable=False),
)

desk_reports = Table(
    "desk_reports",
    drafts,
    Column("report_id", Text, primary_key=True),
    Column("answer", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)

desk_notes = Table(
    "desk_notes",
    drafts,
    Column("report_id", Text, ForeignKey("reports.id"), primary_key=True),
    Column("notes", Text, nullable=False),
)

state = Table(
    "state",
    drafts,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)

# Kept in step by store.report_words; a row id is the number of a report. It keeps no copy of the
# text. The folding is done before: FTS5 is to tell words apart, and nothing else.
REPORT_WORDS = """
CREATE VIRTUAL TABLE report_words USING fts5(
    standing, headline, people, facts, captions, body, content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'", prefix = '1 2 3'
)"""

# How many reports stand in each place, kept by SQLite itself: to count them took longer with every
# report, before the first screen could be shown. Derived, so it is none of the tables above.
PLACE_COUNTS = (
    "CREATE TABLE place_counts (place TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID",
    """
CREATE TRIGGER report_added AFTER INSERT ON reports BEGIN
    INSERT INTO place_counts VALUES (new.place, 1)
    ON CONFLICT (place) DO UPDATE SET number = number + 1;
END""",
    """
CREATE TRIGGER report_moved AFTER UPDATE OF place ON reports WHEN new.place <> old.place BEGIN
    UPDATE place_counts SET number = number - 1 WHERE place = old.place;
    INSERT INTO place_counts VALUES (new.place, 1)
    ON CONFLICT (place) DO UPDATE SET number = number + 1;
END""",
    """
CREATE TRIGGER report_deleted AFTER DELETE ON reports BEGIN
    UPDATE place_counts SET number = number - 1 WHERE place = old.place;
END""",
)

photo_files = Table(
    "photo_files",
    photos,
    Column("sha256", Text, primary_key=True),
    Column("bytes", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

photo_pieces = Table(
    "photo_pieces",
    photos,
    Column("number", Integer, primary_key=True),
    Column("sha256", Text, ForeignKey("photo_files.sha256"), nullable=False),
    Column("piece", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("photo_pieces_in_order", "sha256", "piece", unique=True),
)

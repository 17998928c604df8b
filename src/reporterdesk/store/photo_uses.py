"""Which photo bytes a file of drafts refers to, read with plain SQL."""

from __future__ import annotations

import json
import sqlite3
import zlib
from contextlib import suppress
from typing import Any

_PLAIN = ("reports", "revisions")
_PACKED = "snapshots"


def photo_names(db: sqlite3.Connection, *, forgiving: bool = False) -> set[str]:
    """Return the SHA-256 of every rendition that a report, revision or snapshot refers to.

    :param forgiving: leave out rows that cannot be understood.
    :raises ValueError: a row cannot be understood, so that the answer would not be complete.
    """
    names: set[str] = set()
    for table in (*_PLAIN, _PACKED):
        if not has_table(db, table):  # a store of the first version has no snapshots
            continue
        for row in db.execute(f"SELECT content FROM {table} WHERE photos > 0"):  # noqa: S608
            try:
                names |= names_in(zlib.decompress(row[0]) if table == _PACKED else row[0])
            except (ValueError, TypeError, zlib.error) as error:
                if not forgiving:
                    raise ValueError("A row is damaged.") from error
    return names


def names_at_desk(db: sqlite3.Connection) -> set[str]:
    """Return those that came with a revision from the desk: what is not here is not lost."""
    columns = {row[1] for row in db.execute("PRAGMA table_info(revisions)")}
    if "received" not in columns:  # a store of an older version
        return set()
    names: set[str] = set()
    for row in db.execute("SELECT content FROM revisions WHERE received AND photos > 0"):
        with suppress(ValueError):
            names |= names_in(row[0])
    return names


def names_in(content: str | bytes) -> set[str]:
    """Return the SHA-256 of every rendition in a report's stored JSON.

    :raises ValueError: it is no report's JSON.
    """
    try:
        photos: list[dict[str, Any]] = json.loads(content)["photos"]
        return {photo[size]["sha256"] for photo in photos for size in ("preview", "full")}
    except (LookupError, TypeError, RecursionError) as error:
        raise ValueError("This is no report’s JSON.") from error


def has_table(db: sqlite3.Connection, name: str) -> bool:
    """Return whether there is a table of this name."""
    found = db.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (name,))
    return found.fetchone() is not None

"""A disk that is full for one file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from reporterdesk.store.database import Database


@contextmanager
def no_more_pages(database: Database) -> Iterator[None]:
    """Let SQLite find no further page, as on a full disk: a real SQLITE_FULL."""
    database.pragma(f"max_page_count={database.pragma('page_count')}")
    try:
        yield
    finally:
        database.pragma("max_page_count=1073741823")

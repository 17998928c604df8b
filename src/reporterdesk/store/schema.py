"""Making the tables of a new store, and telling what an existing file is before it is touched."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import MetaData, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from reporterdesk.domain.errors import StoreTooNew
from reporterdesk.store import tables
from reporterdesk.store.database import Database
from reporterdesk.store.faults import known_os_error, unreadable
from reporterdesk.store.key import StoreKey
from reporterdesk.store.versions import DRAFTS_ID, DRAFTS_VERSION, PHOTOS_ID, PHOTOS_VERSION

_MAGIC = b"SQLite format 3\x00"  # https://www.sqlite.org/fileformat2.html, "The Database Header"


def open_drafts(file: Path, key: StoreKey | None = None) -> Database:
    """Open or make ``drafts.db``.

    :raises StoreError: as :func:`~reporterdesk.store.opening.open_store` says.
    """
    more = (tables.REPORT_WORDS, *tables.PLACE_COUNTS)
    return _open(file, key, tables.drafts, more, DRAFTS_ID, DRAFTS_VERSION)


def open_photos(file: Path, key: StoreKey | None = None) -> Database:
    """Open or make ``photos.db``.

    :raises StoreError: as :func:`~reporterdesk.store.opening.open_store` says.
    """
    return _open(file, key, tables.photos, (), PHOTOS_ID, PHOTOS_VERSION)


def _open(
    file: Path,
    key: StoreKey | None,
    metadata: MetaData,
    more: tuple[str, ...],
    application: int,
    version: int,
) -> Database:
    new = _is_new(file, encrypted=key is not None)
    database = Database(file, key)
    try:
        if not new:
            _recognise(database, file, application=application, version=version)
        elif application == PHOTOS_ID:
            # Only possible before the first table: swept photos give their room back.
            database.execute(text("PRAGMA auto_vacuum=INCREMENTAL"))
        database.prepare()
        if database.pragma("user_version") == 0:
            _make(database, metadata, more, application=application, version=version)
    except BaseException:
        database.close()
        raise
    return database


def _is_new(file: Path, *, encrypted: bool) -> bool:
    """Tell whether ``file`` is missing or empty: SQLite starts a database there.

    SQLCipher's files begin with random bytes, which stand for the salt.

    :raises StoreUnreadable: it begins like no SQLite database; or like one, though it should be
        encrypted.
    """
    try:
        if not file.exists():
            return True
        with file.open("rb") as opened:
            start = opened.read(len(_MAGIC))
    except OSError as error:
        raise known_os_error(error, file) from error
    if start and (start == _MAGIC) == encrypted:
        raise unreadable(file)
    return not start


def _recognise(database: Database, file: Path, *, application: int, version: int) -> None:
    found_application = database.pragma("application_id")
    found_version = database.pragma("user_version")
    # A crash while a store was made leaves a database without tables and without a version.
    empty = database.value(text("SELECT count(*) FROM sqlite_master")) == 0
    if empty and found_application == found_version == 0:
        return
    if found_application != application:
        raise unreadable(file)
    if found_version > version:
        raise StoreTooNew


def _make(
    database: Database, metadata: MetaData, more: tuple[str, ...], *, application: int, version: int
) -> None:
    """Make all tables in one transaction, the version with them."""
    dialect = sqlite.dialect()
    with database.transaction():
        for table in metadata.sorted_tables:
            database.execute(text(str(CreateTable(table).compile(dialect=dialect))))
            for index in sorted(table.indexes, key=lambda index: str(index.name)):
                database.execute(text(str(CreateIndex(index).compile(dialect=dialect))))
        for statement in more:
            database.execute(text(statement))
        database.execute(text(f"PRAGMA application_id={application}"))
        database.execute(text(f"PRAGMA user_version={version}"))

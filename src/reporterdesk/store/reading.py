"""Looking into a file of the store without changing it: plain SQL over the driver.

What is examined must stay as it is, also where it is damaged; and a backup is read beside the
app that writes, on a thread of its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from reporterdesk.domain.errors import StoreTooNew
from reporterdesk.store.driver import DriverError, connect
from reporterdesk.store.faults import known_os_error, known_sqlite_error, unreadable
from reporterdesk.store.key import StoreKey
from reporterdesk.store.versions import DRAFTS_ID, DRAFTS_VERSION, PHOTOS_ID, PHOTOS_VERSION

Cancelled: TypeAlias = Callable[[], bool]
"""Asked again and again, on the thread that does the work; ``True`` ends it."""

_STEPS_BETWEEN = 1_000
"""SQLite's instructions between two looks at whether to go on: well under a millisecond."""
_NEWEST = {DRAFTS_ID: DRAFTS_VERSION, PHOTOS_ID: PHOTOS_VERSION}


class Stopped(Exception):
    """Long work was asked to end before it was done."""


def never() -> bool:
    """Answer that nobody wants it to end."""
    return False


@contextmanager
def opened(
    file: Path, key: StoreKey | None, *, how: str = "", cancelled: Cancelled = never
) -> Iterator[sqlite3.Connection]:
    """Open a file with the driver and close it again.

    :param how: as :func:`~reporterdesk.store.driver.connect` has it.
    :raises StoreError: whatever SQLite says inside, as a known error.
    :raises Stopped: ``cancelled`` has said so, while SQLite was at work.
    """
    try:
        db = connect(file, key, how=how)
        try:
            db.set_progress_handler(cancelled, _STEPS_BETWEEN)
            yield db
        finally:
            db.close()
    except DriverError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            raise Stopped from error
        known = known_sqlite_error(error, file)
        if known is None:
            raise
        raise known from error
    except OSError as error:
        raise known_os_error(error, file) from error


@contextmanager
def opened_to_read(
    file: Path, key: StoreKey | None, *, alone: bool, cancelled: Cancelled = never
) -> Iterator[sqlite3.Connection]:
    """Open a file so that not one byte of it changes, nor of its log.

    :param alone: nobody else has it open. Then a file without a log gets no new one beside it.
    :raises StoreUnreadable: it is not there; otherwise as :func:`opened`.
    """
    if not file.is_file():
        raise unreadable(file)
    with opened(file, key, how=read_only(file, alone=alone), cancelled=cancelled) as db:
        yield db


def read_only(file: Path, *, alone: bool) -> str:
    """Return how a file is opened so that nothing of it changes (https://www.sqlite.org/uri.html).

    Without a log, and with nobody else there, SQLite need not even make one to share.
    """
    return "immutable=1" if alone and not has_log(file) else "mode=ro"


def has_log(file: Path) -> bool:
    """Return whether commits are in the ``-wal`` that may not be in the file yet."""
    log = file.with_name(file.name + "-wal")
    return log.is_file() and log.stat().st_size > 0


def recognise(db: sqlite3.Connection, file: Path, application: int) -> int:
    """Return the version of the tables of a file that must be one of ours.

    :param application: ``DRAFTS_ID`` or ``PHOTOS_ID``.
    :raises StoreUnreadable: it is something else, or empty.
    :raises StoreTooNew: a newer ReporterDesk wrote it.
    """
    found = int(db.execute("PRAGMA application_id").fetchone()[0])
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if found != application or version == 0:
        raise unreadable(file)
    if version > _NEWEST[application]:
        raise StoreTooNew
    return version


def complaints(db: sqlite3.Connection, most: int = 20) -> tuple[str, ...]:
    """Read the whole file and return what SQLite finds wrong with it, in SQLite's words.

    The search index is read, too: FTS5 takes part in ``integrity_check``.
    """
    try:
        found = db.execute(f"PRAGMA integrity_check({most})").fetchall()
    except DriverError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGE:
            raise
        return (str(error),)
    lines = tuple(str(row[0]) for row in found)
    return () if lines == ("ok",) else lines


_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def check_whole(
    file: Path, key: StoreKey | None, application: int, *, cancelled: Cancelled = never
) -> None:
    """Open a file that nobody writes, and read all of it.

    :raises StoreUnreadable: it is damaged, something else, or does not open with ``key``.
    :raises StoreTooNew: a newer ReporterDesk wrote it.
    :raises Stopped: ``cancelled`` has said so.
    """
    with opened_to_read(file, key, alone=True, cancelled=cancelled) as db:
        recognise(db, file, application)
        if complaints(db, 1):
            raise unreadable(file)

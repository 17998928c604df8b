"""Copying a database under another key, or under none, by SQLCipher's ``sqlcipher_export``.

It copies the schema, all rows and the search index (https://www.zetetic.net/sqlcipher/sqlcipher-api/,
"sqlcipher_export"), and not what the header says: application id, version and auto-vacuum are set
here. The copy counts as finished once it was opened anew with its own key, was read to the end,
and has the same tables with as many rows.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from reporterdesk.domain.errors import ChangeCancelled, StoreFull
from reporterdesk.store.driver import DriverError
from reporterdesk.store.faults import unreadable
from reporterdesk.store.key import StoreKey
from reporterdesk.store.reading import Stopped, complaints, opened
from reporterdesk.store.wiping import wipe_database

_HEADER = ("application_id", "user_version")
_CODES = {
    "interrupted": sqlite3.SQLITE_INTERRUPT,
    "database or disk is full": sqlite3.SQLITE_FULL,
    "disk I/O error": sqlite3.SQLITE_IOERR,
    "database disk image is malformed": sqlite3.SQLITE_CORRUPT,
    "database is locked": sqlite3.SQLITE_BUSY,
}
"""SQLite's own words for these codes (``sqlite3ErrStr`` in main.c)."""
_COPIED = 0.8
"""How much of the work the copying is; the rest is reading the copy."""
_STEPS_BETWEEN = 20
"""SQLite's instructions between two looks: one may copy or check a whole piece of a photo."""
_PACE = 0.05
"""Seconds between two looks that cost something."""


def export_database(
    source: Path,
    source_key: StoreKey | None,
    target: Path,
    target_key: StoreKey | None,
    *,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> None:
    """Copy ``source`` to ``target``, and make sure of the copy; what was ``target`` is deleted.

    The content of ``source`` stays as it is; nobody else may write it meanwhile. On an error,
    nothing is left of ``target``.

    :param progress: told how much is done, from 0 to 1, on this thread.
    :param cancelled: asked again and again, on this thread.
    :raises ChangeCancelled: ``cancelled`` has said so.
    :raises StoreUnreadable: ``source`` is damaged, or ``source_key`` does not open it.
    :raises StoreFull: there is no room for the copy.
    """
    wipe_database(target)
    watch = _Watch(target, source, progress, cancelled)
    try:
        with opened(source, source_key) as db:
            db.set_progress_handler(watch.stopped, _STEPS_BETWEEN)
            found = _copy(db, target, target_key)
        watch.all_copied()
        with opened(target, target_key) as db:
            db.set_progress_handler(watch.stopped, _STEPS_BETWEEN)
            _check(db, found, source)
        progress(1.0)
    except BaseException as error:
        wipe_database(target)
        if isinstance(error, Stopped):
            raise (watch.broken or ChangeCancelled()) from error
        if isinstance(error, StoreFull):
            raise no_room_left() from error
        raise


def no_room_left() -> StoreFull:
    """Return the error of a disk that became full while the store was copied."""
    return StoreFull(
        "This disk became full before the drafts were copied.",
        safe="Nothing was changed.",
        next_step="Make room on the disk and try again.",
    )


class _Watch:
    """Tells the progress whenever SQLite asks whether to stop.

    SQLite stops for an error in here, too, and swallows it: ``broken`` keeps it.
    """

    def __init__(
        self,
        target: Path,
        source: Path,
        progress: Callable[[float], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._target, self._progress, self._cancelled = target, progress, cancelled
        self._whole = max(size_with_log(source), 1)
        self._looked = self._done = 0.0
        self.broken: Exception | None = None

    def all_copied(self) -> None:
        """Tell that the reading of the copy begins."""
        self._done = _COPIED
        self._progress(self._done)

    def stopped(self) -> bool:
        """Return whether to stop; how much is copied shows in the size of the copy."""
        now = time.monotonic()
        if now - self._looked < _PACE:
            return False
        self._looked = now
        try:
            copied = min(size_with_log(self._target) / self._whole, 1.0)
            self._done = max(self._done, copied * _COPIED)
            self._progress(self._done)
            return self._cancelled()
        except Exception as error:  # noqa: BLE001 - it is raised where SQLite has stopped
            self.broken = error
            return True


def size_with_log(file: Path) -> int:
    """Return how many bytes a database takes, its log included; 0 where there is none."""
    both = (file, file.with_name(file.name + "-wal"))
    return sum(each.stat().st_size for each in both if each.is_file())


_Told = tuple[tuple[object, ...], ...]


def _copy(db: sqlite3.Connection, target: Path, key: StoreKey | None) -> _Told:
    """Copy all of ``db``; return what the copy must hold."""
    # A plain source has not been read yet, and an empty file would do: is it a database at all?
    found = _told(db, "main")
    if len(found) == len(_HEADER) + 1:
        raise unreadable(Path(db.execute("PRAGMA database_list").fetchone()[2]))
    db.execute("ATTACH ? AS target KEY ?", (str(target), "" if key is None else key.literal()))
    # Nobody needs half a copy after a crash: no journal; it is synced as a whole before it counts.
    for pragma in ("journal_mode=OFF", "synchronous=OFF", f"auto_vacuum={_auto_vacuum(db)}"):
        db.execute(f"PRAGMA target.{pragma}")
    try:
        db.execute("SELECT sqlcipher_export('target')").fetchall()
    except DriverError as error:
        _give_code(error)
        raise
    for name in _HEADER:
        value = int(db.execute(f"PRAGMA main.{name}").fetchone()[0])
        db.execute(f"PRAGMA target.{name}={value}")
    db.execute("DETACH target")
    return found


def _give_code(error: Exception) -> None:
    """Give an error its code again: out of ``sqlcipher_export``, it has only the words of one."""
    for words, code in _CODES.items():
        if words in str(error):
            error.sqlite_errorcode = code  # type: ignore[attr-defined]


def _check(db: sqlite3.Connection, found: _Told, source: Path) -> None:
    """Read the copy to the end.

    :raises StoreUnreadable: it is not what it should be.
    """
    if complaints(db, 1) or _told(db, "main") != found:
        raise unreadable(source)


def _auto_vacuum(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA main.auto_vacuum").fetchone()[0])


def _told(db: sqlite3.Connection, schema: str) -> _Told:
    """Return what tells a database: its header, its schema, and how many rows each table has."""
    header = tuple(
        (name, int(db.execute(f"PRAGMA {schema}.{name}").fetchone()[0])) for name in _HEADER
    )
    objects = db.execute(
        f"SELECT type, name, tbl_name, sql FROM {schema}.sqlite_master"  # noqa: S608 - ours
        " WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name"
    ).fetchall()
    counts = tuple(
        (name, db.execute(f'SELECT count(*) FROM {schema}."{name}"').fetchone()[0])  # noqa: S608
        for kind, name, _, sql in objects
        if kind == "table" and not str(sql).upper().startswith("CREATE VIRTUAL")
    )
    return (*header, ("auto_vacuum", _auto_vacuum(db)), *map(tuple, objects), *counts)

"""Putting a backup in the place of the store, and telling before what that would change.

The store that was in use is set aside as a whole and stands in the list of backups from then on:
the way back is to restore that one. The store must be closed, and whoever restores holds the
:class:`~reporterdesk.store.lock.ProfileLock`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reporterdesk.domain.errands import FROM_BACKUP, ErrandState
from reporterdesk.domain.errors import StoreError, StoreFull
from reporterdesk.paths import drafts_file, photos_file
from reporterdesk.store.backup_list import Backup, new_set_aside
from reporterdesk.store.faults import known_os_error
from reporterdesk.store.key import StoreKey
from reporterdesk.store.moments import from_micros
from reporterdesk.store.photo_uses import has_table, names_at_desk, photo_names
from reporterdesk.store.reading import (
    Cancelled,
    check_whole,
    never,
    opened,
    opened_to_read,
    recognise,
)
from reporterdesk.store.refilling import refill_photos
from reporterdesk.store.replacing import finish_replacement, fresh_beside, replace_files
from reporterdesk.store.versions import DRAFTS_ID

MOST_LISTED = 200
"""Reports that a comparison names, the newest first; the rest is counted."""

_COLUMNS = "SELECT id, substr(headline, 1, 300), changed_at FROM reports"


@dataclass(frozen=True, slots=True)
class ReportThen:
    """A report that would change. ``headline`` is cut at 300 characters and may be empty."""

    id: str
    headline: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class WhatChanges:
    """What restoring a backup would do to the reports of the present store.

    ``gone`` are not in the backup; ``older`` would be as they were at the time; ``back`` are in the
    backup only. Each names the newest 200, ``counts`` says how many there are. ``known`` is false
    where the present store cannot be read.
    """

    gone: tuple[ReportThen, ...] = ()
    older: tuple[ReportThen, ...] = ()
    back: tuple[ReportThen, ...] = ()
    counts: tuple[int, int, int] = (0, 0, 0)
    known: bool = True


@dataclass(frozen=True, slots=True)
class Restored:
    """``set_aside`` is the folder of what was in use before, ``None`` where nothing was.

    ``photos_missing`` counts photo bytes to which the backup refers and that are nowhere.
    """

    set_aside: Path | None
    photos_missing: int


def what_changes(home: Path, key: StoreKey | None, backup: Backup) -> WhatChanges:
    """Compare ``backup`` with the present store, which may be open and is not changed.

    Not for the UI thread: it reads a line of each report twice.

    :raises StoreError: the backup cannot be read.
    """
    with opened_to_read(backup.file, key, alone=True) as db:
        recognise(db, backup.file, DRAFTS_ID)
        then = {row[0]: row for row in db.execute(_COLUMNS)}
    try:
        with opened_to_read(drafts_file(home), key, alone=False) as db:
            recognise(db, drafts_file(home), DRAFTS_ID)
            now = {row[0]: row for row in db.execute(_COLUMNS)}
    except StoreError:
        return WhatChanges(known=False)
    gone = [row for name, row in now.items() if name not in then]
    older = [row for name, row in now.items() if name in then and then[name][2] != row[2]]
    back = [row for name, row in then.items() if name not in now]
    counts = (len(gone), len(older), len(back))
    return WhatChanges(_newest(gone), _newest(older), _newest(back), counts)


def restore_backup(
    home: Path,
    key: StoreKey | None,
    backup: Backup,
    *,
    now: datetime,
    cancelled: Cancelled = never,
) -> Restored:
    """Put ``backup`` in the place of the drafts, and bring back the photo bytes it refers to.

    All or nothing: until the last step, the present store is as it was. The copy is read through
    before it counts.

    :raises StoreUnreadable: the backup is damaged, or does not open with ``key``.
    :raises StoreFull: there is no room for the copy.
    :raises Stopped: ``cancelled`` has said so; nothing was changed.
    """
    finish_replacement(home)
    target = drafts_file(home)
    fresh = fresh_beside(target)
    aside = new_set_aside(home, now)
    with fresh_files(fresh):
        copy_closed(backup.file, fresh, key)
        check_whole(fresh, key, DRAFTS_ID, cancelled=cancelled)
        _hold_errands(fresh, key)
        with opened_to_read(fresh, key, alone=True) as db:
            names = photo_names(db, forgiving=True)
            elsewhere = names_at_desk(db)
        photos = refill_photos(home, key, names, cancelled=cancelled)
        with fresh_files(*photos.fresh.values()):
            had_one = target.exists() or photos_file(home).exists()
            replace_files(home, {target: fresh, **photos.fresh}, set_aside=aside)
    return Restored(aside if had_one else None, len(photos.missing - elsewhere))


@contextmanager
def fresh_files(*files: Path) -> Iterator[None]:
    """Delete files that were prepared, if what they were prepared for fails."""
    try:
        yield
    except BaseException:
        for file in files:
            for end in ("", "-wal", "-shm", "-journal"):
                file.with_name(file.name + end).unlink(missing_ok=True)
        raise


def copy_closed(source: Path, target: Path, key: StoreKey | None) -> None:
    """Copy a database that nobody has open, its log folded in, and wait for the disk.

    :raises StoreFull: there is no room for it.
    """
    log = source.with_name(source.name + "-wal")
    try:
        if shutil.disk_usage(target.parent).free < source.stat().st_size:
            raise StoreFull(
                "There is too little room on this disk for a copy of the drafts.",
                safe="Nothing was changed.",
                next_step="Make room on the disk and try again.",
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        if log.is_file():
            shutil.copyfile(log, target.with_name(target.name + "-wal"))
    except OSError as error:
        raise known_os_error(error, target) from error
    with opened(target, key, how="mode=rw") as db:
        db.execute("PRAGMA journal_mode = DELETE").fetchall()
    with target.open("r+b") as written:
        os.fsync(written.fileno())


def _hold_errands(file: Path, key: StoreKey | None) -> None:
    """Let no decision out of a backup be sent unasked: it may have been taken back since."""
    with opened(file, key, how="mode=rw") as db:
        if has_table(db, "errands"):
            held = "UPDATE errands SET state = ?, why = ?, next_attempt_at = NULL"
            db.execute(held, (ErrandState.REFUSED.value, FROM_BACKUP))
    with file.open("r+b") as written:
        os.fsync(written.fileno())


def _newest(rows: list[tuple[str, str, int]]) -> tuple[ReportThen, ...]:
    rows.sort(key=lambda row: row[2], reverse=True)
    return tuple(ReportThen(row[0], row[1], from_micros(row[2])) for row in rows[:MOST_LISTED])

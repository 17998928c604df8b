"""Taking a backup beside the app that writes: nobody ever waits for it.

It runs on a thread of its own, with connections of its own; in WAL mode a reader does not hold up
the writer. The copy is made by ``VACUUM INTO``, with the store's own key, under a name that does
not count; it is read through, and only then gets the name by which it is found. Photo bytes, named
by what they are, go into one file that all backups share, each photo on its own. Whatever happens,
a full disk or a crash, what was there before stays.
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from reporterdesk.domain.errors import StoreFull, StoreUnreadable
from reporterdesk.durable import sync_folder
from reporterdesk.paths import backups_folder, drafts_file
from reporterdesk.store.backup_list import backup_files, dispensable, next_backup_file
from reporterdesk.store.backup_photos import back_up_photos, sweep_backup_photos
from reporterdesk.store.faults import known_os_error
from reporterdesk.store.key import StoreKey
from reporterdesk.store.reading import (
    Cancelled,
    Stopped,
    check_whole,
    never,
    opened,
    opened_to_read,
    recognise,
)
from reporterdesk.store.versions import DRAFTS_ID

_log = logging.getLogger(__name__)

EVERY = timedelta(days=1)
SPARED = 32 * 1024 * 1024
"""Bytes of the disk that no backup takes: they are for the words that are being typed."""

_NEW = ".new"


@dataclass(frozen=True, slots=True)
class TakenBackup:
    """What was done. ``file`` is ``None`` where there was nothing to back up, or it was not due.

    ``photos`` were copied; ``skipped`` says, as a sentence, why it is not all of them, or ``""``.
    """

    file: Path | None
    photos: int = 0
    skipped: str = ""


def backup_due(home: Path, now: datetime) -> bool:
    """Return whether the newest backup is a day old, or the clock makes no sense of its age."""
    taken = backup_files(home)
    return not taken or abs(now - taken[-1].taken_at) >= EVERY


def keep_backed_up(
    home: Path, key: StoreKey | None, now: datetime, *, cancelled: Cancelled = never
) -> TakenBackup:
    """Do what is due: drafts once a day, photo bytes that have come since at every call.

    Otherwise as :func:`back_up`.
    """
    if backup_due(home, now):
        return back_up(home, key, now, cancelled=cancelled)
    sweep_unfinished(home)
    photos = back_up_photos(home, key, spared=SPARED, cancelled=cancelled)
    return TakenBackup(None, photos.copied, photos.skipped)


def back_up(
    home: Path, key: StoreKey | None, now: datetime, *, cancelled: Cancelled = never
) -> TakenBackup:
    """Take a backup now, verify it, and let go of those that are no longer needed.

    Runs on any thread but the UI's, seconds for a large store. The caller has the store open, or
    holds its lock; one backup at a time.

    :raises StoreFull: there is not enough room. Nothing was deleted to make some.
    :raises StoreUnreadable: the store is damaged, so that no whole copy could be made.
    :raises Stopped: ``cancelled`` has said so. What was begun is gone, or is by the next call.
    """
    folder = backups_folder(home)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sweep_unfinished(home)
        _check_room(drafts_file(home), folder)
        file = _copied(home, key, now, cancelled)
    except OSError as error:
        raise known_os_error(error, folder) from error
    if file is not None:
        _log.info("A backup was taken: %s.", file.name)
        for old in dispensable(backup_files(home)):
            old.file.unlink(missing_ok=True)
    photos = back_up_photos(home, key, spared=SPARED, cancelled=cancelled)
    if file is not None and not photos.skipped:
        sweep_backup_photos(home, key)
    return TakenBackup(file, photos.copied, photos.skipped)


def sweep_unfinished(home: Path) -> None:
    """Delete what a crash has left of a backup; it never had a name that counts."""
    for file in backups_folder(home).glob(f"drafts-*{_NEW}*"):
        file.unlink(missing_ok=True)


def _check_room(source: Path, folder: Path) -> None:
    needed = source.stat().st_size if source.is_file() else 0
    if shutil.disk_usage(folder).free < needed + SPARED:
        raise StoreFull(
            "There is too little room on this disk for a backup of your drafts.",
            safe="Your drafts and the older backups are untouched.",
            next_step="Make room on the disk; the backup is taken by itself then.",
        )


def _copied(home: Path, key: StoreKey | None, now: datetime, cancelled: Cancelled) -> Path | None:
    """Copy the drafts, read the copy through, and give it its name; nothing where none are."""
    source, target = drafts_file(home), next_backup_file(home, now)
    new = target.with_name(target.name + _NEW)
    if not source.is_file():
        return None
    try:
        with opened(source, key, how="mode=rw", cancelled=cancelled) as db:
            recognise(db, source, DRAFTS_ID)
            before = _count(db)
            if before == 0:
                return None  # an empty store must not push out backups that have something in them
            db.execute("VACUUM INTO ?", (str(new),))
            after = _count(db)
        with new.open("r+b") as written:
            os.fsync(written.fileno())
        _verify(new, key, range(min(before, after), max(before, after) + 1), cancelled)
        new.replace(target)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)
    return target


def _verify(new: Path, key: StoreKey | None, counts: range, cancelled: Cancelled) -> None:
    """Open the copy as it would be opened one day, read all of it, and count."""
    check_whole(new, key, DRAFTS_ID, cancelled=cancelled)
    with opened_to_read(new, key, alone=True) as db:
        if _count(db) not in counts:
            raise StoreUnreadable(
                "The backup does not hold what the store holds, so it was not kept.",
                safe="Your drafts and the older backups are untouched.",
            )
    if cancelled():
        raise Stopped


def _count(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT count(*) FROM reports").fetchone()[0])

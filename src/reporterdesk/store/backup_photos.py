"""``backups/photos.db``: the photo bytes of all backups, each photo once, named by its SHA-256.

It has the tables of ``photos.db`` and one more, which says for which backup a photo is kept, so
that a photo goes with the last backup that refers to it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import text

from reporterdesk.domain.errors import StoreError, StoreFull
from reporterdesk.paths import backups_folder, photos_file
from reporterdesk.store.backup_list import Backup, list_backups
from reporterdesk.store.key import StoreKey
from reporterdesk.store.photo_bytes import PhotoBytes
from reporterdesk.store.photo_source import PhotoSource, stored_names
from reporterdesk.store.photo_uses import photo_names
from reporterdesk.store.reading import Cancelled, Stopped, opened_to_read
from reporterdesk.store.schema import open_photos

_KEPT_FOR = """
CREATE TABLE IF NOT EXISTS kept_for (
    backup TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (backup, sha256)
) WITHOUT ROWID"""
_READ = ""
"""In the place of a SHA-256: the backup was read, even if it has no photos."""


@dataclass(frozen=True, slots=True)
class CopiedPhotos:
    """How many photos’ bytes were copied, and, as a sentence, why not all of them, or ``""``."""

    copied: int = 0
    skipped: str = ""


def backup_photos_file(home: Path) -> Path:
    """Return the file of the photo bytes of all backups."""
    return backups_folder(home) / "photos.db"


class BackupPhotos:
    """The open file. Lives on the thread that opened it; a context manager that closes it.

    Every method raises :class:`~reporterdesk.domain.errors.StoreError` and its kinds.
    """

    def __init__(self, home: Path, key: StoreKey | None) -> None:
        self._home, self._key = home, key
        backups_folder(home).mkdir(mode=0o700, parents=True, exist_ok=True)
        self._db = open_photos(backup_photos_file(home), key)
        self.photos = PhotoBytes(self._db)
        self._db.execute(text(_KEPT_FOR))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._db.close()

    def names(self) -> set[str]:
        """Return the SHA-256 of all that is kept."""
        return stored_names(self._db)

    def sweep(self, live: Iterable[str]) -> int:
        """Delete what neither a backup nor ``live`` names; return how many photos’ bytes that were.

        Nothing is deleted while it cannot be read what one of the backups refers to.
        """
        listed = list_backups(self._home, self._key)
        known = {row[0] for row in self._db.rows(text("SELECT DISTINCT backup FROM kept_for"))}
        for backup in listed:
            if backup.name not in known and not self._remember(backup):
                return 0
        for gone in known - {backup.name for backup in listed}:
            self._db.execute(text("DELETE FROM kept_for WHERE backup = :name"), {"name": gone})
        kept = {row[0] for row in self._db.rows(text("SELECT DISTINCT sha256 FROM kept_for"))}
        return self.photos.sweep(kept | set(live))

    def _remember(self, backup: Backup) -> bool:
        """Write down to which photos ``backup`` refers; return whether that could be read."""
        try:
            with opened_to_read(backup.file, self._key, alone=True) as db:
                names = photo_names(db)
        except (StoreError, ValueError):
            return False
        rows = [{"backup": backup.name, "sha256": name} for name in (_READ, *sorted(names))]
        with self._db.transaction():
            self._db.execute(text("INSERT INTO kept_for VALUES (:backup, :sha256)"), rows)
        return True


def back_up_photos(
    home: Path, key: StoreKey | None, *, spared: int, cancelled: Cancelled
) -> CopiedPhotos:
    """Copy the photo bytes that no backup has yet, one photo after the other.

    Each is on the disk when the next one begins, so that it goes on from there another time. What
    is damaged in the store is left out.

    :param spared: bytes of the disk that stay free.
    :raises Stopped: ``cancelled`` has said so between two photos.
    """
    if not photos_file(home).is_file():
        return CopiedPhotos()
    copied = 0
    try:
        live = PhotoSource(photos_file(home), key, alone=False)
        try:
            with BackupPhotos(home, key) as kept:
                for name in sorted(live.names() - kept.names()):
                    if cancelled():
                        raise Stopped
                    data = live.whole(name)
                    if data is None:
                        continue
                    _check_room(backups_folder(home), len(data) + spared)
                    kept.photos.put(data)
                    copied += 1
        finally:
            live.close()
    except StoreError as error:
        return CopiedPhotos(copied, str(error))
    return CopiedPhotos(copied)


def sweep_backup_photos(home: Path, key: StoreKey | None) -> int:
    """Delete the photo bytes of backups that are gone; as :meth:`BackupPhotos.sweep`."""
    if not backup_photos_file(home).is_file() or not photos_file(home).is_file():
        return 0
    live = PhotoSource(photos_file(home), key, alone=False)
    try:
        with BackupPhotos(home, key) as kept:
            return kept.sweep(live.names())
    finally:
        live.close()


def _check_room(folder: Path, needed: int) -> None:
    if shutil.disk_usage(folder).free < needed:
        raise StoreFull(
            "There is too little room on this disk to back up all photos.",
            safe="Your photos and the older backups are untouched.",
            next_step="Make room on the disk; the rest is backed up by itself then.",
        )

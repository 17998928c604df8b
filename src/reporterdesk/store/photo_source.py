"""Reading photo bytes out of a file that is not to be changed, and may be damaged."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

from sqlalchemy import select

from reporterdesk.domain.errors import PhotoGone, StoreUnreadable
from reporterdesk.store.database import Database
from reporterdesk.store.driver import connect
from reporterdesk.store.key import StoreKey
from reporterdesk.store.photo_bytes import PhotoBytes
from reporterdesk.store.reading import read_only
from reporterdesk.store.tables import photo_files


class PhotoSource(Database):
    """A file of photo bytes, opened for reading only, for the one thread that made it.

    :param alone: nobody else has it open.
    """

    def __init__(self, file: Path, key: StoreKey | None, *, alone: bool) -> None:
        self._how = read_only(file, alone=alone)
        super().__init__(file, key)

    def names(self) -> set[str]:
        """Return the SHA-256 of everything that is said to be in it."""
        return stored_names(self)

    def whole(self, name: str) -> bytes | None:
        """Return the bytes that ``name`` stands for, ``None`` where they are damaged or missing."""
        try:
            data = PhotoBytes(self).read(name)
        except (StoreUnreadable, PhotoGone):
            return None
        return data if hashlib.sha256(data).hexdigest() == name else None

    def _connect(self) -> sqlite3.Connection:
        return connect(self.file, self._key, how=self._how)


def stored_names(db: Database) -> set[str]:
    """Return the SHA-256 of everything that is said to be in a file of photo bytes."""
    return {row[0] for row in db.rows(select(photo_files.c.sha256))}

"""Photo bytes, named by their SHA-256, in rows of 1 MiB.

Small rows let an upload read a stretch from the middle of a large photo without all of it.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import delete, func, insert, select

from reporterdesk.domain.errors import PhotoGone
from reporterdesk.store.database import Database
from reporterdesk.store.tables import photo_files, photo_pieces

PIECE = 1024 * 1024
"""Bytes in one row."""


class PhotoBytes:
    """Bytes in, their name out. Lives on the store thread.

    Every method raises :class:`~reporterdesk.domain.errors.StoreError` and its kinds.
    """

    def __init__(self, database: Database) -> None:
        self._db = database
        self._put_now: set[str] = set()

    def put(self, data: bytes) -> str:
        """Keep ``data`` and return its SHA-256 in hex; the same again changes nothing.

        When it returns, the bytes are on the disk.
        """
        name = hashlib.sha256(data).hexdigest()
        with self._db.transaction():
            if not self.has(name):
                self._db.execute(insert(photo_files).values(sha256=name, bytes=len(data)))
                pieces = [
                    {"sha256": name, "piece": start // PIECE, "data": data[start : start + PIECE]}
                    for start in range(0, len(data), PIECE)
                ]
                if pieces:
                    self._db.execute(insert(photo_pieces), pieces)
        self._put_now.add(name)
        return name

    def has(self, sha256: str) -> bool:
        """Tell whether these bytes are here."""
        chosen = select(photo_files.c.sha256).where(photo_files.c.sha256 == sha256)
        return self._db.row(chosen) is not None

    def size(self, sha256: str) -> int:
        """Return the number of bytes.

        :raises PhotoGone: they are not here.
        """
        size = self._db.value(select(photo_files.c.bytes).where(photo_files.c.sha256 == sha256))
        if size is None:
            raise PhotoGone("The photo’s data is not on this laptop.")
        return int(size)

    def read(self, sha256: str) -> bytes:
        """Return all bytes.

        :raises PhotoGone: they are not here.
        """
        return self.read_range(sha256, 0, self.size(sha256))

    def read_range(self, sha256: str, offset: int, length: int) -> bytes:
        """Return ``length`` bytes from ``offset``, fewer at the end.

        :raises PhotoGone: they are not here.
        """
        end = min(offset + length, self.size(sha256))
        if offset < 0 or end <= offset:
            return b""
        first = offset // PIECE
        chosen = select(photo_pieces.c.data).where(
            photo_pieces.c.sha256 == sha256,
            photo_pieces.c.piece.between(first, (end - 1) // PIECE),
        )
        rows = self._db.rows(chosen.order_by(photo_pieces.c.piece))
        start = first * PIECE
        return b"".join(row[0] for row in rows)[offset - start : end - start]

    def names(self) -> tuple[str, ...]:
        """Return the names of all bytes that may be swept.

        Not those that were put since the store was opened: their report may not be saved yet.
        """
        rows = self._db.rows(select(photo_files.c.sha256).order_by(photo_files.c.sha256))
        return tuple(row[0] for row in rows if row[0] not in self._put_now)

    def newest(self) -> int:
        """Return a number that changes whenever bytes have come."""
        return int(self._db.value(select(func.max(photo_pieces.c.number))) or 0)

    def delete(self, sha256: str) -> None:
        """Delete bytes to which nothing refers any more."""
        with self._db.transaction():
            self._db.execute(delete(photo_pieces).where(photo_pieces.c.sha256 == sha256))
            self._db.execute(delete(photo_files).where(photo_files.c.sha256 == sha256))
        self._db.shrink()

    def sweep(self, keep: set[str]) -> int:
        """Delete what is not in ``keep`` and return how many photos' bytes that were.

        What was put since the store was opened stays: its report may not be saved yet.
        """
        orphans = [name for name in self.names() if name not in keep]
        for name in orphans:
            self.delete(name)
        return len(orphans)

"""The bytes of uploads under way: one file each, whose length alone is never believed.

What counts is the offset in the database, written after the bytes were synced to the disk. After
a crash a file may be longer: it is cut back before anything is added.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from reporterdesk.durable import sync_folder

_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoredPartial:
    """A file of an upload that was begun."""

    report_id: str
    sha256: str


class PartialUploads:
    """The folder of uploads under way. Calls block."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, report_id: str, sha256: str) -> Path:
        """Return where an upload's bytes are."""
        return self._folder / report_id / sha256

    def length(self, report_id: str, sha256: str) -> int:
        """Return how many bytes there are, 0 without a file."""
        try:
            return self.path(report_id, sha256).stat().st_size
        except FileNotFoundError:
            return 0

    def open(self, report_id: str, sha256: str, offset: int) -> PartialFile:
        """Open an upload to add bytes at ``offset``; what stands after it is cut off."""
        path = self.path(report_id, sha256)
        file = _open_or_make(path)
        try:
            file.truncate(offset)
            file.seek(offset)
            if offset == 0:
                # Not only where it is new: a crash may have come between making and syncing it.
                sync_folder(path.parent)
                sync_folder(self._folder)
        except BaseException:
            file.close()
            raise
        return PartialFile(file, offset)

    def remove(self, report_id: str, sha256: str) -> None:
        """Forget an upload's bytes."""
        path = self.path(report_id, sha256)
        path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # another photo of the report is under way
            path.parent.rmdir()

    def stored(self) -> Iterator[StoredPartial]:
        """Give the files that there are."""
        for report in _entries(self._folder):
            for photo in _entries(report):
                yield StoredPartial(report.name, photo.name)

    def touched(self, stored: StoredPartial) -> float:
        """Return when bytes came last, in seconds since 1970; 0.0 where the file is gone."""
        try:
            return self.path(stored.report_id, stored.sha256).stat().st_mtime
        except FileNotFoundError:
            return 0.0


class PartialFile:
    """One upload, open for writing. Closing it without :meth:`keep` cuts off what was added."""

    def __init__(self, file: IO[bytes], offset: int) -> None:
        self._file = file
        self._kept = offset
        self.offset = offset

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if self.offset != self._kept:
                self._file.truncate(self._kept)
        finally:
            self._file.close()

    def add(self, piece: bytes) -> None:
        """Write more bytes."""
        self._file.write(piece)
        self.offset += len(piece)

    def keep(self) -> int:
        """Bring what was added onto the disk for good, and return the new offset."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._kept = self.offset
        return self.offset


def _open_or_make(path: Path) -> IO[bytes]:
    """Open a file to be changed, and make it and its folder where they are not there."""
    while True:
        with contextlib.suppress(FileNotFoundError):
            return path.open("r+b", buffering=0)
        path.parent.mkdir(parents=True, exist_ok=True)
        # The folder may go with the report's last other upload, just now: then once more.
        with contextlib.suppress(FileNotFoundError):
            return path.open("x+b", buffering=0)


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def sha256_of(path: Path) -> str:
    """Return a file's SHA-256 in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()

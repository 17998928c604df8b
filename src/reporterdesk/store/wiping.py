"""Deleting a database so that its plain text does not stay on the disk, as far as that goes.

What stood in the clear is overwritten before it is deleted. On a magnetic disk with an ordinary
file system that is the end of it. A solid-state disk writes new bytes elsewhere and may keep the
old ones for a time in cells that only its maker's tools can read; so may file systems that copy on
write (Btrfs, ZFS, APFS), snapshots, and backups made by others. Only a store that was encrypted
from its first keystroke, or a disk that is encrypted as a whole, leaves nothing there.

What was encrypted needs no overwriting: it is deleted.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

PLAIN = b"SQLite format 3\x00"
"""How a plain database begins (https://www.sqlite.org/fileformat2.html, "The Database Header")."""

_STEP = 1024 * 1024
_WITH_IT = ("-wal", "-journal", "-shm")


def is_plain(file: Path) -> bool:
    """Return whether ``file`` begins as an unencrypted database does.

    :raises OSError: it cannot be read.
    """
    with file.open("rb") as opened:
        return opened.read(len(PLAIN)) == PLAIN


def wipe_database(file: Path) -> None:
    """Delete ``file`` with its ``-wal``, ``-journal`` and ``-shm``; what is plain is overwritten.

    Nothing happens where there is none of them. Logs are always overwritten: they do not tell
    whether they are encrypted, and are small.

    :raises OSError: one of them could not be deleted. One that could not be overwritten is still
        deleted.
    """
    for end in _WITH_IT:
        log = file.with_name(file.name + end)
        if log.is_file():
            wipe_file(log)
    if file.is_file():
        with suppress(OSError):
            if is_plain(file):
                _overwrite(file)
        file.unlink(missing_ok=True)


def wipe_file(file: Path) -> None:
    """Overwrite ``file`` as far as that goes, and delete it.

    :raises OSError: it could not be deleted.
    """
    with suppress(OSError):
        _overwrite(file)
    file.unlink(missing_ok=True)


def _overwrite(file: Path) -> None:
    """Write zeros over all of it, front to back, and wait for the disk.

    Its beginning goes last: as long as it is there, a second attempt knows that the file is plain.
    """
    size = file.stat().st_size
    nothing = bytes(_STEP)
    with file.open("r+b", buffering=0) as opened:
        for start in (*range(_STEP, size, _STEP), 0):
            opened.seek(start)
            opened.write(nothing[: min(_STEP, size - start)])
        os.fsync(opened.fileno())

"""SQLite's errors as known errors, each a plain sentence.

The codes are SQLite's (https://www.sqlite.org/rescode.html): the lowest byte is the kind.
"""

from __future__ import annotations

import errno
import shutil
import sqlite3
from pathlib import Path

from reporterdesk.domain.errors import StoreError, StoreFull, StoreInUse, StoreUnreadable

_LITTLE_ROOM = 4 * 1024 * 1024
"""With fewer bytes free than these, a failed write is taken for a full disk."""

_DAMAGED = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_REFUSED = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM})


def known_sqlite_error(error: BaseException, file: Path) -> StoreError | None:
    """Return the known error that ``error`` on ``file`` means, ``None`` for a bug of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    kind = None if code is None else code & 0xFF
    if kind == sqlite3.SQLITE_FULL:
        return StoreFull()
    if kind == sqlite3.SQLITE_IOERR:
        return StoreFull() if _little_room(file) else not_written(file)
    if kind in _DAMAGED:
        return unreadable(file)
    if kind in _BUSY:
        return StoreInUse(
            "Another program is using the draft store at this moment.",
            safe="What was saved before is still there.",
            next_step="Saving goes on by itself as soon as it is done.",
        )
    if kind in _REFUSED:
        return StoreFull() if _little_room(file) else no_access(file)
    return None


def known_os_error(error: OSError, file: Path) -> StoreError:
    """Return the known error that ``error`` on ``file`` means."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StoreFull()
    return no_access(file)


def unreadable(file: Path) -> StoreUnreadable:
    """Return the error of a file that is damaged or something else."""
    return StoreUnreadable(
        f"The file “{file}” is not a draft store, or is damaged.",
        next_step="Move it to another folder to start with an empty store, or put a copy back.",
    )


def no_access(file: Path) -> StoreUnreadable:
    """Return the error of a file or folder that may not be opened or written."""
    return StoreUnreadable(
        f"ReporterDesk may not open or write “{file}”.",
        safe="Nothing was changed.",
        next_step="Check that the folder belongs to you and that its disk can be written.",
    )


def not_written(file: Path) -> StoreError:
    """Return the error of a disk that did not take what was written."""
    return StoreError(
        f"The disk did not take what was written to “{file.name}”.",
        safe="What was saved before is still there.",
        next_step="Copy your text to be safe, and have the disk looked at.",
    )


def _little_room(file: Path) -> bool:
    try:
        return shutil.disk_usage(file.parent).free < _LITTLE_ROOM
    except OSError:
        return False

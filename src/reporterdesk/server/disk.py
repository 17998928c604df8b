"""Telling a full disk from everything else that can go wrong with one."""

from __future__ import annotations

import errno

from sqlalchemy.exc import DBAPIError


def is_disk_full(error: Exception) -> bool:
    """Tell whether an error says that there is no room."""
    if isinstance(error, DBAPIError):
        # SHMSIZE: the memory that SQLite’s readers share is a file, and could not grow.
        name = getattr(error.orig, "sqlite_errorname", "")
        return "database or disk is full" in str(error.orig) or name == "SQLITE_IOERR_SHMSIZE"
    return isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}

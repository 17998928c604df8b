"""One running ReporterDesk a profile: a lock that the operating system lets go with the process."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Self

from reporterdesk.domain.errors import StoreInUse
from reporterdesk.store.faults import known_os_error

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class ProfileLock:
    """Holds the lock from its making until :meth:`release`, or to the end of its ``with``.

    A crash releases it, too.

    :raises StoreInUse: somebody else holds it.
    :raises StoreError: the file cannot be made, for want of rights or of room.
    """

    def __init__(self, file: Path) -> None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise known_os_error(error, file.parent) from error
        try:
            _take(handle)
        except (BlockingIOError, PermissionError) as error:
            os.close(handle)
            raise StoreInUse from error
        except OSError as error:
            os.close(handle)
            raise known_os_error(error, file) from error
        self._handle: int | None = handle

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def release(self) -> None:
        """Let it go; a second call does nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

"""A disk that can be filled: a real small file system where one may be mounted."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_BALLAST = "ballast"
_MEGABYTE = 1024 * 1024


@dataclass
class SmallDisk:
    """A file system of its own, on ``folder``."""

    folder: Path

    def fill(self) -> None:
        """Leave not a byte of room."""
        with (self.folder / _BALLAST).open("ab", buffering=0) as ballast:
            size = _MEGABYTE
            while size:
                try:
                    size = size if ballast.write(bytes(size)) == size else size // 2
                except OSError:
                    size //= 2

    def make_room(self) -> None:
        """Take away what fills it."""
        (self.folder / _BALLAST).unlink(missing_ok=True)

    def free(self) -> int:
        """Return the bytes that are free."""
        return shutil.disk_usage(self.folder).free


@contextlib.contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[SmallDisk | None]:
    """Mount a file system of this size on ``folder``; ``None`` where nobody may."""
    folder.mkdir(parents=True, exist_ok=True)
    if not _mounted(folder, megabytes):
        yield None
        return
    try:
        yield SmallDisk(folder)
    finally:
        # Lazily: a process that was killed may not be gone yet.
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _mounted(folder: Path, megabytes: int) -> bool:
    if not sys.platform.startswith("linux") or shutil.which("mount") is None:
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@dataclass
class PretendedDisk:
    """Where no file system may be mounted: SQLite itself is told to take no further page."""

    pretend: Callable[[bool], object]

    def fill(self) -> None:
        """Leave SQLite no room."""
        self.pretend(True)

    def make_room(self) -> None:
        """Give it room again."""
        self.pretend(False)

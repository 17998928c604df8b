"""What outlives a power cut: only what was synced, names and bytes each for themselves."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path


class OnDisk:
    """Follows what has reached the disk for good below some folders; Linux only.

    A file’s bytes are there once the file was synced, its name once its folder was. What was
    there at the beginning counts as being there for good.
    """

    def __init__(self, folders: list[Path]) -> None:
        self._folders = [str(folder) for folder in folders]
        self._names: dict[str, dict[str, tuple[int, bool]]] = {}
        self._bytes: dict[int, bytes] = {}
        for folder in self._folders:
            for path, _, files in os.walk(folder):
                self._keep_names(path)
                for name in files:
                    self._keep_bytes(os.path.join(path, name))  # noqa: PTH118 - pathlib is counted

    def synced(self, handle: int) -> None:
        """Note that an open file or folder was synced."""
        path = os.readlink(f"/proc/self/fd/{handle}")  # noqa: PTH115 - as above
        if not any(path == folder or path.startswith(f"{folder}/") for folder in self._folders):
            return
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            self._keep_names(path)
        else:
            self._keep_bytes(path)

    def after_a_cut(self) -> dict[str, bytes | None]:
        """Return what would be there after a power cut: bytes by path, ``None`` for a folder."""
        found: dict[str, bytes | None] = {}
        waiting = list(self._folders)
        while waiting:
            folder = waiting.pop()
            found[folder] = None
            for name, (inode, is_folder) in self._names.get(folder, {}).items():
                path = f"{folder}/{name}"
                if is_folder:
                    waiting.append(path)
                else:
                    # A name without its bytes: an empty file, as a real disk may leave it.
                    found[path] = self._bytes.get(inode, b"")
        return found

    def _keep_names(self, path: str) -> None:
        with os.scandir(path) as entries:
            self._names[path] = {entry.name: (entry.inode(), entry.is_dir()) for entry in entries}

    def _keep_bytes(self, path: str) -> None:
        handle = os.open(path, os.O_RDONLY)
        try:
            self._bytes[os.fstat(handle).st_ino] = os.read(handle, 1 << 30)
        finally:
            os.close(handle)


def restore(found: dict[str, bytes | None]) -> None:
    """Make the folders what they would be after the power cut."""
    tops = [path for path in found if str(Path(path).parent) not in found]
    for top in tops:
        shutil.rmtree(top, ignore_errors=True)
    for path, data in sorted(found.items()):
        if data is None:
            Path(path).mkdir(parents=True)
        else:
            Path(path).write_bytes(data)

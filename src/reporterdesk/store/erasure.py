"""Erasing a profile's store: every file of it, to the end, even if a crash comes between.

What the files are encrypted with is destroyed before, by :mod:`reporterdesk.workflow.erasing`.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from reporterdesk.durable import sync_folder
from reporterdesk.paths import (
    backups_folder,
    drafts_file,
    logs_folder,
    photos_file,
    protection_file,
    set_aside_folder,
)
from reporterdesk.store.wiping import is_plain, wipe_database, wipe_file


def marker_file(home: Path) -> Path:
    """Return the file that stands from the decision to erase until there is nothing left."""
    return home / "erasing"


def is_erasing(home: Path) -> bool:
    """Return whether it was decided to erase the store, and not all of it is gone."""
    return marker_file(home).exists()


def begin_erasure(home: Path) -> None:
    """Decide it: from now on, the next start finishes what is not done.

    :raises OSError: there is no room for an empty file, or the folder may not be written.
    """
    with marker_file(home).open("wb") as opened:
        os.fsync(opened.fileno())
    sync_folder(home)


def finish_erasure(home: Path) -> None:
    """Delete everything that belongs to the store; a second time does no harm.

    Settings stay, and the lock. What is plain is overwritten first, and what wraps the key in any
    case. Log files that are open elsewhere may stay: no word of a report is in them.

    :raises OSError: a file cannot be deleted. It is tried again at the next start.
    """
    for file in (protection_file(home), home / "replacing.json"):
        for each in (file, file.with_name(file.name + ".new")):
            wipe_file(each)
    for database in (drafts_file(home), photos_file(home)):
        for file in home.glob(f"{database.name}*"):
            _delete(file)
    for folder in (backups_folder(home), set_aside_folder(home)):
        for file in folder.rglob("*"):
            _delete(file)
        if folder.is_symlink():
            folder.unlink()
        elif folder.exists():
            shutil.rmtree(folder)
    with suppress(OSError):
        for file in logs_folder(home).glob("*.log*"):
            file.unlink()
    sync_folder(home)
    marker_file(home).unlink(missing_ok=True)
    sync_folder(home)


def _delete(file: Path) -> None:
    """Delete a file, overwritten where it is plain; a link itself, never what it leads to."""
    if file.is_symlink() or not file.is_file():
        return
    if file.suffix.endswith(("-wal", "-journal")):
        wipe_file(file)
    elif is_plain(file):
        wipe_database(file)
    else:
        file.unlink()

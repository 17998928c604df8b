"""Giving all files of a store another key, or taking it away: in one switch, or not at all.

First a copy of each file is made beside it, then all are put in their place at once. Until that
moment the store is as it was; after it, only the new files are there, and no plain bytes of the
old ones as far as :mod:`~reporterdesk.store.wiping` can see to it.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reporterdesk.domain.errors import ChangeCancelled, StoreFull, StoreUnreadable
from reporterdesk.paths import backups_folder, set_aside_folder
from reporterdesk.store.belonging import store_files
from reporterdesk.store.converting import export_database, size_with_log
from reporterdesk.store.faults import known_os_error
from reporterdesk.store.key import StoreKey
from reporterdesk.store.protection import Protection
from reporterdesk.store.replacing import fresh_beside, is_replacing, replace_files
from reporterdesk.store.wiping import is_plain, wipe_database

_log = logging.getLogger(__name__)

_MORE = 1 / 32
"""What an encrypted page holds less than a plain one: 80 of 4096 bytes, and some room to spare."""
_SPARED = 8 * 1024 * 1024
"""Bytes that stay free on the disk."""


@dataclass(slots=True)
class _Plan:
    """The files that are copied, and those that go without a copy."""

    copied: list[Path] = field(default_factory=list)
    retired: list[Path] = field(default_factory=list)


def change_key(
    home: Path,
    old: StoreKey | None,
    new: StoreKey | None,
    protection: Protection,
    *,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> None:
    """Change the key of the store, its backups, and what is set aside, from ``old`` to ``new``.

    ``None`` is plain. The store is closed, and the caller holds the profile's lock. A backup or a
    file set aside that cannot be read is left as it is if it is encrypted; if it is plain, and the
    store is to be encrypted, it is deleted: its text must not stay.

    After an error, :func:`~reporterdesk.store.replacing.is_replacing` says whether the switch
    was decided nevertheless.

    :param protection: what holds from the switch on.
    :param progress: told how much is done, from 0 to 1, on this thread.
    :param cancelled: asked again and again, on this thread, until the switch.
    :raises ChangeCancelled: nothing was changed.
    :raises StoreFull: there is no room for the copies; it says how much is needed.
    :raises StoreUnreadable: the store is damaged, or ``old`` does not open it.
    """
    try:
        plan = _plan(home, new)
        _check_room(home, plan.copied)
        fresh = _copies(home, plan, (old, new), progress, cancelled)
        replace_files(home, fresh, retired=plan.retired, protection=protection)
    except BaseException as error:
        if not is_replacing(home):
            _discard(home)
        if isinstance(error, OSError):
            raise known_os_error(error, home) from error
        raise


def _plan(home: Path, new: StoreKey | None) -> _Plan:
    plan = _Plan(list(store_files(home)))
    for file in _other_files(home):
        if file.suffix == ".db":
            plan.copied.append(file)
        elif new is not None and is_plain(file):  # half a backup, which a crash has left
            plan.retired.append(file)
    if new is None:
        plan.copied = [file for file in plan.copied if not is_plain(file)]
    return plan


def _other_files(home: Path) -> Iterator[Path]:
    """Find all files in the folders of backups and of what is set aside, but no logs."""
    for folder in (backups_folder(home), set_aside_folder(home)):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and not file.name.endswith(("-wal", "-shm", "-journal")):
                yield file


def _check_room(home: Path, files: list[Path]) -> None:
    needed = int(sum(map(size_with_log, files)) * (1 + _MORE)) + _SPARED
    free = shutil.disk_usage(home).free
    if free < needed:
        raise StoreFull(
            f"The drafts have to be copied for this, which needs {_megabytes(needed)} on this"
            f" disk, and {_megabytes(free)} are free.",
            safe="Nothing was changed.",
            next_step=f"Make {_megabytes(needed - free)} of room on the disk and try again.",
        )


def _megabytes(count: int) -> str:
    return f"{max(-(-count // 1_000_000), 1):,} MB"


def _copies(
    home: Path,
    plan: _Plan,
    keys: tuple[StoreKey | None, StoreKey | None],
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> dict[Path, Path]:
    """Copy every file; move those of the plan that cannot be read to the retired ones."""
    old, new = keys
    vital = store_files(home)
    whole = max(sum(map(size_with_log, plan.copied)), 1)
    before = 0
    fresh: dict[Path, Path] = {}
    for file in plan.copied:
        _ask(cancelled)
        size = size_with_log(file)

        def tell(done: float, before: int = before, size: int = size) -> None:
            progress((before + done * size) / whole)

        plain = is_plain(file)
        source_key = None if plain else old
        beside = fresh_beside(file)
        try:
            export_database(file, source_key, beside, new, progress=tell, cancelled=cancelled)
            fresh[file] = beside
        except StoreUnreadable:
            if file in vital:
                raise
            _log.warning("%s cannot be read.", file.relative_to(home))
            if plain and new is not None:
                plan.retired.append(file)
        before += size
    _ask(cancelled)
    return fresh


def _ask(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise ChangeCancelled


def _discard(home: Path) -> None:
    """Delete the copies that were made; the next start tries again where that fails now."""
    for file in (*store_files(home), *_other_files(home)):
        copy = fresh_beside(file)
        try:
            wipe_database(copy)
        except OSError:
            _log.warning("A copy could not be deleted; the next start does it.", exc_info=True)

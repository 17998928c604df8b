"""Putting finished files in the place of the store's files: all of them or none.

A crash may come at any moment. What is to happen is written down first, in one small file that
appears at once or not at all; that is the moment from which the new files count::

    drafts.db  drafts.db.fresh  photos.db  photos.db.fresh    before it: the old files count
    replacing.json appears
    the old files (with their -wal) are moved aside, the new ones into their place
    protection.json is written, the old files are wiped where they are not to be kept
    replacing.json goes                                        after it: only the new files

Everything between is done again, from wherever it stopped, by :func:`finish_replacement`. The
store must be closed, and whoever calls these functions holds the
:class:`~reporterdesk.store.lock.ProfileLock`. No SQLite here, and nothing that imports slowly.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from reporterdesk.domain.errors import StoreFull, StoreTooNew, StoreUnreadable
from reporterdesk.durable import sync_folder
from reporterdesk.paths import backups_folder, protection_file, set_aside_folder
from reporterdesk.store.erasure import finish_erasure, is_erasing
from reporterdesk.store.faults import known_os_error
from reporterdesk.store.protection import (
    Protection,
    protection_from_json,
    protection_to_json,
    write_protection,
)
from reporterdesk.store.wiping import wipe_database

_FORMAT = 1
_FRESH = ".fresh"
_REPLACED = ".replaced"
_ASK_FOR_HELP = "Copy the folder that it is in to be safe, and ask your desk for help."


def journal_file(home: Path) -> Path:
    """Return the file that stands as long as a switch is decided and not finished."""
    return home / "replacing.json"


def fresh_beside(target: Path) -> Path:
    """Return the name of the file that is to replace ``target``.

    What has such a name is deleted by the next :func:`finish_replacement`, unless a switch to it
    was decided.
    """
    return target.with_name(target.name + _FRESH)


@dataclass(frozen=True, slots=True)
class _Move:
    """``fresh`` takes the place of ``target``, which goes to ``aside``; or nothing does."""

    target: Path
    fresh: Path | None
    aside: Path


@dataclass(frozen=True, slots=True)
class _Switch:
    """What ``replacing.json`` says. Paths are in the profile; ``keep`` the old files, or wipe."""

    moves: tuple[_Move, ...]
    keep: bool
    protection: Protection | None


def replace_files(
    home: Path,
    fresh: Mapping[Path, Path],
    *,
    retired: Collection[Path] = (),
    set_aside: Path | None = None,
    protection: Protection | None = None,
) -> None:
    """Put finished files in the place of old ones; there may be no old one.

    After an error, :func:`is_replacing` says whether the switch was decided: then it is finished
    at the next start; else nothing was changed, and the fresh files are where they were.

    :param fresh: for each target the file beside it that replaces it, closed, without a ``-wal``.
        Name it by :func:`fresh_beside`.
    :param retired: files that go with the old ones, and are replaced by nothing.
    :param set_aside: the folder into which the old files go, each by its path in the profile;
        without it, they are overwritten and deleted. It must hold none of these names yet.
    :param protection: how the store is protected from then on, if that changes.
    :raises StoreFull: there is no room for a small file. Nothing was changed.
    :raises StoreUnreadable: a file or folder may not be written.
    :raises ValueError: a fresh file is missing, elsewhere, or not closed; or a name is taken.
    """
    moves = (
        *(_move(home, target, new, set_aside) for target, new in sorted(fresh.items())),
        *(_move(home, target, None, set_aside) for target in sorted(retired)),
    )
    switch = _Switch(moves, keep=set_aside is not None, protection=protection)
    with _known_errors(home):
        for move in moves:
            # Their names must be on the disk before the journal counts on them.
            if move.fresh is not None:
                _sync_file(move.fresh)
            move.aside.parent.mkdir(parents=True, exist_ok=True)
        for folder in {move.target.parent for move in moves}:
            sync_folder(folder)
        _decide(home, switch)
        _carry_out(home, switch)


def is_replacing(home: Path) -> bool:
    """Return whether a switch is decided and not finished."""
    return journal_file(home).exists()


def finish_replacement(home: Path) -> None:
    """Finish what a crash has interrupted; where nothing was decided, delete what was prepared.

    That the store was being erased counts as decided, too. Quick where there is nothing to do. A
    second crash in it does no harm.

    :raises StoreFull: there is no room for a small file; make some, and it goes on.
    :raises StoreUnreadable: the journal is damaged, or a file may not be moved.
    :raises StoreTooNew: a newer ReporterDesk has begun it.
    """
    with _known_errors(home):
        if is_erasing(home):
            finish_erasure(home)
        switch = _read_journal(home)
        if switch is not None:
            _carry_out(home, switch)
        _sweep(home)


def is_unfinished(home: Path) -> bool:
    """Return whether :func:`finish_replacement` has something to finish."""
    return is_replacing(home) or is_erasing(home)


@contextmanager
def _known_errors(home: Path) -> Iterator[None]:
    """Say what a full disk means here: the store is closed, and no text is in a window."""
    try:
        yield
    except OSError as error:
        known = known_os_error(error, Path(error.filename or home))
        raise (_full(home) if isinstance(known, StoreFull) else known) from error
    except StoreFull as error:
        raise _full(home) from error


def _full(home: Path) -> StoreFull:
    if is_unfinished(home):
        return StoreFull(
            "This disk is full, so a change of your drafts as a whole could not be finished.",
            safe="They are safe.",
            next_step="Make room on the disk and start ReporterDesk again; it goes on by itself.",
        )
    return StoreFull(
        "This disk is full, so your drafts could not be changed as a whole.",
        safe="They are as they were.",
        next_step="Make room on the disk and try again.",
    )


def _move(home: Path, target: Path, fresh: Path | None, set_aside: Path | None) -> _Move:
    place = target.relative_to(home)
    if fresh is not None:
        _check_finished(fresh, target)
    aside = _beside(target, _REPLACED) if set_aside is None else set_aside / place
    aside.relative_to(home)
    if aside.exists() or _beside(aside, "-wal").exists():
        raise ValueError(f"Something is set aside as {place} already.")
    return _Move(target=target, fresh=fresh, aside=aside)


def _check_finished(fresh: Path, target: Path) -> None:
    """Refuse a file that is not ready to be moved.

    :raises ValueError: it is not there, or elsewhere, or not closed.
    """
    if fresh.parent != target.parent or not fresh.is_file():
        raise ValueError(f"There is no finished file beside {target.name}.")
    if any(_beside(fresh, end).exists() for end in ("-wal", "-journal")):
        raise ValueError(f"The file that is to replace {target.name} was not closed.")


def _decide(home: Path, switch: _Switch) -> None:
    """Write the journal; with its last name it is decided."""
    file = journal_file(home)
    new = _beside(file, ".new")
    try:
        with new.open("w", encoding="utf-8") as opened:
            json.dump(_to_json(home, switch), opened, indent=1)
            opened.flush()
            os.fsync(opened.fileno())
        new.replace(file)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    sync_folder(home)


def _carry_out(home: Path, switch: _Switch) -> None:
    """Do what is not done yet. Each step may be done a second time."""
    for move in switch.moves:
        _put_in_place(move)
    folders = {move.target.parent for move in switch.moves}
    folders |= {move.aside.parent for move in switch.moves if move.aside.parent.exists()}
    for folder in folders:
        sync_folder(folder)
    if switch.protection is not None:
        write_protection(home, switch.protection)
    if not switch.keep:
        for move in switch.moves:
            wipe_database(move.aside)
    journal_file(home).unlink(missing_ok=True)
    sync_folder(home)


def _put_in_place(move: _Move) -> None:
    """Move the old file aside and the new one into its place.

    As long as ``fresh`` has its name, what is called ``target`` is the old file. Its ``-wal`` goes
    first: SQLite would write an old log into a new file.
    """
    if move.fresh is not None and not move.fresh.exists():
        if not move.target.exists():
            raise _lost(move)
        return
    move.aside.parent.mkdir(parents=True, exist_ok=True)
    for end in ("-wal", "-journal", ""):
        old = _beside(move.target, end)
        if old.exists():
            old.replace(_beside(move.aside, end))
    _beside(move.target, "-shm").unlink(missing_ok=True)
    sync_folder(move.aside.parent)
    if move.fresh is not None:
        move.fresh.replace(move.target)


def _sweep(home: Path) -> None:
    """Delete what was prepared for a switch that was never decided, and what a finished one left.

    A power failure may bring a deleted file back; an old one goes only where a new one stands.
    """
    for small in (journal_file(home), protection_file(home)):
        _beside(small, ".new").unlink(missing_ok=True)
    aside = set_aside_folder(home)
    for folder in (home, backups_folder(home), aside, *_folders(aside)):
        for file in folder.glob(f"*{_REPLACED}"):
            if file.with_name(file.name.removesuffix(_REPLACED)).exists():
                wipe_database(file)
        for file in folder.glob(f"*{_FRESH}*"):
            # Its log may have outlived it.
            wipe_database(file.with_name(file.name.partition(_FRESH)[0] + _FRESH))


def _folders(folder: Path) -> tuple[Path, ...]:
    return tuple(place for place in folder.rglob("*") if place.is_dir())


def _to_json(home: Path, switch: _Switch) -> dict[str, object]:
    def named(file: Path) -> str:
        return file.relative_to(home).as_posix()

    return {
        "format": _FORMAT,
        "keep": switch.keep,
        "moves": [
            {
                "target": named(move.target),
                "fresh": None if move.fresh is None else named(move.fresh),
                "aside": named(move.aside),
            }
            for move in switch.moves
        ],
        "protection": (
            None if switch.protection is None else protection_to_json(switch.protection)
        ),
    }


def _read_journal(home: Path) -> _Switch | None:
    file = journal_file(home)
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        if found["format"] > _FORMAT:
            raise StoreTooNew
        protection = found["protection"]
        return _Switch(
            moves=tuple(
                _Move(
                    target=_in_profile(home, move["target"]),
                    fresh=None if move["fresh"] is None else _in_profile(home, move["fresh"]),
                    aside=_in_profile(home, move["aside"]),
                )
                for move in found["moves"]
            ),
            keep=bool(found["keep"]),
            protection=None if protection is None else protection_from_json(protection),
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        raise StoreUnreadable(
            f"The file “{file}”, by which an interrupted change of the store is finished, is"
            " damaged.",
            next_step=_ASK_FOR_HELP,
        ) from None


def _lost(move: _Move) -> StoreUnreadable:
    return StoreUnreadable(
        f"The file “{move.fresh}” was deleted before it could take its place.",
        safe=f"What it was to replace is kept as “{move.aside}”.",
        next_step=_ASK_FOR_HELP,
    )


def _in_profile(home: Path, name: str) -> Path:
    """Return the file that the journal names; it must not lead out of the profile."""
    place = PurePosixPath(name)
    if place.is_absolute() or ".." in place.parts or not place.parts:
        raise ValueError("Outside the profile.")
    return home.joinpath(*place.parts)


def _beside(file: Path, end: str) -> Path:
    return file.with_name(file.name + end)


def _sync_file(file: Path) -> None:
    with file.open("r+b") as opened:
        os.fsync(opened.fileno())

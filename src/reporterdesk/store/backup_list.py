"""The backups of a profile: how they are named, what they hold, and which may go.

::

    backups/drafts-0007-20260314T180000Z.db     one a day of use: everything but photo bytes
    backups/photos.db                           the photo bytes of all of them
    set-aside/0002-20260315T091500Z/drafts.db   what a restore or a repair has taken out of use

The number is their order, whatever the clock said: a clock that was a year ahead for a day makes no
backup outlive the better ones. Nothing here changes a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from reporterdesk.domain.errors import StoreError
from reporterdesk.paths import backups_folder, drafts_file, set_aside_folder
from reporterdesk.store.key import StoreKey
from reporterdesk.store.moments import optional_moment
from reporterdesk.store.reading import opened_to_read, recognise
from reporterdesk.store.versions import DRAFTS_ID

DAYS = 7
WEEKS = 4
LEAST = 3
"""The newest backups that stay, even if all of them are of one day."""

_STAMP = "%Y%m%dT%H%M%SZ"
_FILE = re.compile(r"drafts-(\d{4,9})-(\d{8}T\d{6}Z)\.db")
_FOLDER = re.compile(r"(\d{4,9})-(\d{8}T\d{6}Z)")


class BackupKind(StrEnum):
    """Where it comes from."""

    TAKEN = "taken"
    """The app made a copy of the store."""
    SET_ASIDE = "set aside"
    """It was the store, until a restore or a repair put another one in its place."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of ``drafts.db``.

    ``bytes`` is its size. ``reports`` and ``newest_change`` say what is in it; ``problem`` is why
    it cannot be opened, as a sentence, or ``""``. ``number`` is its order within its kind.
    """

    file: Path
    kind: BackupKind
    number: int
    taken_at: datetime
    bytes: int = 0
    reports: int = 0
    newest_change: datetime | None = None
    problem: str = ""

    @property
    def name(self) -> str:
        """What tells it from every other backup of the profile."""
        return self.file.name if self.kind is BackupKind.TAKEN else self.file.parent.name


def list_backups(home: Path, key: StoreKey | None) -> tuple[Backup, ...]:
    """Return every backup of the profile, the newest first, each opened to see what is in it.

    Takes some milliseconds each; not for the UI thread. One that does not open has a ``problem``.
    """
    found = (*backup_files(home), *_set_aside(home))
    ordered = sorted(found, key=_age, reverse=True)
    return tuple(_looked_into(backup, key) for backup in ordered)


def newest_good_backup(home: Path, key: StoreKey | None) -> Backup | None:
    """Return the newest backup that opens; what was set aside is none."""
    for backup in reversed(backup_files(home)):
        seen = _looked_into(backup, key)
        if not seen.problem:
            return seen
    return None


def backup_files(home: Path) -> tuple[Backup, ...]:
    """Return the backups that the app has made, the oldest first, none of them opened."""
    return _named(backups_folder(home), _FILE, BackupKind.TAKEN, "")


def dispensable(backups: Sequence[Backup]) -> tuple[Backup, ...]:
    """Return those of ``backups`` (the oldest first) that need not be kept any longer.

    Kept are the newest of each of the last 7 days that have one, the newest of each of the last
    4 such weeks, and the newest 3 in any case. Days without a backup do not count, so that neither
    a holiday nor a wrong clock deletes anything.
    """
    newest_first = tuple(reversed(backups))
    kept = {backup.number for backup in newest_first[:LEAST]}
    kept |= _newest_of_each(newest_first, DAYS, lambda moment: moment.date())
    kept |= _newest_of_each(newest_first, WEEKS, lambda moment: moment.isocalendar()[:2])
    return tuple(backup for backup in backups if backup.number not in kept)


def next_backup_file(home: Path, now: datetime) -> Path:
    """Return the file of a backup taken now."""
    taken = backup_files(home)
    number = taken[-1].number + 1 if taken else 1
    return backups_folder(home) / f"drafts-{number:04}-{now.astimezone(UTC).strftime(_STAMP)}.db"


def new_set_aside(home: Path, now: datetime) -> Path:
    """Return a folder, not there yet, for what is taken out of use now."""
    folder = set_aside_folder(home)
    numbers = [
        int(match.group(1))
        for match in map(_FOLDER.fullmatch, (path.name for path in _inside(folder)))
        if match
    ]
    number = max(numbers, default=0) + 1
    return folder / f"{number:04}-{now.astimezone(UTC).strftime(_STAMP)}"


def _age(backup: Backup) -> tuple[datetime, bool, int]:
    """Order by time; within a second, what was set aside came after what took its place."""
    return backup.taken_at, backup.kind is BackupKind.SET_ASIDE, backup.number


def _set_aside(home: Path) -> tuple[Backup, ...]:
    file = drafts_file(home).name
    return _named(set_aside_folder(home), _FOLDER, BackupKind.SET_ASIDE, file)


def _named(
    folder: Path, pattern: re.Pattern[str], kind: BackupKind, inner: str
) -> tuple[Backup, ...]:
    found = []
    for path in _inside(folder):
        match = pattern.fullmatch(path.name)
        file = path / inner if inner else path
        if match is None or not file.is_file():
            continue
        try:
            moment = datetime.strptime(match.group(2), _STAMP).replace(tzinfo=UTC)
        except ValueError:  # a day that no month has: not one of ours
            continue
        found.append(Backup(file, kind, int(match.group(1)), moment, file.stat().st_size))
    return tuple(sorted(found, key=lambda backup: backup.number))


def _inside(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return ()


def _looked_into(backup: Backup, key: StoreKey | None) -> Backup:
    try:
        with opened_to_read(backup.file, key, alone=True) as db:
            recognise(db, backup.file, DRAFTS_ID)
            row = db.execute("SELECT count(*), max(changed_at) FROM reports").fetchone()
    except StoreError as error:
        return replace(backup, problem=error.happened)
    return replace(backup, reports=int(row[0]), newest_change=optional_moment(row[1]))


def _newest_of_each(
    newest_first: Sequence[Backup], most: int, unit: Callable[[datetime], Hashable]
) -> set[int]:
    seen: dict[Hashable, int] = {}
    for backup in newest_first:
        bucket = unit(backup.taken_at)
        if bucket not in seen and len(seen) < most:
            seen[bucket] = backup.number
    return set(seen.values())

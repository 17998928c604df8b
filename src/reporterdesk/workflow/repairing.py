"""Repairing the draft store: each repair works on a copy, which is verified before it counts.

The files that it replaces are set aside, all of them, so that the way back is open. A repair that
fails changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.errors import StoreUnreadable
from reporterdesk.paths import drafts_file, lock_file
from reporterdesk.store.backup_list import Backup, new_set_aside, newest_good_backup
from reporterdesk.store.backup_photos import back_up_photos, backup_photos_file
from reporterdesk.store.backups import SPARED
from reporterdesk.store.inspecting import inspect_drafts, inspect_photos
from reporterdesk.store.key import StoreKey
from reporterdesk.store.lock import ProfileLock
from reporterdesk.store.reading import Cancelled, never
from reporterdesk.store.rebuilding import Rebuilt, rebuild_drafts
from reporterdesk.store.refilling import Refilled, rebuild_photos, refill_photos
from reporterdesk.store.replacing import finish_replacement, replace_files
from reporterdesk.store.restoring import restore_backup
from reporterdesk.workflow.examining import Repair, when

_MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was done, a plain sentence a line; ``set_aside`` is where the old files are."""

    lines: tuple[str, ...]
    set_aside: Path | None = None


def repair_store(
    home: Path,
    repair: Repair,
    *,
    clock: Clock,
    key: StoreKey | None = None,
    backup: Backup | None = None,
    cancelled: Cancelled = never,
) -> Repaired:
    """Do one repair on the profile ``home``, whose store must be closed. Blocks; may take minutes.

    :param backup: which one to use, if not the newest that opens.
    :raises StoreInUse: the app has it open.
    :raises StoreFull: there is no room for the copy. Nothing was changed.
    :raises StoreUnreadable: it cannot be repaired in this way. Nothing was changed.
    :raises Stopped: ``cancelled`` has said so. Nothing was changed.
    """
    with ProfileLock(lock_file(home)):
        finish_replacement(home)
        work = _Repairing(home, key, clock, cancelled)
        match repair:
            case Repair.RECOVER:
                return work.recover(backup or newest_good_backup(home, key))
            case Repair.MEND | Repair.REINDEX:
                return work.recover(None)
            case Repair.RESTORE:
                return work.restore(backup or newest_good_backup(home, key))
            case Repair.PHOTOS:
                return work.photos()
            case Repair.BACKUP_PHOTOS:
                return work.backup_photos()


class _Repairing:
    """One repair. The lock is held."""

    def __init__(
        self, home: Path, key: StoreKey | None, clock: Clock, cancelled: Cancelled
    ) -> None:
        self._home, self._key, self._cancelled = home, key, cancelled
        self._clock = clock
        self._aside = new_set_aside(home, clock())

    def recover(self, backup: Backup | None) -> Repaired:
        """Build the drafts anew out of all that can be read."""
        rebuilt = rebuild_drafts(self._home, self._key, backup, cancelled=self._cancelled)
        replace_files(self._home, {drafts_file(self._home): rebuilt.fresh}, set_aside=self._aside)
        return self._told(*_of_rebuilt(rebuilt, backup))

    def restore(self, backup: Backup | None) -> Repaired:
        """Put the backup in the place of the drafts."""
        if backup is None:
            raise StoreUnreadable("There is no backup that could be restored.")
        restored = restore_backup(
            self._home, self._key, backup, now=self._clock(), cancelled=self._cancelled
        )
        lines = [f"The backup of {when(backup.taken_at)} is the store now."]
        if restored.photos_missing:
            lines.append(f"Of its photo files, {restored.photos_missing} are nowhere.")
        self._aside = restored.set_aside or self._aside
        return self._told(*lines)

    def photos(self) -> Repaired:
        """Bring photo bytes back, into a new file where the present one is damaged."""
        drafts = inspect_drafts(self._home, self._key)
        photos = inspect_photos(self._home, self._key)
        names = drafts.names
        if not drafts.opens or drafts.damaged:
            # What refers to them may be unreadable for now: all that is whole stays.
            names = names | photos.names
        if photos.problem is not None or photos.damaged or photos.bad:
            filled = rebuild_photos(self._home, self._key, names, cancelled=self._cancelled)
        else:
            filled = refill_photos(self._home, self._key, names, cancelled=self._cancelled)
        if filled.fresh:
            replace_files(self._home, filled.fresh, set_aside=self._aside)
        return self._told(*_of_filled(filled))

    def backup_photos(self) -> Repaired:
        """Set the damaged backup of the photos aside, and copy them all again."""
        file = backup_photos_file(self._home)
        aside = self._aside / file.relative_to(self._home)
        aside.parent.mkdir(parents=True, exist_ok=True)
        for end in ("-wal", "-journal", ""):
            old = file.with_name(file.name + end)
            if old.exists():
                old.replace(aside.with_name(aside.name + end))
        copied = back_up_photos(self._home, self._key, spared=SPARED, cancelled=self._cancelled)
        done = f"{copied.copied} photo files were backed up."
        return self._told(*(line for line in (done, copied.skipped) if line))

    def _told(self, *lines: str) -> Repaired:
        if not any(path.is_file() for path in self._aside.rglob("*")):
            return Repaired(lines)
        return Repaired((*lines, f"The old files are in {self._aside}."), self._aside)


def _of_rebuilt(rebuilt: Rebuilt, backup: Backup | None) -> list[str]:
    lines = [f"{rebuilt.kept} reports were read as they are."]
    if rebuilt.from_backup and backup is not None:
        lines.append(
            f"{len(rebuilt.from_backup)} are from the backup of {when(backup.taken_at)},"
            f" or newer where their history was: {_named(rebuilt.from_backup)}."
        )
    if rebuilt.from_history:
        lines.append(
            f"{len(rebuilt.from_history)} are as their history has them, and are drafts now:"
            f" {_named(rebuilt.from_history)}."
        )
    if rebuilt.lost:
        lines.append(f"Of {rebuilt.lost} reports, nothing could be read.")
    return lines


def _of_filled(filled: Refilled) -> list[str]:
    if filled.fresh:
        lines = [f"The new file of the photos has {filled.added} of their files."]
    else:
        lines = [f"{filled.added} photo files were brought back."]
    if filled.missing:
        lines.append(f"{len(filled.missing)} are nowhere; reporterdesk doctor names the reports.")
    return lines


def _named(headlines: list[str]) -> str:
    names = [f"“{headline}”" if headline else "one without a headline" for headline in headlines]
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")

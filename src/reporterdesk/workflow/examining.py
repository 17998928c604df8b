"""Examining the draft store of a profile: what is wrong, in plain sentences, and what helps.

Nothing is changed by it. The repairs are in :mod:`~reporterdesk.workflow.repairing`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from reporterdesk.domain.errors import StoreError
from reporterdesk.paths import backups_folder, drafts_file, lock_file, photos_file
from reporterdesk.store.backup_list import Backup, BackupKind, list_backups
from reporterdesk.store.backup_photos import backup_photos_file
from reporterdesk.store.inspecting import (
    Drafts,
    Photos,
    PhotosOfReport,
    inspect_drafts,
    inspect_photos,
)
from reporterdesk.store.key import StoreKey
from reporterdesk.store.lock import ProfileLock
from reporterdesk.store.reading import check_whole, opened_to_read, recognise
from reporterdesk.store.refilling import copies_of
from reporterdesk.store.replacing import finish_replacement
from reporterdesk.store.versions import DRAFTS_ID, PHOTOS_ID

_MOST_NAMED = 10


class Repair(StrEnum):
    """What can be done about a finding. Each works on a copy and keeps the old files."""

    RECOVER = "recover"
    RESTORE = "restore"
    MEND = "mend"
    REINDEX = "reindex"
    PHOTOS = "photos"
    BACKUP_PHOTOS = "backup photos"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong, as sentences; ``lines`` name what it is about."""

    sentence: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A repair that would help now. ``advised`` is false for what loses more than another one."""

    repair: Repair
    sentence: str
    advised: bool = True


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found. ``lines`` describe the store, a plain sentence each.

    ``findings`` say what is wrong, ``offers`` what can be done about it, in a useful order;
    ``backup`` is the newest that opens.
    """

    lines: tuple[str, ...]
    healthy: bool
    findings: tuple[Finding, ...] = ()
    offers: tuple[Offer, ...] = ()
    backup: Backup | None = None


def examine(home: Path, key: StoreKey | None = None) -> Examination:
    """Read all of the store of the profile ``home``. Blocks; seconds with many photos.

    A profile that has no store yet is healthy, and stays without one. No file is changed, save
    that an interrupted change of the whole store is finished first.
    """
    where = f"The profile is {home}."
    if not any(path.exists() for path in (drafts_file(home), photos_file(home))) and not any(
        backups_folder(home).glob("drafts-*.db")
    ):
        return Examination((where, "There are no reports yet."), healthy=True)
    try:
        with ProfileLock(lock_file(home)):
            finish_replacement(home)
            return _Examining(home, key).examined(where)
    except StoreError as error:
        return Examination((where,), healthy=False, findings=(Finding(str(error)),))


def when(moment: datetime) -> str:
    """Return a moment in words, in this laptop's own time."""
    local = moment.astimezone()
    return f"{local.day} {local:%B %Y, %H:%M}"


class _Examining:
    """One examination, from the first file to the last."""

    def __init__(self, home: Path, key: StoreKey | None) -> None:
        self._home, self._key = home, key
        self._findings: list[Finding] = []
        self._offers: dict[Repair, Offer] = {}
        self._backup: Backup | None = None

    def examined(self, where: str) -> Examination:
        backups = list_backups(self._home, self._key)
        taken = [backup for backup in backups if backup.kind is BackupKind.TAKEN]
        self._look_at_backups(taken)
        drafts = inspect_drafts(self._home, self._key)
        photos = inspect_photos(self._home, self._key)
        self._judge_drafts(drafts)
        self._judge_photos(drafts, photos)
        lines = [where, *_described(drafts), *self._of_backups(taken)]
        if not self._findings:
            lines.append("The store is in order.")
        return Examination(
            tuple(lines),
            healthy=not self._findings,
            findings=tuple(self._findings),
            offers=tuple(sorted(self._offers.values(), key=_place)),
            backup=self._backup,
        )

    def _find(self, sentence: str, lines: tuple[str, ...] = ()) -> None:
        self._findings.append(Finding(sentence, lines))

    def _offer(self, repair: Repair, sentence: str, *, advised: bool = True) -> None:
        self._offers.setdefault(repair, Offer(repair, sentence, advised))

    def _look_at_backups(self, taken: list[Backup]) -> None:
        for backup in taken:
            problem = backup.problem
            if not problem and self._backup is None:
                problem = self._whole(backup)
                self._backup = None if problem else backup
            if problem:
                self._find(
                    f"The backup of {when(backup.taken_at)} cannot be used: it is damaged, or was"
                    " encrypted with another key. The next backup does not depend on it."
                )
        file = backup_photos_file(self._home)
        if not file.is_file():
            return
        try:
            with opened_to_read(file, self._key, alone=True) as db:
                recognise(db, file, PHOTOS_ID)
        except StoreError:
            self._find("The file of the photos’ backup is damaged.")
            self._offer(Repair.BACKUP_PHOTOS, "Begin the backup of the photos anew.")

    def _whole(self, backup: Backup) -> str:
        try:
            check_whole(backup.file, self._key, DRAFTS_ID)
        except StoreError as error:
            return error.happened
        return ""

    def _of_backups(self, taken: list[Backup]) -> Iterator[str]:
        if self._backup is None:
            yield "There is no backup yet." if not taken else "No backup can be used."
            return
        count = len(taken)
        kept = "It is the only one." if count == 1 else f"{count} are kept."
        yield f"The newest backup is of {when(self._backup.taken_at)}. {kept}"

    def _judge_drafts(self, drafts: Drafts) -> None:
        if not drafts.present:
            self._find("The file of your drafts, drafts.db, is missing.")
            self._offer_backup(advised=True)
        elif drafts.problem is not None:
            self._find(f"{drafts.problem.happened} {drafts.problem.safe}".strip())
            if drafts.salvageable:
                self._offer_recovery()
            self._offer_backup(advised=not drafts.salvageable)
        elif drafts.damaged:
            self._find("Part of the file of your drafts, drafts.db, is damaged.")
            if not drafts.old:
                self._offer_recovery()
            self._offer_backup(advised=drafts.old)
        else:
            self._judge_order(drafts)
        if self._backup is None and (drafts.problem or drafts.damaged or not drafts.present):
            self._find(
                "There is no backup of the drafts that could be used. Keep the folder as it is, and"
                " copy it to another disk before you try anything else."
            )

    def _judge_order(self, drafts: Drafts) -> None:
        """Judge what is whole, but does not fit together."""
        loose = drafts.loose
        if loose:
            parts = (
                (loose.stranded, "{} in the outbox without a delivery", "report", "reports"),
                (loose.unlisted, "{} of no report in the lists", "revision", "revisions"),
                (loose.rows, "{} that belong to no report", "entry", "entries"),
            )
            said = [words.format(_count(n, one, many)) for n, words, one, many in parts if n]
            self._find(f"Some of the drafts do not fit together: {', '.join(said)}.")
            self._offer(
                Repair.MEND,
                "Put them in order: reports come back as drafts, entries without one go.",
            )
        if drafts.damaged_rest:
            self._find("The index of the search is damaged. Your reports are whole.")
        elif drafts.unsearchable:
            count = _count(drafts.unsearchable, "report", "reports")
            self._find(f"The index of the search is not right about {count}.")
        if drafts.damaged_rest or drafts.unsearchable:
            self._offer(Repair.REINDEX, "Make the index of the search anew.")

    def _judge_photos(self, drafts: Drafts, photos: Photos) -> None:
        wanted = drafts.names
        missing = wanted - photos.names | photos.bad & wanted
        if not photos.present:
            if not wanted:
                return
            self._find("The file of your photos, photos.db, is missing.")
        elif photos.problem is not None:
            missing = wanted
            self._find(f"{photos.problem.happened} {photos.problem.safe}".strip())
        elif photos.damaged or photos.bad:
            self._find("Part of the file of your photos, photos.db, is damaged.")
        elif not missing:
            return
        copies = copies_of(self._home, self._key, missing)
        self._name_missing(drafts, missing, copies)
        if copies or photos.damaged or photos.bad or photos.problem is not None:
            bring = "Build a new file of the photos that are whole."
            if copies:
                files = _count(len(copies), "photo file", "photo files")
                bring = f"Bring {files} back, of which there are copies."
            self._offer(Repair.PHOTOS, bring)

    def _name_missing(self, drafts: Drafts, missing: set[str], copies: set[str]) -> None:
        if not missing:
            return
        gone = missing - copies
        self._find(
            f"{_count(len(missing), 'photo file is', 'photo files are')} not here;"
            + (f" there are copies of {len(copies)}." if copies else " no backup has a copy."),
            missing_lines(drafts.uses, missing),
        )
        lost = missing_lines(drafts.uses, gone)
        if lost and copies:
            self._find("Add these photos again, if you still have them:", lost)

    def _offer_recovery(self) -> None:
        instead = (
            "what cannot is left out."
            if self._backup is None
            else f"what cannot is taken from the backup of {when(self._backup.taken_at)}."
        )
        self._offer(Repair.RECOVER, f"Recover all that can be read; {instead}")

    def _offer_backup(self, *, advised: bool) -> None:
        if self._backup is not None:
            count = _count(self._backup.reports, "report", "reports")
            self._offer(
                Repair.RESTORE,
                f"Restore the backup of {when(self._backup.taken_at)} ({count}) as it is.",
                advised=advised,
            )


def _place(offer: Offer) -> int:
    return tuple(Repair).index(offer.repair)


def missing_lines(uses: list[PhotosOfReport], missing: set[str]) -> tuple[str, ...]:
    """Name the reports of whose photos something is missing, at most ten of them."""
    hit = [(use, use.lacking(missing)) for use in uses]
    hit = [(use, count) for use, count in hit if count]
    lines = [
        f"“{use.headline or 'Without a headline'}”: {_count(count, 'photo', 'photos')}"
        for use, count in hit[:_MOST_NAMED]
    ]
    if len(hit) > _MOST_NAMED:
        lines.append(f"and {len(hit) - _MOST_NAMED} more reports")
    return tuple(lines)


def _described(drafts: Drafts) -> Iterator[str]:
    if not drafts.opens:
        return
    yield f"{_count(drafts.reports, 'report', 'reports')}, {drafts.waiting} in the outbox."
    if drafts.account is None:
        yield "Nobody is signed in."
    else:
        yield f"{drafts.account.person.name} is signed in at {drafts.account.server_url}."
    if drafts.old:
        yield "They are of an earlier version, and are brought to this one at the next start."


def _count(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"

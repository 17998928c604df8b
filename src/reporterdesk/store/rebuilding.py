"""Building a new ``drafts.db`` beside a damaged one, out of what is left of it and a backup.

Nothing here touches the damaged file. What it still holds counts first; what cannot be read there
is taken from the backup; where a report's own row is lost, the newest text in its history is used.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import Table, insert, text

from reporterdesk.domain.errands import FROM_BACKUP, ErrandKind, ErrandState
from reporterdesk.domain.errors import StoreError, StoreUnreadable
from reporterdesk.domain.status import Status
from reporterdesk.paths import drafts_file
from reporterdesk.store import tables
from reporterdesk.store.backup_list import Backup
from reporterdesk.store.damaged_pages import copy_signed
from reporterdesk.store.database import Database
from reporterdesk.store.driver import DriverError
from reporterdesk.store.key import StoreKey
from reporterdesk.store.mending import mend, newest_kept
from reporterdesk.store.moments import from_micros
from reporterdesk.store.reading import Cancelled, check_whole, never, opened, read_only
from reporterdesk.store.replacing import fresh_beside
from reporterdesk.store.report_words import index_all
from reporterdesk.store.reports import Reports
from reporterdesk.store.salvage import COPIED, Row, go_on_after, readable, rows_of, tolerate_damage
from reporterdesk.store.schema import open_drafts
from reporterdesk.store.versions import DRAFTS_ID

_BATCH = 200
_Identity: TypeAlias = "tuple[Any, ...]"
_SAME: dict[str, tuple[str, ...]] = {
    "reports": ("id",),
    "revisions": ("id",),
    "snapshots": ("report_id", "taken_at", "reason", "content"),
    "outbox": ("report_id",),
    "uploads": ("report_id", "sha256"),
    "receipts": ("report_id", "revision_id"),
    "errands": ("id",),
    "conflicts": ("report_id",),
    "desk_reports": ("report_id",),
    "desk_notes": ("report_id",),
    "state": ("key",),
}
"""By which columns a row in the damaged file is known to be the one in the backup."""


@dataclass(slots=True)
class Rebuilt:
    """A finished file, and where its reports come from; headlines may be empty.

    ``kept`` counts the reports that were readable. ``from_backup`` and ``from_history`` name those
    of which only an older text was found; of ``lost`` reports nothing is left, as far as the index
    of ids still tells.
    """

    fresh: Path
    kept: int = 0
    from_backup: list[str] = field(default_factory=list)
    from_history: list[str] = field(default_factory=list)
    lost: int = 0


def rebuild_drafts(
    home: Path, key: StoreKey | None, backup: Backup | None, *, cancelled: Cancelled = never
) -> Rebuilt:
    """Build ``drafts.db.fresh``, verified, for ``replace_files``. The caller holds the lock.

    :param backup: what stands in for that which cannot be read.
    :raises StoreUnreadable: nothing could be read, and there is no backup.
    :raises StoreFull: there is no room for a new file.
    :raises Stopped: ``cancelled`` has said so. Nothing is left behind in either case.
    """
    fresh = fresh_beside(drafts_file(home))
    _delete(fresh)
    try:
        with ExitStack() as stack:
            damaged = _damaged(stack, home, key, cancelled)
            spare = None if backup is None else _source(stack, backup.file, key, cancelled)
            _check_any(damaged, spare)
            target = open_drafts(fresh, key)
            stack.callback(target.close)
            rebuilt = _Building(target, damaged, spare, Rebuilt(fresh)).run()
        check_whole(fresh, key, DRAFTS_ID, cancelled=cancelled)
    except BaseException:
        _delete(fresh)
        raise
    finally:
        _delete(_copy_beside(home))
    return rebuilt


def _copy_beside(home: Path) -> Path:
    """Return a file that is swept like everything that was prepared and did not come to count."""
    return fresh_beside(home / "damaged.db")


def _damaged(
    stack: ExitStack, home: Path, key: StoreKey | None, cancelled: Cancelled
) -> sqlite3.Connection | None:
    file = drafts_file(home)
    if key is not None and file.is_file() and _source_opens(file, key):
        copy = _copy_beside(home)
        copy_signed(file, copy, key)
        file = copy
    return _source(stack, file, key, cancelled)


def _source_opens(file: Path, key: StoreKey) -> bool:
    """Tell whether the beginning of the file is as it should be."""
    with ExitStack() as stack:
        return _source(stack, file, key, never) is not None


def _source(
    stack: ExitStack, file: Path, key: StoreKey | None, cancelled: Cancelled
) -> sqlite3.Connection | None:
    """Open a file as far as it goes; ``None`` where no rows can be looked for."""
    if not file.is_file():
        return None
    with ExitStack() as tried:
        how = read_only(file, alone=True)
        db = tried.enter_context(opened(file, key, how=how, cancelled=cancelled))
        try:
            tolerate_damage(db)
            if not readable(db):
                return None
        except StoreError:
            return None
        stack.push(tried.pop_all())
        return db


class _Building:
    """One rebuilding, from its first row to its last."""

    def __init__(
        self,
        target: Database,
        damaged: sqlite3.Connection | None,
        spare: sqlite3.Connection | None,
        rebuilt: Rebuilt,
    ) -> None:
        self._target, self._damaged, self._spare = target, damaged, spare
        self._rebuilt = rebuilt
        self._status: dict[str, str] = {}
        """Of every report that is in the new file."""
        self._stand_ins: set[str] = set()
        """The reports that come from the backup."""
        self._resent: set[str] = set()
        """Those whose delivery does."""

    def run(self) -> Rebuilt:
        """Fill the new file and close what may be needed beside it."""
        target = self._target
        target.execute(text("PRAGMA foreign_keys = OFF"))
        with target.transaction():
            for table in COPIED:
                seen, whole = self._copy(table)
                if self._spare is not None and not whole:
                    self._stand_in(table, self._spare, seen)
                elif self._spare is not None and self._stand_ins:
                    self._stand_in(table, self._spare, seen, only_of_stand_ins=True)
            self._rebuilt.from_history += mend(target)
            for report_id in sorted(self._stand_ins):
                self._bring_forward(report_id)
            index_all(target)
        # What takes the place of another file has no log.
        target.pragma("journal_mode=DELETE")
        self._count_lost()
        return self._rebuilt

    def _copy(self, table: Table) -> tuple[set[_Identity], bool]:
        """Copy what is readable; return what that was, and whether it was everything."""
        seen: set[_Identity] = set()
        if self._damaged is None:
            return seen, False
        whole = True
        batch: list[Row] = []
        for found in rows_of(self._damaged, table):
            if found.row is None or _identity(table, found.row) in seen:
                whole = False
                continue
            seen.add(_identity(table, found.row))
            batch.append(found.row)
            if len(batch) == _BATCH:
                self._insert(table, batch)
        self._insert(table, batch)
        if table is tables.reports:
            self._rebuilt.kept = len(seen)
        return seen, whole

    def _stand_in(
        self,
        table: Table,
        spare: sqlite3.Connection,
        seen: set[_Identity],
        *,
        only_of_stand_ins: bool = False,
    ) -> None:
        """Take from the backup what cannot be read any more."""
        for found in rows_of(spare, table):
            row = found.row
            if row is None or _identity(table, row) in seen:
                continue
            if only_of_stand_ins and row.get("report_id") not in self._stand_ins:
                continue
            if not self._wanted(table, row):
                continue
            row.pop("number", None)  # it may be another row's by now
            if table is tables.reports:
                self._stand_ins.add(row["id"])
                self._rebuilt.from_backup.append(row["headline"])
            elif table is tables.outbox:
                self._resent.add(row["report_id"])
            elif table is tables.errands:
                row.update(state=ErrandState.REFUSED.value, why=FROM_BACKUP)
            self._insert(table, [row])

    def _wanted(self, table: Table, row: Row) -> bool:
        """Tell whether a row of the backup is missing for the damage, not because it was deleted.

        Its own pages may be lost; the index of the ids has others.
        """
        if table is tables.reports:
            return self._damaged is None or _was_there(self._damaged, row["id"])
        if table in {tables.state, tables.desk_reports}:
            return True
        if table is tables.errands:
            return bool(row["kind"] != ErrandKind.WANTED)
        if table is tables.conflicts:  # one that still stands is found again
            return row["report_id"] in self._stand_ins
        if table is tables.uploads:
            return row["report_id"] in self._resent
        status = self._status.get(row["report_id"])
        return status == Status.OUTBOX if table is tables.outbox else status is not None

    def _insert(self, table: Table, batch: list[Row]) -> None:
        if not batch:
            return
        self._target.execute(insert(table), batch)
        if table is tables.reports:
            self._status.update((row["id"], row["status"]) for row in batch)
        batch.clear()

    def _bring_forward(self, report_id: str) -> None:
        """Give a report from the backup the newest text that its history has."""
        reports = Reports(self._target)
        report, kept = reports.find(report_id), newest_kept(self._target, report_id)
        if report is None or kept is None:
            return
        content, at = kept
        if from_micros(at) > report.changed_at:
            reports.save_content(report_id, content, from_micros(at))

    def _count_lost(self) -> None:
        if self._damaged is None:
            return
        try:
            were = {row[0] for row in self._damaged.execute(_IDS)}
        except DriverError as error:
            go_on_after(error)
            return
        now = {row[0] for row in self._target.rows(text("SELECT id FROM reports"))}
        self._rebuilt.lost = len(were - now)


_IDS = "SELECT id FROM reports INDEXED BY sqlite_autoindex_reports_1"


def _was_there(damaged: sqlite3.Connection, report_id: str) -> bool:
    """Tell whether a report was in the damaged file: its index says so, or cannot be read."""
    try:
        row = damaged.execute(f"{_IDS} WHERE id = ?", (report_id,)).fetchone()
    except DriverError as error:
        go_on_after(error)
        return True
    return row is not None


def _check_any(*sources: sqlite3.Connection | None) -> None:
    if not any(sources):
        raise StoreUnreadable("Nothing could be read of the drafts, and there is no backup.")


def _identity(table: Table, row: Row) -> _Identity:
    values = (row[name] for name in _SAME[table.name])
    return tuple(
        hashlib.sha256(value).digest() if isinstance(value, bytes) else value for value in values
    )


def _delete(file: Path, ends: Iterable[str] = ("", "-wal", "-shm", "-journal")) -> None:
    for end in ends:
        file.with_name(file.name + end).unlink(missing_ok=True)

"""Moments of the reports' texts, compressed, fewer the older they are."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, insert, select, update

from reporterdesk.domain.errors import ReportNotFound, StoreUnreadable
from reporterdesk.domain.history import LASTING, SnapshotInfo, SnapshotReason, crowded
from reporterdesk.domain.report import ReportContent
from reporterdesk.store.content_json import content_from_json, content_to_json
from reporterdesk.store.database import Database
from reporterdesk.store.moments import from_micros, to_micros
from reporterdesk.store.tables import snapshots

_log = logging.getLogger(__name__)

LARGEST = 64 * 1024 * 1024
"""Bytes that a snapshot may unfold to; what claims to be more is damaged."""

_INFO = (snapshots.c.number, snapshots.c.taken_at, snapshots.c.reason)
_DAMAGE = (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError)
_THIN = delete(snapshots).where(snapshots.c.number == bindparam("crowded"))


class Snapshots:
    """Snapshots by number, in the order in which they were taken. Lives on the store thread.

    Every method raises :class:`~reporterdesk.domain.errors.StoreError` and its kinds.
    """

    def __init__(self, database: Database) -> None:
        self._db = database
        self._kept_at: dict[str, datetime] = {}
        self._last = 0

    def take(
        self, report_id: str, content: ReportContent, reason: SnapshotReason, at: datetime
    ) -> SnapshotInfo | None:
        """Keep ``content`` as the newest moment of its report, which must be there.

        The same text again is not kept twice, and ``None`` returned; unless this moment is to
        last: then it stands beside one that lasts for another reason, and takes the place of one
        that does not last.
        """
        text = content_to_json(content).encode()
        with self._db.transaction():
            newest = self._db.row(_newest(report_id, *_INFO, snapshots.c.content))
            taken: SnapshotInfo | None = None
            if newest is None or unfolded(newest[3]) != text:
                taken = self._add(report_id, text, reason, at, photos=len(content.photos))
            elif reason in LASTING and newest[2] != reason:
                if newest[2] in LASTING:
                    taken = self._add(report_id, text, reason, at, photos=len(content.photos))
                else:
                    taken = self._rename(newest[0], reason, at)
        self._kept_at[report_id] = at
        return taken

    def of_report(self, report_id: str) -> tuple[SnapshotInfo, ...]:
        """Return a report's moments, the oldest first."""
        chosen = select(*_INFO).where(snapshots.c.report_id == report_id)
        rows = self._db.rows(chosen.order_by(snapshots.c.number))
        return tuple(filter(None, map(_info, rows)))

    def content(self, number: int) -> ReportContent:
        """Return the text of a moment.

        :raises ReportNotFound: it is not kept any more.
        :raises StoreUnreadable: it is damaged; the others can still be read.
        """
        row = self._db.row(select(snapshots.c.content).where(snapshots.c.number == number))
        if row is None:
            raise ReportNotFound(
                "This moment is not kept any more.", safe="The report itself is untouched."
            )
        text = unfolded(row[0])
        try:
            if text is not None:
                return content_from_json(text.decode())
        except _DAMAGE:
            _log.warning("Snapshot %d holds no report.", number)
        raise StoreUnreadable(
            "The text of this moment is damaged and cannot be read.",
            safe="The report itself and its other moments are untouched.",
        )

    def newest_at(self, report_id: str) -> datetime | None:
        """Return when a report's newest moment was taken, ``None`` where there is none."""
        row = self._db.row(_newest(report_id, *_INFO))
        newest = None if row is None else _info(row)
        return None if newest is None else newest.taken_at

    def kept_at(self, report_id: str) -> datetime | None:
        """Return when the report's text was last known to stand in a snapshot.

        It is asked at every save, and reads nothing where this process has taken one.
        """
        known = self._kept_at.get(report_id)
        return self.newest_at(report_id) if known is None else known

    def thin(self, report_id: str, now: datetime) -> int:
        """Delete moments that stand too close for their age; return how many.

        :func:`~reporterdesk.domain.history.crowded` says which.
        """
        with self._db.transaction():
            doomed = [{"crowded": number} for number in crowded(self.of_report(report_id), now)]
            if doomed:
                self._db.execute(_THIN, doomed)
        return len(doomed)

    def delete_of(self, report_id: str) -> int:
        """Delete all moments of a report that is deleted for good; return how many."""
        self._kept_at.pop(report_id, None)
        return self._db.execute(delete(snapshots).where(snapshots.c.report_id == report_id))

    def _add(
        self, report_id: str, text: bytes, reason: SnapshotReason, at: datetime, *, photos: int
    ) -> SnapshotInfo:
        last = self._db.value(select(func.max(snapshots.c.number))) or 0
        # A number names one moment only, also where the last one was deleted with its report.
        number = self._last = max(last, self._last) + 1
        values = {
            "number": number,
            "report_id": report_id,
            "taken_at": to_micros(at),
            "reason": reason.value,
            "photos": photos,
            "content": zlib.compress(text),
        }
        self._db.execute(insert(snapshots).values(**values))
        return SnapshotInfo(number, at, reason)

    def _rename(self, number: int, reason: SnapshotReason, at: datetime) -> SnapshotInfo:
        values = {"reason": reason.value, "taken_at": to_micros(at)}
        self._db.execute(update(snapshots).where(snapshots.c.number == number).values(**values))
        return SnapshotInfo(number, at, reason)


def _newest(report_id: str, *columns: ColumnElement[Any]) -> Select[Any]:
    chosen = select(*columns).where(snapshots.c.report_id == report_id)
    return chosen.order_by(snapshots.c.number.desc()).limit(1)


def _info(row: Sequence[Any]) -> SnapshotInfo | None:
    """Return the moment of a row of ``_INFO``, ``None`` where it has no time that is one."""
    try:
        return SnapshotInfo(row[0], from_micros(row[1]), _reason(row[2]))
    except (TypeError, OverflowError):
        _log.warning("Snapshot %r has no time.", row[0])
        return None


def _reason(name: str) -> SnapshotReason:
    """Return the reason of this name; one that is not known says no more than that it is there."""
    try:
        return SnapshotReason(name)
    except ValueError:
        return SnapshotReason.EDITED


def unfolded(stored: object) -> bytes | None:
    """Return the bytes that were compressed, ``None`` where they are damaged."""
    unfolding = zlib.decompressobj()
    try:
        text = unfolding.decompress(stored, LARGEST)  # type: ignore[arg-type]  # or TypeError
    except (zlib.error, TypeError):
        return None
    return text if unfolding.eof else None

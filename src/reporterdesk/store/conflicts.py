"""What the desk has instead of a revision that was filed here, until both are brought together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from reporterdesk.domain.report import ReportContent
from reporterdesk.store.content_json import content_from_json, content_to_json
from reporterdesk.store.database import Database
from reporterdesk.store.moments import from_micros, to_micros
from reporterdesk.store.tables import conflicts

_COLUMNS = (
    conflicts.c.report_id,
    conflicts.c.revision_id,
    conflicts.c.theirs,
    conflicts.c.base,
    conflicts.c.found_at,
)


@dataclass(frozen=True, slots=True)
class KeptConflict:
    """A conflict as it was found.

    ``revision_id`` is the revision that was filed here; ``theirs`` the desk's answer about the
    report, as its JSON; ``base`` what both were made of, ``None`` where nothing is known of it.
    """

    report_id: str
    revision_id: str
    theirs: str
    base: ReportContent | None
    found_at: datetime


class Conflicts:
    """One conflict a report, the newest. Lives on the store thread.

    Every method raises :class:`~reporterdesk.domain.errors.StoreError` and its kinds.
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    def put(self, conflict: KeptConflict) -> None:
        """Keep a conflict; it replaces an earlier one of the same report."""
        values = {
            "revision_id": conflict.revision_id,
            "theirs": conflict.theirs,
            "base": None if conflict.base is None else content_to_json(conflict.base),
            "found_at": to_micros(conflict.found_at),
        }
        written = insert(conflicts).values(report_id=conflict.report_id, **values)
        key = [conflicts.c.report_id]
        self._db.execute(written.on_conflict_do_update(index_elements=key, set_=values))

    def get(self, report_id: str) -> KeptConflict | None:
        """Return the report's conflict, or ``None``."""
        row = self._db.row(select(*_COLUMNS).where(conflicts.c.report_id == report_id))
        if row is None:
            return None
        base = None if row[3] is None else content_from_json(row[3])
        return KeptConflict(row[0], row[1], row[2], base, from_micros(row[4]))

    def remove(self, report_id: str) -> None:
        """Forget the report's conflict; nothing happens where there is none."""
        self._db.execute(delete(conflicts).where(conflicts.c.report_id == report_id))

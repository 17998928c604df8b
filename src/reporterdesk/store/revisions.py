"""Immutable states of reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select

from reporterdesk.domain.errors import ReportNotFound
from reporterdesk.domain.report import Revision
from reporterdesk.store.content_json import content_from_json, content_to_json
from reporterdesk.store.database import Database
from reporterdesk.store.moments import from_micros, to_micros
from reporterdesk.store.tables import revisions

_COLUMNS = (
    revisions.c.id,
    revisions.c.report_id,
    revisions.c.parent_id,
    revisions.c.content,
    revisions.c.created_at,
    revisions.c.received,
)


class Revisions:
    """Revisions by id; they are added and never changed. Lives on the store thread.

    Every method raises :class:`~reporterdesk.domain.errors.StoreError` and its kinds.
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, revision: Revision) -> None:
        """Freeze a revision; its report must be there."""
        values = {
            "id": revision.id,
            "report_id": revision.report_id,
            "parent_id": revision.parent_id,
            "created_at": to_micros(revision.created_at),
            "photos": len(revision.content.photos),
            "content": content_to_json(revision.content),
            "received": int(revision.received),
        }
        self._db.execute(insert(revisions).values(**values))

    def get(self, revision_id: str) -> Revision:
        """Return the revision.

        :raises ReportNotFound: there is none with this id.
        """
        revision = self.find(revision_id)
        if revision is None:
            raise ReportNotFound("This revision is not here.")
        return revision

    def find(self, revision_id: str) -> Revision | None:
        """Return the revision, or ``None``."""
        row = self._db.row(select(*_COLUMNS).where(revisions.c.id == revision_id))
        return None if row is None else _revision(row)

    def of_report(self, report_id: str) -> tuple[Revision, ...]:
        """Return a report's revisions in the order in which they were added."""
        chosen = select(*_COLUMNS).where(revisions.c.report_id == report_id)
        rows = self._db.rows(chosen.order_by(revisions.c.number))
        return tuple(map(_revision, rows))


def _revision(row: Sequence[Any]) -> Revision:
    return Revision(
        id=row[0],
        report_id=row[1],
        parent_id=row[2],
        content=content_from_json(row[3]),
        created_at=from_micros(row[4]),
        received=bool(row[5]),
    )

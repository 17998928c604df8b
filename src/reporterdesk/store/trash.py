"""The trash: what lies in it, since when, and its deletion for good."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Table, delete, select, text, update

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.errors import ReportNotFound, TransitionRefused
from reporterdesk.domain.places import Place
from reporterdesk.domain.trash import deleted_from, looked_at
from reporterdesk.store import tables
from reporterdesk.store.database import Database
from reporterdesk.store.moments import from_micros, to_micros
from reporterdesk.store.photo_sweep import want_sweep
from reporterdesk.store.snapshots import Snapshots
from reporterdesk.store.spelling_words import SpellingWords
from reporterdesk.store.state import State
from reporterdesk.store.tables import outbox, reports
from reporterdesk.store.unfinished import Unfinished

_NOTED = "noted"
_FORGET_WORDS = text("DELETE FROM report_words WHERE rowid = :number")
_BELONGING: tuple[Table, ...] = (
    tables.uploads,
    tables.outbox,
    tables.revisions,
    tables.receipts,
    tables.conflicts,
    tables.desk_notes,
    tables.desk_reports,
)
"""What a report has in other tables, what refers to another first."""


class Trash:
    """What was thrown away. Lives on the store thread.

    Every method raises :class:`~reporterdesk.domain.errors.StoreError` and its kinds.
    """

    def __init__(
        self,
        database: Database,
        snapshots: Snapshots,
        spelling: SpellingWords,
        unfinished: Unfinished,
    ) -> None:
        self._db = database
        self._snapshots = snapshots
        self._spelling = spelling
        self._unfinished = unfinished
        self._state = State(database, "trash.")
        self._deleted = State(database, "deleted.")

    def look(self, now: datetime) -> datetime:
        """Note the time as :mod:`reporterdesk.domain.trash` has it, and return what it counts as.

        What lies in the trash when the time is noted for the first time counts from then on.
        """
        with self._db.transaction():
            before = self._state.get(_NOTED)
            if before is None:
                noted = now
                self._move(to_micros(now))
            else:
                noted, by = looked_at(from_micros(int(before)), now)
                if by:
                    self._move(reports.c.trashed_at + by // timedelta(microseconds=1))
            self._state.set(_NOTED, str(to_micros(noted)))
            return noted

    def count_anew(self) -> None:
        """Let the thirty days of all that is in the trash begin at the next :meth:`look`."""
        self._state.set(_NOTED, None)

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all that lies in the trash and may be deleted."""
        return self._chosen(None)

    def due(self) -> tuple[str, ...]:
        """Return the ids of what has lain there for long enough, by the time that was noted."""
        noted = self._state.get(_NOTED)
        return () if noted is None else self._chosen(from_micros(int(noted)))

    def delete(self, report_id: str) -> None:
        """Delete a report for good: its text, revisions, snapshots, words, delivery and notes.

        Its photos' bytes go with the next sweep. What the desk has is not touched.

        :raises ReportNotFound: it is not here any more.
        :raises TransitionRefused: it is not in the trash, or it is still on its way to the desk.
        """
        with self._db.transaction():
            columns = (reports.c.number, reports.c.trashed_at)
            row = self._db.row(select(*columns).where(reports.c.id == report_id))
            if row is None:
                raise ReportNotFound
            if row[1] is None:
                raise TransitionRefused("Only what is in the trash can be deleted for good.")
            if self._on_its_way(report_id):
                raise TransitionRefused(
                    "This report is still on its way to the desk.",
                    safe="Nothing was changed.",
                    next_step="It can be deleted once the desk has all of it.",
                )
            for table in _BELONGING:
                self._db.execute(delete(table).where(table.c.report_id == report_id))
            self._snapshots.delete_of(report_id)
            self._spelling.forget(report_id)
            self._unfinished.forget(report_id)
            self._db.execute(_FORGET_WORDS, {"number": row[0]})
            self._db.execute(delete(reports).where(reports.c.id == report_id))
            self._deleted.set(report_id, "")
            want_sweep(self._db)

    def was_deleted(self, report_id: str) -> bool:
        """Tell whether a report was deleted here for good: then the desk's does not come back."""
        return self._deleted.get(report_id) is not None

    def _chosen(self, by: datetime | None) -> tuple[str, ...]:
        chosen = select(reports.c.id, reports.c.trashed_at).where(
            reports.c.place == Place.TRASH.value, reports.c.trashed_at.is_not(None)
        )
        unfinished = select(outbox.c.report_id).where(
            outbox.c.state != DeliveryState.DELIVERED.value
        )
        rows = self._db.rows(chosen.where(reports.c.id.not_in(unfinished)))
        return tuple(
            row[0] for row in rows if by is None or deleted_from(from_micros(row[1])) <= by
        )

    def _move(self, to: int | ColumnElement[int]) -> None:
        chosen = update(reports).where(reports.c.place == Place.TRASH.value)
        self._db.execute(chosen.where(reports.c.trashed_at.is_not(None)).values(trashed_at=to))

    def _on_its_way(self, report_id: str) -> bool:
        state = self._db.value(select(outbox.c.state).where(outbox.c.report_id == report_id))
        return state is not None and state != DeliveryState.DELIVERED.value

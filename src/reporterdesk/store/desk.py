"""What the desk said last, kept to be read offline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from reporterdesk.domain.review import Decision
from reporterdesk.domain.status import Action
from reporterdesk.store.database import Database
from reporterdesk.store.desk_json import Note, notes_from_json, notes_to_json
from reporterdesk.store.moments import from_micros, to_micros
from reporterdesk.store.photo_sweep import want_sweep
from reporterdesk.store.state import State
from reporterdesk.store.tables import desk_notes, desk_reports, reports


class Desk:
    """What the desk said last, kept to be read offline. Messages are kept as their JSON."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._state = State(database, "desk.")

    def put_report(self, report_id: str, answer: str, at: datetime) -> None:
        """Keep the desk's answer about a report, which need not be one of this laptop's."""
        values = {"answer": answer, "at": to_micros(at)}
        written = insert(desk_reports).values(report_id=report_id, **values)
        key = [desk_reports.c.report_id]
        self._db.execute(written.on_conflict_do_update(index_elements=key, set_=values))

    def get_report(self, report_id: str) -> str | None:
        """Return the desk's last answer about a report."""
        chosen = select(desk_reports.c.answer).where(desk_reports.c.report_id == report_id)
        found: str | None = self._db.value(chosen)
        return found

    def kept_ids(self) -> frozenset[str]:
        """Return the ids of all reports of which an answer of the desk's is kept."""
        return frozenset(row[0] for row in self._db.rows(select(desk_reports.c.report_id)))

    def forget_report(self, report_id: str) -> None:
        """Forget the desk's answer about a report."""
        if self._db.execute(delete(desk_reports).where(desk_reports.c.report_id == report_id)):
            want_sweep(self._db)

    def forget_all_but(self, kept: Iterable[str]) -> int:
        """Forget the answers about all reports that are neither ``kept`` nor on this laptop.

        :returns: how many there were.
        """
        own = {row[0] for row in self._db.rows(select(reports.c.id))}
        gone = self.kept_ids() - own - frozenset(kept)
        with self._db.transaction():
            for report_id in gone:
                self.forget_report(report_id)
        return len(gone)

    def queue(self) -> str | None:
        """Return the review queue as it was seen last."""
        return self._state.get("queue")

    def set_queue(self, queue: str) -> None:
        """Keep the review queue."""
        self._state.set("queue", queue)

    def seen_at(self) -> datetime | None:
        """Return the time up to which the desk's news are all here."""
        found = self._state.get("seen_at")
        return None if found is None else from_micros(int(found))

    def set_seen_at(self, at: datetime) -> None:
        """Remember that the desk has told of nothing newer up to ``at``."""
        self._state.set("seen_at", str(to_micros(at)))

    def cursor(self) -> str | None:
        """Return the place in the desk's list of changes up to which all is known."""
        return self._state.get("cursor")

    def set_cursor(self, cursor: str | None) -> None:
        """Remember the place in the desk's list of changes."""
        self._state.set("cursor", cursor)

    def notes(self, report_id: str) -> tuple[Note, ...]:
        """Return the decisions and comments on a report of this laptop."""
        chosen = select(desk_notes.c.notes).where(desk_notes.c.report_id == report_id)
        found = self._db.value(chosen)
        return () if found is None else notes_from_json(found)

    def set_notes(self, report_id: str, notes: tuple[Note, ...]) -> None:
        """Replace the decisions and comments on a report of this laptop.

        The note of the last return stands in the list of returned reports.
        """
        written = insert(desk_notes).values(report_id=report_id, notes=notes_to_json(notes))
        line = _return_line(notes)
        with self._db.transaction():
            key = [desk_notes.c.report_id]
            same = {"notes": written.excluded.notes}
            self._db.execute(written.on_conflict_do_update(index_elements=key, set_=same))
            chosen = reports.update().where(reports.c.id == report_id)
            self._db.execute(chosen.values(desk_note=line))

    def clear(self) -> None:
        """Forget the queue, the cursor and others' reports, when the account changes."""
        with self._db.transaction():
            self._state.set("queue", None)
            self._state.set("cursor", None)
            self._state.set("seen_at", None)
            self._db.execute(delete(desk_reports))


def _return_line(notes: tuple[Note, ...]) -> str:
    """Return the first line of the last return's note, shortened, or ``""``."""
    returns = [n for n in notes if isinstance(n, Decision) and n.action is Action.RETURN]
    if not returns:
        return ""
    note = max(returns, key=lambda decision: decision.decided_at).note.strip()
    return note.splitlines()[0][:200] if note else ""

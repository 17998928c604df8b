"""The index of the search, kept in step with the reports, and the order in which it has them.

FTS5 reads its index in the order of row ids, from either end, without sorting. So a report's row id
is its place in the order of changes: a search stops after the first page, however many reports have
the word. The numbers are minutes since 1970, with neighbours where several reports were changed in
one minute. The index has no copy of the text (``contentless_delete``), so that nothing old is
needed to take words out of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import text

from reporterdesk.domain.places import Place
from reporterdesk.domain.report import ReportContent
from reporterdesk.domain.status import Status
from reporterdesk.store import search
from reporterdesk.store.content_json import content_from_json
from reporterdesk.store.database import Database
from reporterdesk.store.search import Standing
from reporterdesk.store.tables import REPORT_WORDS

_MINUTE = 60_000_000
_CHUNK = 500

_ADD = text(
    "INSERT INTO report_words (rowid, standing, headline, people, facts, captions, body)"
    " VALUES (:number, :standing, :headline, :people, :facts, :captions, :body)"
)
_REMOVE = text("DELETE FROM report_words WHERE rowid = :number")
_NEWEST = text("SELECT number, changed_at FROM reports ORDER BY number DESC LIMIT 1")
_TAKEN = text("SELECT 1 FROM reports WHERE number = :number AND number IS NOT :own")
_NEXT_FREE = text(
    "SELECT number + 1 FROM reports AS r WHERE number >= :number"
    " AND NOT EXISTS (SELECT 1 FROM reports WHERE number = r.number + 1) ORDER BY number LIMIT 1"
)
_TAKE_APART = text("UPDATE reports SET number = -number - 1")
_IN_ORDER = text("SELECT number, changed_at FROM reports ORDER BY changed_at, number DESC")
_RENUMBER = text("UPDATE reports SET number = :new WHERE number = :old")
_READ = text(
    "SELECT number, place, status, section, event_date, content FROM reports"
    " WHERE number > :after ORDER BY number LIMIT :chunk"
)


class ReportWords:
    """Writes the index. Lives on the store thread, inside its owner's transactions."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, many: Iterable[tuple[int, Standing, ReportContent]]) -> None:
        """Add reports that are not there yet, each with its number."""
        rows = [
            {
                "number": number,
                "standing": search.standing_words(standing),
                **search.column_words(content),
            }
            for number, standing, content in many
        ]
        if rows:
            self._db.execute(_ADD, rows)

    def put(self, old: int, number: int, standing: Standing, content: ReportContent) -> None:
        """Write the words of a report anew; its number was ``old``."""
        self._db.execute(_REMOVE, {"number": old})
        self.add([(number, standing, content)])

    def numbers_for(self, changed_at: Sequence[int]) -> list[int]:
        """Return numbers for new reports, changed at these microseconds, ascending."""
        newest = self._db.value(_NEWEST)
        found: list[int] = []
        for moment in changed_at:
            number = moment // _MINUTE
            if found:
                number = max(number, found[-1] + 1)
            if newest is not None and number <= newest:
                number = self._free(number, None)
            found.append(number)
        return found

    def number_after(self, own: int, changed_at: int) -> int:
        """Return the number of a report that has the number ``own`` and was changed just now."""
        row = self._db.row(_NEWEST)
        newest, newest_at = (own, 0) if row is None else row
        if newest == own:
            return max(own, changed_at // _MINUTE)
        if changed_at >= newest_at:
            return int(max(newest + 1, changed_at // _MINUTE))
        return self._free(changed_at // _MINUTE, own)  # the clock was put back

    def _free(self, number: int, own: int | None) -> int:
        """Return ``number``, or the next higher one that no report has."""
        if not self._db.row(_TAKEN, {"number": number, "own": own}):
            return number
        return int(self._db.value(_NEXT_FREE, {"number": number}))


def index_all(database: Database, progress: Callable[[float], None] | None = None) -> None:
    """Number all reports by their last change, and make the index anew, in one transaction.

    For a store of an earlier version, and for one whose index is damaged. ``progress`` is told how
    much of it is done, from 0 to 1.
    """
    with database.transaction():
        database.execute(text("DROP TABLE IF EXISTS report_words"))
        database.execute(text(REPORT_WORDS))
        order = database.rows(_IN_ORDER)
        # Negative first, so that no number is given twice on the way.
        database.execute(_TAKE_APART)
        renumbered, last = [], 0
        for old, changed_at in order:
            last = max(changed_at // _MINUTE, last + 1)
            renumbered.append({"old": -old - 1, "new": last})
        if renumbered:
            database.execute(_RENUMBER, renumbered)
        index, done, after = ReportWords(database), 0, 0
        while rows := database.rows(_READ, {"after": after, "chunk": _CHUNK}):
            index.add(_read(row) for row in rows)
            after, done = rows[-1][0], done + len(rows)
            if progress is not None:
                progress(done / len(order))


def _read(row: Sequence[Any]) -> tuple[int, Standing, ReportContent]:
    number, place, status, section, event_date, content = row
    standing = Standing(Place(place), Status(status), section, event_date)
    return number, standing, content_from_json(content)

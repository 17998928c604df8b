"""Deleting photo bytes to which nothing refers any more, in small steps, only when there are any.

To know that, every text with photos must be read, which takes seconds in a large store. So it is
done after something was deleted for good, and once a week if photos have come since: then some may
have been put by an app that was killed before the report was saved.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, Integer, Table, literal_column, select

from reporterdesk.domain.errors import StoreUnreadable
from reporterdesk.store.database import Database
from reporterdesk.store.moments import from_micros, to_micros
from reporterdesk.store.photo_bytes import PhotoBytes
from reporterdesk.store.photo_uses import names_in
from reporterdesk.store.snapshots import unfolded
from reporterdesk.store.state import State
from reporterdesk.store.tables import desk_reports, reports, revisions, snapshots

EVERY = timedelta(days=7)
_CHUNK = 100
"""Texts that one step reads: some milliseconds."""
_READ: tuple[Table, ...] = (reports, revisions, snapshots)
_WANTED, _DONE = "wanted", "done"


def want_sweep(drafts: Database) -> None:
    """Remember that bytes may have become dispensable. For the transaction that did it."""
    state = State(drafts, "sweep.")
    state.set(_WANTED, str(int(state.get(_WANTED) or "0") + 1))


class PhotoSweep:
    """One sweep, step by step, other work of the store in between. Lives on the store thread.

    What is added meanwhile is found all the same: new rows have higher numbers, and so has a report
    that is saved. Bytes put since the store was opened are spared: their report may not be saved.

    Every method raises :class:`~reporterdesk.domain.errors.StoreError` and its kinds.
    """

    def __init__(self, drafts: Database, photos: PhotoBytes) -> None:
        self._drafts, self._photos = drafts, photos
        self._state = State(drafts, "sweep.")

    def due(self, now: datetime) -> bool:
        """Tell whether there may be something to delete."""
        if self._state.get(_WANTED) is not None:
            return True
        done = json.loads(self._state.get(_DONE) or "[0, 0]")
        if done[0] == self._photos.newest():
            return False
        return abs(now - from_micros(done[1])) >= EVERY  # also where the clock makes no sense

    def steps(self, now: datetime) -> Iterator[int]:
        """Sweep; each step yields how many photos' bytes it has deleted."""
        newest, wanted = self._photos.newest(), self._state.get(_WANTED)
        names: set[str] = set()
        reached = {table.name: -1 for table in _READ}
        for table in _READ:
            while self._read_on(table, reached, names):
                yield 0
        while self._read_desk_on(reached, names):
            yield 0
        for name in self._photos.names():
            if name in names:
                continue
            for table in _READ:  # it may have been brought back since the last step, by an undo
                while self._read_on(table, reached, names):
                    pass
            if name not in names:
                self._photos.delete(name)
                yield 1
        if self._state.get(_WANTED) == wanted:  # or something was deleted while it went on
            self._state.set(_WANTED, None)
        self._state.set(_DONE, json.dumps([newest, to_micros(now)]))

    def _read_on(self, table: Table, reached: dict[str, int], names: set[str]) -> bool:
        """Read the next texts of a table; ``False`` where there are none."""
        number: Column[int] = table.c.number
        chosen = select(number, table.c.content).where(
            number > reached[table.name], table.c.photos > 0
        )
        rows = self._drafts.rows(chosen.order_by(number).limit(_CHUNK))
        for row in rows:
            if table is snapshots:
                names |= _names_in_snapshot(row[1])
            else:
                names |= _names_in(row[1])
        if rows:
            reached[table.name] = rows[-1][0]
        return bool(rows)

    def _read_desk_on(self, reached: dict[str, int], names: set[str]) -> bool:
        """Read the next of the desk's answers, whose previews an editor reads offline."""
        number: ColumnElement[int] = literal_column("rowid", Integer)
        chosen = select(number, desk_reports.c.answer).where(
            number > reached.get(desk_reports.name, -1)
        )
        rows = self._drafts.rows(chosen.order_by(number).limit(_CHUNK))
        for row in rows:
            names |= _previews_in(row[1])
        if rows:
            reached[desk_reports.name] = rows[-1][0]
        return bool(rows)


def _previews_in(answer: str) -> set[str]:
    """Return the names in what the desk said, none where it is damaged: it can be asked again."""
    try:
        photos = json.loads(answer).get("photos", ())
        return {photo["renditions"]["preview"]["sha256"] for photo in photos}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return set()


def _names_in(content: str | bytes) -> set[str]:
    try:
        return names_in(content)
    except ValueError as error:
        # Its photos are not known, so that none may be deleted.
        raise StoreUnreadable("A report’s text is damaged.", safe="Nothing was changed.") from error


def _names_in_snapshot(stored: object) -> set[str]:
    """Return the names in it, none where it is damaged: nobody can bring those photos back."""
    text = unfolded(stored)
    try:
        return set() if text is None else names_in(text)
    except ValueError:
        return set()

"""One store, used by a process of its own, that says how long each thing took.

``python -m support.store_timing ours|bare HOME KEY``, for ``tests/bench/store.py``; ``KEY`` is
hexadecimal, or ``-``. ``ours`` does what a line of standard input asks for, ``{"do": NAME, …}``,
with the app's own code, and answers ``{"seconds": …, "sql": […]}``, with the very statements that
SQLAlchemy gave to the driver. ``bare`` runs such statements (``{"do": "run", "sql": […]}``) by the
standard library's :mod:`sqlite3`, and knows :meth:`Bare.open` and :meth:`Bare.first_screen`. Where
that is older than 3.43, it cannot read a contentless index from which rows can be deleted: then
``bare`` is the same module over SQLCipher's newer SQLite, without a key.
"""

from __future__ import annotations

import base64
import json
import sqlite3 as standard
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from reporterdesk.paths import drafts_file, photos_file
from reporterdesk.store import listing
from reporterdesk.store.key import StoreKey

if standard.sqlite_version_info >= (3, 43):
    bare_sqlite3: Any = standard
else:
    from sqlcipher3 import dbapi2 as bare_sqlite3

_ROWS = 200
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


class Ours:
    """The app's own store."""

    def __init__(self, home: Path, key: StoreKey | None) -> None:
        from sqlalchemy import Engine, event

        from reporterdesk.domain.clock import utc_now
        from reporterdesk.store.opening import open_store

        self._clock, self._open = utc_now, open_store
        self._home, self._key = home, key
        self._sql: list[tuple[str, Any]] = []
        event.listen(Engine, "before_cursor_execute", self._note)
        self._store = open_store(home, clock=utc_now, key=key)

    def open(self) -> float:
        """Open it, from nothing to where a report can be saved."""
        self._store.close()
        began = time.perf_counter()
        self._store = self._open(self._home, clock=self._clock, key=self._key)
        return time.perf_counter() - began

    def first_screen(self) -> float:
        """Read what the window shows first."""
        from reporterdesk.store.first_screen import read_first_screen

        began = time.perf_counter()
        assert read_first_screen(self._home, self._key).rows
        return time.perf_counter() - began

    def page(self) -> float:
        """Read the first page of the drafts."""
        from reporterdesk.domain.places import Place

        began = time.perf_counter()
        page = self._store.reports.page(Place.DRAFTS, limit=_ROWS)
        taken = time.perf_counter() - began
        assert page.rows
        return taken

    def search(self, query: str, order: str = "newest") -> float:
        """Read the first page of what a search finds in the drafts."""
        from reporterdesk.domain.places import Place
        from reporterdesk.domain.searching import Filters, Order, Search

        search = Search(query, Filters(Place.DRAFTS), Order(order))
        began = time.perf_counter()
        page = self._store.finder.page(search)
        taken = time.perf_counter() - began
        assert page is not None, query
        assert page.rows, query
        return taken

    def counts(self) -> float:
        """Count the reports in each place."""
        began = time.perf_counter()
        assert self._store.reports.counts()
        return time.perf_counter() - began

    def save(self, report_id: str, words: str) -> float:
        """Save a draft in which something was typed."""
        from reporterdesk.workflow.drafting import open_report, save_draft

        content = open_report(self._store, report_id).content
        content = replace(content, body=content.body.rstrip("\n") + words + "\n")
        self._sql.clear()
        began = time.perf_counter()
        save_draft(self._store, report_id, content, clock=self._clock)
        return time.perf_counter() - began

    def answer(self, do: str, **arguments: Any) -> dict[str, Any]:
        """Do it, and say how long it took and what it gave to the driver."""
        self._sql.clear()
        seconds = getattr(self, do)(**arguments)
        return {"seconds": seconds, "sql": [[sql, _packed(given)] for sql, given in self._sql]}

    def _note(self, _c: Any, _cursor: Any, sql: str, given: Any, _x: Any, _many: bool) -> None:
        self._sql.append((sql, given))


class Bare:
    """Nothing but the database's module, on a copy of the same files."""

    def __init__(self, home: Path, _key: StoreKey | None) -> None:
        self._home = home
        self._db = self._opened()[0]

    def open(self) -> float:
        """Open both files, set the same, and read the first page of each."""
        self._db.close()
        began = time.perf_counter()
        self._db, photos = self._opened()
        taken = time.perf_counter() - began
        photos.close()
        return taken

    def first_screen(self) -> float:
        """Read the same rows by the same statements."""
        began = time.perf_counter()
        file = drafts_file(self._home).as_uri()
        with closing(bare_sqlite3.connect(f"{file}?mode=ro", uri=True)) as db:
            state = dict(db.execute(listing.STATE).fetchall())
            wanted = {"place": "drafts", "limit": 61}
            assert db.execute(listing.page_sql(after=False), wanted).fetchall()
            assert db.execute(listing.REPORT, {"id": state["app.open_report"]}).fetchone()
            assert db.execute(listing.COUNTS).fetchall()
        return time.perf_counter() - began

    def run(self, sql: list[list[Any]]) -> float:
        """Run statements and fetch all they find."""
        statements = [(statement, _unpacked(given)) for statement, given in sql]
        began = time.perf_counter()
        for statement, given in statements:
            if isinstance(given, list):
                self._db.executemany(statement, given)
            else:
                self._db.execute(statement, given).fetchall()
        return time.perf_counter() - began

    def answer(self, do: str, **arguments: Any) -> dict[str, Any]:
        """Do it, and say how long it took."""
        return {"seconds": getattr(self, do)(**arguments)}

    def _opened(self) -> tuple[standard.Connection, standard.Connection]:
        drafts, photos = (
            bare_sqlite3.connect(file(self._home), isolation_level=None, cached_statements=256)
            for file in (drafts_file, photos_file)
        )
        for each in (drafts, photos):
            for pragma in _PRAGMAS:
                each.execute(f"PRAGMA {pragma}").fetchall()
            each.execute("SELECT count(*) FROM sqlite_master").fetchall()
        return drafts, photos


def _packed(given: Any) -> Any:
    """Return a statement's parameters as JSON can hold them."""
    if isinstance(given, bytes | memoryview):
        return {"bytes": base64.b64encode(given).decode()}
    if isinstance(given, tuple):
        return {"row": [_packed(value) for value in given]}
    if isinstance(given, list):
        return [_packed(row) for row in given]
    if isinstance(given, dict):
        return {"named": {name: _packed(value) for name, value in given.items()}}
    return given


def _unpacked(given: Any) -> Any:
    if isinstance(given, list):
        return [_unpacked(row) for row in given]
    if not isinstance(given, dict):
        return given
    if "bytes" in given:
        return base64.b64decode(given["bytes"])
    if "named" in given:
        return {name: _unpacked(value) for name, value in given["named"].items()}
    return tuple(_unpacked(value) for value in given["row"])


def main() -> None:
    """Answer each line of standard input."""
    kinds: dict[str, Callable[[Path, StoreKey | None], Ours | Bare]] = {"ours": Ours, "bare": Bare}
    kind, home, key = sys.argv[1:]
    store = kinds[kind](Path(home), None if key == "-" else StoreKey(bytes.fromhex(key)))
    for line in sys.stdin:
        print(json.dumps(store.answer(**json.loads(line))), flush=True)


if __name__ == "__main__":
    main()

"""Reading what can be read out of a damaged ``drafts.db``, row by row.

SQLite gives up a scan at the first damaged page. But a row is found by its number as long as the
pages on the way to it are whole: behind the damage, higher and higher numbers are looked for until
one is found, and from there it goes on, backwards too. The file is opened for reading only.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Table

from reporterdesk.domain.status import Status
from reporterdesk.store import tables
from reporterdesk.store.content_json import content_from_json
from reporterdesk.store.driver import DriverError
from reporterdesk.store.photo_uses import has_table

Row: TypeAlias = dict[str, Any]

COPIED: tuple[Table, ...] = tuple(tables.drafts.sorted_tables)
"""The tables that hold what nobody can make anew; each may refer to those before it only."""

_LAST = 2**33
"""No row has a higher number; the highest are minutes since 1970."""
_CLOSE = 500
"""So many numbers are tried one after the other, before the steps become longer."""


@dataclass(frozen=True, slots=True)
class Found:
    """One place in a table: its number, and its row, ``None`` where it cannot be read."""

    number: int
    row: Row | None


def tolerate_damage(db: sqlite3.Connection) -> None:
    """Let SQLite read a file that is shorter than it says, or whose schema is partly damaged."""
    db.execute("PRAGMA writable_schema = ON")
    db.execute("PRAGMA cell_size_check = ON")


def readable(db: sqlite3.Connection) -> bool:
    """Return whether the file opens far enough to look for rows."""
    try:
        return has_table(db, tables.reports.name)
    except DriverError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            raise
        return False


def rows_of(db: sqlite3.Connection, table: Table) -> Iterator[Found]:
    """Return the rows of ``table`` that can be found, one without content for each damage."""
    columns = _columns(db, table)
    if not columns:
        yield Found(0, None)
    elif table is tables.state:
        yield from _state(db)
    else:
        names = ", ".join(f'"{name}"' for name in columns)
        one = f"SELECT {names} FROM {table.name} WHERE rowid = ?"  # noqa: S608
        for number in _numbers(db, table.name):
            yield _row(db, table, columns, one, number)


def _row(
    db: sqlite3.Connection, table: Table, columns: tuple[str, ...], one: str, number: int | None
) -> Found:
    if number is None:
        return Found(0, None)
    try:
        values = db.execute(one, (number,)).fetchone()
    except DriverError as error:
        go_on_after(error)
        values = None
    if values is None:
        return Found(number, None)
    return _found(table, number, dict(zip(columns, values, strict=True)))


def _numbers(db: sqlite3.Connection, name: str) -> Iterator[int | None]:
    """Return the row ids of a table, ascending, and ``None`` for each stretch of damage."""
    last = 0
    while True:
        try:
            for (number,) in db.execute(
                f"SELECT rowid FROM {name} WHERE rowid > ? ORDER BY rowid",  # noqa: S608
                (last,),
            ):
                yield number
                last = number
        except DriverError as error:
            go_on_after(error)
        else:
            return
        yield None
        behind = _behind(db, name, last)
        yield from behind
        if not behind:
            return
        last = behind[-1]


def _behind(db: sqlite3.Connection, name: str, last: int) -> list[int]:
    """Return the next numbers behind a damage that begins after ``last``; none if it was the end.

    The steps grow with the length of the damage. What a long one has passed over is found by
    scanning back from where it arrived.
    """
    seek = f"SELECT rowid FROM {name} WHERE rowid >= ? ORDER BY rowid LIMIT 1"  # noqa: S608
    back = f"SELECT rowid FROM {name} WHERE rowid BETWEEN ? AND ? ORDER BY rowid DESC"  # noqa: S608
    at = last + 1
    while at < _LAST:
        try:
            row = db.execute(seek, (at,)).fetchone()
        except DriverError as error:
            go_on_after(error)
            at += 1 + (at - last) // _CLOSE
            continue
        if row is None:
            return []
        found: list[int] = []
        try:
            for (number,) in db.execute(back, (last + 1, row[0])):
                found.append(number)
        except DriverError as error:
            go_on_after(error)
        return sorted(found) or [row[0]]
    return []


def _found(table: Table, number: int, row: Row) -> Found:
    try:
        return Found(number, row if _SOUND.get(table.name, _any)(row) else None)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, zlib.error):
        return Found(number, None)


def _report(row: Row) -> bool:
    Status(row["status"])
    content_from_json(row["content"])
    return isinstance(row["id"], str) and isinstance(row["changed_at"], int)


def _revision(row: Row) -> bool:
    content_from_json(row["content"])
    return isinstance(row["id"], str) and isinstance(row["created_at"], int)


def _snapshot(row: Row) -> bool:
    content_from_json(zlib.decompress(row["content"]).decode())
    return isinstance(row["taken_at"], int)


def _notes(row: Row) -> bool:
    json.loads(row["notes"])
    return True


def _answer(row: Row) -> bool:
    json.loads(row["answer"])
    return True


def _receipt(row: Row) -> bool:
    json.loads(row["photos"])
    return isinstance(row["text_at"], int)


def _errand(row: Row) -> bool:
    json.loads(row["payload"])
    return isinstance(row["id"], str) and isinstance(row["added_at"], int)


def _conflict(row: Row) -> bool:
    json.loads(row["theirs"])
    return isinstance(row["found_at"], int)


def _any(_row: Row) -> bool:
    return True


_SOUND: dict[str, Callable[[Row], bool]] = {
    "reports": _report,
    "revisions": _revision,
    "snapshots": _snapshot,
    "desk_notes": _notes,
    "desk_reports": _answer,
    "receipts": _receipt,
    "errands": _errand,
    "conflicts": _conflict,
}


def _columns(db: sqlite3.Connection, table: Table) -> tuple[str, ...]:
    """Return those columns of ``table`` that the file has, too; none where it lacks the table."""
    try:
        there = {row[1] for row in db.execute(f"PRAGMA table_info({table.name})")}
    except DriverError as error:
        go_on_after(error)
        return ()
    return tuple(column.name for column in table.columns if column.name in there)


def _state(db: sqlite3.Connection) -> Iterator[Found]:
    """Read the one table without numbers from both ends, up to the damage between them."""
    seen: set[str] = set()
    for order in ("ASC", "DESC"):
        try:
            for key, value in db.execute(f"SELECT key, value FROM state ORDER BY key {order}"):  # noqa: S608
                if key in seen:
                    break
                seen.add(key)
                yield Found(0, {"key": key, "value": value})
            else:
                return
        except DriverError as error:
            go_on_after(error)
            yield Found(0, None)


def go_on_after(error: Exception) -> None:
    """Take an error for damage, unless somebody has asked to stop."""
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
        raise error

"""What changed, after a cursor.

A cursor is ``EPOCH.NUMBER``. Numbers are given inside the serialised write transaction (see
:mod:`reporterdesk.server.database`), so they become visible in their order: when a cursor stands
at 7, nothing up to 7 can still be committed. The epoch names this very database: a cursor from
before a restore, or from another server, starts from the beginning instead of skipping anything.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, func, select

from reporterdesk.domain.people import Person
from reporterdesk.server.database import Database
from reporterdesk.server.problems import invalid
from reporterdesk.server.service.records import may_read
from reporterdesk.server.tables import changes, reports
from reporterdesk.wire.messages import Change, ChangesAnswer

AT_ONCE = 500
"""Changes looked at in one call."""


def changes_after(database: Database, person: Person, after: str | None) -> ChangesAnswer:
    """Return the changes of the reports this person may read, oldest first.

    The cursor moves past what they may not read, too.

    :raises ApiProblem: 422 where ``after`` is no cursor.
    """
    epoch, number = _read_cursor(after) if after else (database.epoch, 0)
    with database.read() as connection:
        if epoch != database.epoch or number > _last(connection):
            number = 0
        found = _page(connection, number)
        while found and not _visible(found, person) and len(found) == AT_ONCE:
            number = found[-1].seq
            found = _page(connection, number)
    last = found[-1].seq if found else number
    return ChangesAnswer(changes=_visible(found, person), cursor=f"{database.epoch}.{last}")


def last_change(database: Database) -> int:
    """Return the number of the last change."""
    with database.read() as connection:
        return _last(connection)


def _last(connection: Connection) -> int:
    return connection.execute(select(func.max(changes.c.seq))).scalar_one() or 0


def _page(connection: Connection, number: int) -> list[Row[Any]]:
    return list(
        connection.execute(
            select(changes, reports.c.author_id, reports.c.section)
            .join(reports, reports.c.id == changes.c.report_id)
            .where(changes.c.seq > number)
            .order_by(changes.c.seq)
            .limit(AT_ONCE)
        )
    )


def _visible(rows: list[Row[Any]], person: Person) -> tuple[Change, ...]:
    return tuple(
        Change(report_id=row.report_id, kind=row.kind, revision_id=row.revision_id, at=row.at)
        for row in rows
        if may_read(person, row.author_id, row.section)
    )


def _read_cursor(after: str) -> tuple[str, int]:
    epoch, dot, number = after.rpartition(".")
    if not (dot and epoch and number.isascii() and number.isdigit() and len(number) <= 18):
        raise invalid("“after” is not a cursor of this server.")
    return epoch, int(number)

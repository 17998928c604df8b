"""The lists of reports, in plain SQL: read by the first screen and by the store alike.

No SQLAlchemy here; the named parameters are understood by :mod:`sqlite3` and by SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.places import Place, place_of
from reporterdesk.domain.report import Report, ReportSummary
from reporterdesk.domain.status import Status
from reporterdesk.store.content_json import content_from_json
from reporterdesk.store.moments import from_micros, optional_moment

# A list needs no more of a headline than a line can show.
SUMMARY = """r.id, substr(r.headline, 1, 300), r.section, r.event_date, r.status, r.changed_at,
       r.desk_note, o.state, o.photos_total, o.photos_delivered, o.why, r.trashed_at,
       o.text_at"""
"""The columns of which :func:`summary_of` makes a line."""
_COLUMNS = f"""
SELECT {SUMMARY}
FROM reports AS r LEFT JOIN outbox AS o ON o.report_id = r.id
WHERE r.place = :place"""  # noqa: S608 - both are written here
_AFTER = " AND (r.changed_at, r.id) < (:after_at, :after_id)"
_ORDER = " ORDER BY r.changed_at DESC, r.id DESC LIMIT :limit"

COUNTED = 500
"""What a search has found is counted so far; to count on would cost more than anybody gains."""

COUNTS = "SELECT place, number FROM place_counts"
REPORT = """
SELECT id, status, created_at, changed_at, revision_id, desk_status, public_url, trashed_at, content
FROM reports WHERE id = :id"""
STATE = "SELECT key, value FROM state WHERE key LIKE 'app.%'"

# A list has 200 lines: looking a status up costs a third of what calling Status does.
_STATUSES = {status.value: status for status in Status}


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of a list.

    ``next`` is what the following page comes after, ``None`` at the end. Headlines are cut at 300
    characters. ``found`` is how many a search has found, counted no further than
    :data:`COUNTED` and one; ``None`` where nothing was looked for.
    """

    rows: tuple[ReportSummary, ...]
    next: str | None
    found: int | None = None


def page_sql(*, after: bool) -> str:
    """Return the query of one page of a place, of the first one or of what comes after."""
    return _COLUMNS + (_AFTER if after else "") + _ORDER


def page_of(rows: Sequence[Sequence[Any]], limit: int) -> Page:
    """Return the page of ``rows``, which were asked for with a limit one higher than ``limit``."""
    lines = tuple(summary_of(row) for row in rows[:limit])
    more = len(rows) > limit
    return Page(lines, f"{rows[limit - 1][5]}:{rows[limit - 1][0]}" if more else None)


def read_after(after: str) -> tuple[int, str]:
    """Return the changed-at microseconds and the id of :attr:`Page.next`.

    :raises ValueError: it is none.
    """
    micros, _, report_id = after.partition(":")
    return int(micros), report_id


def counts_of(rows: Iterable[Sequence[Any]]) -> dict[Place, int]:
    """Return how many reports stand in each place, the empty ones included."""
    found = {row[0]: row[1] for row in rows}
    return {place: found.get(place.value, 0) for place in Place}


def report_of(row: Sequence[Any]) -> Report:
    """Return the report of a row of :data:`REPORT`."""
    return Report(
        id=row[0],
        content=content_from_json(row[8]),
        status=Status(row[1]),
        created_at=from_micros(row[2]),
        changed_at=from_micros(row[3]),
        revision_id=row[4],
        desk_status=None if row[5] is None else Status(row[5]),
        public_url=row[6],
        trashed_at=optional_moment(row[7]),
    )


def place_name(status: Status, *, trashed: bool) -> str:
    """Return the name of the place where a report stands."""
    return (Place.TRASH if trashed else place_of(status)).value


def summary_of(row: Sequence[Any]) -> ReportSummary:
    """Return the line of a row that begins with :data:`SUMMARY`."""
    status = _STATUSES[row[4]]
    return ReportSummary(
        row[0],
        row[1],
        row[2],
        row[3],
        status,
        from_micros(row[5]),
        _detail(row, status) if row[6] or row[7] else "",
        None if row[11] is None else from_micros(row[11]),
    )


def _detail(row: Sequence[Any], status: Status) -> str:
    """Return what is worth saying: the delivery while it lasts, then the desk's note."""
    desk_note, state = row[6], row[7]
    if state is not None and status in {Status.OUTBOX, Status.FILED}:
        text_at = optional_moment(row[12])
        delivery = Delivery(
            row[0], "", DeliveryState(state), row[8], row[9], why=row[10], text_at=text_at
        )
        return delivery.sentence()
    return str(desk_note) if status is Status.RETURNED else ""

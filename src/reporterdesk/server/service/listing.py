"""Lists of reports, newest change first, a page at a time by keyset."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, and_, or_, select

from reporterdesk.domain.people import Person
from reporterdesk.domain.status import Action, Status
from reporterdesk.server.database import Database
from reporterdesk.server.people import names_of
from reporterdesk.server.problems import invalid
from reporterdesk.server.service import contents
from reporterdesk.server.service.records import ReportRow, readable_by
from reporterdesk.server.service.states import public_address
from reporterdesk.server.service.words import folded
from reporterdesk.server.tables import decisions, reports, revisions, uploads
from reporterdesk.wire.messages import ReportLine, ReportsAnswer

CEILING = 200
_READ_NEXT = (Status.FILED.value, Status.APPROVED.value)
_WENT_BACK = (
    select(decisions.c.id)
    .where(decisions.c.report_id == reports.c.id)
    .where(decisions.c.revision_id == reports.c.revision_id)
    .where(decisions.c.decision == Action.RETURN.value)
)
_CORRECTED = and_(
    reports.c.status == Status.PUBLISHED.value,
    reports.c.revision_id != reports.c.published_revision_id,
    ~_WENT_BACK.exists(),
)


def list_reports(
    database: Database,
    person: Person,
    *,
    section: str | None,
    status: str | None,
    waiting: bool,
    query: str,
    after: str | None,
    limit: int,
    public_url: str,
) -> ReportsAnswer:
    """Return a page of the reports this person may read.

    The cursor is the number of the last line's change. A report that changes while somebody
    pages moves to the front and is told of by ``/v1/changes``; nothing else moves.

    :raises ApiProblem: 422 where ``after`` is no cursor.
    """
    limit = max(1, min(limit, CEILING))
    wanted = select(reports).where(readable_by(person))
    if section is not None:
        wanted = wanted.where(reports.c.section == section)
    if status is not None:
        wanted = wanted.where(reports.c.status == status)
    if waiting:
        wanted = wanted.where(or_(reports.c.status.in_(_READ_NEXT), _CORRECTED))
    for word in folded(query).split()[:20]:
        wanted = wanted.where(reports.c.search.contains(word, autoescape=True))
    if after is not None:
        wanted = wanted.where(reports.c.changed_seq < _read_cursor(after))
    with database.read() as connection:
        return _page(connection, wanted, limit, public_url)


def _read_cursor(after: str) -> int:
    if not (after.isascii() and after.isdigit() and len(after) <= 18):
        raise invalid("“after” is not a cursor of this list.")
    return int(after)


def _page(
    connection: Connection,
    wanted: Select[Any],
    limit: int,
    public_url: str,
) -> ReportsAnswer:
    ordered = wanted.order_by(reports.c.changed_seq.desc()).limit(limit + 1)
    rows = list(connection.execute(ordered))
    shown = rows[:limit]
    authors = names_of(connection, {row.author_id for row in shown})
    photos = _photo_counts(connection, shown)
    corrected = _corrected(connection, shown)
    lines = tuple(
        ReportLine(
            id=row.id,
            status=Status(row.status),
            headline=row.headline,
            section=row.section,
            revision_id=row.revision_id,
            changed_at=row.changed_at,
            author=authors[row.author_id],
            event_date=row.event_date[:10],
            photos_total=photos[row.id][0],
            photos_held=photos[row.id][1],
            correction=row.id in corrected,
            public_url=public_address(row, public_url),
        )
        for row in shown
    )
    following = str(shown[-1].changed_seq) if len(rows) > limit else None
    return ReportsAnswer(reports=lines, next=following)


def _corrected(connection: Connection, rows: list[ReportRow]) -> set[str]:
    """Return the ids of those of which a correction waits for the desk."""
    ids = [row.id for row in rows if row.status == Status.PUBLISHED.value]
    if not ids:
        return set()
    chosen = select(reports.c.id).where(reports.c.id.in_(ids), _CORRECTED)
    return {row.id for row in connection.execute(chosen)}


def _photo_counts(connection: Connection, rows: list[ReportRow]) -> dict[str, tuple[int, int]]:
    """Return, by report, how many photos its newest revision has and how many are whole here."""
    ids = [row.id for row in rows]
    held = {
        (row.report_id, row.sha256)
        for row in connection.execute(
            select(uploads.c.report_id, uploads.c.sha256).where(
                uploads.c.report_id.in_(ids), uploads.c.held_at.is_not(None)
            )
        )
    }
    newest = connection.execute(
        select(revisions.c.report_id, revisions.c.content)
        .join(reports, (reports.c.id == revisions.c.report_id))
        .where(reports.c.id.in_(ids), revisions.c.id == reports.c.revision_id)
    )
    counts: dict[str, tuple[int, int]] = {}
    for row in newest:
        photos = contents.load(row.content).photos
        whole = [
            photo
            for photo in photos
            if (row.report_id, photo.renditions.preview.sha256) in held
            and (row.report_id, photo.renditions.full.sha256) in held
        ]
        counts[row.report_id] = (len(photos), len(whole))
    return counts

"""Comments, and the soft claim "I am reading this"."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from reporterdesk.domain.people import Person
from reporterdesk.server.database import Database
from reporterdesk.server.people import names_of
from reporterdesk.server.problems import ApiProblem
from reporterdesk.server.service import contents
from reporterdesk.server.service.records import (
    Act,
    edited_report,
    readable_report,
    record_audit,
    record_change,
    touch,
)
from reporterdesk.server.service.words import storable
from reporterdesk.server.tables import comments, reports
from reporterdesk.wire import kinds
from reporterdesk.wire.messages import ClaimMessage, CommentMessage, CommentRequest
from reporterdesk.wire.problems import ProblemType

CLAIM_LASTS = timedelta(minutes=15)


def comment(
    database: Database,
    person: Person,
    report_id: str,
    comment_id: str,
    request: CommentRequest,
    *,
    now: datetime,
) -> CommentMessage:
    """Keep a note on a block or on the whole; the same one again changes nothing.

    :raises ApiProblem: 404, also for a revision that the report does not have; 409 where the id
        was used for another comment.
    """
    with database.write() as connection:
        report = readable_report(connection, report_id, person)
        contents.get_revision(connection, report_id, request.revision_id)
        known = _find(connection, report_id, comment_id)
        if known is None:
            _keep(Act(connection, person, now), report_id, comment_id, request)
            touch(connection, report, kinds.COMMENTED, now, {})
            known = _find(connection, report_id, comment_id)
        assert known is not None  # noqa: S101 - it was kept just now
        if not _is_same(known, person, request):
            detail = "This comment id was used before, for another comment."
            raise ApiProblem(ProblemType.ID_REUSED, 409, detail)
        return CommentMessage(
            id=known.id,
            revision_id=known.revision_id,
            block=known.block,
            text=known.text,
            author=person.name,
            at=known.at,
        )


def _is_same(known: Row[Any], person: Person, request: CommentRequest) -> bool:
    return (known.person_id, known.revision_id, known.block, known.text) == (
        person.id,
        request.revision_id,
        request.block,
        storable(request.text),
    )


def _find(connection: Connection, report_id: str, comment_id: str) -> Row[Any] | None:
    chosen = (comments.c.report_id == report_id) & (comments.c.id == comment_id)
    return connection.execute(select(comments).where(chosen)).one_or_none()


def _keep(act: Act, report_id: str, comment_id: str, request: CommentRequest) -> None:
    count = select(func.count()).where(comments.c.report_id == report_id)
    values = {
        "report_id": report_id,
        "id": comment_id,
        "revision_id": request.revision_id,
        "block": request.block,
        "text": storable(request.text),
        "person_id": act.person.id,
        "at": act.now,
        "seq": act.connection.execute(count).scalar_one(),
    }
    act.connection.execute(insert(comments).values(values))
    record_audit(
        act.connection,
        report_id=report_id,
        person=act.person.name,
        action="comment",
        at=act.now,
        revision_id=request.revision_id,
    )


def claim(database: Database, person: Person, report_id: str, *, now: datetime) -> ClaimMessage:
    """Say that this editor is reading the report. The latest claim counts; nothing is blocked.

    :raises ApiProblem: 404; 403 for who is no editor of the section.
    """
    expires_at = now + CLAIM_LASTS
    with database.write() as connection:
        report = edited_report(connection, report_id, person)
        held = report.claimed_by if report.claimed_by and report.claim_expires_at > now else None
        connection.execute(
            update(reports)
            .where(reports.c.id == report_id)
            .values(claimed_by=person.id, claim_expires_at=expires_at)
        )
        if held != person.id:
            record_change(connection, report_id, kinds.CLAIMED, report.revision_id, now)
        name = names_of(connection, {person.id})[person.id]
    return ClaimMessage(person=name, expires_at=expires_at)


def release(database: Database, person: Person, report_id: str, *, now: datetime) -> None:
    """Take one's own claim back; another's stays.

    :raises ApiProblem: 404; 403 for who is no editor of the section.
    """
    with database.write() as connection:
        report = edited_report(connection, report_id, person)
        if report.claimed_by != person.id:
            return
        connection.execute(
            update(reports)
            .where(reports.c.id == report_id)
            .values(claimed_by=None, claim_expires_at=None)
        )
        record_change(connection, report_id, kinds.RELEASED, report.revision_id, now)

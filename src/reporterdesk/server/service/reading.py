"""Reading a report: the newest revision and everything said of it, and its history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, CursorResult, Table, select

from reporterdesk.domain.people import Person
from reporterdesk.domain.status import Status
from reporterdesk.server.database import Database
from reporterdesk.server.people import names_of
from reporterdesk.server.service import contents, manifest
from reporterdesk.server.service.records import ReportRow, readable_report
from reporterdesk.server.service.states import public_address
from reporterdesk.server.service.wanted import wanted_photos
from reporterdesk.server.tables import audit, comments, decisions, people, revisions
from reporterdesk.wire.messages import (
    AuditAnswer,
    AuditLine,
    ClaimMessage,
    CommentMessage,
    DecisionMessage,
    ReportAnswer,
    RevisionAnswer,
    RevisionLine,
    RevisionsAnswer,
)


def read_report(
    database: Database, person: Person, report_id: str, *, now: datetime, public_url: str
) -> ReportAnswer:
    """Return the newest revision with its decisions and comments.

    :raises ApiProblem: 404.
    """
    with database.read() as connection:
        report = readable_report(connection, report_id, person)
        revision = contents.get_revision(connection, report_id, report.revision_id)
        request = contents.load(revision.content)
        arrived = manifest.arrived(connection, report_id, request)
        first = connection.execute(
            select(revisions.c.filed_at).where(
                revisions.c.report_id == report_id, revisions.c.number == 1
            )
        ).one()
        names = names_of(connection, {report.author_id, revision.filed_by})
        return ReportAnswer(
            **request.model_dump(),
            id=report.id,
            status=Status(report.status),
            number=report.number,
            author=names[report.author_id],
            author_id=report.author_id,
            filed_by=names[revision.filed_by],
            filed_at=first.filed_at,
            changed_at=report.changed_at,
            public_url=public_address(report, public_url),
            receipt=contents.receipt_of(revision, arrived),
            missing=arrived.missing,
            wanted=wanted_photos(connection, report_id),
            decisions=_decisions(connection, report_id),
            comments=_comments(connection, report_id),
            claim=claim_of(connection, report, now),
        )


def claim_of(connection: Connection, report: ReportRow, now: datetime) -> ClaimMessage | None:
    """Return who says they are reading it, while that holds."""
    if report.claimed_by is None or report.claim_expires_at <= now:
        return None
    name = names_of(connection, {report.claimed_by})[report.claimed_by]
    return ClaimMessage(person=name, expires_at=report.claim_expires_at)


def _said(connection: Connection, table: Table, report_id: str) -> CursorResult[Any]:
    """Return the rows of decisions or comments with their people's names, oldest first."""
    return connection.execute(
        select(table, people.c.name)
        .join(people, people.c.id == table.c.person_id)
        .where(table.c.report_id == report_id)
        .order_by(table.c.seq)
    )


def _decisions(connection: Connection, report_id: str) -> tuple[DecisionMessage, ...]:
    found = _said(connection, decisions, report_id)
    return tuple(
        DecisionMessage(
            id=row.id,
            decision=row.decision,
            revision_id=row.revision_id,
            note=row.note,
            by=row.name,
            at=row.at,
        )
        for row in found
    )


def _comments(connection: Connection, report_id: str) -> tuple[CommentMessage, ...]:
    found = _said(connection, comments, report_id)
    return tuple(
        CommentMessage(
            id=row.id,
            revision_id=row.revision_id,
            block=row.block,
            text=row.text,
            author=row.name,
            at=row.at,
        )
        for row in found
    )


def read_revisions(database: Database, person: Person, report_id: str) -> RevisionsAnswer:
    """Return the report's revisions, oldest first.

    :raises ApiProblem: 404.
    """
    with database.read() as connection:
        readable_report(connection, report_id, person)
        found = connection.execute(
            select(revisions, people.c.name)
            .join(people, people.c.id == revisions.c.filed_by)
            .where(revisions.c.report_id == report_id)
            .order_by(revisions.c.number)
        )
        lines = tuple(
            RevisionLine(
                revision_id=row.id,
                parent_revision_id=row.parent_id,
                number=row.number,
                headline=contents.load(row.content).headline,
                filed_by=row.name,
                filed_at=row.filed_at,
            )
            for row in found
        )
        return RevisionsAnswer(revisions=lines)


def read_revision(
    database: Database, person: Person, report_id: str, revision_id: str
) -> RevisionAnswer:
    """Return one revision, exactly as it was filed.

    :raises ApiProblem: 404.
    """
    with database.read() as connection:
        readable_report(connection, report_id, person)
        revision = contents.get_revision(connection, report_id, revision_id)
        return RevisionAnswer(
            **contents.load(revision.content).model_dump(),
            number=revision.number,
            filed_by=names_of(connection, {revision.filed_by})[revision.filed_by],
            filed_at=revision.filed_at,
        )


def read_audit(database: Database, person: Person, report_id: str) -> AuditAnswer:
    """Return who did what with the report, oldest first.

    :raises ApiProblem: 404.
    """
    with database.read() as connection:
        readable_report(connection, report_id, person)
        found = connection.execute(
            select(audit).where(audit.c.report_id == report_id).order_by(audit.c.seq)
        )
        lines = tuple(
            AuditLine(
                at=row.at,
                person=row.person,
                action=row.action,
                revision_id=row.revision_id,
                note=row.note,
            )
            for row in found
        )
        return AuditAnswer(entries=lines)

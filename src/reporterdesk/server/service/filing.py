"""Receiving a revision: once, whatever the network does, and never over a newer one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from reporterdesk.domain.errors import TransitionRefused
from reporterdesk.domain.people import Person
from reporterdesk.domain.status import Action, Status, after
from reporterdesk.server.database import Database
from reporterdesk.server.problems import ApiProblem, not_allowed, not_found
from reporterdesk.server.service import contents, manifest
from reporterdesk.server.service.contents import RevisionRow
from reporterdesk.server.service.records import (
    Act,
    ReportRow,
    may_read,
    record_audit,
    record_change,
    touch,
)
from reporterdesk.server.service.states import report_state
from reporterdesk.server.service.words import search_words, stored_line
from reporterdesk.server.tables import reports
from reporterdesk.wire import kinds
from reporterdesk.wire.fingerprints import text_sha256
from reporterdesk.wire.messages import FileAnswer, FileRequest
from reporterdesk.wire.problems import ProblemType


@dataclass(frozen=True, slots=True)
class Precondition:
    """What the caller believes the desk holds (RFC 9110, 13.1).

    ``absent``: ``If-None-Match: *``. ``matches``: the tags of ``If-Match``, ``None`` without one.
    """

    absent: bool = False
    matches: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """The answer, and whether this revision was the report's first."""

    answer: FileAnswer
    first: bool


def file_revision(
    database: Database,
    person: Person,
    report_id: str,
    request: FileRequest,
    precondition: Precondition,
    *,
    now: datetime,
    public_url: str,
) -> Filed:
    """Receive a revision and say what the desk now holds and what it misses.

    The same revision again answers as the first time, whatever the precondition says.

    :raises ApiProblem: 403 for a section the person does not write for; 404 for another's report;
        409 where the id was used for other content or the status takes no revision; 412 for a
        stale parent; 422 for unresolved photos; 428 without a precondition.
    """
    if not person.writes_for(request.section):
        raise not_allowed("You do not write for this section.")
    manifest.check_photos(request)
    content = contents.dump(request)
    with database.write() as connection:
        report = _own_report(connection, report_id, person)
        known = contents.find_revision(connection, report_id, request.revision_id)
        if known is not None and known.content_sha256 != contents.content_sha256(content):
            detail = "This revision id was used before, for other content."
            raise ApiProblem(ProblemType.ID_REUSED, 409, detail)
        if known is None:
            _check_precondition(report, request, precondition)
            number = report.number + 1 if report else 1
            act = Act(connection, person, now)
            _keep(act, report_id, request, content, number)
            if report is None:
                _add_report(act, report_id, request)
            else:
                _move_report(act, report, request)
            manifest.declare(connection, report_id, request)
        revision = contents.get_revision(connection, report_id, request.revision_id)
        return _answer(connection, report_id, revision, request, public_url)


def _own_report(connection: Connection, report_id: str, person: Person) -> ReportRow | None:
    report = connection.execute(select(reports).where(reports.c.id == report_id)).one_or_none()
    if report is not None and not may_read(person, report.author_id, report.section):
        raise not_found()
    return report


def _check_precondition(
    report: ReportRow | None, request: FileRequest, precondition: Precondition
) -> None:
    if not precondition.absent and precondition.matches is None:
        detail = "Send If-None-Match: * with the first revision, If-Match with every later one."
        raise ApiProblem(ProblemType.PRECONDITION_REQUIRED, 428, detail)
    if report is None:
        if precondition.matches is not None or request.parent_revision_id is not None:
            detail = "The desk has no report with this id, so nothing comes before this revision."
            raise ApiProblem(ProblemType.STALE_PARENT, 412, detail)
        return
    current = report.revision_id
    wrong_tag = precondition.matches is not None and not precondition.matches & {current, "*"}
    if precondition.absent or wrong_tag or request.parent_revision_id != current:
        detail = "The desk has a newer revision of this report. Read it and file on top of it."
        extra = {"current_revision_id": current}
        headers = {"ETag": f'"{current}"'}
        raise ApiProblem(ProblemType.STALE_PARENT, 412, detail, extra=extra, headers=headers)


def _keep(act: Act, report_id: str, request: FileRequest, content: str, number: int) -> None:
    values = {
        "report_id": report_id,
        "id": request.revision_id,
        "number": number,
        "parent_id": request.parent_revision_id,
        "content": content,
        "content_sha256": contents.content_sha256(content),
        "text_sha256": text_sha256(request.body),
        "filed_by": act.person.id,
        "filed_at": act.now,
    }
    contents.insert_revision(act.connection, values)
    record_audit(
        act.connection,
        report_id=report_id,
        person=act.person.name,
        action="file",
        at=act.now,
        revision_id=request.revision_id,
        note=request.note_to_desk,
    )


def _shown(request: FileRequest, number: int) -> dict[str, Any]:
    return {
        "section": request.section,
        "revision_id": request.revision_id,
        "number": number,
        "headline": stored_line(request.headline),
        "event_date": stored_line(request.event.starts_at),
        "search": search_words(request),
        "publish_at": None,
        "scheduled_by": None,
    }


def _add_report(act: Act, report_id: str, request: FileRequest) -> None:
    number = record_change(act.connection, report_id, kinds.FILED, request.revision_id, act.now)
    values = {
        "id": report_id,
        "author_id": act.person.id,
        "status": Status.FILED.value,
        "changed_seq": number,
        "changed_at": act.now,
    }
    act.connection.execute(insert(reports).values(values | _shown(request, 1)))


def _move_report(act: Act, report: ReportRow, request: FileRequest) -> None:
    try:
        status = after(Status(report.status), Action.DELIVER)
    except TransitionRefused:
        detail = f"This report was {report.status}, so the desk takes no new revision of it."
        raise ApiProblem(ProblemType.STATUS, 409, detail) from None
    values = _shown(request, report.number + 1) | {"status": status.value}
    touch(act.connection, report, kinds.FILED, act.now, values)


def _answer(
    connection: Connection,
    report_id: str,
    revision: RevisionRow,
    request: FileRequest,
    public_url: str,
) -> Filed:
    arrived = manifest.arrived(connection, report_id, request)
    receipt = contents.receipt_of(revision, arrived)
    report = connection.execute(select(reports).where(reports.c.id == report_id)).one()
    answer = FileAnswer(
        report=report_state(report, public_url), receipt=receipt, missing=arrived.missing
    )
    return Filed(answer, revision.number == 1)

"""The desk's decisions: made once, on the revision that the editor saw, by the one table."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from reporterdesk.domain.errors import TransitionRefused
from reporterdesk.domain.people import Person
from reporterdesk.domain.status import Action, Status, after
from reporterdesk.server.database import Database
from reporterdesk.server.problems import ApiProblem, invalid
from reporterdesk.server.service import contents, manifest
from reporterdesk.server.service.publishing import published_values
from reporterdesk.server.service.records import (
    Act,
    ReportRow,
    edited_report,
    record_audit,
    touch,
)
from reporterdesk.server.service.states import report_state
from reporterdesk.server.service.words import storable
from reporterdesk.server.tables import decisions, reports
from reporterdesk.wire.kinds import DECIDED
from reporterdesk.wire.messages import DecisionAnswer, DecisionRequest, FileRequest
from reporterdesk.wire.problems import ProblemType


def decide(
    database: Database,
    person: Person,
    report_id: str,
    decision_id: str,
    request: DecisionRequest,
    *,
    now: datetime,
    public_url: str,
) -> DecisionAnswer:
    """Record a decision and let it take effect; the same one again changes nothing.

    :raises ApiProblem: 404; 403 for who is no editor of the section; 409 where the report has
        moved on, the status does not allow it, photos are missing, or the id was used for
        another decision; 422 where the message lacks what the decision needs.
    """
    with database.write() as connection:
        report = edited_report(connection, report_id, person)
        known = _find(connection, report_id, decision_id)
        if known is None:
            _decide(Act(connection, person, now), report, decision_id, request)
        elif not _is_same(known, request):
            detail = "This decision id was used before, for another decision."
            raise ApiProblem(ProblemType.ID_REUSED, 409, detail)
        current = connection.execute(select(reports).where(reports.c.id == report_id)).one()
        return DecisionAnswer(report=report_state(current, public_url))


def _decide(act: Act, report: ReportRow, decision_id: str, request: DecisionRequest) -> None:
    if request.revision_id != report.revision_id:
        detail = "The report has moved on: there is a newer revision than the one you saw."
        extra = {"current_revision_id": report.revision_id}
        raise ApiProblem(ProblemType.MOVED_ON, 409, detail, extra=extra)
    status = _next_status(report, request)
    revision = contents.get_revision(act.connection, report.id, report.revision_id)
    values = _effect(act, report, request, contents.load(revision.content))
    values["status"] = status.value
    touch(act.connection, report, DECIDED[request.decision], act.now, values)
    _keep(act, report.id, decision_id, request)


def _next_status(report: ReportRow, request: DecisionRequest) -> Status:
    try:
        return after(Status(report.status), Action(request.decision))
    except TransitionRefused as error:
        raise ApiProblem(ProblemType.STATUS, 409, str(error)) from None


def _effect(
    act: Act, report: ReportRow, request: DecisionRequest, content: FileRequest
) -> dict[str, Any]:
    """Return what the decision changes in the report's row, besides its status."""
    values: dict[str, Any] = {"publish_at": None, "scheduled_by": None}
    if request.decision == "schedule":
        if request.publish_at is None:
            raise invalid("Say when it is to be published: publish_at is missing.")
        publish_at = _in_utc(request.publish_at)
        _check_embargo(content, publish_at)
        values |= {"publish_at": publish_at, "scheduled_by": act.person.id}
    elif request.decision == "return":
        if report.status == Status.PUBLISHED.value:
            _check_is_newer(report)
    elif request.decision in {"publish", "correct"}:
        if request.decision == "correct":
            _check_is_newer(report)
            _check_note(request)
        _check_embargo(content, act.now)
        manifest.check_complete(act.connection, report.id, content)
        note = storable(request.note) if request.decision == "correct" else None
        values |= published_values(report, content, act.now, correction_note=note)
    return values


def _check_is_newer(report: ReportRow) -> None:
    if report.revision_id == report.published_revision_id:
        detail = "There is no newer revision than the published one to correct it by."
        raise ApiProblem(ProblemType.STATUS, 409, detail)


def _check_note(request: DecisionRequest) -> None:
    if not request.note.strip():
        raise invalid("Say in the note what was corrected: readers see it.")


def _check_embargo(content: FileRequest, at: datetime) -> None:
    if content.embargoed_until is not None and at < _in_utc(content.embargoed_until):
        until = content.embargoed_until.isoformat()
        detail = f"The report is under embargo until {until}. Schedule it for then."
        raise ApiProblem(ProblemType.STATUS, 409, detail)


def _in_utc(moment: datetime) -> datetime:
    """Return ``moment`` in UTC; without a zone it is taken as UTC."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise invalid("That time is outside of the calendar.") from None


def _find(connection: Connection, report_id: str, decision_id: str) -> Row[Any] | None:
    chosen = (decisions.c.report_id == report_id) & (decisions.c.id == decision_id)
    return connection.execute(select(decisions).where(chosen)).one_or_none()


def _is_same(known: Row[Any], request: DecisionRequest) -> bool:
    publish_at = _in_utc(request.publish_at) if request.publish_at else None
    return (known.decision, known.revision_id, known.note, known.publish_at) == (
        request.decision,
        request.revision_id,
        storable(request.note),
        publish_at,
    )


def _keep(act: Act, report_id: str, decision_id: str, request: DecisionRequest) -> None:
    count = select(func.count()).where(decisions.c.report_id == report_id)
    values = {
        "report_id": report_id,
        "id": decision_id,
        "decision": request.decision,
        "revision_id": request.revision_id,
        "note": storable(request.note),
        "publish_at": _in_utc(request.publish_at) if request.publish_at else None,
        "person_id": act.person.id,
        "at": act.now,
        "seq": act.connection.execute(count).scalar_one(),
    }
    act.connection.execute(insert(decisions).values(values))
    record_audit(
        act.connection,
        report_id=report_id,
        person=act.person.name,
        action=request.decision,
        at=act.now,
        revision_id=request.revision_id,
        note=request.note,
    )

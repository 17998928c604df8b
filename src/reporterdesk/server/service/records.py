"""What every use case needs: finding a report for a person, and writing down what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, or_, select, update

from reporterdesk.domain.people import Person, Role
from reporterdesk.server.problems import not_allowed, not_found
from reporterdesk.server.tables import audit, changes, reports

ReportRow = Row[Any]


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody's doing, inside one write transaction."""

    connection: Connection
    person: Person
    now: datetime


def readable_by(person: Person) -> ColumnElement[bool]:
    """Return the condition for the reports this person may read: their own, and their desks'."""
    edited = [role.section for role in person.roles if role.role is Role.EDITOR]
    return or_(reports.c.author_id == person.id, reports.c.section.in_(edited))


def may_read(person: Person, author_id: str, section: str) -> bool:
    """Tell the same of one report."""
    return author_id == person.id or person.edits(section)


def readable_report(connection: Connection, report_id: str, person: Person) -> ReportRow:
    """Return the report.

    :raises ApiProblem: the one 404, where it is not there or not for this person.
    """
    found = connection.execute(
        select(reports).where(reports.c.id == report_id, readable_by(person))
    ).one_or_none()
    if found is None:
        raise not_found()
    return found


def edited_report(connection: Connection, report_id: str, person: Person) -> ReportRow:
    """Return the report for one of its section's editors.

    :raises ApiProblem: 404 as above; 403 for its author, who knows that it exists.
    """
    found = readable_report(connection, report_id, person)
    if not person.edits(found.section):
        raise not_allowed("Only the section's editors can do that.")
    return found


def record_change(
    connection: Connection, report_id: str, kind: str, revision_id: str, at: datetime
) -> int:
    """Write down that a report changed; return the change's number.

    To be called inside the serialised write transaction only: that is what keeps numbers in the
    order in which they can be seen.
    """
    values = {"report_id": report_id, "kind": kind, "revision_id": revision_id, "at": at}
    row = connection.execute(insert(changes).values(values).returning(changes.c.seq)).one()
    return int(row.seq)


def touch(
    connection: Connection, report: ReportRow, kind: str, at: datetime, values: dict[str, Any]
) -> None:
    """Update a report's row and move it to the front of every list."""
    report_id, revision_id = report.id, values.get("revision_id", report.revision_id)
    number = record_change(connection, report_id, kind, revision_id, at)
    connection.execute(
        update(reports)
        .where(reports.c.id == report_id)
        .values(changed_seq=number, changed_at=at, **values)
    )


def record_audit(
    connection: Connection,
    *,
    report_id: str | None,
    person: str,
    action: str,
    at: datetime,
    revision_id: str | None = None,
    note: str = "",
) -> None:
    """Write down who did what; nothing ever changes or removes it."""
    values = {
        "report_id": report_id,
        "person": person,
        "action": action,
        "at": at,
        "revision_id": revision_id,
        "note": note.replace("\0", ""),
    }
    connection.execute(insert(audit).values(values))

"""The photos that the desk asks for first: “this one first”, said by an editor.

What is asked for stands beside the report, not in a revision: it says nothing of the text, and
the reporter’s next revision does not take it back.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from reporterdesk.domain.people import Person
from reporterdesk.server.database import Database
from reporterdesk.server.service.records import edited_report, record_audit, record_change
from reporterdesk.server.tables import wanted
from reporterdesk.wire import kinds


def want(
    database: Database, person: Person, report_id: str, photos: Sequence[str], *, now: datetime
) -> None:
    """Note which photos are to come first; the same again changes nothing, none takes it back.

    Ids that the report does not have are kept, too: the revision that brings the photo may be
    on its way.

    :raises ApiProblem: 404; 403 for the report's author, who is no editor of the section.
    """
    asked = tuple(dict.fromkeys(photos))
    with database.write() as connection:
        report = edited_report(connection, report_id, person)
        if asked == wanted_photos(connection, report_id):
            return
        connection.execute(delete(wanted).where(wanted.c.report_id == report_id))
        if asked:
            row = {"report_id": report_id, "photos": json.dumps(asked)}
            connection.execute(insert(wanted).values(row))
        record_change(connection, report_id, kinds.WANTED, report.revision_id, now)
        record_audit(
            connection,
            report_id=report_id,
            person=person.name,
            action="wanted",
            at=now,
            revision_id=report.revision_id,
            note=" ".join(asked),
        )


def wanted_photos(connection: Connection, report_id: str) -> tuple[str, ...]:
    """Return the ids of the photos to come first, in that order."""
    chosen = select(wanted.c.photos).where(wanted.c.report_id == report_id)
    row = connection.execute(chosen).one_or_none()
    return tuple(json.loads(row.photos)) if row else ()

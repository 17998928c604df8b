"""What publishing does to a report's row, by an editor's hand or at the scheduled time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from reporterdesk.domain.status import Action, Status, after
from reporterdesk.server.database import Database
from reporterdesk.server.people import names_of
from reporterdesk.server.service import contents, manifest
from reporterdesk.server.service.records import ReportRow, record_audit, touch
from reporterdesk.server.site.slugs import report_slug
from reporterdesk.server.tables import reports
from reporterdesk.wire.kinds import DECIDED
from reporterdesk.wire.messages import FileRequest


def published_values(
    report: ReportRow, content: FileRequest, now: datetime, *, correction_note: str | None
) -> dict[str, Any]:
    """Return the new values of a report that goes out now.

    Its address and the time of its first publication never change again.
    """
    return {
        "slug": report.slug or report_slug(content.headline, now.date(), report.id),
        "published_revision_id": report.revision_id,
        "published_section": content.section,
        "published_at": report.published_at or now,
        "updated_at": now,
        "correction_note": correction_note,
    }


def next_due(database: Database) -> datetime | None:
    """Return when the next scheduled report is due."""
    with database.read() as connection:
        first = select(reports.c.publish_at).where(reports.c.publish_at.is_not(None))
        row = connection.execute(first.order_by(reports.c.publish_at).limit(1)).one_or_none()
        return row.publish_at if row else None


def publish_due(database: Database, now: datetime) -> int:
    """Publish what is scheduled and due; return how many reports that were.

    A report whose photos have not all arrived goes out when they have.
    """
    with database.read() as connection:
        due = connection.execute(select(reports.c.id).where(reports.c.publish_at <= now))
        report_ids = [row.id for row in due]
    return sum(_publish_if_due(database, report_id, now) for report_id in report_ids)


def _publish_if_due(database: Database, report_id: str, now: datetime) -> bool:
    with database.write() as connection:
        chosen = (reports.c.id == report_id) & (reports.c.publish_at <= now)
        report = connection.execute(select(reports).where(chosen)).one_or_none()
        if report is None:
            return False
        revision = contents.get_revision(connection, report_id, report.revision_id)
        content = contents.load(revision.content)
        if manifest.arrived(connection, report_id, content).missing:
            return False
        _publish(connection, report, content, now)
        return True


def _publish(
    connection: Connection, report: ReportRow, content: FileRequest, now: datetime
) -> None:
    status = after(Status(report.status), Action.PUBLISH)
    values = published_values(report, content, now, correction_note=None) | {
        "status": status.value,
        "publish_at": None,
        "scheduled_by": None,
    }
    touch(connection, report, DECIDED["publish"], now, values)
    record_audit(
        connection,
        report_id=report.id,
        person=names_of(connection, {report.scheduled_by})[report.scheduled_by],
        action="publish",
        at=now,
        revision_id=report.revision_id,
        note="As scheduled.",
    )

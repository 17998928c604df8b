"""A report's row as the API shows it."""

from __future__ import annotations

from reporterdesk.domain.status import Status
from reporterdesk.server.service.records import ReportRow
from reporterdesk.wire.messages import ReportState


def public_address(report: ReportRow, public_url: str) -> str | None:
    """Return the address of the report's page, or ``None`` where it has none now."""
    if report.status != Status.PUBLISHED.value:
        return None
    return f"{public_url}/reports/{report.slug}"


def report_state(report: ReportRow, public_url: str) -> ReportState:
    """Return where the report stands."""
    return ReportState(
        id=report.id,
        status=Status(report.status),
        revision_id=report.revision_id,
        number=report.number,
        public_url=public_address(report, public_url),
    )

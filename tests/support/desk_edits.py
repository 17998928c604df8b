"""Somebody else files a revision: an editor, or the same person on another device."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from reporterdesk.domain.ids import new_id
from reporterdesk.domain.report import ReportContent, Revision
from reporterdesk.publishing.connector import Connector
from reporterdesk.wire.convert import content_of, file_request
from reporterdesk.wire.messages import FileAnswer


def file_elsewhere(connector: Connector, report_id: str, **fields: object) -> FileAnswer:
    """File what the desk has with other ``fields``, after its newest revision."""
    now = connector.report(report_id)
    return file_content(connector, report_id, replace(content_of(now), **fields), now.revision_id)  # type: ignore[arg-type]


def file_content(
    connector: Connector, report_id: str, content: ReportContent, parent_id: str | None
) -> FileAnswer:
    """File ``content`` as the child of ``parent_id``."""
    revision = Revision(new_id(), report_id, parent_id, content, datetime.now(UTC))
    return connector.file(report_id, file_request(revision))

"""What the public site reads, over the tables: published revisions only."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, and_, or_, select

from reporterdesk.domain.errors import ReportNotFound, ReportWithdrawn
from reporterdesk.domain.status import Status
from reporterdesk.pages.published import PublishedReport, PublishedSection
from reporterdesk.server.database import Database
from reporterdesk.server.service import contents
from reporterdesk.server.site.slugs import short_id
from reporterdesk.server.site.source import read_cursor
from reporterdesk.server.tables import reports, revisions, sections
from reporterdesk.wire.convert import content_of

_PUBLIC = (
    select(
        reports.c.id,
        reports.c.slug,
        reports.c.status,
        reports.c.published_section,
        reports.c.published_at,
        reports.c.updated_at,
        reports.c.correction_note,
        revisions.c.content,
    )
    .join(
        revisions,
        and_(
            revisions.c.report_id == reports.c.id,
            revisions.c.id == reports.c.published_revision_id,
        ),
    )
    .where(reports.c.status == Status.PUBLISHED.value)
)


class PublishedTables:
    """Implements :class:`reporterdesk.server.site.source.PublishedSource`. Any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sections(self) -> tuple[PublishedSection, ...]:
        """See :class:`PublishedSource`."""
        ordered = select(sections).order_by(sections.c.position, sections.c.slug)
        with self._database.read() as connection:
            return tuple(
                PublishedSection(row.slug, row.name, row.introduction, row.link_url, row.link_text)
                for row in connection.execute(ordered)
            )

    def newest(
        self, section: str | None, *, before: str | None, limit: int
    ) -> tuple[PublishedReport, ...]:
        """See :class:`PublishedSource`."""
        wanted = _PUBLIC
        if section is not None:
            wanted = wanted.where(reports.c.published_section == section)
        if before is not None:
            moment, report_id = read_cursor(before)
            same = and_(reports.c.published_at == moment, reports.c.id < report_id)
            wanted = wanted.where(or_(reports.c.published_at < moment, same))
        ordered = wanted.order_by(reports.c.published_at.desc(), reports.c.id.desc()).limit(limit)
        with self._database.read() as connection:
            return tuple(_report(row) for row in connection.execute(ordered))

    def report(self, path_slug: str) -> PublishedReport:
        """See :class:`PublishedSource`. The whole address wins, should two ids begin alike."""
        beginning = short_id(path_slug)
        likely = reports.c.id.startswith(beginning)
        with self._database.read() as connection:
            found = connection.execute(
                _PUBLIC.where(likely).order_by(reports.c.slug != path_slug, reports.c.published_at)
            ).first()
            if found is not None:
                return _report(found)
            gone = connection.execute(
                select(reports.c.id).where(likely, reports.c.status == Status.WITHDRAWN.value)
            ).first()
        raise ReportNotFound if gone is None else ReportWithdrawn


def _report(row: Row[*tuple[Any, ...]]) -> PublishedReport:
    return PublishedReport(
        id=row.id,
        slug=row.slug,
        section=row.published_section,
        content=content_of(contents.load(row.content)),
        published_at=row.published_at,
        updated_at=row.updated_at,
        correction_note=row.correction_note,
    )

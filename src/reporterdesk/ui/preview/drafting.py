"""From the report that is being written to the page that it would be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import Status
from reporterdesk.pages.published import PublishedReport, PublishedSection
from reporterdesk.text.tree import Document
from reporterdesk.ui.page.sheet import Sheet, SheetMaker


@dataclass(frozen=True, slots=True)
class DraftPage:
    """What a preview is made from: the newest words, and the sections' names by slug."""

    maker: SheetMaker
    report: Report
    content: ReportContent
    body: Document
    sections: Mapping[str, str]
    now: datetime

    def __call__(self) -> Sheet:
        """Render the page. Runs in the pool."""
        # What is public has its date already; as near as this laptop knows it.
        public = self.report.status is Status.PUBLISHED
        at = self.report.changed_at if public else self.now
        published = PublishedReport(
            id=self.report.id,
            slug="",
            section=self.content.section,
            content=self.content,
            published_at=at,
            updated_at=at,
        )
        names = dict(self.sections)
        if self.content.section:
            names.setdefault(self.content.section, self.content.section)
        sections = tuple(PublishedSection(slug, name) for slug, name in names.items())
        return self.maker.make(published, sections, self.body)

"""A site without a database: the sample newsroom's published reports, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from reporterdesk.demo.newsroom import SamplePhoto, SampleReport, sample_reports, sample_sections
from reporterdesk.domain.errors import ReportNotFound, ReportWithdrawn
from reporterdesk.domain.photo import Photo, Rendition
from reporterdesk.domain.report import ReportContent
from reporterdesk.domain.status import Status
from reporterdesk.pages.published import PublishedReport, PublishedSection
from reporterdesk.pages.settings import SiteSettings
from reporterdesk.server.site.slugs import report_slug, short_id
from reporterdesk.server.site.source import read_cursor

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
BASE = "https://news.example"
"""The site's address."""
SETTINGS = SiteSettings(public_url=BASE)


@dataclass
class MemoryPublished:
    """Implements ``PublishedSource`` over lists; ``withdrawn`` holds slugs."""

    site_sections: list[PublishedSection] = field(default_factory=list)
    reports: list[PublishedReport] = field(default_factory=list)
    withdrawn: set[str] = field(default_factory=set)

    def sections(self) -> tuple[PublishedSection, ...]:
        """Return every section, in order."""
        return tuple(self.site_sections)

    def newest(
        self, section: str | None, *, before: str | None, limit: int
    ) -> tuple[PublishedReport, ...]:
        """Return reports newest first, after the cursor."""
        found = sorted(self.reports, key=lambda r: (r.published_at, r.id), reverse=True)
        if section is not None:
            found = [report for report in found if report.section == section]
        if before is not None:
            place = read_cursor(before)
            found = [report for report in found if (report.published_at, report.id) < place]
        return tuple(found[:limit])

    def report(self, path_slug: str) -> PublishedReport:
        """Return the report at this address."""
        beginning = short_id(path_slug)
        if path_slug in self.withdrawn:
            raise ReportWithdrawn
        for report in self.reports:
            if report.id.startswith(beginning):
                return report
        raise ReportNotFound


def sample_photo(photo: SamplePhoto) -> Photo:
    """Return the photo's record, with made-up hashes and no bytes."""
    mark = photo.id.replace("-", "")
    preview = Rendition(mark * 2, 90_000, "image/jpeg", 1280, 853)
    full = Rendition(mark[::-1] * 2, 900_000, "image/jpeg", 3000, 2000)
    return Photo(photo.id, preview, full, photo.caption, photo.credit, photo.alt_text)


def sample_published(sample: SampleReport, *, now: datetime = NOW) -> PublishedReport:
    """Return ``sample`` as if it had been published on its day."""
    at = now - timedelta(days=sample.days_ago, minutes=len(sample.name))
    photos = tuple(sample_photo(photo) for photo in sample.photos)
    content = ReportContent(
        headline=sample.headline,
        standfirst=sample.standfirst,
        byline=sample.byline,
        section=sample.section,
        language=sample.language,
        body=sample.body,
        event=sample.event_facts(now.date()),
        photos=photos,
        lead_photo=photos[0].id if photos else None,
    )
    return PublishedReport(
        id=sample.id,
        slug=report_slug(sample.headline, at.date(), sample.id),
        section=sample.section,
        content=content,
        published_at=at,
        updated_at=at + timedelta(days=1) if sample.correction else at,
        correction_note=sample.correction or None,
    )


def sample_site(*, now: datetime = NOW) -> MemoryPublished:
    """Return the sample newsroom's site."""
    sections = [
        PublishedSection(s.slug, s.name, s.introduction, s.link_url, s.link_text)
        for s in sample_sections()
    ]
    reports = [
        sample_published(sample, now=now)
        for sample in sample_reports()
        if sample.status is Status.PUBLISHED
    ]
    return MemoryPublished(sections, reports)

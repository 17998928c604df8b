"""Shows a reviewed report as its page, and below it what only the desk sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.domain.reviewed import ReviewedReport
from reporterdesk.domain.status import Action
from reporterdesk.pages.published import PublishedReport, PublishedSection
from reporterdesk.ui.page.for_the_desk import for_the_desk
from reporterdesk.ui.page.rendering import InPool, Rendering
from reporterdesk.ui.page.sheet import Sheet, SheetMaker
from reporterdesk.ui.page.view import PageView
from reporterdesk.ui.photo_images import PhotoImages


class ReviewBrowser(PageView):
    """The page of one revision, rendered off the UI thread by the site's own renderer."""

    def __init__(
        self,
        images: PhotoImages,
        in_pool: InPool,
        parent: QWidget | None = None,
        *,
        clock: Clock = utc_now,
    ) -> None:
        super().__init__(images, parent)
        self._maker = SheetMaker()
        self._clock = clock
        self._rendering = Rendering(in_pool, self)
        self._rendering.rendered.connect(self._rendered)
        self._report: ReviewedReport | None = None
        self.anchorClicked.connect(self._follow)

    def show_report(self, report: ReviewedReport, section_name: str) -> None:
        """Show ``report`` from its beginning, or where it stood if it is shown already."""
        other = self._report is None or self._report.id != report.id
        self._report = report
        if other:
            self.clear_page()
        slug = report.content.section
        work = _Render(
            self._maker,
            published_as(report, self._clock()),
            (PublishedSection(slug, section_name or slug),) if slug else (),
            for_the_desk(report, self.locale()),
        )
        self._rendering.ask(work, instead=other)

    def clear(self) -> None:
        """Show no report."""
        self._report = None
        self._rendering.forget()
        self.clear_page()

    @Slot(object)
    def _rendered(self, sheet: Sheet) -> None:
        report = self._report
        if report is None:
            return
        late = self.tr("The photo is still on its way.")
        absent = {
            photo.preview.sha256: late
            for photo in report.content.photos
            if photo.id in report.absent or photo.preview.sha256 in report.missing
        }
        self.show_sheet(sheet, absent)

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        if url.scheme() in {"http", "https", "mailto"}:
            QDesktopServices.openUrl(url)


def published_as(report: ReviewedReport, now: datetime) -> PublishedReport:
    """Return ``report`` as it stands on the site, or as it would if it were published ``now``."""
    out = [
        decision.decided_at
        for decision in report.decisions
        if decision.action in {Action.PUBLISH, Action.CORRECT}
    ]
    corrections = [d for d in report.decisions if d.action is Action.CORRECT]
    correction = max(corrections, key=lambda each: each.decided_at, default=None)
    return PublishedReport(
        id=report.id,
        slug="",
        section=report.content.section,
        content=report.content,
        published_at=min(out, default=now),
        updated_at=max(out, default=now),
        correction_note=correction.note if correction else None,
    )


@dataclass(frozen=True, slots=True)
class _Render:
    maker: SheetMaker
    report: PublishedReport
    sections: tuple[PublishedSection, ...]
    after: str

    def __call__(self) -> Sheet:
        return self.maker.make(self.report, self.sections, after=self.after)

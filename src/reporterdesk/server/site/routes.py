"""The public site's addresses. Reads published reports; no address here changes anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reporterdesk.domain.errors import ReportNotFound, ReportWithdrawn
from reporterdesk.pages.presenting import (
    Presenter,
    report_path,
    section_path,
    section_views,
)
from reporterdesk.pages.rendering import Pages
from reporterdesk.pages.settings import SiteSettings
from reporterdesk.pages.views import PageHead, SectionBlock, SectionView
from reporterdesk.pages.words import Vocabulary
from reporterdesk.resources import resource_path
from reporterdesk.server.site import feeds
from reporterdesk.server.site.caching import FOREVER, PAGE, answer
from reporterdesk.server.site.metadata import page_head, report_head
from reporterdesk.server.site.sitemap import robots, sitemap
from reporterdesk.server.site.source import PublishedSource, cursor_of

HTML = "text/html; charset=utf-8"


def site_router(source: PublishedSource, settings: SiteSettings) -> APIRouter:
    """Return the routes of the public site, to be mounted at the root of the server."""
    site = Site(source, settings)
    router = APIRouter()
    pages: dict[str, Callable[[Request], Response]] = {
        "/": site.home,
        "/sections/{slug}/": site.section,
        "/sections/{slug}": site.to_section,
        "/reports/{slug}": site.report,
        "/feed.atom": site.atom,
        "/feed.json": site.json_feed,
        "/sections/{slug}/feed.atom": site.atom,
        "/sections/{slug}/feed.json": site.json_feed,
        "/sitemap.xml": site.sitemap,
        "/robots.txt": site.robots,
        "/static/{name}": site.static,
    }
    for path, page in pages.items():
        router.add_route(path, page, methods=["GET"], include_in_schema=False)
    return router


class Site:
    """The pages of the public site. Stateless but for what it was made with; any thread."""

    def __init__(self, source: PublishedSource, settings: SiteSettings) -> None:
        folder = resource_path("templates", "site")
        self._source = source
        self._settings = settings
        self._pages = Pages(folder)
        self._presenter = Presenter(settings, Vocabulary(folder))
        self._words = self._presenter.vocabulary.of(settings.language)

    def home(self, request: Request) -> Response:
        """Answer the front page: the lead report, then each section's newest."""
        sections = section_views(self._source.sections())
        newest = self._source.newest(None, before=None, limit=1)
        lead_id = newest[0].id if newest else ""
        blocks = []
        for section in sections:
            found = self._source.newest(
                section.slug, before=None, limit=self._settings.per_section + 1
            )
            reports = [report for report in found if report.id != lead_id]
            reports = reports[: self._settings.per_section]
            teasers = tuple(self._presenter.teaser(report, sections) for report in reports)
            if teasers:
                blocks.append(SectionBlock(section, teasers))
        head = page_head(self._presenter, self._base(request), "/")
        return self._page(
            request,
            "home.html",
            head,
            sections,
            lead=self._presenter.teaser(newest[0], sections) if newest else None,
            blocks=blocks,
        )

    def section(self, request: Request) -> Response:
        """Answer a section's page; ``?before=`` goes on from a cursor."""
        sections = section_views(self._source.sections())
        slug = request.path_params["slug"]
        section = next((view for view in sections if view.slug == slug), None)
        if section is None:
            return self.not_found(request)
        before = request.query_params.get("before")
        limit = self._settings.per_page
        try:
            found = self._source.newest(slug, before=before, limit=limit + 1)
        except ValueError:
            return self.not_found(request)
        reports = found[:limit]
        description = " ".join(section.introduction)
        path = section.path if before is None else f"{section.path}?before={quote(before)}"
        head = page_head(
            self._presenter, self._base(request), path, title=section.name, description=description
        )
        return self._page(
            request,
            "section.html",
            _with_section(head, section, self._settings),
            sections,
            section=section,
            teasers=[self._presenter.teaser(report, sections) for report in reports],
            first_page=before is None,
            older=f"{section.path}?before={cursor_of(reports[-1])}" if len(found) > limit else "",
        )

    def to_section(self, request: Request) -> Response:
        """Lead an address without its last slash to the section's page."""
        return RedirectResponse(section_path(request.path_params["slug"]), status_code=301)

    def report(self, request: Request) -> Response:
        """Answer a report's page; an older address of it leads to the one it has now."""
        slug = request.path_params["slug"]
        try:
            report = self._source.report(slug)
        except ReportWithdrawn:
            return self.gone(request)
        except ReportNotFound:
            return self.not_found(request)
        if report.slug != slug:
            return RedirectResponse(report_path(report), status_code=301)
        sections = section_views(self._source.sections())
        view = self._presenter.report(report, sections)
        base = self._base(request)
        head = report_head(report, view.section, self._presenter, base)
        more = self._source.newest(report.section, before=None, limit=4)
        others = [other for other in more if other.id != report.id][:3]
        return self._page(
            request,
            "report.html",
            head,
            sections,
            changed=report.updated_at,
            report=view,
            more=[self._presenter.teaser(other, sections) for other in others],
        )

    def atom(self, request: Request) -> Response:
        """Answer the site's or a section's Atom feed."""
        return self._feed(request, feeds.atom, feeds.ATOM_TYPE)

    def json_feed(self, request: Request) -> Response:
        """Answer the site's or a section's JSON Feed."""
        return self._feed(request, feeds.json_feed, feeds.JSON_TYPE)

    def sitemap(self, request: Request) -> Response:
        """Answer the list of all public pages."""
        body = sitemap(self._source, self._base(request))
        return answer(request, body, "application/xml; charset=utf-8", cache="public, max-age=3600")

    def robots(self, request: Request) -> Response:
        """Answer what crawlers may read."""
        body = robots(self._base(request))
        return answer(request, body, "text/plain; charset=utf-8", cache="public, max-age=3600")

    def static(self, request: Request) -> Response:
        """Answer a style sheet or icon; its own version may be kept for good."""
        name = request.path_params["name"]
        try:
            body = self._pages.static(name)
        except KeyError:
            return self.not_found(request)
        media_type = {"css": "text/css; charset=utf-8", "svg": "image/svg+xml"}
        current = request.query_params.get("v") == self._pages.version(name)
        kind = media_type.get(name.rpartition(".")[2], "application/octet-stream")
        return answer(request, body, kind, cache=FOREVER if current else PAGE)

    def not_found(self, request: Request) -> Response:
        """Answer 404 as a page."""
        return self._error(request, 404, "missing_title", "missing_text")

    def gone(self, request: Request) -> Response:
        """Answer 410 as a page: the report was withdrawn."""
        return self._error(request, 410, "gone_title", "gone_text")

    def _error(self, request: Request, status: int, title: str, text: str) -> Response:
        sections = section_views(self._source.sections())
        name = self._words.say(title)
        head = PageHead(title=f"{name} · {self._settings.title}", canonical="", indexed=False)
        return self._page(
            request,
            "error.html",
            head,
            sections,
            status=status,
            title=name,
            text=self._words.say(text),
        )

    def _feed(
        self,
        request: Request,
        write: Callable[[feeds.Feed, Presenter], bytes],
        media_type: str,
    ) -> Response:
        slug = request.path_params.get("slug")
        title, page = self._settings.title, "/"
        if slug is not None:
            views = section_views(self._source.sections())
            section = next((view for view in views if view.slug == slug), None)
            if section is None:
                return self.not_found(request)
            title, page = f"{section.name} · {title}", section.path
        reports = self._source.newest(slug, before=None, limit=self._settings.per_feed)
        feed = feeds.Feed(title, self._base(request), page, reports)
        body = write(feed, self._presenter)
        return answer(request, body, media_type)

    def _page(
        self,
        request: Request,
        template: str,
        head: PageHead,
        sections: tuple[SectionView, ...],
        *,
        changed: datetime | None = None,
        status: int = 200,
        **values: object,
    ) -> Response:
        body = self._pages.render(
            template,
            head=head,
            sections=sections,
            site=self._settings,
            words=self._words,
            **values,
        )
        return answer(request, body, HTML, changed=changed, status=status)

    def _base(self, request: Request) -> str:
        return self._settings.public_url.rstrip("/") or str(request.base_url).rstrip("/")


def _with_section(head: PageHead, section: SectionView, settings: SiteSettings) -> PageHead:
    feed = (f"{section.name} · {settings.title}", section.path)
    return replace(head, section=section.slug, feeds=(feed, *head.feeds))

"""What the app shows of a page: the report itself, without the site around it."""

from __future__ import annotations

from dataclasses import dataclass

from reporterdesk.pages.presenting import Presenter, Reckoning, section_views
from reporterdesk.pages.published import PublishedReport, PublishedSection
from reporterdesk.pages.rendering import Pages
from reporterdesk.pages.settings import SiteSettings
from reporterdesk.pages.views import PageHead
from reporterdesk.pages.words import Vocabulary
from reporterdesk.resources import resource_path
from reporterdesk.text.count import words_in
from reporterdesk.text.html import inline_html
from reporterdesk.text.memo import RunsMemo
from reporterdesk.text.tree import Document


@dataclass(frozen=True, slots=True)
class ReportElement:
    """The ``<article>`` of a report's page, byte for byte as the site has it.

    ``blocks`` is the HTML of each block of the body, ``""`` for a figure that is left out; the
    others stand in ``html``, one a line.
    """

    html: str
    blocks: tuple[str, ...]


class ElementRenderer:
    """Renders reports with the site's template and words. Made once; one thread at a time.

    It imports Jinja2 and reads the site's words: make it off the UI thread. Words that it has seen
    in the page before are not worked out again.
    """

    def __init__(self, settings: SiteSettings | None = None) -> None:
        folder = resource_path("templates", "site")
        self._pages = Pages(folder)
        self._presenter = Presenter(settings or SiteSettings(), Vocabulary(folder))
        self._inline, self._words = RunsMemo(inline_html), RunsMemo(words_in)
        self._reckoning = Reckoning(self._inline, self._words)

    def render(
        self,
        report: PublishedReport,
        sections: tuple[PublishedSection, ...],
        document: Document | None = None,
    ) -> ReportElement:
        """Return the report's part of its page.

        :param document: the body in its normal form, where it is at hand already.
        """
        views = section_views(sections)
        view = self._presenter.report(report, views, document, self._reckoning)
        self._inline.sweep()
        self._words.sweep()
        head = PageHead(title="", canonical="")
        html = self._pages.render("report_element.html", report=view, head=head)
        return ReportElement(html.decode(), tuple(map(_as_sent, view.blocks)))


def _as_sent(html: str) -> str:
    """Return ``html`` as it comes out of :meth:`Pages.render`."""
    return html.encode("utf-8", "replace").decode()

"""A report's page, ready for the screen: rendered by the site's own renderer, and taken apart."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporterdesk.pages.published import PublishedReport, PublishedSection
from reporterdesk.text.direction import direction
from reporterdesk.text.html import join_blocks
from reporterdesk.text.tree import Document
from reporterdesk.ui.page.parts import Part, PartReader, parts_of

if TYPE_CHECKING:
    from reporterdesk.pages.element import ElementRenderer

_BODY = '<div class="body">'


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page.

    ``html`` is the report's part of the page as the site has it; ``body`` that of its text alone.
    ``lines`` has the number of the part for each line of the body: paragraph, heading, item,
    quoted paragraph, photo, dividing line or embed. ``accent`` is the section's colour on the site.
    """

    report_id: str
    html: str
    body: str
    parts: tuple[Part, ...]
    lines: tuple[int, ...]
    language: str
    accent: int = 0

    @property
    def from_right(self) -> bool:
        """Whether the page is read from right to left."""
        return direction(self.language) == "rtl"


class SheetMaker:
    """Makes sheets; what has not changed since the last one is not read again. Any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._renderer: ElementRenderer | None = None
        self._known: dict[str, tuple[Part, ...]] = {}

    def make(
        self,
        report: PublishedReport,
        sections: tuple[PublishedSection, ...],
        document: Document | None = None,
        *,
        after: str = "",
    ) -> Sheet:
        """Return the page of ``report``. It may take a while: call it off the UI thread.

        :param document: the body in its normal form, where it is at hand already.
        :param after: HTML of the app's own that is shown below the page, and is no part of it.
        """
        with self._lock:
            if self._renderer is None:
                from reporterdesk.pages.element import ElementRenderer

                self._renderer = ElementRenderer()
            element = self._renderer.render(report, sections, document)
            body = join_blocks(element.blocks)
            parts, lines = self._take_apart(element.html, body, element.blocks, after)
        slugs = [section.slug for section in sections]
        accent = slugs.index(report.section) % 6 if report.section in slugs else 0
        return Sheet(report.id, element.html, body, parts, lines, report.content.language, accent)

    def _take_apart(
        self, html: str, body: str, blocks: tuple[str, ...], after: str
    ) -> tuple[tuple[Part, ...], tuple[int, ...]]:
        opening, _, rest = html.partition(f"{_BODY}\n")
        reader = PartReader("head")
        reader.feed(opening + _BODY)
        known: dict[str, tuple[Part, ...]] = {}
        lines: list[int] = []
        for block in blocks:
            first = reader.count
            parts = known[block] = self._known.get(block) or parts_of(block, "body")
            reader.add(parts)
            written = [n for n, part in enumerate(parts, first) if part.kind != "caption"]
            lines.extend(written or [first])
        self._known = known
        reader.feed(rest.removeprefix(body))
        reader.feed(after)
        found = reader.finished()
        return found, tuple(min(line, len(found) - 1) for line in lines)

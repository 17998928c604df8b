"""What a page is made from: a published report, and the section it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reporterdesk.domain.report import ReportContent


@dataclass(frozen=True, slots=True)
class PublishedSection:
    """A section of the site, with its introduction and an optional link to a page of the site.

    ``introduction`` is plain text, paragraphs apart by an empty line. ``link_url`` is a path of
    this site (``/sections/…``) or ``""``; ``link_text`` its words.
    """

    slug: str
    name: str
    introduction: str = ""
    link_url: str = ""
    link_text: str = ""


@dataclass(frozen=True, slots=True)
class PublishedReport:
    """A report as the public may read it now.

    ``section`` is a slug. ``slug`` is made once, at first publication, and kept when the headline
    is corrected. Times are aware, in UTC. ``correction_note`` is public and dated by
    ``updated_at``.
    """

    id: str
    slug: str
    section: str
    content: ReportContent
    published_at: datetime
    updated_at: datetime
    correction_note: str | None = None

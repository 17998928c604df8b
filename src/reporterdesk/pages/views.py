"""What the page templates are given: everything said and decided, nothing left to work out."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from reporterdesk.pages.words import Words


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as a page shows it: its address on this site and its pixels."""

    src: str
    full: str
    alt: str
    width: int
    height: int
    caption: str
    credit: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section in the navigation and above its teasers; ``accent`` picks its colour."""

    slug: str
    name: str
    path: str
    accent: int
    introduction: tuple[str, ...] = ()
    link_url: str = ""
    link_text: str = ""


@dataclass(frozen=True, slots=True)
class Teaser:
    """A report in a list."""

    path: str
    headline: str
    text: str
    language: str
    direction: str
    words: Words
    section: SectionView | None
    day: str
    day_iso: str
    place: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the event's facts; ``iso`` is the machine's reading of a time, or ``""``."""

    name: str
    value: str
    iso: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction, dated and public."""

    title: str
    note: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report on its own page."""

    headline: str
    standfirst: str
    byline: str
    dateline: str
    dateline_iso: str
    kind: str
    published: str
    published_iso: str
    updated: str
    updated_iso: str
    minutes: str
    language: str
    direction: str
    words: Words
    section: SectionView | None
    lead: Markup | None
    blocks: tuple[Markup, ...]
    """The HTML of each block of the body; empty for a figure whose photo is not there."""
    facts: tuple[Fact, ...]
    gallery: tuple[Markup, ...]
    correction: Correction | None

    @property
    def body(self) -> Markup:
        """The HTML of the body."""
        return Markup("\n").join(block for block in self.blocks if block)


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """A section on the home page with its newest reports."""

    section: SectionView
    teasers: tuple[Teaser, ...]


@dataclass(frozen=True, slots=True)
class PageHead:
    """What stands in a page's ``<head>``, and which section the navigation marks."""

    title: str
    canonical: str
    description: str = ""
    metadata: tuple[tuple[str, str], ...] = ()
    """``property`` and ``content`` of Open Graph and Twitter card elements."""
    json_ld: Markup | None = None
    feeds: tuple[tuple[str, str], ...] = ()
    """Titles and paths of this page's feeds, without their file names."""
    section: str = ""
    indexed: bool = True

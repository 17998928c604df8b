"""From a published report to the views that the templates show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, tzinfo
from urllib.parse import quote
from zoneinfo import ZoneInfo

from markupsafe import Markup

from reporterdesk.domain.photo import Photo
from reporterdesk.domain.report import ReportContent
from reporterdesk.pages.figures import figure_html
from reporterdesk.pages.published import PublishedReport, PublishedSection
from reporterdesk.pages.settings import SiteSettings
from reporterdesk.pages.views import (
    Correction,
    Fact,
    Picture,
    ReportView,
    SectionView,
    Teaser,
)
from reporterdesk.pages.words import Vocabulary, Words, event_date, local_day
from reporterdesk.text.count import first_words, reading_minutes, words_in
from reporterdesk.text.direction import direction, isolated
from reporterdesk.text.html import html_blocks, inline_html
from reporterdesk.text.parse import parse
from reporterdesk.text.tree import Document, Figure, Runs

ACCENTS = 6
_TEASER_WORDS = 170


def report_path(report: PublishedReport) -> str:
    """Return the path of a report's page."""
    return f"/reports/{quote(report.slug, safe='')}"


def section_path(slug: str) -> str:
    """Return the path of a section's page."""
    return f"/sections/{quote(slug, safe='')}/"


def section_views(sections: tuple[PublishedSection, ...]) -> tuple[SectionView, ...]:
    """Return the sections as pages show them, in the site's order."""
    return tuple(
        SectionView(
            slug=section.slug,
            name=section.name,
            path=section_path(section.slug),
            accent=number % ACCENTS,
            introduction=tuple(p.strip() for p in section.introduction.split("\n\n") if p.strip()),
            link_url=section.link_url if _of_this_site(section.link_url) else "",
            link_text=section.link_text or section.link_url,
        )
        for number, section in enumerate(sections)
    )


def lead_photo(content: ReportContent) -> Photo | None:
    """Return the photo that stands for the report: the chosen one, else its first."""
    chosen = (photo for photo in content.photos if photo.id == content.lead_photo)
    return next(chosen, content.photos[0] if content.photos else None)


def summary(content: ReportContent, document: Document | None = None) -> str:
    """Return the standfirst, else the body's first words."""
    if content.standfirst.strip():
        return content.standfirst.strip()
    return first_words(document or parse(content.body), _TEASER_WORDS)


def place_words(content: ReportContent) -> str:
    """Return the place for a dateline: the city, else the venue, else nothing."""
    return content.event.city.strip() or content.event.venue.strip()


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What is worked out for the words of each block, and may be remembered between two pages."""

    inline: Callable[[Runs], str] = inline_html
    words: Callable[[Runs], int] = words_in


PLAIN = Reckoning()
"""Works everything out each time."""


@dataclass(frozen=True, slots=True)
class Presenter:
    """Makes views, with the site's words and its time zone."""

    settings: SiteSettings
    vocabulary: Vocabulary

    def words(self, content: ReportContent) -> Words:
        """Return the words of the report's language, or the site's where there are none."""
        return self.vocabulary.of(content.language, self.settings.language)

    def picture(self, report: PublishedReport, photo: Photo, words: Words) -> Picture:
        """Return ``photo`` with its addresses on this site."""
        folder = f"/photos/{quote(report.id, safe='')}"
        credit = photo.credit.strip()
        return Picture(
            src=f"{folder}/{photo.preview.sha256}.jpg",
            full=f"{folder}/{photo.full.sha256}.jpg",
            alt=photo.alt_text,
            width=photo.preview.width,
            height=photo.preview.height,
            caption=photo.caption,
            credit=words.say("photo_by", credit=credit) if credit else "",
        )

    def teaser(self, report: PublishedReport, sections: tuple[SectionView, ...]) -> Teaser:
        """Return ``report`` as it stands in a list."""
        content, words = report.content, self.words(report.content)
        photo = lead_photo(content)
        day = local_day(report.published_at, self._zone())
        return Teaser(
            path=report_path(report),
            headline=content.headline,
            text=summary(content),
            language=content.language,
            direction=direction(content.language),
            words=words,
            section=_section_of(report, sections),
            day=words.day(day),
            day_iso=day.isoformat(),
            place=place_words(content),
            picture=self.picture(report, photo, words) if photo else None,
        )

    def report(
        self,
        report: PublishedReport,
        sections: tuple[SectionView, ...],
        document: Document | None = None,
        reckoning: Reckoning = PLAIN,
    ) -> ReportView:
        """Return ``report`` as its own page shows it.

        :param document: the body in its normal form, where it is at hand already.
        """
        content, words = report.content, self.words(report.content)
        document = parse(content.body) if document is None else document
        in_body = {block.photo_id for block in document.blocks if isinstance(block, Figure)}
        lead = lead_photo(content)
        on_top = lead if lead is not None and lead.id not in in_body else None
        shown = in_body | ({on_top.id} if on_top else set())
        published = local_day(report.published_at, self._zone())
        updated = local_day(report.updated_at, self._zone())
        return ReportView(
            headline=content.headline,
            standfirst=content.standfirst.strip(),
            byline=words.say("by", name=content.byline.strip()) if content.byline.strip() else "",
            dateline=self._dateline(content, words),
            dateline_iso=_iso_day(content),
            kind=words.kind(content.event.kind),
            published=words.say("published", date=words.day(published)),
            published_iso=report.published_at.isoformat(),
            updated=words.say("updated", date=words.day(updated)) if updated != published else "",
            updated_iso=report.updated_at.isoformat(),
            minutes=words.say("minutes", number=max(1, reading_minutes(document, reckoning.words))),
            language=content.language,
            direction=direction(content.language),
            words=words,
            section=_section_of(report, sections),
            lead=self._figure(report, on_top, words, eager=True) if on_top else None,
            blocks=self._blocks(report, document, words, reckoning),
            facts=_facts(content, words),
            gallery=tuple(
                self._figure(report, photo, words)
                for photo in content.photos
                if photo.id not in shown
            ),
            correction=self._correction(report, words),
        )

    def _zone(self) -> tzinfo:
        # Windows has no table of time zones of its own, and UTC needs none.
        name = self.settings.time_zone
        return UTC if name == "UTC" else ZoneInfo(name)

    def _dateline(self, content: ReportContent, words: Words) -> str:
        day = event_date(content.event.starts_at)
        place = isolated(place_words(content), direction(content.language))
        parts = (place, words.day(day) if day else "")
        return ", ".join(part for part in parts if part)

    def _correction(self, report: PublishedReport, words: Words) -> Correction | None:
        if not report.correction_note or not report.correction_note.strip():
            return None
        day = words.day(local_day(report.updated_at, self._zone()))
        return Correction(words.say("correction", date=day), report.correction_note.strip())

    def _blocks(
        self, report: PublishedReport, document: Document, words: Words, reckoning: Reckoning
    ) -> tuple[Markup, ...]:
        photos = {photo.id: photo for photo in report.content.photos}

        def figure(photo_id: str) -> str:
            photo = photos.get(photo_id)
            return self._figure(report, photo, words) if photo else ""

        # Everything is escaped but what figure() gives, and figure_html escapes that.
        side = direction(report.content.language)
        return tuple(map(Markup, html_blocks(document, figure, reckoning.inline, side)))

    def _figure(
        self, report: PublishedReport, photo: Photo, words: Words, *, eager: bool = False
    ) -> Markup:
        picture = self.picture(report, photo, words)
        shape = "portrait" if picture.height > picture.width else ""
        html = figure_html(
            picture.src,
            picture.alt,
            picture.caption,
            picture.credit,
            picture.width,
            picture.height,
            link=picture.full,
            css_class=" ".join(part for part in ("photo", "lead" if eager else "", shape) if part),
            eager=eager,
        )
        return Markup(html)  # noqa: S704 - figure_html escapes every value


def _facts(content: ReportContent, words: Words) -> tuple[Fact, ...]:
    event = content.event
    country = words.country(event.country) if event.country else ""
    around = direction(content.language)
    places = (event.venue.strip(), event.city.strip(), country)
    where = ", ".join(isolated(place, around) for place in places if place)
    start = event_date(event.starts_at)
    facts = (
        Fact(words.say("event"), event.name.strip()),
        Fact(
            words.say("when"),
            words.when(event.starts_at, event.ends_at),
            event.starts_at if start else "",
        ),
        Fact(words.say("where"), where),
        Fact(words.say("organiser"), event.organiser.strip()),
        Fact(words.say("attendance"), words.people(event.attendance) if event.attendance else ""),
    )
    return tuple(fact for fact in facts if fact.value)


def _iso_day(content: ReportContent) -> str:
    day = event_date(content.event.starts_at)
    return day.isoformat() if day else ""


def _section_of(report: PublishedReport, sections: tuple[SectionView, ...]) -> SectionView | None:
    return next((section for section in sections if section.slug == report.section), None)


def _of_this_site(url: str) -> bool:
    """Tell whether a link stays on this site: a path, and no ``//host`` or ``/\\host``."""
    return url.startswith("/") and not url.startswith(("//", "/\\"))

"""What machines read of a page: schema.org (JSON-LD), Open Graph and Twitter cards."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from reporterdesk.domain.event import EventFacts
from reporterdesk.pages.presenting import (
    Presenter,
    lead_photo,
    report_path,
    section_path,
    summary,
)
from reporterdesk.pages.published import PublishedReport
from reporterdesk.pages.views import PageHead, SectionView
from reporterdesk.pages.words import event_date

_DESCRIPTION = 300
_IN_SCRIPT = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def script_json(value: object) -> Markup:
    """Return ``value`` as JSON that can stand inside ``<script>``: no character can end it."""
    text = json.dumps(value, ensure_ascii=False)
    for character, escaped in _IN_SCRIPT.items():
        text = text.replace(character, escaped)
    return Markup(text)  # noqa: S704 - what could end the script is escaped


def report_head(
    report: PublishedReport, section: SectionView | None, presenter: Presenter, base: str
) -> PageHead:
    """Return the head of a report's page; ``base`` is the site's address, no slash at its end."""
    content, settings = report.content, presenter.settings
    canonical = base + report_path(report)
    description = _short(summary(content))
    words = presenter.words(content)
    metadata = [
        ("og:type", "article"),
        ("og:site_name", settings.title),
        ("og:title", content.headline),
        ("og:description", description),
        ("og:url", canonical),
        ("og:locale", str(words.locale)),
        ("article:published_time", report.published_at.isoformat()),
        ("article:modified_time", report.updated_at.isoformat()),
    ]
    if section:
        metadata.append(("article:section", section.name))
    photo = lead_photo(content)
    if photo:
        picture = presenter.picture(report, photo, words)
        metadata += [
            ("og:image", base + picture.src),
            ("og:image:width", str(picture.width)),
            ("og:image:height", str(picture.height)),
            ("og:image:alt", picture.alt),
        ]
    metadata.append(("twitter:card", "summary_large_image" if photo else "summary"))
    feeds = [(settings.title, "/")]
    if section:
        feeds.insert(0, (f"{section.name} · {settings.title}", section_path(section.slug)))
    return PageHead(
        title=f"{content.headline} · {settings.title}",
        canonical=canonical,
        description=description,
        metadata=tuple(metadata),
        json_ld=script_json(news_article(report, section, presenter, base)),
        feeds=tuple(feeds),
        section=section.slug if section else "",
    )


def page_head(
    presenter: Presenter, base: str, path: str, *, title: str = "", description: str = ""
) -> PageHead:
    """Return the head of a page that is no report's."""
    settings = presenter.settings
    name = title or settings.title
    metadata = (
        ("og:type", "website"),
        ("og:site_name", settings.title),
        ("og:title", name),
        ("og:description", _short(description or settings.tagline)),
        ("og:url", base + path),
        ("twitter:card", "summary"),
    )
    return PageHead(
        title=f"{title} · {settings.title}" if title else settings.title,
        canonical=base + path,
        description=_short(description or settings.tagline),
        metadata=metadata,
        feeds=((settings.title, "/"),),
    )


def news_article(
    report: PublishedReport, section: SectionView | None, presenter: Presenter, base: str
) -> dict[str, Any]:
    """Return a report as schema.org's ``NewsArticle``, about an ``Event``."""
    content, settings = report.content, presenter.settings
    article: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": content.headline[:110],
        "description": _short(summary(content)),
        "inLanguage": content.language,
        "datePublished": report.published_at.isoformat(),
        "dateModified": report.updated_at.isoformat(),
        "mainEntityOfPage": base + report_path(report),
        "publisher": {"@type": "Organization", "name": settings.title, "url": base + "/"},
        "isAccessibleForFree": True,
    }
    if content.byline.strip():
        article["author"] = {"@type": "Person", "name": content.byline.strip()}
    if section:
        article["articleSection"] = section.name
    words = presenter.words(content)
    images = [presenter.picture(report, photo, words) for photo in content.photos]
    if images:
        article["image"] = [
            {
                "@type": "ImageObject",
                "url": base + image.src,
                "width": image.width,
                "height": image.height,
                "caption": image.caption,
                "creditText": image.credit,
            }
            for image in images
        ]
    if report.correction_note and report.correction_note.strip():
        article["correction"] = {
            "@type": "CorrectionComment",
            "text": report.correction_note.strip(),
            "datePublished": report.updated_at.isoformat(),
        }
    if content.event.name.strip() and event_date(content.event.starts_at):
        article["about"] = _event(content.event)
    return article


def _event(event: EventFacts) -> dict[str, Any]:
    address = {"addressLocality": event.city.strip(), "addressCountry": event.country}
    about: dict[str, Any] = {
        "@type": "Event",
        "name": event.name.strip(),
        "startDate": event.starts_at,
        "location": {
            "@type": "Place",
            "name": event.venue.strip() or event.city.strip(),
            "address": {"@type": "PostalAddress"} | {k: v for k, v in address.items() if v},
        },
    }
    if event.ends_at and event_date(event.ends_at):
        about["endDate"] = event.ends_at
    if event.organiser.strip():
        about["organizer"] = {"@type": "Organization", "name": event.organiser.strip()}
    return about


def _short(text: str) -> str:
    """Return ``text`` on one line, ended with “…” where it is longer than a description is."""
    line = " ".join(text.split())
    if len(line) <= _DESCRIPTION:
        return line
    return line[: _DESCRIPTION - 1].rsplit(" ", 1)[0] + "…"

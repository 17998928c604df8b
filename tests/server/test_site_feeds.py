"""Feeds, sitemap, robots, caching, addresses and words."""

from __future__ import annotations

import json
import string
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st

from reporterdesk.domain.errors import ReportNotFound
from reporterdesk.domain.event import Attendance, EventKind, Qualifier
from reporterdesk.pages.settings import SiteSettings
from reporterdesk.pages.words import Vocabulary
from reporterdesk.resources import resource_path
from reporterdesk.server.site.routes import site_router
from reporterdesk.server.site.slugs import headline_words, report_slug, short_id
from reporterdesk.server.site.source import cursor_of, read_cursor
from support.browser import Browser, browsing
from support.published import BASE, MemoryPublished

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """The site's words."""
    return Vocabulary(resource_path("templates", "site"))


@pytest.mark.parametrize(("page", "section"), [("/", None), ("/sections/culture/", "culture")])
def test_atom_holds_the_reports_newest_first(
    site: Browser, source: MemoryPublished, page: str, section: str | None
) -> None:
    answer = site.get(f"{page}feed.atom")
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ET.fromstring(answer.content)  # noqa: S314 - our own feed
    expected = [
        r for r in source.newest(None, before=None, limit=99) if section in {None, r.section}
    ]
    entries = root.findall(f"{ATOM}entry")
    assert [e.findtext(f"{ATOM}title") for e in entries] == [r.content.headline for r in expected]
    assert [e.findtext(f"{ATOM}id") for e in entries] == [f"urn:uuid:{r.id}" for r in expected]
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {"self": f"{BASE}{page}feed.atom", "alternate": BASE + page}
    content = entries[0].findtext(f"{ATOM}content") or ""
    assert f'src="{BASE}/photos/' in content
    assert '"/photos/' not in content


def test_json_feed_is_whole(site: Browser, source: MemoryPublished) -> None:
    answer = site.get("/feed.json")
    assert answer.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    feed: dict[str, Any] = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{BASE}/feed.json"
    assert len(feed["items"]) == len(source.reports)
    for item in feed["items"]:
        assert item["url"].startswith(f"{BASE}/reports/")
        assert item["image"].startswith(f"{BASE}/photos/")
        assert item["content_html"]


def test_feeds_survive_what_xml_cannot_hold(site: Browser, source: MemoryPublished) -> None:
    report = source.reports[0]
    bad = "a\x00\x0b\x1f\ud800\ufffe]]><b>&amp;"
    content = replace(report.content, headline=bad, standfirst=bad, byline=bad, body=bad)
    source.reports[:] = [replace(report, content=content, correction_note=bad)]
    root = ET.fromstring(site.get("/feed.atom").content)  # noqa: S314
    title = root.findtext(f"{ATOM}entry/{ATOM}title")
    assert title == "a\ufffd\ufffd\ufffd\ufffd\ufffd]]><b>&amp;"
    items = json.loads(site.get("/feed.json").content)["items"]
    assert items[0]["title"].startswith("a\x00")


def test_empty_feeds_are_feeds(site: Browser, source: MemoryPublished) -> None:
    source.reports.clear()
    assert ET.fromstring(site.get("/feed.atom").content).findall(f"{ATOM}entry") == []  # noqa: S314
    assert site.get("/feed.json").json()["items"] == []
    assert site.get("/sections/nowhere/feed.atom").status_code == 404


def test_sitemap_lists_every_page(site: Browser, source: MemoryPublished) -> None:
    first = source.reports[0]
    source.reports[:] = [
        replace(
            first,
            id=f"{number:08x}-0000-4000-8000-000000000000",
            slug=f"2026-03-14-{number:08x}",
            published_at=first.published_at - timedelta(minutes=number),
        )
        for number in range(1_203)
    ]
    root = ET.fromstring(site.get("/sitemap.xml").content)  # noqa: S314
    pages = [element.text for element in root.iter() if element.tag.endswith("loc")]
    assert len(pages) == len(set(pages)) == 1 + len(source.site_sections) + 1_203
    assert f"{BASE}/" in pages


def test_robots_names_the_sitemap(site: Browser) -> None:
    assert f"Sitemap: {BASE}/sitemap.xml" in site.get("/robots.txt").text
    assert "Disallow: /v1/" in site.get("/robots.txt").text


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/sections/culture/",
        "/feed.atom",
        "/feed.json",
        "/sitemap.xml",
        "/robots.txt",
        "/static/site.css",
    ],
)
def test_reader_who_has_a_page_is_told_so(site: Browser, path: str) -> None:
    first = site.get(path)
    tag = first.headers["ETag"]
    assert "public" in first.headers["Cache-Control"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = site.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == tag
    assert site.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    head = site.head(path)
    assert (head.status_code, head.headers["ETag"]) == (200, tag)


def test_report_page_tells_when_it_changed(site: Browser, source: MemoryPublished) -> None:
    report = source.reports[0]
    path = f"/reports/{report.slug}"
    changed = site.get(path).headers["Last-Modified"]
    assert site.get(path, headers={"If-Modified-Since": changed}).status_code == 304
    old = {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}
    assert site.get(path, headers=old).status_code == 200
    assert site.get(path, headers={"If-Modified-Since": "whenever"}).status_code == 200
    other_tag = {"If-Modified-Since": changed, "If-None-Match": '"other"'}
    assert site.get(path, headers=other_tag).status_code == 200


def test_withdrawing_the_newest_report_changes_the_lists(
    site: Browser, source: MemoryPublished
) -> None:
    """A list's newest change may go back in time, so that it must not be judged by a date."""
    first = site.get("/")
    newest = max(source.reports, key=lambda report: report.published_at)
    source.reports.remove(newest)
    now = {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    assert newest.content.headline not in site.get("/", headers=now).text
    assert site.get("/", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_style_sheet_is_kept_for_good_under_its_own_version(site: Browser) -> None:
    page = site.get("/").text
    start = page.index("/static/site.css")
    address = page[start : page.index('"', start)]
    assert "immutable" in site.get(address).headers["Cache-Control"]
    assert "immutable" not in site.get("/static/site.css?v=old").headers["Cache-Control"]


def test_without_a_public_url_the_requests_own_address_is_taken(source: MemoryPublished) -> None:
    app = FastAPI()
    app.include_router(site_router(source, SiteSettings()))
    with browsing(app) as client:
        assert f"Sitemap: {client.url}/sitemap.xml" in client.get("/robots.txt").text


@pytest.mark.parametrize(
    ("headline", "words"),
    [
        ("“We are not a detour”: islanders rally", "we-are-not-a-detour-islanders-rally"),
        ("À l’école du vélo", "a-lecole-du-velo"),
        ("Straße, Œuvre & Ærø", "strasse-oeuvre-aero"),
        ("گاؤں نے اپنی نہر خود صاف کی", ""),
        ("", ""),
        ("x" * 10_000, "x" * 60),
        ("\ud800 \x00 ok", "ok"),
    ],
)
def test_headline_words(headline: str, words: str) -> None:
    assert headline_words(headline) == words


@given(st.text(max_size=200), st.uuids(), st.dates(min_value=date(2000, 1, 1)))
def test_slug_is_plain_ascii_and_names_its_report(headline: str, uuid: Any, day: date) -> None:
    slug = report_slug(headline, day, str(uuid))
    assert set(slug) <= set(string.ascii_lowercase + string.digits + "-")
    assert short_id(slug) == str(uuid)[:8]
    assert "--" not in slug


@pytest.mark.parametrize("slug", ["", "words", "1234567", "2026-03-14-1234567G", "a" * 10_000])
def test_address_without_an_id_is_no_report(slug: str) -> None:
    with pytest.raises(ReportNotFound):
        short_id(slug)


def test_cursor_is_read_back(source: MemoryPublished) -> None:
    for report in source.reports:
        exact = replace(report, published_at=datetime(2026, 3, 14, 1, 2, 3, 456_789, UTC))
        assert read_cursor(cursor_of(exact)) == (exact.published_at, exact.id)


def test_every_language_has_every_word(vocabulary: Vocabulary) -> None:
    assert set(vocabulary.languages) == {"en", "fr", "it", "es", "de", "ur"}
    english = vocabulary.of("en").table
    for language in vocabulary.languages:
        words = vocabulary.of(language)
        assert set(words.table) == set(english)
        for kind in EventKind:
            assert words.kind(kind)
        for qualifier in Qualifier:
            for number in (0, 1, 2, 1_450):
                assert "{" not in words.people(Attendance(number, qualifier))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "12–14 March 2026"),
        ("en-US", "March 12 – 14, 2026"),
        ("fr", "12–14 mars 2026"),
        ("it", "12–14 marzo 2026"),
        ("es", "12–14 de marzo de 2026"),
        ("de", "12.–14. März 2026"),
        ("ur", "12–14 مارچ 2026"),
    ],
)
def test_days_are_told_as_the_language_does(
    vocabulary: Vocabulary, language: str, said: str
) -> None:
    found = vocabulary.of(language).when("2026-03-12", "2026-03-14")
    assert " ".join(found.split()) == said


def test_attendance_is_said_properly(vocabulary: Vocabulary) -> None:
    many = Attendance(450, Qualifier.MORE_THAN)
    assert vocabulary.of("en").people(many) == "more than 450 people"
    assert vocabulary.of("de").people(many) == "mehr als 450 Personen"
    assert vocabulary.of("en").people(Attendance(1, Qualifier.EXACTLY)) == "1 person"


def test_values_are_not_filled_in_twice(vocabulary: Vocabulary) -> None:
    assert vocabulary.of("en").say("by", name="{name} {0}") == "By {name} {0}"

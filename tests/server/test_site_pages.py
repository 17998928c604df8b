"""The public pages: what they say, in which language, and what hostile text does to them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse

from reporterdesk.demo.newsroom import sample_reports
from reporterdesk.domain.event import Attendance, EventFacts, EventKind, Qualifier
from reporterdesk.pages.published import PublishedReport, PublishedSection
from reporterdesk.server.site.missing import show_missing_pages
from reporterdesk.server.site.routes import site_router
from support.browser import Browser, browsing
from support.published import BASE, NOW, SETTINGS, MemoryPublished, sample_published, sample_site

_VOID = {"meta", "link", "img", "br", "hr", "input"}


class Reading(HTMLParser):
    """A page as a strict reader sees it: every element closed, and what it holds."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of every ``tag``."""
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def words(self) -> str:
        """Everything that can be read, with single spaces."""
        return " ".join(" ".join(self.text).split())


def named(source: MemoryPublished, name: str) -> PublishedReport:
    """Return the sample report of this name."""
    sample = next(sample for sample in sample_reports() if sample.name == name)
    return next(report for report in source.reports if report.id == sample.id)


def read(site: Browser, path: str, status: int = 200) -> Reading:
    """Fetch a page and read it."""
    answer = site.get(path)
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    return Reading(answer.text)


def json_ld(site: Browser, path: str) -> dict[str, object]:
    """Return the page's schema.org data."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', site.get(path).text)
    assert found
    data: dict[str, object] = json.loads(found[1])
    return data


def test_home_shows_the_newest_report_and_every_section(
    site: Browser, source: MemoryPublished
) -> None:
    page = read(site, "/")
    newest = max(source.reports, key=lambda report: report.published_at)
    links = [link.get("href") for link in page.all("a")]
    assert links.count(f"/reports/{newest.slug}") == 2  # headline and "read more", and only once
    for section in source.site_sections:
        assert f"/sections/{section.slug}/" in links
        assert section.name in page.words
    assert page.words.index(newest.content.headline) < page.words.index("All reports from")


def test_empty_site_and_empty_section_say_so(site: Browser, source: MemoryPublished) -> None:
    source.reports.clear()
    assert "Nothing has been published here yet." in read(site, "/").words
    assert "Nothing has been published here yet." in read(site, "/sections/culture/").words
    source.site_sections.clear()
    assert "Nothing has been published here yet." in read(site, "/").words


def test_section_page_has_introduction_link_and_teasers(
    site: Browser, source: MemoryPublished
) -> None:
    page = read(site, "/sections/civic-life/")
    assert "where people decide together" in page.words
    assert "/sections/learning/" in [link.get("href") for link in page.all("a")]
    ferry = named(source, "ferry-rally")
    assert ferry.content.headline in page.words
    assert "Skell" in page.words
    assert "Lire la suite" in page.words  # a French report in an English section
    plaza = named(source, "plaza-sin-coches")
    assert plaza.content.standfirst == ""
    assert "Para hablar de la plaza, la plaza." in page.words  # its first words instead
    images = [image["src"] for image in page.all("img")]
    assert f"/photos/{ferry.id}/{ferry.content.photos[0].preview.sha256}.jpg" in images


@pytest.mark.parametrize(
    "link", ["https://elsewhere.example/", "//elsewhere.example", "/\\e.example", "javascript:1"]
)
def test_introduction_links_only_to_this_site(
    site: Browser, source: MemoryPublished, link: str
) -> None:
    source.site_sections[0] = PublishedSection("civic-life", "Civic life", "Words", link, "Away")
    assert link not in [a.get("href") for a in read(site, "/sections/civic-life/").all("a")]


def test_paging_reaches_every_report_once(source: MemoryPublished) -> None:
    first = source.reports[0]
    moments = [NOW - timedelta(hours=number // 2) for number in range(40)]  # two at each moment
    source.reports[:] = [
        replace(
            first,
            id=f"{number:08x}-0000-4000-8000-000000000000",
            slug=f"2026-03-14-{number:08x}",
            section="culture",
            published_at=moment,
        )
        for number, moment in enumerate(moments)
    ]
    app = FastAPI()
    app.include_router(site_router(source, replace(SETTINGS, per_page=7)))
    seen: list[str | None] = []
    path: str | None = "/sections/culture/"
    with browsing(app) as client:
        while path:
            page = read(client, path)
            seen += [a["href"] for a in page.all("a") if str(a["href"]).startswith("/reports/")]
            path = next((a["href"] for a in page.all("a") if a.get("rel") == "next"), None)
    assert len(seen) == 80
    assert len(set(seen)) == 40


@pytest.mark.parametrize(
    "cursor", ["", "yesterday", "_", "20260314T120000.000000_", "99999999T_x", "%00"]
)
def test_a_cursor_that_is_none_is_a_missing_page(site: Browser, cursor: str) -> None:
    read(site, f"/sections/culture/?before={cursor}", 404)


def test_report_page_has_everything_that_was_written(
    site: Browser, source: MemoryPublished
) -> None:
    report = named(source, "beekeepers-congress")
    page = read(site, f"/reports/{report.slug}")
    for expected in (
        report.content.headline,
        report.content.standfirst,
        "By Jonas Weidel",
        "Halden, 12 March 2026",
        "12–13 March 2026",
        "Old Grain Hall, Halden, Norway",
        "Association of Valley Beekeepers",
        "more than 450 people",
        "how many did you lose?",
        "Congress",
        "Published 13 March 2026",
    ):
        assert expected in page.words
    for photo in report.content.photos:
        assert photo.caption in page.words
        image = next(i for i in page.all("img") if photo.preview.sha256 in str(i["src"]))
        assert image["alt"] == photo.alt_text
        assert (image["width"], image["height"]) == ("1280", "853")
    sources = [image["src"] for image in page.all("img")]
    own = [source_ for source_ in sources if report.id in str(source_)]
    assert len(own) == len(set(own)) == 3  # lead, in the body, in the gallery: each once


def test_page_needs_no_script_and_loads_nothing_from_elsewhere(
    site: Browser, source: MemoryPublished
) -> None:
    for report in source.reports:
        page = read(site, f"/reports/{report.slug}")
        assert [s for s in page.all("script") if s.get("type") != "application/ld+json"] == []
        for tag, key in (("img", "src"), ("link", "href")):
            for element in page.all(tag):
                if element.get("rel") != "canonical":
                    assert str(element[key]).startswith("/")
        assert len(page.all("h1")) == 1
    headers = site.get("/").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_language_and_direction_are_those_of_the_report(
    site: Browser, source: MemoryPublished
) -> None:
    page = read(site, f"/reports/{named(source, 'kitab-mela').slug}")
    assert page.all("html") == [{"lang": "en", "dir": "ltr"}]
    article = page.all("article")[0]
    assert (article["lang"], article["dir"]) == ("ur", "rtl")
    assert "1,800 سے زائد افراد" in page.words
    assert "پاکستان" in page.words
    french = read(site, f"/reports/{named(source, 'chorales-sur-la-place').slug}")
    assert (french.all("article")[0]["lang"], french.all("article")[0]["dir"]) == ("fr", "ltr")
    assert "Publié le 12 mars 2026" in french.words
    assert "plus de 2 600 personnes" in french.words


def test_correction_is_dated_and_public(site: Browser, source: MemoryPublished) -> None:
    report = named(source, "ferry-rally")
    page = read(site, f"/reports/{report.slug}")
    assert "Correction, 12 March 2026" in page.words
    assert "It takes twenty-five." in page.words
    correction = json_ld(site, f"/reports/{report.slug}")["correction"]
    assert isinstance(correction, dict)
    assert correction["text"] == report.correction_note


def test_metadata_of_a_report(site: Browser, source: MemoryPublished) -> None:
    report = named(source, "beekeepers-congress")
    path = f"/reports/{report.slug}"
    data = json_ld(site, path)
    assert data["@type"] == "NewsArticle"
    assert data["inLanguage"] == "en"
    assert data["mainEntityOfPage"] == BASE + path
    about = data["about"]
    assert isinstance(about, dict)
    assert (about["@type"], about["startDate"], about["endDate"]) == (
        "Event",
        "2026-03-12",
        "2026-03-13",
    )
    assert about["location"]["address"]["addressCountry"] == "NO"
    page = read(site, path)
    meta = {
        m.get("property") or m.get("name"): m["content"] for m in page.all("meta") if "content" in m
    }
    assert meta["og:type"] == "article"
    assert meta["og:url"] == BASE + path
    assert str(meta["og:image"]).startswith(f"{BASE}/photos/{report.id}/")
    assert meta["twitter:card"] == "summary_large_image"
    assert {"rel": "canonical", "href": BASE + path} in page.all("link")


HOSTILE = '</script><script>alert(1)</script><!-- {{ 7*7 }} "quotes" & \u2028 \ud800 ]]>'


def test_hostile_text_stays_text_everywhere(site: Browser, source: MemoryPublished) -> None:
    base = named(source, "ferry-rally")
    photos = tuple(
        replace(photo, caption=HOSTILE, credit=HOSTILE, alt_text=HOSTILE)
        for photo in base.content.photos
    )
    event = EventFacts(
        HOSTILE,
        EventKind.OTHER,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        "ZZ",
        HOSTILE,
        Attendance(1_000_000_000, Qualifier.ABOUT),
    )
    content = replace(
        base.content,
        headline=HOSTILE,
        standfirst=HOSTILE,
        byline=HOSTILE,
        body=HOSTILE * 3,
        event=event,
        photos=photos,
    )
    report = replace(base, content=content, correction_note=HOSTILE)
    source.reports[:] = [report]
    source.site_sections[:] = [
        PublishedSection("civic-life", HOSTILE, HOSTILE, "/" + HOSTILE, HOSTILE)
    ]
    for path in ("/", "/sections/civic-life/", f"/reports/{report.slug}"):
        page = read(site, path)
        assert [s for s in page.all("script") if s != {"type": "application/ld+json"}] == []
        assert "{{ 7*7 }}" in page.words
        assert "alert(1)" in page.words
    assert json_ld(site, f"/reports/{report.slug}")["headline"]


@pytest.mark.parametrize(
    "day",
    [
        "",
        "2026-03-14",
        "2026-03-14T18:00",
        "2026-03-14T18:00+05:00",
        "0001-01-01",
        "9999-12-31",
        "soon",
        "2026-02-30",
    ],
)
@pytest.mark.parametrize("end", [None, "", "2026-03-14", "2020-01-01", "later", "9999-12-31T23:59"])
def test_any_event_date_gives_a_page(
    site: Browser, source: MemoryPublished, day: str, end: str | None
) -> None:
    base = named(source, "bergwald")
    content = replace(base.content, event=EventFacts(name="X", starts_at=day, ends_at=end))
    source.reports[:] = [replace(base, content=content)]
    read(site, f"/reports/{base.slug}")


def test_unknown_language_falls_back_to_the_sites_words(
    site: Browser, source: MemoryPublished
) -> None:
    base = named(source, "bergwald")
    for language in ("tlh", "zz-Zzzz-ZZ", "en-XX", "a" * 8, "ar"):
        source.reports[:] = [replace(base, content=replace(base.content, language=language))]
        page = read(site, f"/reports/{base.slug}")
        assert "By Jonas Weidel" in page.words
        assert page.all("article")[0]["dir"] == ("rtl" if language == "ar" else "ltr")


def test_figure_of_a_photo_that_is_not_there_is_left_out(
    site: Browser, source: MemoryPublished
) -> None:
    base = named(source, "bergwald")
    content = replace(base.content, photos=(), lead_photo="gone")
    source.reports[:] = [replace(base, content=content)]
    page = read(site, f"/reports/{base.slug}")
    assert page.all("img") == []
    read(site, "/")


def test_old_address_leads_to_the_new_one(site: Browser, source: MemoryPublished) -> None:
    report = named(source, "ferry-rally")
    answer = site.get(f"/reports/2020-01-01-another-headline-{report.id[:8]}")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/reports/{report.slug}"
    assert site.get("/sections/culture").headers["Location"] == "/sections/culture/"


def test_missing_and_withdrawn_reports_have_pages_of_their_own(
    site: Browser, source: MemoryPublished
) -> None:
    report = named(source, "ferry-rally")
    source.withdrawn.add(report.slug)
    gone = read(site, f"/reports/{report.slug}", 410)
    assert "This report was withdrawn" in gone.words
    assert report.content.headline not in gone.words
    for path in (
        "/reports/2026-01-01-deadbeef",
        "/reports/x",
        "/sections/nowhere/",
        "/static/none.css",
    ):
        page = read(site, path, 404)
        assert {"name": "robots", "content": "noindex"} in page.all("meta")
    assert site.get("/static/..%2Fwords.toml").status_code == 404


def test_readers_get_a_page_and_programs_their_problem(source: MemoryPublished) -> None:
    app = FastAPI()

    async def problem(_: object, error: Exception) -> PlainTextResponse:
        assert isinstance(error, HTTPException)
        return PlainTextResponse("problem", error.status_code)

    app.add_exception_handler(HTTPException, problem)
    app.include_router(site_router(source, SETTINGS))
    show_missing_pages(app, source, SETTINGS)
    page = {"Accept": "text/html,application/xhtml+xml"}
    with browsing(app) as client:
        assert "There is no such page" in client.get("/nowhere", headers=page).text
        assert client.get("/v1/nowhere", headers=page).text == "problem"
        assert client.get("/nowhere", headers={"Accept": "application/json"}).text == "problem"
        assert client.post("/nowhere", headers=page).text == "problem"


def test_every_sample_report_gives_a_page() -> None:
    source = MemoryPublished(sample_site().site_sections, [])
    app = FastAPI()
    app.include_router(site_router(source, SETTINGS))
    with browsing(app) as client:
        for sample in sample_reports():
            report = sample_published(sample)
            source.reports[:] = [report]
            page = read(client, f"/reports/{report.slug}")
            assert sample.headline in page.words

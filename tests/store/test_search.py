"""Search-as-you-type: any query is fine, and what is written is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from reporterdesk.domain.event import EventFacts
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.places import Place
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.searching import Field, Filters, Order, Search
from reporterdesk.domain.status import Status
from reporterdesk.store.report_words import index_all
from reporterdesk.store.search import Standing, match_expression, standing_words
from reporterdesk.store.store import Store
from reporterdesk.text.finding import Query
from support.clocks import HandClock
from support.contents import photo_of
from support.searching import found_ids, search_page

CONTENT = ReportContent(
    headline="Fête de la lecture à Genève",
    standfirst="Ein großes Lesefest – O’Brien was there",
    byline="Zoë Ångström",
    body="The **harbour** choir sang.\n\n"
    "مدرسہ کھل گیا، کِتاب\n\n東京で会議が開かれた\n\nहिन्दी सम्मेलन\n",
    event=EventFacts(
        name="Peace Congress",
        venue="Lindenhof",
        city="Córdoba",
        organiser="Friends of the Library",
        starts_at="2026-03-14",
    ),
    photos=(replace(photo_of(b"1", b"2"), caption="Violinist", alt_text="A girl on stage"),),
)

FACTS = "Peace Congress · Lindenhof · Córdoba · Friends of the Library · 2026-03-14"


@pytest.fixture
def report_id(store: Store, clock: HandClock) -> str:
    """Put one report with :data:`CONTENT` among others."""
    now = clock()
    found = new_id()
    other = ReportContent(headline="Something else", body="100% of a_b\\c\n")
    store.reports.add_many(
        [
            Report(new_id(), other, Status.DRAFT, now, now),
            Report(found, CONTENT, Status.DRAFT, now, now),
        ]
    )
    return found


@pytest.mark.parametrize(
    "query",
    [
        "fete",
        "FÊTE",
        "fe\u0302te",
        "gen",
        "choir harbour",
        "lect fete",
        "grosses",
        "GROSSES",
        "O’Brien",
        "brien",
        "angstrom",
        "harbour",
        "peace cong",
        "linden",
        "cordoba",
        "friends",
        "2026-03",
        "violin",
        "girl",
        "مدرسہ",
        "کتاب",  # written with a vowel sign
        "كتاب",  # the Arabic keyboard's kaf
        "会議",
        "議が開かれ",
        "“東京で”",
        "会議 東京",
        "fete 会議",
        "हिन्दी",
        "सम्मे",
    ],
)
def test_found_by(store: Store, report_id: str, query: str) -> None:
    assert found_ids(store, query) == [report_id]


@pytest.mark.parametrize("query", ["choir zebra", "congress OR zebra", "会会", "!!!", "arbour"])
def test_not_found_by(store: Store, report_id: str, query: str) -> None:
    assert found_ids(store, query) == []


def test_search_stays_in_its_place_and_in_step(
    store: Store, clock: HandClock, report_id: str
) -> None:
    assert found_ids(store, "harbour", Place.FILED) == []
    store.reports.set_standing(report_id, status=Status.FILED)
    assert found_ids(store, "harbour", Place.FILED) == [report_id]
    assert found_ids(store, "harbour", Place.DRAFTS) == []
    store.reports.save_content(report_id, ReportContent(body="The lighthouse"), clock())
    assert found_ids(store, "harbour", Place.FILED) == []
    assert found_ids(store, "lighth", Place.FILED) == [report_id]
    store.check()


def test_found_reports_come_in_pages(store: Store, clock: HandClock, report_id: str) -> None:
    now = clock()
    store.reports.add_many(
        Report(
            new_id(),
            ReportContent(headline=f"Harbour {number}"),
            Status.DRAFT,
            now,
            now + timedelta(seconds=number),
        )
        for number in range(1, 30)
    )
    first = search_page(store, "harb", limit=20)
    assert first.next is not None
    second = search_page(store, "harb", after=first.next, limit=20)
    assert [row.headline for row in first.rows] == [f"Harbour {n}" for n in range(29, 9, -1)]
    assert len(second.rows) == 10
    assert second.rows[-1].id == report_id


@given(query=st.text(max_size=40) | st.text("\"*^():{}-+%_\\'ab ANDORNEAR\x00\ud800", max_size=30))
@example(query='"')
@example(query="a" * 100_000)
@example(query="NEAR(a b)")
@example(query="words:a")
@example(query="\ud800")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_is_an_error(store: Store, query: str) -> None:
    assert search_page(store, query).rows == () or not query.strip()


def _report(number: int, at: datetime, **more: Any) -> Report:
    """Return a draft about the harbour, changed ``number`` minutes after ``at``."""
    event = EventFacts(starts_at=more.pop("day", ""))
    status = more.pop("status", Status.DRAFT)
    content = ReportContent(headline=f"Harbour {number}", event=event, **more)
    moment = at + timedelta(minutes=number)
    return Report(new_id(), content, status, moment, moment)


def _headlines(store: Store, words: str = "harbour", **filters: Any) -> list[str]:
    return [row.headline for row in search_page(store, words, Filters(**filters)).rows]


def test_a_phrase_stands_just_so_and_a_minus_leaves_out(store: Store, report_id: str) -> None:
    assert found_ids(store, '"harbour choir"') == [report_id]
    assert found_ids(store, "“harbour choir") == [report_id]
    assert found_ids(store, '"choir harbour"') == []
    assert found_ids(store, '"harbour cho"') == []
    assert found_ids(store, "harbour -choir") == []
    assert found_ids(store, "harbour -zebra") == [report_id]
    assert report_id not in found_ids(store, "-choir")
    assert len(found_ids(store, "-choir")) == 1


def test_filters_of_section_status_and_place(store: Store, clock: HandClock) -> None:
    now = clock()
    store.reports.add_many(
        [
            _report(1, now, section="town-life"),
            _report(2, now, section="town"),
            _report(3, now, section="town", status=Status.FILED),
            _report(4, now, section="town", status=Status.APPROVED),
        ]
    )
    assert _headlines(store, section="town-life") == ["Harbour 1"]
    assert _headlines(store, section="town") == ["Harbour 4", "Harbour 3", "Harbour 2"]
    assert _headlines(store, section="town", place=Place.FILED) == ["Harbour 4", "Harbour 3"]
    assert _headlines(store, status=Status.APPROVED) == ["Harbour 4"]
    assert _headlines(store, "", section="town-life") == ["Harbour 1"]
    assert _headlines(store, section="nowhere") == []


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (date(2024, 12, 31), None, [5, 4, 3, 2]),
        (None, date(2025, 1, 1), [3, 2, 1]),
        (date(2025, 1, 1), date(2025, 12, 31), [4, 3]),
        (date(2025, 1, 2), date(2026, 3, 13), [4]),
        (date(2026, 3, 14), date(2026, 3, 14), [5]),
        (date(2027, 1, 1), None, []),
        (date(2026, 1, 1), date(2025, 1, 1), []),
        (date.min, date.max, [5, 4, 3, 2, 1]),
    ],
)
def test_a_filter_of_dates(
    store: Store, clock: HandClock, since: date | None, until: date | None, found: list[int]
) -> None:
    days = ("", "2024-02-29", "2024-12-31", "2025-01-01", "2025-11-30T18:00", "2026-03-14")
    store.reports.add_many(_report(n, clock(), day=day) for n, day in enumerate(days))
    assert _headlines(store, since=since, until=until) == [f"Harbour {n}" for n in found]


def test_odd_dates_of_events_break_no_filter(store: Store, clock: HandClock) -> None:
    days = ("0001-01-01", "9999-12-31", "2026-99-99", "soon", "2026-03-14")
    store.reports.add_many(_report(n, clock(), day=day) for n, day in enumerate(days))
    assert _headlines(store, since=date(2026, 1, 1), until=date(2026, 12, 31)) == ["Harbour 4"]


@given(st.dates(), st.dates(), st.dates())
def test_the_parts_of_a_range_are_the_range(since: date, until: date, day: date) -> None:
    standing = Standing(Place.DRAFTS, Status.DRAFT, "", day.isoformat())
    known = (date(1900, 1, 1).isoformat(), date(2199, 1, 1).isoformat())
    asked = match_expression(Query(), Filters(since=since, until=until), known)
    has = any(
        f'"{word}"' in asked for word in standing_words(standing).split() if "\ue000d" in word
    )
    assert has == (max(since, date(1900, 1, 1)) <= day <= min(until, date(2199, 1, 1)))


def test_the_trash_is_searched_only_when_it_is_shown(store: Store, clock: HandClock) -> None:
    report = _report(1, clock())
    store.reports.add(report)
    store.reports.trash(report.id, clock())
    assert _headlines(store) == []
    assert _headlines(store, place=Place.TRASH) == ["Harbour 1"]
    store.reports.restore(report.id)
    assert _headlines(store) == ["Harbour 1"]


def test_by_relevance_a_headline_counts_more_than_a_body(store: Store, clock: HandClock) -> None:
    now = clock()
    often = replace(_report(3, now).content, headline="Weather", body="harbour " * 3 + "rain " * 99)
    store.reports.add_many(
        [
            _report(1, now),
            replace(_report(2, now), content=often),
            replace(_report(3, now), content=ReportContent(body="A harbour. " + "Rain. " * 99)),
        ]
    )
    page = search_page(store, "harbour", order=Order.RELEVANCE)
    assert [row.headline for row in page.rows] == ["Harbour 1", "Weather", ""]
    first = search_page(store, "harbour", order=Order.RELEVANCE, limit=2)
    rest = search_page(store, "harbour", order=Order.RELEVANCE, limit=2, after=first.next)
    assert (*first.rows, *rest.rows) == page.rows
    assert rest.next is None


def test_what_is_found_is_counted_up_to_a_limit(
    store: Store, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reporterdesk.store.finder.COUNTED", 20)
    store.reports.add_many(_report(n, clock()) for n in range(30))
    assert search_page(store, "harbour 7").found == 1
    assert search_page(store, "harbour", limit=5).found == 21


def test_newest_first_is_by_the_last_change(store: Store, clock: HandClock) -> None:
    now = clock()
    one, two, old = _report(1, now), _report(2, now), _report(-600, now)
    store.reports.add_many([two, one])
    store.reports.add(old)
    assert _headlines(store) == ["Harbour 2", "Harbour 1", "Harbour -600"]

    store.reports.save_content(old.id, old.content, now + timedelta(minutes=5))
    assert _headlines(store) == ["Harbour -600", "Harbour 2", "Harbour 1"]
    for _ in range(3):  # several changes in one minute
        for report in (one, two):
            store.reports.save_content(report.id, report.content, now + timedelta(minutes=6))
    assert _headlines(store) == ["Harbour 2", "Harbour 1", "Harbour -600"]

    store.reports.save_content(old.id, old.content, now - timedelta(hours=1))  # the clock, back
    assert sorted(_headlines(store)) == ["Harbour -600", "Harbour 1", "Harbour 2"]
    store.check()


@given(st.lists(st.integers(0, 12), max_size=12), st.lists(st.integers(0, 12), max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_numbers_are_never_given_twice(
    store: Store, clock: HandClock, first: list[int], then: list[int]
) -> None:
    before = len(_headlines(store))
    now = clock()
    store.reports.add_many(_report(n, now) for n in first)
    store.reports.add_many(_report(n, now) for n in then)
    assert len(_headlines(store)) == before + len(first) + len(then)


def test_the_index_can_be_made_anew(store: Store, clock: HandClock, report_id: str) -> None:
    now = clock()
    store.reports.add_many(_report(n, now) for n in (3, 1, 1, 2))
    before = _headlines(store)
    assert before == ["Harbour 3", "Harbour 2", "Harbour 1", "Harbour 1", CONTENT.headline]
    told: list[float] = []

    index_all(store._drafts, told.append)

    assert _headlines(store) == before
    assert found_ids(store, "会議") == [report_id]
    assert told[-1] == 1.0
    store.check()


def test_a_search_that_nobody_waits_for_is_given_up(store: Store, clock: HandClock) -> None:
    store.reports.add_many(_report(n, clock(), body="harbour " * 50) for n in range(200))
    search = Search("h -zebra")
    assert store.finder.page(search, superseded=lambda: True) is None
    assert store.finder.hits("harbour", ["x"], superseded=lambda: True) == {}
    store.reports.add(_report(999, clock()))  # nothing of it is left behind
    assert len(search_page(store, "harbour").rows) == 200


def test_a_long_statement_is_interrupted_and_nothing_else(store: Store) -> None:
    endless = text(
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT sum(x) FROM n"
    )
    asked = iter([False] * 10)
    assert (
        store._drafts.read_unless(lambda: next(asked, True), lambda: store._drafts.rows(endless))
        is None
    )
    assert store._drafts.value(text("SELECT 1")) == 1


@pytest.mark.parametrize(
    ("words", "field", "excerpt"),
    [
        ("harbour", Field.BODY, "The harbour choir sang."),
        ("sang choir", Field.BODY, "The harbour choir sang."),
        ("lesefest", Field.STANDFIRST, CONTENT.standfirst),
        ("violin", Field.CAPTION, "Violinist"),
        ("girl", Field.CAPTION, "A girl on stage"),
        ("angstrom", Field.PEOPLE, "Zoë Ångström"),
        (
            "cordoba",
            Field.FACTS,
            "Peace Congress · Lindenhof · Córdoba · Friends of the Library · 2026-03-14",
        ),
        ("fete", Field.BODY, ""),
        ("会議", Field.BODY, "東京で会議が開かれた"),
    ],
)
def test_a_hit_is_shown_where_it_is(
    store: Store, report_id: str, words: str, field: Field, excerpt: str
) -> None:
    hit = store.finder.hits(words, [report_id, "nobody"])[report_id]
    assert (hit.field, hit.excerpt) == (field, excerpt)
    assert bool(hit.marks) == bool(excerpt)
    assert bool(hit.headline) == (words == "fete")


@given(st.text("harbour *_[]()!<>#->`\\\n&é会1.", max_size=80))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_any_body_that_is_found_can_be_shown(store: Store, clock: HandClock, body: str) -> None:
    report = replace(_report(1, clock()), content=ReportContent(body=f"{body} harbour\n"))
    store.reports.add(report)
    hit = store.finder.hits("harbour", [report.id])[report.id]
    assert all(hit.excerpt[start:end] for start, end in hit.marks)

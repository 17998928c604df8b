"""Search-as-you-type: any query is fine, and what is written is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reporterdesk.domain.event import EventFacts
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.places import Place
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import Status
from reporterdesk.store.store import Store
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

"""Reports in the store: what goes in comes out, in the right place and order."""

from __future__ import annotations

import traceback
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy.exc import IntegrityError

from reporterdesk.domain.errors import ReportNotFound
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.places import Place
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import Status
from reporterdesk.store.content_json import content_from_json, content_to_json
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from support.any_content import contents
from support.clocks import HandClock
from support.contents import ready_content
from support.filled_store import made_reports
from support.searching import found_ids


def add(store: Store, clock: HandClock, headline: str = "", status: Status = Status.DRAFT) -> str:
    report_id = new_id()
    now = clock()
    store.reports.add(Report(report_id, ReportContent(headline=headline), status, now, now))
    return report_id


@given(contents)
def test_json_gives_back_exactly_the_content(content: ReportContent) -> None:
    assert content_from_json(content_to_json(content)) == content


@given(content=contents)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_the_store_gives_back_exactly_the_report(
    store: Store, clock: HandClock, content: ReportContent
) -> None:
    report = Report(
        id=new_id(),
        content=content,
        status=Status.PUBLISHED,
        created_at=clock() - timedelta(microseconds=1),
        changed_at=clock(),
        revision_id=new_id(),
        desk_status=Status.APPROVED,
        public_url="https://desk.example/reports/1",
        trashed_at=clock() + timedelta(days=400, microseconds=999_999),
    )
    store.reports.add(report)
    assert store.reports.get(report.id) == report


def test_content_written_by_an_older_version_is_read_with_defaults() -> None:
    assert content_from_json('{"headline": "Old"}') == ReportContent(headline="Old")


def test_everything_is_there_after_opening_again(home: Path, clock: HandClock) -> None:
    store = open_store(home, clock=clock)
    report_id = add(store, clock, "Kept")
    saved = store.reports.save_content(report_id, ready_content("Kept, and longer"), clock())
    store.close()

    store = open_store(home, clock=clock)
    try:
        assert store.reports.get(report_id) == saved
        assert saved.content == ready_content("Kept, and longer")
    finally:
        store.close()


def test_a_report_that_is_not_there(store: Store, clock: HandClock) -> None:
    assert store.reports.find("nowhere") is None
    with pytest.raises(ReportNotFound, match="not here"):
        store.reports.get("nowhere")
    with pytest.raises(ReportNotFound):
        store.reports.save_content("nowhere", ReportContent(), clock())
    with pytest.raises(ReportNotFound):
        store.reports.set_standing("nowhere", status=Status.FILED)
    with pytest.raises(ReportNotFound):
        store.reports.trash("nowhere", clock())


def test_each_status_stands_in_its_place(store: Store, clock: HandClock) -> None:
    ids = {status: add(store, clock, status.value, status) for status in Status}

    def ids_in(place: Place) -> set[str]:
        return {row.id for row in store.reports.page(place).rows}

    assert ids_in(Place.DRAFTS) == {ids[Status.DRAFT]}
    assert ids_in(Place.OUTBOX) == {ids[Status.OUTBOX]}
    assert ids_in(Place.FILED) == {ids[Status.FILED], ids[Status.APPROVED]}
    assert ids_in(Place.RETURNED) == {ids[Status.RETURNED]}
    ended = {ids[Status.PUBLISHED], ids[Status.SPIKED], ids[Status.WITHDRAWN]}
    assert ids_in(Place.PUBLISHED) == ended
    assert ids_in(Place.TRASH) == ids_in(Place.REVIEW) == set()
    counts = store.reports.counts()
    assert set(counts) == set(Place)
    assert counts[Place.PUBLISHED] == 3
    assert counts[Place.REVIEW] == 0


def test_the_trash_gives_back_to_the_place_of_the_status(store: Store, clock: HandClock) -> None:
    report_id = add(store, clock, "Gone and back", Status.RETURNED)
    assert store.reports.trash(report_id, clock()).trashed_at == clock()
    assert store.reports.counts()[Place.TRASH] == 1
    assert store.reports.counts()[Place.RETURNED] == 0

    store.reports.set_standing(report_id, status=Status.PUBLISHED)
    assert store.reports.counts()[Place.TRASH] == 1

    assert store.reports.restore(report_id).trashed_at is None
    assert store.reports.counts()[Place.PUBLISHED] == 1


def test_standing_changes_only_what_is_given(store: Store, clock: HandClock) -> None:
    report_id = add(store, clock)
    before = store.reports.set_standing(
        report_id, desk_status=Status.PUBLISHED, revision_id="r1", public_url="https://x.example/"
    )
    after = store.reports.set_standing(report_id, public_url=None)
    assert after == replace(before, public_url=None)
    assert after.changed_at == before.changed_at


def test_a_clock_put_back_keeps_the_last_change_newest(store: Store, clock: HandClock) -> None:
    first, second = add(store, clock, "First"), add(store, clock, "Second")
    clock.turn(minutes=1)
    before = store.reports.save_content(first, ReportContent(headline="First!"), clock())
    clock.turn(hours=-1)
    after = store.reports.save_content(first, ReportContent(headline="First!!"), clock())
    standing = store.reports.set_standing(first, status=Status.DRAFT, at=clock())
    assert before.changed_at < after.changed_at < standing.changed_at
    assert [row.id for row in store.reports.page(Place.DRAFTS).rows] == [first, second]


def test_pages_join_without_gap_or_double_while_reports_change(
    store: Store, clock: HandClock
) -> None:
    # Many share one time: the id decides then.
    now = clock()
    reports = [replace(report, status=Status.DRAFT) for report in made_reports(95, 5)]
    store.reports.add_many(
        replace(report, changed_at=now + timedelta(seconds=number // 10))
        for number, report in enumerate(reports)
    )
    everything = store.reports.page(Place.DRAFTS, limit=1000)
    assert everything.next is None
    wanted = [row.id for row in everything.rows]
    assert len(set(wanted)) == 95

    found, after, pages = [], None, 0
    while True:
        page = store.reports.page(Place.DRAFTS, after=after, limit=19)
        found += [row.id for row in page.rows]
        pages += 1
        add(store, clock, "Comes while reading")
        if page.next is None:
            break
        after = page.next
    assert [report_id for report_id in found if report_id in set(wanted)] == wanted
    assert len(found) == len(set(found))


def test_an_exact_page_says_that_it_is_the_last(store: Store, clock: HandClock) -> None:
    for _ in range(3):
        add(store, clock)
    assert store.reports.page(Place.DRAFTS, limit=3).next is None
    first = store.reports.page(Place.DRAFTS, limit=2)
    assert first.next is not None
    assert len(store.reports.page(Place.DRAFTS, after=first.next, limit=2).rows) == 1


def test_a_headline_of_ten_thousand_characters_is_kept_and_its_line_is_short(
    store: Store, clock: HandClock
) -> None:
    report_id = add(store, clock, "é" * 10_000)
    assert store.reports.get(report_id).content.headline == "é" * 10_000
    assert store.reports.page(Place.DRAFTS).rows[0].headline == "é" * 300


def test_a_transaction_that_fails_leaves_nothing(store: Store, clock: HandClock) -> None:
    report_id = add(store, clock, "Before")

    def inner() -> None:
        with store.transaction():
            store.reports.save_content(report_id, ReportContent(headline="After"), clock())
            store.reports.trash(report_id, clock())
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        inner()
    report = store.reports.get(report_id)
    assert (report.content.headline, report.trashed_at) == ("Before", None)
    assert found_ids(store, "After") == []
    store.reports.save_content(report_id, ReportContent(headline="Goes on"), clock())
    assert store.reports.get(report_id).content.headline == "Goes on"


def test_a_bug_does_not_carry_a_reports_words_into_the_log(store: Store, clock: HandClock) -> None:
    report = Report(new_id(), ready_content("Off the record"), Status.DRAFT, clock(), clock())
    store.reports.add(report)
    with pytest.raises(IntegrityError) as caught:
        store.reports.add(report)
    assert "Off the record" not in "".join(traceback.format_exception(caught.value))
    assert store.reports.get(report.id) == report


def test_headlines_are_whole_and_only_those_asked_for(store: Store, clock: HandClock) -> None:
    first, second, _third = (add(store, clock, words) for words in ("x" * 5_000, "", "Other"))
    found = store.reports.headlines(report_id for report_id in (first, second, new_id()))
    assert found == {first: "x" * 5_000, second: ""}
    assert store.reports.headlines(()) == {}

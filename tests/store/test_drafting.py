"""Writing: born at the first keystroke, cleaned, and never over what is frozen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporterdesk.domain.errors import ReportNotFound, TransitionRefused
from reporterdesk.domain.event import EventFacts
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.places import Place
from reporterdesk.domain.report import ReportContent
from reporterdesk.domain.status import EDITABLE, Status
from reporterdesk.store.store import Store
from reporterdesk.workflow.drafting import (
    clean_content,
    open_report,
    restore_report,
    save_draft,
    trash_report,
)
from reporterdesk.workflow.filing import file_report, recall
from support.clocks import HandClock
from support.contents import photo_of, ready_content


def test_the_first_keystroke_makes_the_report(store: Store, clock: HandClock) -> None:
    report = save_draft(store, new_id(), ReportContent(headline="S"), clock=clock)
    assert report.status is Status.DRAFT
    assert report.created_at == report.changed_at == clock()
    assert open_report(store, report.id) == report
    assert store.reports.counts()[Place.DRAFTS] == 1


def test_the_same_again_is_no_change(store: Store, clock: HandClock) -> None:
    first = save_draft(store, new_id(), ready_content(), clock=clock)
    clock.turn(minutes=5)
    assert save_draft(store, first.id, ready_content(), clock=clock) == first
    later = save_draft(store, first.id, ready_content("Other"), clock=clock)
    assert later.changed_at == clock()


def test_a_headline_of_ten_thousand_characters(store: Store, clock: HandClock) -> None:
    headline = "Länge " * 1667
    report = save_draft(store, new_id(), ReportContent(headline=headline), clock=clock)
    assert open_report(store, report.id).content.headline == headline


def test_characters_that_cannot_be_kept(store: Store, clock: HandClock) -> None:
    photo = replace(photo_of(b"p", b"f"), caption="a\ud800b\x00", credit="c\nd", alt_text="\x07e")
    dirty = ReportContent(
        headline="One\ud83d\x1b[31m two\nthree",
        standfirst="st\udc00and",
        byline="by\x00line",
        body="kept\ttab\r\nand line\x0b\n",
        note_to_desk="\udfff",
        event=EventFacts(name="n\x00", starts_at="2026\n", ends_at="\x01", city="c\ud800"),
        photos=(photo,),
    )
    content = save_draft(store, new_id(), dirty, clock=clock).content
    assert content.headline == "One\ufffd[31m two three"
    assert content.standfirst == "st\ufffdand"
    assert content.byline == "byline"
    assert content.body == "kept\ttab\nand line\n"
    assert content.note_to_desk == "\ufffd"
    assert (content.event.name, content.event.starts_at, content.event.ends_at) == (
        "n",
        "2026 ",
        "",
    )
    assert content.event.city == "c\ufffd"
    kept = content.photos[0]
    assert (kept.caption, kept.credit, kept.alt_text) == ("a\ufffdb", "c d", "e")


@given(text=st.text() | st.text("\ud800\udc00\x00\r\n\u2028ab\ufeff"))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
def test_any_text_can_be_saved(store: Store, clock: HandClock, text: str) -> None:
    content = ReportContent(headline=text, body=text, event=EventFacts(venue=text))
    saved = save_draft(store, new_id(), content, clock=clock)
    assert open_report(store, saved.id) == saved
    assert clean_content(saved.content) == saved.content


@pytest.mark.parametrize("status", sorted(set(Status) - EDITABLE))
def test_what_is_filed_is_not_written_over(store: Store, clock: HandClock, status: Status) -> None:
    report = save_draft(store, new_id(), ready_content("As filed"), clock=clock)
    filed = store.reports.set_standing(report.id, status=status)
    # The autosave's last word comes late: it is what was filed, and no error.
    assert save_draft(store, report.id, ready_content("As filed"), clock=clock) == filed
    with pytest.raises(TransitionRefused, match="What you filed is safe"):
        save_draft(store, report.id, ready_content("Changed"), clock=clock)
    assert open_report(store, report.id) == filed


def test_a_returned_report_is_written_on_as_it_is(store: Store, clock: HandClock) -> None:
    report = save_draft(store, new_id(), ready_content(), clock=clock)
    store.reports.set_standing(report.id, status=Status.RETURNED)
    saved = save_draft(store, report.id, ready_content("Corrected"), clock=clock)
    assert (saved.status, saved.content.headline) == (Status.RETURNED, "Corrected")


def test_trash_and_back(store: Store, clock: HandClock) -> None:
    report = save_draft(store, new_id(), ready_content(), clock=clock)
    clock.turn(minutes=1)
    trashed = trash_report(store, report.id, clock=clock)
    assert trashed.trashed_at == clock()
    clock.turn(minutes=1)
    assert trash_report(store, report.id, clock=clock) == trashed
    with pytest.raises(TransitionRefused, match="lies in the trash"):
        file_report(store, report.id, clock=clock)
    assert restore_report(store, report.id) == report
    with pytest.raises(ReportNotFound):
        trash_report(store, "nowhere", clock=clock)


def test_what_is_on_its_way_does_not_go_into_the_trash(store: Store, clock: HandClock) -> None:
    report = save_draft(store, new_id(), ready_content(), clock=clock)
    file_report(store, report.id, clock=clock)
    with pytest.raises(TransitionRefused, match="on its way"):
        trash_report(store, report.id, clock=clock)
    recall(store, report.id, clock=clock)
    assert trash_report(store, report.id, clock=clock).trashed_at is not None

"""Reading the queue and deciding, also on a train."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reporterdesk.domain.errors import Conflict, NoConnection, Refused, SignInNeeded
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.people import Person
from reporterdesk.domain.reviewed import ReviewedReport
from reporterdesk.domain.status import Action, Status
from reporterdesk.publishing.memory import MemoryDesk
from reporterdesk.wire.convert import person_of
from reporterdesk.workflow.reviewing import (
    ReviewQueue,
    comment,
    decide,
    kept_queue,
    kept_report,
    open_for_review,
    review_queue,
)
from support.laptop import Laptop


@pytest.fixture
def editor(desk: MemoryDesk) -> Person:
    return person_of(desk.me().person)


def queue(here: Laptop, desk: MemoryDesk, editor: Person) -> ReviewQueue:
    return review_queue(desk, here.run, editor, clock=here.clock)


def opened(here: Laptop, desk: MemoryDesk, report_id: str) -> ReviewedReport:
    return open_for_review(desk, here.run, report_id, clock=here.clock)


def newest(desk: MemoryDesk, report_id: str) -> str:
    return desk.held[report_id].newest.revision_id


def test_the_queue_holds_what_waits_for_an_editor(
    here: Laptop, desk: MemoryDesk, editor: Person
) -> None:
    filed, approved, returned = (here.file(name) for name in ("Filed", "Approved", "Returned"))
    here.deliver()
    decide(desk, approved, newest(desk, approved), Action.APPROVE)
    decide(desk, returned, newest(desk, returned), Action.RETURN, "When?")
    shown = queue(here, desk, editor)
    assert {line.id for line in shown.lines} == {filed, approved}
    assert shown.seen_at == here.clock()
    assert shown.offline == ""
    times = [line.changed_at for line in shown.lines]
    assert times == sorted(times, reverse=True)


def test_a_correction_of_what_is_published_waits_too(
    here: Laptop, desk: MemoryDesk, editor: Person
) -> None:
    report_id = here.file("Published")
    here.deliver()
    decide(desk, report_id, newest(desk, report_id), Action.PUBLISH)
    assert queue(here, desk, editor).lines == ()
    corrected = desk.held[report_id].newest.model_copy(
        update={"revision_id": new_id(), "parent_revision_id": newest(desk, report_id)}
    )
    desk.file(report_id, corrected)
    (line,) = queue(here, desk, editor).lines
    assert (line.id, line.correction) == (report_id, True)
    decide(desk, report_id, corrected.revision_id, Action.CORRECT, "The date was wrong.")
    assert queue(here, desk, editor).lines == ()


def test_a_correction_goes_back_and_what_is_public_stays(
    here: Laptop, desk: MemoryDesk, editor: Person
) -> None:
    report_id = here.file("Published")
    here.deliver()
    decide(desk, report_id, newest(desk, report_id), Action.PUBLISH)
    with pytest.raises(Refused, match="no newer revision"):
        decide(desk, report_id, newest(desk, report_id), Action.RETURN, "Why?")
    corrected = desk.held[report_id].newest.model_copy(
        update={"revision_id": new_id(), "parent_revision_id": newest(desk, report_id)}
    )
    desk.file(report_id, corrected)
    assert opened(here, desk, report_id).is_correction
    decide(desk, report_id, corrected.revision_id, Action.RETURN, "Which date?")
    assert queue(here, desk, editor).lines == ()
    after = opened(here, desk, report_id)
    assert (after.status, after.is_correction) == (Status.PUBLISHED, False)
    with pytest.raises(Refused):
        decide(desk, report_id, corrected.revision_id, Action.RETURN, "Again?")


def test_a_long_queue_is_read_to_its_end(here: Laptop, desk: MemoryDesk, editor: Person) -> None:
    here.file("First")
    here.deliver()
    pattern = next(iter(desk.held.values())).newest
    for number in range(240):
        other = pattern.model_copy(update={"revision_id": new_id(), "headline": f"No {number}"})
        desk.file(new_id(), other)
    assert len(queue(here, desk, editor).lines) == 241


def test_a_reporter_has_no_queue(here: Laptop, desk: MemoryDesk) -> None:
    reporter = Person("00000000-0000-4000-8000-000000000001", "Ana", "ana@desk.example")
    assert queue(here, desk, reporter).lines == ()
    assert desk.faults.calls["reports"] == 0


def test_offline_the_queue_is_what_was_seen_last(
    here: Laptop, desk: MemoryDesk, editor: Person
) -> None:
    here.file("Seen before")
    here.deliver()
    before = queue(here, desk, editor)
    here.clock.turn(hours=2)
    desk.faults.plan("*", NoConnection(), times=100)
    now = queue(here, desk, editor)
    assert (now.lines, now.seen_at) == (before.lines, before.seen_at)
    assert now.offline == "There is no connection to the desk."


@pytest.mark.parametrize("kept", [None, "", "{}", "not JSON", '{"lines": 3}'])
def test_what_another_version_kept_is_no_failure(kept: str | None, here: Laptop) -> None:
    if kept is not None:
        here.store.desk.set_queue(kept)
        here.store.desk.put_report("some-id", kept, here.clock())
    assert kept_queue(here.store) == ReviewQueue((), None)
    assert kept_report(here.store, "some-id") is None


def test_a_report_is_opened_with_its_previews_and_again_offline(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file(photos=2)
    here.deliver()
    here.store.photos._put_now.clear()
    here.store.photos.sweep(set())  # as on an editor's laptop: none of the bytes are here
    shown = opened(here, desk, report_id)
    assert shown.content == here.report(report_id).content
    assert shown.absent == frozenset()
    for photo in shown.content.photos:
        assert len(here.store.photos.read(photo.preview.sha256)) == photo.preview.bytes
        assert not here.store.photos.has(photo.full.sha256)
    desk.faults.plan("*", NoConnection(), times=100)
    again = opened(here, desk, report_id)
    assert again == replace(shown, offline=again.offline)
    assert again.offline == "There is no connection to the desk."


def test_a_preview_that_has_not_arrived_is_named(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file(photos=1)
    desk.faults.plan("upload", NoConnection(), times=100)
    here.deliver()
    here.store.photos._put_now.clear()
    here.store.photos.sweep(set())
    shown = opened(here, desk, report_id)
    assert shown.absent == frozenset({shown.content.photos[0].id})


def test_a_report_never_seen_cannot_be_opened_offline(here: Laptop, desk: MemoryDesk) -> None:
    desk.faults.plan("report", NoConnection())
    with pytest.raises(NoConnection, match="Open it again when there is a connection"):
        opened(here, desk, new_id())


def test_a_decision_is_bound_to_what_was_seen(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file()
    here.deliver()
    with pytest.raises(Conflict) as caught:
        decide(desk, report_id, new_id(), Action.PUBLISH)
    assert str(caught.value) == (
        "The report has moved on; look at the newer revision. Nothing was decided. "
        "Open it again and decide on what you see then."
    )
    assert caught.value.current_revision_id == newest(desk, report_id)
    assert desk.held[report_id].status is Status.FILED


def test_a_lost_answer_to_a_decision_decides_once(here: Laptop, desk: MemoryDesk) -> None:
    report_id, decision_id = here.file(), new_id()
    here.deliver()
    seen = newest(desk, report_id)
    desk.faults.plan("decide", NoConnection(), after_effect=True)
    with pytest.raises(NoConnection, match="nothing is decided twice"):
        decide(desk, report_id, seen, Action.PUBLISH, decision_id=decision_id)
    state = decide(desk, report_id, seen, Action.PUBLISH, decision_id=decision_id)
    assert state.status is Status.PUBLISHED
    assert list(desk.held[report_id].decisions) == [decision_id]


def test_photos_that_are_missing_keep_it_from_being_published(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file(photos=1)
    desk.faults.plan("upload", NoConnection(), times=100)
    here.deliver()
    with pytest.raises(Refused) as caught:
        decide(desk, report_id, newest(desk, report_id), Action.PUBLISH)
    assert str(caught.value) == "Some of its photos have not arrived yet. Nothing was decided."


def test_what_is_too_long_is_not_sent(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file()
    here.deliver()
    with pytest.raises(Refused, match="too long"):
        decide(desk, report_id, newest(desk, report_id), Action.RETURN, "x" * 20_001)
    with pytest.raises(Refused, match="empty or too long"):
        comment(desk, report_id, newest(desk, report_id), "")
    assert desk.faults.calls["decide"] == desk.faults.calls["comment"] == 0


def test_filing_is_no_decision(here: Laptop, desk: MemoryDesk) -> None:
    with pytest.raises(ValueError, match="not a decision"):
        decide(desk, new_id(), new_id(), Action.FILE)


def test_a_signed_out_editor_is_told_so(here: Laptop, desk: MemoryDesk, editor: Person) -> None:
    desk.faults.plan("*", SignInNeeded(), times=100)
    with pytest.raises(SignInNeeded):
        queue(here, desk, editor)

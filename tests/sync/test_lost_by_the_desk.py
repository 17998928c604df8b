"""The desk has lost a revision whose photos are on their way, and has another in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.errors import Conflict, NoConnection, Refused
from reporterdesk.domain.status import Status
from reporterdesk.publishing.memory import MemoryDesk
from reporterdesk.store.first_screen import OPEN_REPORT
from reporterdesk.text.merge import Choice
from reporterdesk.workflow.correcting import revise
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.filing import file_report, recall
from reporterdesk.workflow.merging import find_conflict, settle
from support.desk_edits import file_elsewhere
from support.laptop import Laptop
from support.stopping import Stopped, stop_before

FIRST, SECOND = "The square was full by noon.", "Nobody had counted on the rain."
BODY = f"{FIRST}\n\n{SECOND}"


def lost_with_photos_waiting(here: Laptop, desk: MemoryDesk, mine: str, **theirs: object) -> str:
    """File twice; the desk then loses the second revision, and somebody else files one.

    The photos of what was lost are still to be sent, to addresses that are not there any more.
    """
    report_id = here.file("Lanterns", 1, body=BODY)
    here.deliver()
    content = revise(here.store, report_id, clock=here.clock).content
    photos = (*content.photos, here.photo("another"))
    save_draft(here.store, report_id, replace(content, body=mine, photos=photos), clock=here.clock)
    file_report(here.store, report_id, clock=here.clock)
    stop_before(here, desk, "upload")
    assert here.delivery(report_id).state is DeliveryState.TEXT_DELIVERED
    assert here.report(report_id).status is Status.FILED
    held = desk.held[report_id]
    held.revisions.pop()
    first = held.newest.photos
    known = {r.sha256 for p in first for r in (p.renditions.preview, p.renditions.full)}
    for sha256 in held.photos.keys() - known:
        del held.photos[sha256], held.sizes[sha256]
    file_elsewhere(desk, report_id, **theirs)
    desk.faults.plan("upload", Refused(status=404), times=1)
    return report_id


def assert_with_the_desk(here: Laptop, desk: MemoryDesk, report_id: str) -> None:
    row, held = here.delivery(report_id), desk.held[report_id]
    assert row.state is DeliveryState.DELIVERED
    assert held.newest.revision_id == row.revision_id
    assert all(
        held.whole(r) for p in held.newest.photos for r in (p.renditions.preview, p.renditions.full)
    )
    assert here.report(report_id).status is Status.FILED


def test_what_fits_together_is_merged_by_itself(here: Laptop, desk: MemoryDesk) -> None:
    mine = f"{BODY}\n\nIt ended at ten."
    report_id = lost_with_photos_waiting(here, desk, mine, headline="By the desk")
    here.deliver(rounds=3)
    assert_with_the_desk(here, desk, report_id)
    newest = desk.held[report_id].newest
    assert (newest.headline, newest.body, len(newest.photos)) == ("By the desk", mine, 2)
    assert here.heard.merged == [report_id]


def test_the_same_paragraph_is_asked_and_the_answer_filed(here: Laptop, desk: MemoryDesk) -> None:
    mine, theirs = (BODY.replace("rain", word) for word in ("hail", "snow"))
    report_id = lost_with_photos_waiting(here, desk, mine, body=theirs)
    assert here.deliver(rounds=2) is None  # it waits for the person, and asks nothing meanwhile
    row = here.delivery(report_id)
    assert (row.state, row.text_at) == (DeliveryState.CONFLICT, None)
    assert row.why.endswith("One change is for you to choose.")
    assert report_id in here.heard.reports
    assert here.report(report_id).status is Status.OUTBOX
    here.restart()
    conflict = find_conflict(here.store, report_id)
    assert conflict is not None
    assert conflict.base is not None
    assert (conflict.base.body, conflict.mine.content.body) == (BODY, mine)
    words = "Nobody had counted on hail, nor on snow."
    settle(here.store, conflict, conflict.merged(), [words], clock=here.clock)
    here.deliver(rounds=2)
    assert_with_the_desk(here, desk, report_id)
    assert desk.held[report_id].newest.body == f"{FIRST}\n\n{words}"


def test_it_can_be_taken_back(here: Laptop, desk: MemoryDesk) -> None:
    mine, theirs = (BODY.replace("rain", word) for word in ("hail", "snow"))
    report_id = lost_with_photos_waiting(here, desk, mine, body=theirs)
    here.deliver()
    report = recall(here.store, report_id, clock=here.clock)
    assert (report.status, report.content.body) == (Status.DRAFT, mine)
    assert find_conflict(here.store, report_id) is None


def test_what_is_open_is_offered(here: Laptop, desk: MemoryDesk) -> None:
    mine = f"{BODY}\n\nIt ended at ten."
    report_id = lost_with_photos_waiting(here, desk, mine, headline="By the desk")
    here.store.state.set(OPEN_REPORT, report_id)
    here.deliver()
    row = here.delivery(report_id)
    assert row.state is DeliveryState.CONFLICT
    assert row.why.endswith("Both changes fit together.")
    assert here.report(report_id).content.headline == "Lanterns"


def test_what_is_being_written_meanwhile_is_not_touched(here: Laptop, desk: MemoryDesk) -> None:
    mine = BODY.replace("rain", "hail")
    report_id = lost_with_photos_waiting(
        here, desk, mine, body=BODY.replace("rain", "snow"), headline="By the desk"
    )
    content = revise(here.store, report_id, clock=here.clock).content
    save_draft(here.store, report_id, replace(content, standfirst="Written on."), clock=here.clock)
    here.deliver(rounds=2)
    report = here.report(report_id)
    assert here.delivery(report_id).state is DeliveryState.CONFLICT
    assert (report.status, report.content.standfirst) == (Status.DRAFT, "Written on.")
    file_report(here.store, report_id, clock=here.clock)
    here.deliver()
    conflict = find_conflict(here.store, report_id)
    assert conflict is not None
    settle(here.store, conflict, conflict.merged(), [Choice.BOTH], clock=here.clock)
    here.deliver(rounds=2)
    assert_with_the_desk(here, desk, report_id)
    newest = desk.held[report_id].newest
    assert (newest.headline, newest.standfirst) == ("By the desk", "Written on.")
    assert "hail" in newest.body
    assert "snow" in newest.body


@pytest.mark.parametrize("is_open", [False, True])
def test_a_desk_that_has_lost_the_report_gets_it_as_a_new_one(
    here: Laptop, desk: MemoryDesk, is_open: bool
) -> None:
    """It was set up anew: no words of anybody else are at stake, so nothing is asked."""
    report_id = lost_with_photos_waiting(here, desk, f"{BODY}\n\nIt ended at ten.")
    if is_open:
        here.store.state.set(OPEN_REPORT, report_id)
    del desk.held[report_id]
    here.deliver(rounds=3)
    assert_with_the_desk(here, desk, report_id)
    (only,) = desk.held[report_id].revisions
    assert (only.parent_revision_id, only.body) == (None, f"{BODY}\n\nIt ended at ten.")
    assert here.report(report_id).revision_id == only.revision_id


def test_a_correction_of_what_the_desk_has_lost_arrives(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file("Lanterns", 1, body=BODY)
    here.deliver()
    del desk.held[report_id]
    content = revise(here.store, report_id, clock=here.clock).content
    save_draft(here.store, report_id, replace(content, headline="Anew"), clock=here.clock)
    file_report(here.store, report_id, clock=here.clock)
    here.deliver(rounds=2)
    assert_with_the_desk(here, desk, report_id)
    assert desk.held[report_id].newest.headline == "Anew"


def test_a_desk_that_takes_nothing_is_not_asked_without_an_end(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = lost_with_photos_waiting(here, desk, BODY)
    del desk.held[report_id]
    desk.faults.plan("file", Conflict(current_revision_id=None), times=100)
    files = desk.faults.calls["file"]
    here.deliver()
    assert desk.faults.calls["file"] <= files + 3
    assert here.delivery(report_id).state is DeliveryState.REFUSED
    desk.faults.heal()
    assert here.report(report_id).content.body == BODY


@pytest.mark.parametrize("call", ["report", "revision"])
@pytest.mark.parametrize("failure", [NoConnection, Stopped])
def test_what_cannot_be_fetched_now_is_fetched_later(
    call: str, failure: Callable[[], BaseException], here: Laptop, desk: MemoryDesk
) -> None:
    mine = f"{BODY}\n\nIt ended at ten."
    report_id = lost_with_photos_waiting(here, desk, mine, headline="By the desk")
    theirs = desk.held[report_id].newest.revision_id
    file_elsewhere(desk, report_id, standfirst="By the desk")  # so one is looked for in between
    assert desk.held[report_id].newest.parent_revision_id == theirs
    left = [failure() for _ in range(2)]

    def hook(name: str, done: bool) -> None:
        if name == call and not done and left:
            raise left.pop()

    desk.faults.hook = hook
    for _ in range(4):
        try:
            here.deliver()
        except Stopped:
            here.restart()
        here.clock.turn(minutes=30)
    desk.faults.heal()
    here.clock.turn(hours=1)
    here.deliver(rounds=3)
    assert not left
    assert_with_the_desk(here, desk, report_id)
    newest = desk.held[report_id].newest
    assert (newest.headline, newest.standfirst, newest.body) == ("By the desk", "By the desk", mine)

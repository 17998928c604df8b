"""Photos of another size that waited without a network: what the desk decided meanwhile stands."""

from __future__ import annotations

import pytest

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.errors import NoConnection, ServerBusy
from reporterdesk.domain.status import Action, Status
from reporterdesk.publishing.memory import MemoryDesk
from reporterdesk.workflow.correcting import revise
from reporterdesk.workflow.filing import file_report
from reporterdesk.workflow.resizing import file_originals, plan
from reporterdesk.workflow.reviewing import decide
from support.desk_edits import file_elsewhere
from support.laptop import Laptop
from support.smaller import file_with_large_photos, send_smaller
from support.stopping import stop_before


def text_delivered(here: Laptop, desk: MemoryDesk) -> str:
    """File a report, and stop when the desk has its text and none of its photos."""
    report_id = file_with_large_photos(here, 2)
    stop_before(here, desk, "upload")
    assert here.delivery(report_id).state is DeliveryState.TEXT_DELIVERED
    return report_id


def decided(desk: MemoryDesk, report_id: str, action: Action) -> None:
    """Let an editor decide on what the desk has."""
    decide(desk, report_id, desk.held[report_id].newest.revision_id, action, "Please look again.")


def widths(here: Laptop, report_id: str) -> list[int]:
    """Return the longest sides of the photos that the report has now."""
    return [max(p.full.width, p.full.height) for p in here.report(report_id).content.photos]


def assert_in_full_at_the_desk(here: Laptop, desk: MemoryDesk, report_id: str) -> None:
    """All photos of the one revision that was filed have arrived in their full size."""
    held, row = desk.held[report_id], here.delivery(report_id)
    assert row.state is DeliveryState.DELIVERED
    assert [each.revision_id for each in held.revisions] == [row.revision_id]
    assert all(held.whole(p.renditions.full) for p in held.newest.photos)
    assert [p.renditions.full.width for p in held.newest.photos] == [2600, 2600]


@pytest.mark.parametrize("heard", [False, True], ids=["unheard", "heard"])
@pytest.mark.parametrize(
    ("action", "status", "said"),
    [
        (Action.APPROVE, Status.APPROVED, "Ines Kalder has approved it meanwhile"),
        (Action.RETURN, Status.RETURNED, "Ines Kalder has returned it meanwhile"),
        (Action.SPIKE, Status.SPIKED, "Ines Kalder has spiked it meanwhile"),
    ],
)
def test_what_the_desk_decided_stands_and_the_full_sizes_go_on(
    here: Laptop, desk: MemoryDesk, action: Action, status: Status, said: str, heard: bool
) -> None:
    report_id = text_delivered(here, desk)
    text_at = here.delivery(report_id).text_at
    send_smaller(here.store, here.clock, report_id)
    here.restart()  # it waited over night, without a network
    decided(desk, report_id, action)
    if heard:
        here.engine.fetch_changes()
    here.deliver(rounds=2)
    assert desk.held[report_id].status is status
    assert_in_full_at_the_desk(here, desk, report_id)
    assert here.delivery(report_id).text_at == text_at
    ((about, why),) = here.heard.dropped
    assert about == report_id
    assert why == (
        f"“The hall was full”: {said}, so it was not filed again with smaller photos. "
        "They go out in full size."
    )
    # In a report that may be written on, nothing changes by itself.
    written_on = heard and status is Status.RETURNED
    assert widths(here, report_id) == ([1600, 1600] if written_on else [2600, 2600])
    here.engine.fetch_changes()
    assert here.report(report_id).status is status
    assert here.deliver() is None


def test_what_is_still_filed_goes_on_smaller(here: Laptop, desk: MemoryDesk) -> None:
    report_id = text_delivered(here, desk)
    send_smaller(here.store, here.clock, report_id)
    here.deliver(rounds=2)
    assert [len(desk.held[report_id].revisions), widths(here, report_id)] == [2, [1600, 1600]]
    assert here.heard.dropped == []


def test_a_text_that_the_desk_has_not_got_is_not_asked_about(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = file_with_large_photos(here, 1)
    send_smaller(here.store, here.clock, report_id)
    stop_before(here, desk, "upload")
    assert desk.faults.calls["report"] == 0
    assert desk.faults.calls["file"] == 1


def test_an_editors_revision_that_is_approved_stands(here: Laptop, desk: MemoryDesk) -> None:
    report_id = text_delivered(here, desk)
    send_smaller(here.store, here.clock, report_id)
    theirs = file_elsewhere(desk, report_id, headline="By the desk").report.revision_id
    decided(desk, report_id, Action.APPROVE)
    here.deliver(rounds=3)
    held = desk.held[report_id]
    assert (held.status, held.newest.revision_id) == (Status.APPROVED, theirs)
    assert all(held.whole(p.renditions.full) for p in held.newest.photos)
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    assert len(here.heard.dropped) == 1


@pytest.mark.parametrize("failure", [NoConnection(), ServerBusy("Busy.")])
def test_a_desk_that_cannot_be_asked_is_asked_later(
    here: Laptop, desk: MemoryDesk, failure: Exception
) -> None:
    report_id = text_delivered(here, desk)
    send_smaller(here.store, here.clock, report_id)
    decided(desk, report_id, Action.APPROVE)
    desk.faults.plan("report", failure, times=2)
    files = desk.faults.calls["file"]
    here.deliver()
    assert desk.faults.calls["file"] == files  # not before the desk was asked
    assert here.heard.dropped == []
    for _ in range(3):
        here.clock.turn(hours=1)
        here.deliver()
    assert desk.held[report_id].status is Status.APPROVED
    assert_in_full_at_the_desk(here, desk, report_id)


@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
def test_killed_on_the_way_it_is_dropped_once(here: Laptop, desk: MemoryDesk, done: bool) -> None:
    report_id = text_delivered(here, desk)
    send_smaller(here.store, here.clock, report_id)
    decided(desk, report_id, Action.APPROVE)
    stop_before(here, desk, "report", done=done)
    here.clock.turn(hours=1)
    here.deliver(rounds=3)
    assert desk.held[report_id].status is Status.APPROVED
    assert_in_full_at_the_desk(here, desk, report_id)
    assert len(here.heard.dropped) == 1


def test_decided_after_it_arrived_though_the_answer_was_lost(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = text_delivered(here, desk)
    send_smaller(here.store, here.clock, report_id)
    stop_before(here, desk, "file", done=True)
    decided(desk, report_id, Action.APPROVE)
    here.clock.turn(hours=1)
    here.deliver(rounds=2)
    assert desk.held[report_id].status is Status.APPROVED
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    assert widths(here, report_id) == [1600, 1600]
    assert here.heard.dropped == []


def test_a_correction_that_was_returned_is_not_filed_again(here: Laptop, desk: MemoryDesk) -> None:
    report_id = published(here, desk)
    revise(here.store, report_id, clock=here.clock)
    file_report(here.store, report_id, clock=here.clock)
    here.deliver()
    file_originals(here.store, report_id, clock=here.clock)  # its photos wait in full
    stop_before(here, desk, "upload")
    wanted = plan(here.store, report_id)
    assert wanted is not None
    send_smaller(here.store, here.clock, report_id)
    count = len(desk.held[report_id].revisions)
    decided(desk, report_id, Action.RETURN)
    here.deliver(rounds=2)
    assert len(desk.held[report_id].revisions) == count
    ((_, why),) = here.heard.dropped
    assert "Ines Kalder has returned it meanwhile" in why


def test_original_photos_follow_a_published_report_but_undo_no_approval(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = published(here, desk)
    file_originals(here.store, report_id, clock=here.clock)
    here.deliver(rounds=2)
    assert widths(here, report_id) == [2600, 2600]
    assert here.heard.dropped == []
    other = file_with_large_photos(here, 1, "Another hall")
    send_smaller(here.store, here.clock, other)
    here.deliver()
    file_originals(here.store, other, clock=here.clock)
    decided(desk, other, Action.APPROVE)
    here.deliver(rounds=2)
    assert desk.held[other].status is Status.APPROVED
    assert len(desk.held[other].revisions) == 1
    assert here.delivery(other).state is DeliveryState.DELIVERED
    assert widths(here, other) == [1600]
    ((_, why),) = here.heard.dropped
    assert why.endswith("so it was not filed again with the original photos.")


def published(here: Laptop, desk: MemoryDesk) -> str:
    """Return a report that went out at 1,600 pixels and is published."""
    report_id = file_with_large_photos(here, 2)
    send_smaller(here.store, here.clock, report_id)
    here.deliver()
    decided(desk, report_id, Action.APPROVE)
    decided(desk, report_id, Action.PUBLISH)
    here.engine.fetch_changes()
    assert here.report(report_id).status is Status.PUBLISHED
    return report_id

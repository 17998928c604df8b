"""What the desk did is adopted, and never over what the person is writing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.errors import NoConnection, Refused, ServerBusy, SignInNeeded
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.report import Report
from reporterdesk.domain.review import Comment, Decision
from reporterdesk.domain.status import Action, Status
from reporterdesk.publishing.memory import MemoryDesk
from reporterdesk.sync.adoption import adopted_status
from reporterdesk.wire.messages import CommentRequest, DecisionRequest
from reporterdesk.workflow.correcting import revise
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.filing import file_report
from support.histories import reasons
from support.laptop import Laptop

S = Status
DESK = (S.FILED, S.RETURNED, S.APPROVED, S.PUBLISHED, S.SPIKED, S.WITHDRAWN)
KEPT = {
    # (here, has changes): what is adopted of what the desk may say
    (S.DRAFT, False): {S.RETURNED},
    (S.DRAFT, True): set(),
    (S.OUTBOX, False): set(),
    (S.OUTBOX, True): set(),
    (S.FILED, False): set(DESK),
    (S.FILED, True): set(DESK),
    (S.RETURNED, False): set(DESK),
    (S.RETURNED, True): set(),
    (S.APPROVED, False): set(DESK),
    (S.APPROVED, True): set(DESK),
    (S.PUBLISHED, False): set(DESK),
    (S.PUBLISHED, True): set(DESK),
    (S.SPIKED, False): set(DESK),
    (S.SPIKED, True): set(DESK),
    (S.WITHDRAWN, False): set(DESK),
    (S.WITHDRAWN, True): set(DESK),
}


@pytest.mark.parametrize("desk_says", DESK)
@pytest.mark.parametrize(("local", "has_changes"), list(KEPT))
def test_each_combination_of_statuses(local: Status, has_changes: bool, desk_says: Status) -> None:
    adopted = adopted_status(local, desk_says, has_changes=has_changes)
    assert adopted is (desk_says if desk_says in KEPT[local, has_changes] else local)


def test_the_table_is_complete() -> None:
    assert {local for local, _ in KEPT} == set(Status)


def decide(desk: MemoryDesk, report_id: str, action: Action, note: str = "") -> None:
    newest = desk.held[report_id].newest.revision_id
    request = DecisionRequest(decision=action.value, revision_id=newest, note=note)
    desk.decide(report_id, new_id(), request)


def change(here: Laptop, report_id: str, headline: str) -> Report:
    content = replace(here.report(report_id).content, headline=headline)
    return save_draft(here.store, report_id, content, clock=here.clock)


def test_a_return_is_a_moment_of_the_history(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file()
    here.deliver()
    decide(desk, report_id, Action.RETURN, "Who spoke first?")
    for _ in range(2):
        here.engine.fetch_changes()
        assert reasons(here.store, report_id) == [SnapshotReason.FILED, SnapshotReason.RETURNED]
    change(here, report_id, "Corrected")
    newest = desk.held[report_id].newest.revision_id
    desk.comment(report_id, new_id(), CommentRequest(revision_id=newest, block=0, text="When?"))
    here.engine.fetch_changes()  # it was returned before: what is written now is nothing returned
    assert len(reasons(here.store, report_id)) == 2


def test_only_a_return_is_such_a_moment(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file()
    here.deliver()
    decide(desk, report_id, Action.APPROVE)
    here.engine.fetch_changes()
    assert here.report(report_id).status is S.APPROVED
    assert reasons(here.store, report_id) == [SnapshotReason.FILED]


def test_a_return_comes_with_its_note(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file()
    here.deliver()
    here.engine.fetch_changes()
    newest = desk.held[report_id].newest.revision_id
    desk.comment(report_id, new_id(), CommentRequest(revision_id=newest, block=0, text="When?"))
    decide(desk, report_id, Action.RETURN, "Who spoke first?")
    before = here.report(report_id).content
    here.heard.reports.clear()
    assert here.engine.fetch_changes() == (report_id,)
    assert here.heard.reports == [report_id]
    report = here.report(report_id)
    assert (report.status, report.desk_status) == (S.RETURNED, S.RETURNED)
    assert report.content == before
    said = here.store.desk.notes(report_id)
    assert {type(note) for note in said} == {Comment, Decision}
    returned = next(note for note in said if isinstance(note, Decision))
    assert (returned.action, returned.note) == (Action.RETURN, "Who spoke first?")
    assert here.engine.fetch_changes() == ()


def test_the_whole_way_from_filing_to_the_public_page(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file(photos=1)
    here.deliver()
    decide(desk, report_id, Action.RETURN, "Who spoke?")
    here.engine.fetch_changes()
    change(here, report_id, "Lanterns, corrected")
    file_report(here.store, report_id, clock=here.clock)
    here.deliver()
    decide(desk, report_id, Action.APPROVE)
    here.engine.fetch_changes()
    assert here.report(report_id).status is S.APPROVED
    decide(desk, report_id, Action.PUBLISH)
    here.engine.fetch_changes()
    report = here.report(report_id)
    assert report.status is S.PUBLISHED
    assert report.public_url == f"https://desk.example/reports/{report_id}"
    decide(desk, report_id, Action.WITHDRAW)
    here.engine.fetch_changes()
    report = here.report(report_id)
    assert (report.status, report.public_url) == (S.WITHDRAWN, None)


def test_a_return_does_not_touch_what_is_being_written(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file()
    here.deliver()
    revise(here.store, report_id, clock=here.clock)
    change(here, report_id, "Being written")
    decide(desk, report_id, Action.RETURN, "Too late")
    assert here.engine.fetch_changes() == (report_id,)
    report = here.report(report_id)
    assert (report.status, report.desk_status) == (S.DRAFT, S.RETURNED)
    assert report.content.headline == "Being written"
    assert here.store.desk.notes(report_id) != ()


def test_a_return_that_comes_while_a_newer_revision_waits(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file()
    here.deliver()
    revise(here.store, report_id, clock=here.clock)
    change(here, report_id, "Newer")
    file_report(here.store, report_id, clock=here.clock)
    decide(desk, report_id, Action.RETURN, "The older one")
    here.engine.fetch_changes()
    assert here.report(report_id).status is S.OUTBOX
    here.deliver()
    assert here.report(report_id).status is S.FILED
    assert here.delivery(report_id).state is DeliveryState.DELIVERED


def test_changes_may_bring_the_receipt_that_was_lost(here: Laptop, desk: MemoryDesk) -> None:
    """The desk took the text and returned it already; the answer to filing never came."""
    report_id = here.file(photos=1)
    desk.faults.plan("file", NoConnection(), after_effect=True)
    here.deliver()
    assert here.report(report_id).status is S.OUTBOX
    decide(desk, report_id, Action.RETURN, "Read quickly")
    assert here.engine.fetch_changes() == (report_id,)
    report = here.report(report_id)
    assert report.status is S.RETURNED
    assert report.revision_id == desk.held[report_id].newest.revision_id
    assert here.delivery(report_id).state is DeliveryState.TEXT_DELIVERED
    here.deliver(rounds=2)
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    assert here.report(report_id).status is S.RETURNED
    assert desk.faults.calls["file"] == 1


def test_another_devices_report_is_passed_over_and_named(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file()
    here.deliver()
    other = desk.held[report_id].newest.model_copy(update={"revision_id": new_id()})
    elsewhere = new_id()
    desk.file(elsewhere, other)
    here.heard.reports.clear()
    assert report_id in here.engine.fetch_changes() or here.report(report_id).status is S.FILED
    assert elsewhere in here.heard.reports
    assert here.store.reports.find(elsewhere) is None


def test_the_desks_newer_revision_is_not_taken_for_ours(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file("Mine")
    here.deliver()
    mine = here.report(report_id)
    other = desk.held[report_id].newest.model_copy(
        update={
            "revision_id": new_id(),
            "parent_revision_id": mine.revision_id,
            "headline": "By another device",
        }
    )
    desk.file(report_id, other)
    here.engine.fetch_changes()
    report = here.report(report_id)
    assert report.content == mine.content
    assert report.revision_id == mine.revision_id


def test_no_connection_keeps_the_cursor_where_it_was(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file()
    here.deliver()
    here.engine.fetch_changes()
    before = here.store.desk.cursor()
    decide(desk, report_id, Action.RETURN)
    desk.faults.plan("report", NoConnection())
    assert here.engine.fetch_changes() == ()
    assert here.store.desk.cursor() == before
    assert here.heard.connection[-1] == (False, "There is no connection to the desk.")
    assert here.engine.fetch_changes() == (report_id,)
    assert here.heard.connection[-1] == (True, "")


def test_killed_while_adopting_adopts_at_the_next_start(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file()
    here.deliver()
    decide(desk, report_id, Action.RETURN)
    desk.faults.plan("report", KeyboardInterrupt(), after_effect=True)
    with pytest.raises(KeyboardInterrupt):
        here.engine.fetch_changes()
    here.restart()
    assert here.engine.fetch_changes() == (report_id,)
    assert here.report(report_id).status is S.RETURNED


def test_a_report_that_cannot_be_read_does_not_hold_up_the_others(
    here: Laptop, desk: MemoryDesk
) -> None:
    first, second = here.file("First"), here.file("Second")
    here.deliver()
    for report_id in (first, second):
        decide(desk, report_id, Action.RETURN)
    desk.faults.plan("report", Refused(status=404))
    assert here.engine.fetch_changes() == (second,)


def test_a_report_that_the_server_cannot_give_just_now_comes_later(
    here: Laptop, desk: MemoryDesk
) -> None:
    first, second = here.file("First"), here.file("Second")
    here.deliver()
    for report_id in (first, second):
        decide(desk, report_id, Action.RETURN)
    desk.faults.plan("report", ServerBusy())
    assert here.engine.fetch_changes() == (second,)
    assert here.engine.fetch_changes() == (first,)
    cursor = here.store.desk.cursor()
    assert here.engine.fetch_changes() == ()
    assert here.store.desk.cursor() == cursor == "4"


def test_a_cursor_of_a_desk_that_was_set_up_anew_starts_again(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file()
    here.deliver()
    here.store.desk.set_cursor("999")
    decide(desk, report_id, Action.RETURN)
    assert here.engine.fetch_changes() == (report_id,)


def test_an_expired_token_is_asked_for_once(here: Laptop, desk: MemoryDesk) -> None:
    desk.faults.plan("changes", SignInNeeded())
    assert here.engine.fetch_changes() == ()
    assert here.engine.fetch_changes() == ()
    assert here.heard.sign_ins == 1
    assert desk.faults.calls["changes"] == 1

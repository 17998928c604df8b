"""Reports that were deleted for good on this laptop live on at the desk, and nothing breaks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.places import Place
from reporterdesk.domain.status import Action, Status
from reporterdesk.publishing.memory import MemoryDesk
from reporterdesk.wire.messages import DecisionRequest
from reporterdesk.workflow.drafting import trash_report
from reporterdesk.workflow.reviewing import open_for_review
from reporterdesk.workflow.trash import delete_for_good, tidy_up
from support.laptop import Laptop


def decide(desk: MemoryDesk, report_id: str, action: Action, note: str = "") -> None:
    newest = desk.held[report_id].newest.revision_id
    request = DecisionRequest(decision=action.value, revision_id=newest, note=note)
    desk.decide(report_id, new_id(), request)


@pytest.fixture
def purged(here: Laptop) -> str:
    """File a report with a photo, throw it away, and delete it for good."""
    report_id = here.file("Deleted here", photos=1)
    here.deliver(5)
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    trash_report(here.store, report_id, clock=here.clock)
    delete_for_good(here.store, report_id)
    return report_id


def test_news_about_it_passes_by(here: Laptop, desk: MemoryDesk, purged: str) -> None:
    other = here.file("Still here")
    here.deliver(5)
    for action in (Action.APPROVE, Action.PUBLISH, Action.WITHDRAW):
        decide(desk, purged, action)
    decide(desk, other, Action.RETURN, "When?")
    here.engine.fetch_changes()
    assert here.store.reports.find(purged) is None
    assert here.report(other).status is Status.RETURNED
    assert sum(here.store.reports.counts().values()) == 1
    here.restart()
    assert here.deliver(2) is None
    here.engine.fetch_changes()
    assert here.store.reports.find(purged) is None


def test_a_return_of_it_can_still_be_read_at_the_desk(
    here: Laptop, desk: MemoryDesk, purged: str
) -> None:
    decide(desk, purged, Action.RETURN, "Who spoke first?")
    here.engine.fetch_changes()
    shown = open_for_review(desk, here.run, purged, clock=here.clock)
    assert shown.content.headline == "Deleted here"
    assert desk.held[purged].newest.body.startswith("Deleted here")


def test_it_is_deleted_between_a_call_and_its_answer(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file("Thrown away at once")
    here.deliver(5)
    decide(desk, report_id, Action.PUBLISH)
    answering = desk.report

    def delete_before_the_answer(asked: str):
        answer = answering(asked)
        here.store.reports.trash(report_id, here.clock())
        delete_for_good(here.store, report_id)
        return answer

    desk.report = delete_before_the_answer  # type: ignore[method-assign]
    here.engine.fetch_changes()
    assert here.store.reports.find(report_id) is None
    assert here.store.desk.get_report(report_id) is None


def test_what_the_desk_changes_in_the_trash_stays_known_there(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file("In the trash")
    here.deliver(5)
    trash_report(here.store, report_id, clock=here.clock)
    decide(desk, report_id, Action.RETURN, "Name the choir.")
    here.engine.fetch_changes()
    report = here.report(report_id)
    assert (report.status, report.desk_status) == (Status.RETURNED, Status.RETURNED)
    assert here.store.reports.counts()[Place.TRASH] == 1
    restored = here.store.reports.restore(report_id)
    assert here.store.reports.counts()[Place.RETURNED] == 1
    assert here.store.reports.page(Place.RETURNED).rows[0].detail == "Name the choir."
    assert restored.trashed_at is None


def test_what_waits_for_a_connection_outlives_the_thirty_days(
    here: Laptop, desk: MemoryDesk
) -> None:
    """An older app let through what is in the trash and in the outbox at once."""
    report_id = here.file("Waiting", photos=1)
    here.store.reports.trash(report_id, here.clock())
    for _ in range(40):
        here.clock.turn(days=1)
        list(tidy_up(here.store, clock=here.clock))
    assert here.delivery(report_id).state is DeliveryState.WAITING
    here.deliver(5)
    assert desk.held[report_id].newest.headline == "Waiting"
    here.clock.turn(days=1)
    list(tidy_up(here.store, clock=here.clock))
    assert here.store.reports.find(report_id) is None


def test_a_photo_that_another_delivery_needs_is_not_swept(here: Laptop, desk: MemoryDesk) -> None:
    kept = here.file("Shares its photo", photos=1)
    thrown = here.write("Thrown away")
    content = replace(here.report(thrown).content, photos=here.report(kept).content.photos)
    here.store.reports.save_content(thrown, content, here.clock())
    trash_report(here.store, thrown, clock=here.clock)
    delete_for_good(here.store, thrown)
    list(tidy_up(here.store, clock=here.clock))
    here.deliver(5)
    assert here.delivery(kept).state is DeliveryState.DELIVERED

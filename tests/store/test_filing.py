"""Filing, taking back, and filing again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.errors import NotReady, ReportNotFound, TransitionRefused
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.photo import Photo
from reporterdesk.domain.places import Place
from reporterdesk.domain.readiness import Missing
from reporterdesk.domain.report import ReportContent
from reporterdesk.domain.status import Status
from reporterdesk.store.store import Store
from reporterdesk.workflow.correcting import revise
from reporterdesk.workflow.drafting import open_report, save_draft
from reporterdesk.workflow.filing import check, file_report, recall, refile_after
from support.clocks import HandClock
from support.contents import photo_of, ready_content, with_body


def drafted(store: Store, clock: HandClock, *photos: Photo) -> str:
    return save_draft(store, new_id(), ready_content("Filed", *photos), clock=clock).id


def received(store: Store, delivery: Delivery, state: DeliveryState) -> None:
    """Do what the sync engine does when the desk has the text."""
    store.outbox.update(replace(delivery, state=state))
    store.reports.set_standing(
        delivery.report_id, status=Status.FILED, revision_id=delivery.revision_id
    )


def test_filing_freezes_what_is_written(store: Store, clock: HandClock) -> None:
    shared = b"same bytes in both sizes"
    photos = (photo_of(b"p" * 100, b"f" * 5000), photo_of(shared, shared))
    report_id = drafted(store, clock, *photos)
    clock.turn(minutes=2)
    delivery = file_report(store, report_id, clock=clock)
    assert delivery.state is DeliveryState.WAITING
    assert (delivery.photos_total, delivery.bytes_total) == (2, 5100 + len(shared))
    assert store.outbox.all_open() == (delivery,)
    revision = store.revisions.get(delivery.revision_id)
    assert revision.content == ready_content("Filed", *photos)
    assert (revision.report_id, revision.parent_id) == (report_id, None)
    report = open_report(store, report_id)
    assert (report.status, report.revision_id) == (Status.OUTBOX, None)
    assert report.changed_at == revision.created_at == clock()
    row = store.reports.page(Place.OUTBOX).rows[0]
    assert (row.headline, row.event_date) == ("Filed", "2026-03-14")


def test_what_is_missing(store: Store, clock: HandClock) -> None:
    photo = replace(photo_of(b"p", b"f"), caption=" ", alt_text="")
    content = ReportContent(body="## Only a heading\n", photos=(photo,))
    fields = [missing.field for missing in check(content)]
    assert fields == [
        "headline",
        "section",
        "event.starts_at",
        "event.city",
        "body",
        "photo.caption",
        "photo.alt_text",
    ]
    report = save_draft(store, new_id(), content, clock=clock)
    with pytest.raises(NotReady, match="saved as a draft") as caught:
        file_report(store, report.id, clock=clock)
    assert caught.value.missing == check(content)
    assert isinstance(caught.value.missing[0], Missing)
    assert open_report(store, report.id) == report
    assert store.outbox.all_open() == ()
    assert check(ready_content()) == ()


def test_filing_twice_leaves_one(store: Store, clock: HandClock) -> None:
    report_id = drafted(store, clock)
    delivery = file_report(store, report_id, clock=clock)
    with pytest.raises(TransitionRefused):
        file_report(store, report_id, clock=clock)
    assert store.outbox.all_open() == (delivery,)
    assert len(store.revisions.of_report(report_id)) == 1
    with pytest.raises(ReportNotFound):
        file_report(store, "nowhere", clock=clock)


def test_taken_back_and_filed_again_is_another_revision_of_the_same_parent(
    store: Store, clock: HandClock
) -> None:
    report_id = drafted(store, clock)
    first = file_report(store, report_id, clock=clock)
    assert recall(store, report_id, clock=clock).status is Status.DRAFT
    assert store.outbox.get(report_id) is None
    content = with_body(ready_content(), "Better words.\n")
    save_draft(store, report_id, content, clock=clock)
    second = file_report(store, report_id, clock=clock)
    assert second.revision_id != first.revision_id
    assert store.revisions.get(second.revision_id).parent_id is None
    assert store.revisions.get(first.revision_id).content == ready_content("Filed")
    # What the engine still had to say of the first is not taken for the second.
    assert store.outbox.update(replace(first, state=DeliveryState.DELIVERED)) is None


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (DeliveryState.ATTEMPTING, "being sent at this moment"),
        (DeliveryState.TEXT_DELIVERED, "already has this report"),
        (DeliveryState.DELIVERED, "already has this report"),
    ],
)
def test_too_late_to_take_back(
    store: Store, clock: HandClock, state: DeliveryState, sentence: str
) -> None:
    report_id = drafted(store, clock)
    delivery = replace(file_report(store, report_id, clock=clock), state=state)
    store.outbox.update(delivery)
    with pytest.raises(TransitionRefused, match=sentence):
        recall(store, report_id, clock=clock)
    assert store.outbox.get(report_id) == delivery
    assert open_report(store, report_id).status is Status.OUTBOX


@pytest.mark.parametrize(
    "state",
    [
        DeliveryState.WAITING,
        DeliveryState.SIGN_IN,
        DeliveryState.CONFLICT,
        DeliveryState.REFUSED,
    ],
)
def test_what_waits_or_was_refused_can_be_taken_back(
    store: Store, clock: HandClock, state: DeliveryState
) -> None:
    report_id = drafted(store, clock)
    delivery = file_report(store, report_id, clock=clock)
    store.outbox.update(replace(delivery, state=state, attempts=4))
    assert recall(store, report_id, clock=clock).status is Status.DRAFT
    assert store.outbox.all_open() == ()


def test_a_draft_cannot_be_taken_back(store: Store, clock: HandClock) -> None:
    with pytest.raises(TransitionRefused):
        recall(store, drafted(store, clock), clock=clock)


@pytest.mark.parametrize("state", [DeliveryState.TEXT_DELIVERED, DeliveryState.DELIVERED])
def test_a_correction_is_a_child_of_what_the_desk_has(
    store: Store, clock: HandClock, state: DeliveryState
) -> None:
    report_id = drafted(store, clock)
    first = file_report(store, report_id, clock=clock)
    received(store, first, state)
    revised = revise(store, report_id, clock=clock)
    assert (revised.status, revised.desk_status) == (Status.DRAFT, Status.FILED)
    second = file_report(store, report_id, clock=clock)
    assert store.revisions.get(second.revision_id).parent_id == first.revision_id
    assert store.outbox.all_open() == (second,)


def test_a_returned_report_is_filed_again_without_more_ado(store: Store, clock: HandClock) -> None:
    report_id = drafted(store, clock)
    first = file_report(store, report_id, clock=clock)
    received(store, first, DeliveryState.DELIVERED)
    returned = store.reports.set_standing(
        report_id, status=Status.RETURNED, desk_status=Status.RETURNED
    )
    assert revise(store, report_id, clock=clock) == returned
    second = file_report(store, report_id, clock=clock)
    assert store.revisions.get(second.revision_id).parent_id == first.revision_id


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.APPROVED])
def test_what_is_approved_or_published_can_be_revised(
    store: Store, clock: HandClock, status: Status
) -> None:
    report_id = drafted(store, clock)
    store.reports.set_standing(
        report_id, status=status, desk_status=status, public_url="https://desk.example/r"
    )
    revised = revise(store, report_id, clock=clock)
    assert (revised.status, revised.desk_status) == (Status.DRAFT, status)
    assert revised.public_url == "https://desk.example/r"


@pytest.mark.parametrize("status", [Status.OUTBOX, Status.SPIKED, Status.WITHDRAWN, Status.DRAFT])
def test_what_cannot_be_revised(store: Store, clock: HandClock, status: Status) -> None:
    report_id = drafted(store, clock)
    store.reports.set_standing(report_id, status=status)
    with pytest.raises(TransitionRefused):
        revise(store, report_id, clock=clock)


def test_a_lost_answer_is_made_good(store: Store, clock: HandClock) -> None:
    """The first filing arrived, its answer did not; the second one becomes its child."""
    report_id = drafted(store, clock)
    first = file_report(store, report_id, clock=clock)
    recall(store, report_id, clock=clock)
    save_draft(store, report_id, ready_content("Second try"), clock=clock)
    second = file_report(store, report_id, clock=clock)
    third = refile_after(store, report_id, first.revision_id, clock=clock)
    assert store.outbox.all_open() == (third,)
    frozen = store.revisions.get(third.revision_id)
    assert frozen.parent_id == first.revision_id
    assert frozen.content == store.revisions.get(second.revision_id).content
    report = open_report(store, report_id)
    assert (report.status, report.revision_id) == (Status.OUTBOX, first.revision_id)
    with pytest.raises(ReportNotFound):
        refile_after(store, report_id, new_id(), clock=clock)
    assert store.outbox.all_open() == (third,)


def test_a_clock_put_back_an_hour_between_filings(store: Store, clock: HandClock) -> None:
    report_id = drafted(store, clock)
    first = file_report(store, report_id, clock=clock)
    filed_at = open_report(store, report_id).changed_at
    received(store, first, DeliveryState.DELIVERED)
    clock.turn(hours=-1)
    revise(store, report_id, clock=clock)
    second = file_report(store, report_id, clock=clock)
    assert open_report(store, report_id).changed_at > filed_at
    assert [r.id for r in store.revisions.of_report(report_id)] == [
        first.revision_id,
        second.revision_id,
    ]

"""The outbox: what is delivered stays delivered, and nothing waits twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.places import Place
from reporterdesk.domain.report import Report, ReportContent, Revision
from reporterdesk.domain.status import Status
from reporterdesk.store.outbox import Upload
from reporterdesk.store.store import Store
from support.clocks import HandClock


def waiting(store: Store, clock: HandClock, *, report_id: str | None = None) -> Delivery:
    """Put a report (a new one without ``report_id``) with a new revision into the outbox."""
    if report_id is None:
        report_id = new_id()
        report = Report(report_id, ReportContent(), Status.OUTBOX, clock(), clock())
        store.reports.add(report)
    revision = Revision(new_id(), report_id, None, ReportContent(), clock())
    store.revisions.add(revision)
    delivery = Delivery(report_id, revision.id, DeliveryState.WAITING, 4, bytes_total=4000)
    store.outbox.add(delivery, clock())
    return delivery


def test_a_delivery_comes_back_as_it_was_written(store: Store, clock: HandClock) -> None:
    delivery = waiting(store, clock)
    assert store.outbox.get(delivery.report_id) == delivery
    written = replace(
        delivery,
        state=DeliveryState.TEXT_DELIVERED,
        photos_delivered=2,
        bytes_delivered=1234,
        attempts=3,
        next_attempt_at=clock() + timedelta(minutes=5),
        why="There is no connection to the desk.",
    )
    assert store.outbox.update(written) == written
    assert store.outbox.get(delivery.report_id) == written
    assert store.outbox.get("nowhere") is None


@pytest.mark.parametrize("state", list(DeliveryState))
def test_what_is_delivered_never_goes_back(
    store: Store, clock: HandClock, state: DeliveryState
) -> None:
    delivered = replace(waiting(store, clock), state=DeliveryState.DELIVERED)
    store.outbox.update(delivered)
    assert store.outbox.update(replace(delivered, state=state, attempts=9)) == delivered
    assert store.outbox.get(delivered.report_id) == delivered
    assert store.outbox.all_open() == ()


def test_a_late_word_on_a_recalled_or_older_revision_changes_nothing(
    store: Store, clock: HandClock
) -> None:
    old = waiting(store, clock)
    store.outbox.remove(old.report_id)
    store.outbox.remove(old.report_id)
    assert store.outbox.update(replace(old, state=DeliveryState.TEXT_DELIVERED)) is None
    assert store.outbox.get(old.report_id) is None

    new = waiting(store, clock, report_id=old.report_id)
    assert store.outbox.update(replace(old, state=DeliveryState.DELIVERED)) is None
    assert store.outbox.get(old.report_id) == new


def test_the_oldest_comes_first_and_finished_ones_not_at_all(
    store: Store, clock: HandClock
) -> None:
    first = waiting(store, clock)
    clock.turn(hours=-1)
    second = waiting(store, clock)
    clock.turn(minutes=1)
    third = waiting(store, clock)
    assert store.outbox.all_open() == (first, second, third)
    store.outbox.update(replace(second, state=DeliveryState.DELIVERED))
    assert store.outbox.all_open() == (first, third)


def test_a_report_waits_once(store: Store, clock: HandClock) -> None:
    delivery = waiting(store, clock)
    with pytest.raises(ValueError, match="already"):
        waiting(store, clock, report_id=delivery.report_id)
    assert store.outbox.all_open() == (delivery,)


@pytest.mark.parametrize("state", [DeliveryState.TEXT_DELIVERED, DeliveryState.DELIVERED])
def test_a_newer_revision_takes_the_place_of_one_the_desk_has(
    store: Store, clock: HandClock, state: DeliveryState
) -> None:
    old = waiting(store, clock)
    store.outbox.update(replace(old, state=state))
    store.outbox.set_uploads(old.report_id, [Upload("a" * 64, "preview", "/u/1", 0, 10)])
    new = waiting(store, clock, report_id=old.report_id)
    assert store.outbox.all_open() == (new,)
    assert store.outbox.uploads(old.report_id) == ()
    with pytest.raises(ValueError, match="already"):
        store.outbox.add(new, clock())


def test_uploads_keep_their_order_and_offsets(store: Store, clock: HandClock) -> None:
    report_id = waiting(store, clock).report_id
    uploads = (
        Upload("f" * 64, "preview", "/v1/uploads/f", 0, 100),
        Upload("a" * 64, "full", "/v1/uploads/a", 5, 3_000_000_000),
    )
    twice = Upload("f" * 64, "full", "/v1/uploads/f", 0, 100)
    store.outbox.set_uploads(report_id, (*uploads, twice))
    assert store.outbox.uploads(report_id) == uploads
    store.outbox.set_offset(report_id, "a" * 64, 2_999_999_999)
    assert store.outbox.uploads(report_id)[1].offset == 2_999_999_999
    store.outbox.set_uploads(report_id, ())
    assert store.outbox.uploads(report_id) == ()


def test_the_list_says_how_far_it_is(store: Store, clock: HandClock) -> None:
    delivery = waiting(store, clock)

    def detail(place: Place) -> str:
        return store.reports.page(place).rows[0].detail

    assert detail(Place.OUTBOX) == "Waiting to be sent"
    halfway = replace(delivery, state=DeliveryState.TEXT_DELIVERED, photos_delivered=2)
    store.outbox.update(halfway)
    store.reports.set_standing(delivery.report_id, status=Status.FILED)
    assert detail(Place.FILED) == "Desk has the text; 2 of 4 photos"

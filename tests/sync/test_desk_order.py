"""The desk says what it has, and what it wants first."""

from __future__ import annotations

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.publishing.memory import MemoryDesk
from support.laptop import Laptop


def test_the_receipt_is_kept_with_all_that_the_desk_has(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file(photos=2)
    here.deliver()
    delivery, held = here.delivery(report_id), desk.held[report_id]
    receipt = here.store.receipts.get(report_id, delivery.revision_id)
    assert receipt is not None
    assert dict(receipt.photos) == held.sizes
    assert receipt.text_at == delivery.text_at == held.received_at[delivery.revision_id]
    assert receipt.complete_at == delivery.complete_at == max(held.received_at.values())


def test_a_desk_that_was_set_up_anew_gets_the_text_again(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file(photos=2)
    here.engine.network_metered(True)
    here.deliver()
    del desk.held[report_id]
    here.engine.network_metered(False)
    here.deliver()
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    held = desk.held[report_id]
    assert all(held.whole(photo.renditions.full) for photo in held.newest.photos)
    receipt = here.store.receipts.get(report_id, held.newest.revision_id)
    assert receipt is not None
    assert dict(receipt.photos) == held.sizes


def test_the_receipt_for_the_photos_comes_though_the_desk_has_a_newer_text(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file(photos=1)
    here.engine.network_metered(True)
    here.deliver()
    held = desk.held[report_id]
    other = "00000000-0000-4000-8000-000000000001"
    edit = {"revision_id": other, "parent_revision_id": held.newest.revision_id}
    held.revisions.append(held.newest.model_copy(update={**edit, "headline": "By the desk"}))
    held.received_at[other] = here.clock()
    here.engine.network_metered(False)
    here.deliver()
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    assert len(held.revisions) == 2


def test_the_desk_says_this_one_first(here: Laptop, desk: MemoryDesk) -> None:
    first, second = here.file("First", photos=2), here.file("Second", photos=2)
    chosen = here.report(second).content.photos[1]
    here.engine.network_metered(True)
    here.deliver()
    desk.want(second, [chosen.id])
    here.engine.fetch_changes()
    here.engine.network_metered(False)
    order: list[str] = []
    upload = desk.upload
    desk.upload = lambda url, at, piece: (order.append(url[-64:]), upload(url, at, piece))[1]  # type: ignore[method-assign]
    here.deliver()
    previews = [photo.preview.sha256 for photo in here.report(first).content.photos]
    assert order[:3] == [chosen.preview.sha256, *previews]
    assert order[4] == chosen.full.sha256

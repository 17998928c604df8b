"""Sending at 1,600 pixels: another revision with the same words and smaller photos.

The work is done in three steps, since the pictures are made on another thread: :func:`plan` says
which photos; :func:`keep` puts each new picture into the store; :func:`file_smaller` files, in one
transaction. Stopped anywhere, nothing has changed but bytes to which nothing refers, and those are
swept. The full photos stay on this laptop: earlier revisions refer to them, and
:func:`file_originals` sends them later. Where the desk decides before the other sizes went,
:func:`drop_resize` takes them out of the outbox again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.errors import TransitionRefused
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.photo import Photo, Rendition
from reporterdesk.domain.report import ReportContent, Revision
from reporterdesk.domain.sizing import may_send_smaller, savings, worth_sending
from reporterdesk.domain.status import EDITABLE, Status
from reporterdesk.photos.smaller import SmallerPhoto
from reporterdesk.store.store import Store

_NOT_THERE = frozenset({DeliveryState.WAITING, DeliveryState.ATTEMPTING, DeliveryState.SIGN_IN})
"""States in which the desk has not taken what is in the outbox, as far as is known."""


@dataclass(frozen=True, slots=True)
class ResizePlan:
    """Which photos of which revision are to be made smaller, and about what that spares.

    ``fulls`` are their full renditions by photo id, in the order of the report.
    """

    report_id: str
    revision_id: str
    fulls: Mapping[str, Rendition]
    bytes_spared: int


def plan(store: Store, report_id: str) -> ResizePlan | None:
    """Return what sending a report at 1,600 pixels would be; ``None`` where it cannot be offered.

    :raises ReportNotFound: there is no such report.
    """
    row = store.outbox.get(report_id)
    if row is None or not may_send_smaller(store.reports.get(report_id), row):
        return None
    photos = store.revisions.get(row.revision_id).content.photos
    spared = savings(photos, _arrived(store, report_id))
    if not spared:
        return None
    fulls = {photo.id: photo.full for photo in photos if photo.id in spared}
    return ResizePlan(report_id, row.revision_id, fulls, sum(spared.values()))


def keep(store: Store, smaller: SmallerPhoto) -> Rendition:
    """Put a smaller picture's bytes into the store, before anything refers to them.

    :raises StoreFull: there is no room; nothing was changed.
    """
    store.photos.put(smaller.data)
    return smaller.rendition


def file_smaller(
    store: Store,
    report_id: str,
    revision_id: str,
    smaller: Mapping[str, Rendition],
    *,
    clock: Clock,
) -> Delivery:
    """File ``revision_id`` anew with smaller photos, in ONE transaction; it keeps its turn.

    What the desk has in full by now, or nearly so, stays as it is. Where nothing would be gained
    any more, nothing is changed.

    :param smaller: what stands in the place of full renditions, by photo id; its bytes are kept.
    :raises TransitionRefused: the delivery is another one by now, or its text is being sent.
    """
    with store.transaction():
        row = store.outbox.get(report_id)
        report = store.reports.get(report_id)
        if row is None or row.revision_id != revision_id or not may_send_smaller(report, row):
            raise TransitionRefused(
                "This report has moved on while its photos were made smaller.",
                safe="Nothing was changed, and nothing is lost.",
            )
        arrived = _arrived(store, report_id)
        photos = store.revisions.get(revision_id).content.photos
        chosen = {
            photo.full.sha256: smaller[photo.id]
            for photo in photos
            if photo.id in smaller
            and worth_sending(smaller[photo.id], photo.full, arrived.get(photo.full.sha256, 0))
        }
        return _refile(store, row, chosen, arrived, clock) if chosen else row


def originals(store: Store, report_id: str) -> Mapping[str, Rendition]:
    """Return the full photos that are here while the desk has only smaller ones, by photo id.

    Empty while anything of the report is on its way, and where it may not be filed anew.
    """
    report, row = store.reports.get(report_id), store.outbox.get(report_id)
    if row is None or row.state is not DeliveryState.DELIVERED or report.trashed_at is not None:
        return {}
    if report.status not in {Status.FILED, Status.PUBLISHED}:
        return {}
    largest: dict[str, Rendition] = {}
    for revision in store.revisions.of_report(report_id):
        for photo in revision.content.photos:
            known = largest.setdefault(photo.id, photo.full)
            if photo.full.width > known.width:
                largest[photo.id] = photo.full
    photos = store.revisions.get(row.revision_id).content.photos
    return {
        photo.id: largest[photo.id]
        for photo in photos
        if largest[photo.id].width > photo.full.width and store.photos.has(largest[photo.id].sha256)
    }


def file_originals(store: Store, report_id: str, *, clock: Clock) -> Delivery:
    """File what the desk has anew with the full photos that stayed here, in ONE transaction.

    :raises TransitionRefused: there are none, or the report has moved on.
    """
    with store.transaction():
        larger = originals(store, report_id)
        row = store.outbox.get(report_id)
        if row is None or not larger:
            raise TransitionRefused("The desk has these photos in full.")
        photos = store.revisions.get(row.revision_id).content.photos
        chosen = {photo.full.sha256: larger[photo.id] for photo in photos if photo.id in larger}
        here = {name: size for name, size in _sizes(photos).items() if name not in chosen}
        return _refile(store, row, chosen, here, clock)


def is_smaller(content: ReportContent, before: ReportContent) -> bool:
    """Tell whether any photo of ``content`` has fewer pixels than it had ``before``."""
    widths = {photo.id: photo.full.width for photo in before.photos}
    return any(photo.full.width < widths.get(photo.id, 0) for photo in content.photos)


def drop_resize(store: Store, report_id: str, revision_id: str) -> Delivery | None:
    """Put what the desk has in the place of a revision with other photos, in ONE transaction.

    Its photos go on waiting in the size they had; the desk is asked which it misses. The report
    has them again, too, unless it may be written on: there, nothing changes under anybody's hands.

    :returns: what waits now; ``None`` where the report has moved on, and nothing was changed.
    """
    with store.transaction():
        row = store.outbox.get(report_id)
        if row is None or row.revision_id != revision_id or row.state not in _NOT_THERE:
            return None
        dropped = store.revisions.get(revision_id)
        before = store.revisions.find(dropped.parent_id) if dropped.parent_id else None
        if row.text_at is None or before is None:
            return None
        waiting = replace(_delivery(before, row, {}), state=DeliveryState.TEXT_DELIVERED)
        store.outbox.replace(revision_id, waiting)
        report = store.reports.get(report_id)
        if report.status not in EDITABLE:
            was = {photo.id: photo.full for photo in before.content.photos}
            chosen = {
                photo.full.sha256: was[photo.id]
                for photo in dropped.content.photos
                if photo.id in was
            }
            kept = replace(report.content, photos=_with(report.content.photos, chosen))
            store.reports.save_content(report_id, kept, report.changed_at)
        return waiting


def _refile(
    store: Store,
    row: Delivery,
    chosen: Mapping[str, Rendition],
    arrived: Mapping[str, int],
    clock: Clock,
) -> Delivery:
    """Freeze the revision of ``row`` with other full renditions, and put it in its place.

    Where the desk has the text already, the report stays where it is: it has the same words.
    """
    frozen, now = store.revisions.get(row.revision_id), clock()
    text_there = row.state in {DeliveryState.TEXT_DELIVERED, DeliveryState.DELIVERED}
    content = replace(frozen.content, photos=_with(frozen.content.photos, chosen))
    parent = frozen.id if text_there else frozen.parent_id
    revision = Revision(new_id(), frozen.report_id, parent, content, now)
    store.revisions.add(revision)
    delivery = _delivery(revision, row if text_there else None, arrived)
    if row.state is DeliveryState.DELIVERED:
        store.outbox.add(delivery, now)
    else:
        store.outbox.replace(frozen.id, delivery)
    report = store.reports.get(frozen.report_id)
    kept = replace(report.content, photos=_with(report.content.photos, chosen))
    store.reports.save_content(report.id, kept, report.changed_at)
    return delivery


def _with(photos: Iterable[Photo], chosen: Mapping[str, Rendition]) -> tuple[Photo, ...]:
    return tuple(replace(photo, full=chosen.get(photo.full.sha256, photo.full)) for photo in photos)


def _delivery(revision: Revision, before: Delivery | None, arrived: Mapping[str, int]) -> Delivery:
    """Return the outbox row; what the desk has of its words and photos counts as there."""
    photos = revision.content.photos
    sizes = _sizes(photos)
    there = {name: min(arrived.get(name, 0), size) for name, size in sizes.items()}
    whole = {name for name, size in sizes.items() if there[name] == size}
    return Delivery(
        revision.report_id,
        revision.id,
        DeliveryState.WAITING,
        photos_total=len(photos),
        photos_delivered=sum({p.preview.sha256, p.full.sha256} <= whole for p in photos),
        bytes_total=sum(sizes.values()),
        bytes_delivered=sum(there.values()),
        text_at=before.text_at if before else None,
    )


def _sizes(photos: Iterable[Photo]) -> dict[str, int]:
    return {each.sha256: each.bytes for photo in photos for each in (photo.preview, photo.full)}


def _arrived(store: Store, report_id: str) -> dict[str, int]:
    return {upload.sha256: upload.offset for upload in store.outbox.uploads(report_id)}

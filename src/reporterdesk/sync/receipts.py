"""Is what the server says it holds what was sent, and what is still missing?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.errors import ServerBusy
from reporterdesk.domain.photo import Photo, Rendition
from reporterdesk.domain.receipt import Receipt
from reporterdesk.domain.report import ReportContent, Revision
from reporterdesk.domain.status import Status
from reporterdesk.store.outbox import Upload
from reporterdesk.wire.fingerprints import text_sha256
from reporterdesk.wire.messages import FileAnswer, MissingPhoto, ReceiptMessage, ReportAnswer


@dataclass(frozen=True, slots=True)
class Received:
    """A receipt that was checked: the desk has the text, and this is what it holds of photos."""

    status: Status
    public_url: str | None
    uploads: tuple[Upload, ...]
    receipt: Receipt


def received(answer: FileAnswer | ReportAnswer, revision: Revision) -> Received:
    """Check an answer against the revision it should be about.

    :raises ServerBusy: it is about something else; the text does not count as delivered.
    """
    state = answer.report if isinstance(answer, FileAnswer) else answer
    text = text_sha256(revision.content.body)
    receipt = answer.receipt
    # The report's own revision_id may be a newer one: the receipt is what is about this one.
    if state.id != revision.report_id:
        raise _mismatch()
    if (receipt.revision_id, receipt.text_sha256) != (revision.id, text):
        raise _mismatch()
    uploads = tuple(_uploads(revision.content, receipt, answer.missing))
    kept = _kept(receipt, revision, uploads)
    return Received(Status(state.status), state.public_url, uploads, kept)


def progress(delivery: Delivery, content: ReportContent, uploads: Iterable[Upload]) -> Delivery:
    """Return ``delivery`` with how many photos and bytes have arrived; its state stays."""
    offsets = {upload.sha256: upload.offset for upload in uploads}
    sizes = {rendition.sha256: rendition.bytes for _, rendition in renditions(content.photos)}
    whole = {name for name, size in sizes.items() if offsets.get(name) == size}
    photos = [p for p in content.photos if {p.preview.sha256, p.full.sha256} <= whole]
    return replace(
        delivery,
        photos_total=len(content.photos),
        photos_delivered=len(photos),
        bytes_total=sum(sizes.values()),
        bytes_delivered=sum(min(offsets.get(name, 0), size) for name, size in sizes.items()),
        attempts=0,
        next_attempt_at=None,
        why="",
    )


def receipted(delivery: Delivery, content: ReportContent, held: Received) -> Delivery:
    """Return ``delivery`` as a receipt has it: delivered only when all has arrived.

    The times are the server's; one that does not say since when it has everything (an older one)
    has it since it took the last of it, as far as it tells.
    """
    complete = all(upload.offset == upload.bytes for upload in held.uploads)
    return replace(
        progress(delivery, content, held.uploads),
        state=DeliveryState.DELIVERED if complete else DeliveryState.TEXT_DELIVERED,
        text_at=held.receipt.text_at,
        complete_at=held.receipt.complete_at if complete else None,
    )


def renditions(photos: Iterable[Photo]) -> Iterator[tuple[str, Rendition]]:
    """Yield every rendition with its name: all previews, and then all full sizes."""
    kept = tuple(photos)
    yield from (("preview", photo.preview) for photo in kept)
    yield from (("full", photo.full) for photo in kept)


def _uploads(
    content: ReportContent, receipt: ReceiptMessage, missing: Iterable[MissingPhoto]
) -> Iterator[Upload]:
    wanted = {line.sha256: line for line in missing}
    seen: set[str] = set()
    for name, rendition in renditions(content.photos):
        sha256, size = rendition.sha256, rendition.bytes
        if sha256 in seen:
            continue
        seen.add(sha256)
        if receipt.photos.get(sha256) == size:
            yield Upload(sha256, name, "", size, size)
        elif (line := wanted.get(sha256)) is not None and line.bytes == size:
            # What is listed as missing is not whole, whatever its offset says: then it is asked.
            offset = line.offset if 0 <= line.offset < size else 0
            yield Upload(sha256, name, line.upload_url, offset, size, max(line.wanted, 0))
        else:
            raise _mismatch()


def _kept(receipt: ReceiptMessage, revision: Revision, uploads: tuple[Upload, ...]) -> Receipt:
    """Return what is to be kept of a receipt: what it says of this revision, and no more."""
    whole = {upload.sha256: upload.bytes for upload in uploads if upload.offset == upload.bytes}
    complete = len(whole) == len(uploads)
    return Receipt(
        revision.report_id,
        revision.id,
        receipt.text_sha256,
        text_at=receipt.at,
        complete_at=receipt.complete_at if complete else None,
        photos=whole,
    )


def _mismatch() -> ServerBusy:
    return ServerBusy("The desk’s receipt does not match what was sent.")

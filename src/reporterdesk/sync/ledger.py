"""What the engine reads from and writes to the store: each function is one transaction there.

They run on the store thread. Each looks at the row as it is now: the person may have recalled
the report, or filed it again, while a call was under way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.report import Revision
from reporterdesk.domain.status import Status
from reporterdesk.store.outbox import Upload
from reporterdesk.store.sending import Span
from reporterdesk.store.store import Store
from reporterdesk.sync.backoff import LONGEST, LONGEST_ASKED
from reporterdesk.sync.failures import Failure, Kind
from reporterdesk.sync.receipts import Received, receipted
from reporterdesk.wire.messages import MissingPhoto
from reporterdesk.workflow.filing import refile_after

TEXT_WAITS = frozenset({DeliveryState.WAITING, DeliveryState.ATTEMPTING, DeliveryState.SIGN_IN})


@dataclass(frozen=True, slots=True)
class Attempt:
    """A revision about to be sent; the outbox says so already."""

    delivery: Delivery
    revision: Revision


@dataclass(frozen=True, slots=True)
class PhotoJob:
    """The next photo of a delivery, or with ``upload=None``: ask the desk what it misses."""

    delivery: Delivery
    upload: Upload | None


def make_all_due(store: Store) -> None:
    """Forget all waits."""
    store.sending.make_due()


def forget_attempts(store: Store) -> None:
    """Count all tries anew: the app has started, or the network is another one."""
    store.sending.forget_attempts()


def anything_moving(store: Store) -> bool:
    """Tell whether anything is on its way, whether it is due or not."""
    return store.sending.anything_moving()


def next_text(store: Store, now: datetime) -> Attempt | None:
    """Choose the next text that is due and write that it is being attempted, before it is."""
    with store.transaction():
        # What was tried less often goes first: one stuck report never holds up another.
        row = store.sending.next_text(_span(now))
        if row is None:
            return None
        revision = store.revisions.get(row.revision_id)
        # The time is that of a lease: should this attempt end without a word, it is tried again.
        trying = replace(
            row,
            state=DeliveryState.ATTEMPTING,
            attempts=row.attempts + 1,
            next_attempt_at=now + LONGEST,
            why="",
        )
        store.outbox.update(trying)
        return Attempt(trying, revision)


def next_photo(
    store: Store,
    now: datetime,
    skipped: Collection[tuple[str, str]] = (),
    only: frozenset[str] | None = None,
) -> PhotoJob | None:
    """Choose the next photo file, in the order of :mod:`reporterdesk.store.sending`.

    What may be delivered already goes before: its receipt is asked for.

    :param skipped: report and SHA-256 of what is passed over, ``""`` for the question.
    :param only: SHA-256s of all that may be sent; ``None`` for any.
    """
    span = _span(now)
    asked = [report_id for report_id, sha256 in skipped if not sha256]
    unclear = store.sending.next_unclear(span, skipped=asked)
    if unclear is not None:
        return PhotoJob(unclear, None)
    found = store.sending.next_photo(span, skipped=skipped, only=only)
    return None if found is None else PhotoJob(*found)


def reorder(store: Store, report_id: str, missing: Iterable[MissingPhoto]) -> None:
    """Write in which order the desk wants what it misses of a report."""
    places = [(line.sha256, max(line.wanted, 0)) for line in missing]
    store.sending.reorder(report_id, places)


def text_received(store: Store, revision: Revision, held: Received) -> Delivery | None:
    """Write what the desk's receipt says; return the delivery if it is still this revision's.

    The report's text is not touched. Where it was recalled meanwhile it stays a draft, which
    knows from now on what the desk has.
    """
    with store.transaction():
        report = store.reports.find(revision.report_id)
        if report is None:
            store.outbox.remove(revision.report_id)
            return None
        store.reports.set_standing(
            report.id,
            desk_status=held.status,
            revision_id=revision.id,
            public_url=held.public_url,
        )
        row = store.outbox.get(report.id)
        account = store.account.get()
        server = account.server_url if account else ""
        store.receipts.put(replace(held.receipt, server=server))
        if row is None or row.revision_id != revision.id:
            return None
        if report.status is Status.OUTBOX:
            store.reports.set_standing(report.id, status=held.status)
        if row.state is DeliveryState.DELIVERED:
            return row
        store.outbox.set_uploads(report.id, held.uploads)
        return store.outbox.update(receipted(row, revision.content, held))


def bytes_arrived(
    store: Store,
    delivery: Delivery,
    sha256: str,
    offset: int,
    pairs: Iterable[tuple[str, str]],
) -> Delivery | None:
    """Write how many bytes of a photo file the desk holds for good.

    Photos, whose files are the ``pairs``, are counted only when a file becomes whole. That all
    have arrived does not make the report delivered: the desk's receipt does, which is asked for
    next.
    """
    with store.transaction():
        row = store.outbox.get(delivery.report_id)
        if row is None or row.revision_id != delivery.revision_id:
            return None
        upload = store.outbox.upload(row.report_id, sha256)
        if upload is None:
            return None
        store.outbox.set_offset(row.report_id, sha256, offset)
        photos = row.photos_delivered
        if upload.bytes in (upload.offset, offset):
            whole = store.outbox.whole_files(row.report_id)
            photos = sum(preview in whole and full in whole for preview, full in pairs)
        return store.outbox.update(
            replace(
                row,
                photos_delivered=photos,
                bytes_delivered=row.bytes_delivered + offset - upload.offset,
                attempts=0,
                next_attempt_at=None,
                why="",
            )
        )


def attempt_failed(
    store: Store, delivery: Delivery, failure: Failure, next_attempt_at: datetime
) -> Delivery | None:
    """Write why an attempt failed.

    A refused report stays in the outbox with the reason, and is not sent again as it is: taking
    it back (``workflow.filing.recall``) makes it a draft to be changed.
    """
    with store.transaction():
        row = store.outbox.get(delivery.report_id)
        if row is None or row.revision_id != delivery.revision_id:
            return None
        text_there = row.state is DeliveryState.TEXT_DELIVERED
        if failure.kind is Kind.CONFLICT:
            return store.outbox.update(
                replace(row, state=DeliveryState.CONFLICT, next_attempt_at=None, why=failure.why)
            )
        if failure.kind is Kind.REFUSED and not text_there:
            return store.outbox.update(
                replace(row, state=DeliveryState.REFUSED, next_attempt_at=None, why=failure.why)
            )
        state = DeliveryState.TEXT_DELIVERED if text_there else DeliveryState.WAITING
        attempts = row.attempts + 1 if text_there else row.attempts
        return store.outbox.update(
            replace(
                row,
                state=state,
                attempts=attempts,
                next_attempt_at=next_attempt_at,
                why=failure.why,
            )
        )


def hold_all(
    store: Store, failure: Failure, next_attempt_at: datetime | None
) -> tuple[Delivery, ...]:
    """Let everything wait, and say why: there is no connection, or nobody is signed in."""
    waiting = DeliveryState.SIGN_IN if failure.kind is Kind.SIGN_IN else DeliveryState.WAITING
    with store.transaction():
        before = set(store.sending.moving())
        store.sending.hold(waiting, next_attempt_at, failure.why)
        return tuple(row for row in store.sending.moving() if row not in before)


def file_after_own(
    store: Store, delivery: Delivery, current_revision_id: str | None, clock: Clock
) -> Delivery | None:
    """Put the revision after one of this laptop's own that the desk turns out to have.

    That happens where an answer was lost and the report was recalled and filed anew: nobody
    else's words are at stake. Nor are they where the desk has no revision at all any more, as a
    server that was set up anew: the report is filed as a new one.

    :returns: ``None`` where it is somebody else's revision, and the person decides.
    """
    with store.transaction():
        row = store.outbox.get(delivery.report_id)
        if row is None or row.revision_id != delivery.revision_id:
            return None
        revision = store.revisions.get(row.revision_id)
        kept = store.revisions.of_report(row.report_id)
        own = {None} | {made.id for made in kept if not made.received}
        if current_revision_id not in own - {revision.id, revision.parent_id}:
            return None
        return refile_after(store, row.report_id, current_revision_id, clock=clock)


def next_time(
    store: Store, now: datetime, *, photos: bool = True, only: frozenset[str] | None = None
) -> datetime | None:
    """Return when something will be due, ``now`` at the earliest; ``None`` if nothing waits.

    :param photos: whether any photos may be sent.
    :param only: as for :func:`next_photo`.
    """
    found = store.sending.next_time(photos=photos, only=only)
    if found is None:
        return None
    return min(max(found[0] or now, now), now + LONGEST_ASKED)


def _span(now: datetime) -> Span:
    return Span(now, now + LONGEST_ASKED)

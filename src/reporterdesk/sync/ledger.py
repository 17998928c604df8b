"""What the engine reads from and writes to the store: each function is one transaction there.

They run on the store thread. Each looks at the row as it is now: the person may have recalled
the report, or filed it again, while a call was under way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.report import Revision
from reporterdesk.domain.status import Status
from reporterdesk.store.outbox import Upload
from reporterdesk.store.store import Store
from reporterdesk.sync.backoff import LONGEST, LONGEST_ASKED, is_due
from reporterdesk.sync.failures import Failure, Kind
from reporterdesk.sync.receipts import Received, progress
from reporterdesk.workflow.filing import refile_after

TEXT_WAITS = frozenset({DeliveryState.WAITING, DeliveryState.ATTEMPTING, DeliveryState.SIGN_IN})
MOVING = TEXT_WAITS | {DeliveryState.TEXT_DELIVERED}
"""What the engine works on; the other open states wait for the person."""


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
    """Forget all waits: the app has started, or the network is another one."""
    with store.transaction():
        for row in _moving(store):
            store.outbox.update(replace(row, attempts=0, next_attempt_at=None))


def anything_moving(store: Store) -> bool:
    """Tell whether anything is on its way, whether it is due or not."""
    return bool(_moving(store))


def next_text(store: Store, now: datetime) -> Attempt | None:
    """Choose the next text that is due and write that it is being attempted, before it is."""
    with store.transaction():
        due = [row for row in _due(store, now) if row.state in TEXT_WAITS]
        if not due:
            return None
        # What was tried less often goes first: one stuck report never holds up another.
        row = min(due, key=lambda delivery: delivery.attempts)
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


def next_photo(store: Store, now: datetime, skipped: set[tuple[str, str]]) -> PhotoJob | None:
    """Choose the next photo: previews before full sizes, and then by age."""
    full: PhotoJob | None = None
    for row in _due(store, now):
        if row.state is not DeliveryState.TEXT_DELIVERED:
            continue
        uploads = store.outbox.uploads(row.report_id)
        if all(upload.offset >= upload.bytes for upload in uploads):
            if (row.report_id, "") in skipped:
                continue
            return PhotoJob(row, None)
        for upload in uploads:
            if upload.offset >= upload.bytes or (row.report_id, upload.sha256) in skipped:
                continue
            if upload.rendition == "preview":
                return PhotoJob(row, upload)
            full = full or PhotoJob(row, upload)
    return full


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
        if row is None or row.revision_id != revision.id:
            return None
        if report.status is Status.OUTBOX:
            store.reports.set_standing(report.id, status=held.status)
        if row.state is DeliveryState.DELIVERED:
            return row
        store.outbox.set_uploads(report.id, held.uploads)
        return store.outbox.update(progress(row, revision.content, held.uploads))


def bytes_arrived(store: Store, delivery: Delivery, sha256: str, offset: int) -> Delivery | None:
    """Write how many bytes of a photo the desk holds for good."""
    with store.transaction():
        row = store.outbox.get(delivery.report_id)
        if row is None or row.revision_id != delivery.revision_id:
            return None
        store.outbox.set_offset(row.report_id, sha256, offset)
        content = store.revisions.get(row.revision_id).content
        return store.outbox.update(progress(row, content, store.outbox.uploads(row.report_id)))


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
    signed_out = failure.kind is Kind.SIGN_IN
    held: list[Delivery] = []
    with store.transaction():
        for row in _moving(store):
            text_there = row.state is DeliveryState.TEXT_DELIVERED
            waiting = DeliveryState.SIGN_IN if signed_out else DeliveryState.WAITING
            new = replace(
                row,
                state=row.state if text_there else waiting,
                next_attempt_at=next_attempt_at,
                why=failure.why,
            )
            if new != row and store.outbox.update(new) is not None:
                held.append(new)
    return tuple(held)


def file_after_own(
    store: Store, delivery: Delivery, current_revision_id: str | None, clock: Clock
) -> Delivery | None:
    """Put the revision after one of this laptop's own that the desk turns out to have.

    That happens where an answer was lost and the report was recalled and filed anew: nobody
    else's words are at stake. ``None``: it is somebody else's revision, and the person decides.
    """
    with store.transaction():
        row = store.outbox.get(delivery.report_id)
        if row is None or row.revision_id != delivery.revision_id:
            return None
        revision = store.revisions.get(row.revision_id)
        kept = store.revisions.of_report(row.report_id)
        own = {made.id for made in kept if not made.received}
        if current_revision_id not in own - {revision.id, revision.parent_id}:
            return None
        return refile_after(store, row.report_id, current_revision_id, clock=clock)


def next_time(store: Store, now: datetime) -> datetime | None:
    """Return when something will be due, ``now`` at the earliest; ``None`` if nothing waits."""
    times = [
        row.next_attempt_at or now
        for row in _moving(store)
        if row.state is not DeliveryState.SIGN_IN
    ]
    return min(max(min(times), now), now + LONGEST_ASKED) if times else None


def _moving(store: Store) -> tuple[Delivery, ...]:
    return tuple(row for row in store.outbox.all_open() if row.state in MOVING)


def _due(store: Store, now: datetime) -> tuple[Delivery, ...]:
    return tuple(row for row in _moving(store) if is_due(row.next_attempt_at, now))

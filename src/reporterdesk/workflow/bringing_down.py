"""Bringing down from the desk what is to be read offline: an editor's queue, one's own reports.

These functions run on the store thread. What is written on this laptop is never touched: a report
that is here already is left as it is.
"""

from __future__ import annotations

from datetime import datetime

from pydantic import ValidationError

from reporterdesk.domain.people import Account
from reporterdesk.domain.receipt import Receipt
from reporterdesk.domain.report import Report, Revision
from reporterdesk.domain.review import Comment, Decision
from reporterdesk.domain.status import Status
from reporterdesk.store.store import Store
from reporterdesk.wire.convert import comments_of, content_of, decisions_of, reviewed_report
from reporterdesk.wire.messages import ReportAnswer, ReportLine
from reporterdesk.workflow.reviewing import keep_queue, kept_queue

_WAITING = frozenset({Status.FILED, Status.APPROVED})


def is_own(store: Store, answer: ReportAnswer) -> bool:
    """Tell whether the person signed in here wrote the report, on whatever device."""
    account = store.account.get()
    return account is not None and answer.author_id == account.person.id


def bring_down(store: Store, answer: ReportAnswer, now: datetime) -> bool:
    """Make a report of this laptop of the person's own that the desk has, from another device.

    One that is here stays as it is, and one that was deleted here for good does not come back.

    :returns: whether it was made.
    """
    with store.transaction():
        if not is_own(store, answer) or store.trash.was_deleted(answer.id):
            return False
        if store.reports.find(answer.id) is not None:
            return False
        content, status = content_of(answer), Status(answer.status)
        store.reports.add(
            Report(
                answer.id,
                content,
                status,
                created_at=answer.filed_at,
                changed_at=answer.changed_at,
                revision_id=answer.revision_id,
                desk_status=status,
                public_url=answer.public_url,
            )
        )
        parent = answer.parent_revision_id
        at = answer.receipt.at
        revision = Revision(answer.revision_id, answer.id, parent, content, at, received=True)
        if store.revisions.find(revision.id) is None:
            store.revisions.add(revision)
        store.receipts.put(_receipt(store, answer))
        store.desk.put_report(answer.id, answer.model_dump_json(), now)
        notes = notes_of(answer)
        if notes:
            store.desk.set_notes(answer.id, notes)
        return True


def keep_for_review(store: Store, answer: ReportAnswer, now: datetime) -> bool:
    """Keep what the desk says of a report, and its place in the queue of this laptop's editor.

    :returns: whether the report waits in the sections that they edit.
    """
    with store.transaction():
        account = store.account.get()
        waits = _waits_for(account, answer)
        queue = kept_queue(store)
        lines = [line for line in queue.lines if line.id != answer.id]
        if waits or len(lines) < len(queue.lines):
            keep_queue(store, (*lines, line_of(answer)) if waits else lines, queue.seen_at or now)
        if waits or store.reports.find(answer.id) or answer.id in store.errands.report_ids():
            store.desk.put_report(answer.id, answer.model_dump_json(), now)
        else:
            store.desk.forget_report(answer.id)
        return waits


def sweep_desk(store: Store) -> int:
    """Forget the reports that are in nobody's queue any more, and are none of this laptop's.

    What an editor wants done with stays until it is. Returns how many went.
    """
    with store.transaction():
        waiting = {line.id for line in kept_queue(store).lines}
        return store.desk.forget_all_but(waiting | store.errands.report_ids())


def lines_beside(store: Store) -> tuple[ReportLine, ...]:
    """Return the lines of reports that are in the queue no more, and wanted something with."""
    waiting = {line.id for line in kept_queue(store).lines}
    wanted = sorted(store.errands.report_ids() - waiting)
    answers = (_kept_answer(store, report_id) for report_id in wanted)
    return tuple(line_of(answer) for answer in answers if answer is not None)


def previews_missing(store: Store, report_id: str) -> tuple[str, ...]:
    """Return the SHA-256s of a report's previews that the desk has and this laptop has not."""
    answer = _kept_answer(store, report_id)
    if answer is None:
        return ()
    absent = {file.sha256 for file in answer.missing}
    names = (photo.renditions.preview.sha256 for photo in answer.photos)
    return tuple(name for name in names if name not in absent and not store.photos.has(name))


def line_of(answer: ReportAnswer) -> ReportLine:
    """Return a report's line in the list, as the desk's own list has it."""
    missing = {file.sha256 for file in answer.missing}
    held = [
        photo
        for photo in answer.photos
        if not {photo.renditions.preview.sha256, photo.renditions.full.sha256} & missing
    ]
    return ReportLine(
        id=answer.id,
        status=answer.status,
        headline=answer.headline,
        section=answer.section,
        revision_id=answer.revision_id,
        changed_at=answer.changed_at,
        author=answer.author,
        event_date=answer.event.starts_at[:10],
        photos_total=len(answer.photos),
        photos_held=len(held),
        correction=reviewed_report(answer).is_correction,
        public_url=answer.public_url,
    )


def notes_of(answer: ReportAnswer) -> tuple[Decision | Comment, ...]:
    """Return what was said of a report, the oldest first."""
    return tuple(sorted((*decisions_of(answer), *comments_of(answer)), key=_said_at))


def _kept_answer(store: Store, report_id: str) -> ReportAnswer | None:
    kept = store.desk.get_report(report_id)
    try:
        return None if kept is None else ReportAnswer.model_validate_json(kept)
    except ValidationError:  # of another version
        return None


def _said_at(note: Decision | Comment) -> datetime:
    return note.decided_at if isinstance(note, Decision) else note.written_at


def _waits_for(account: Account | None, answer: ReportAnswer) -> bool:
    if account is None or not account.person.edits(answer.section):
        return False
    return Status(answer.status) in _WAITING or reviewed_report(answer).is_correction


def _receipt(store: Store, answer: ReportAnswer) -> Receipt:
    account, said = store.account.get(), answer.receipt
    return Receipt(
        answer.id,
        answer.revision_id,
        said.text_sha256,
        said.at,
        complete_at=said.complete_at,
        server=account.server_url if account else "",
        photos=said.photos,
    )

"""Reviewing: the queue, a report as it stands at the desk, and what an editor decides.

These functions block: they are called on a network thread. What was fetched is kept in the store,
so that an editor on a train can go on reading.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from pydantic import ValidationError

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.errors import Conflict, DeliveryError, NoConnection, Refused
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.people import Person, Role
from reporterdesk.domain.review import DECISIONS
from reporterdesk.domain.reviewed import ReviewedReport
from reporterdesk.domain.status import Action
from reporterdesk.publishing.connector import Connector
from reporterdesk.store.store import Store
from reporterdesk.wire.convert import reviewed_report
from reporterdesk.wire.messages import (
    CommentRequest,
    DecisionRequest,
    Message,
    ReportAnswer,
    ReportLine,
    ReportState,
)
from reporterdesk.workflow.running import RunInStore

PAGES = 20
"""Pages of one list; a queue of more than a thousand is read from its newest end."""

E = TypeVar("E", bound=DeliveryError)


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """The review queue, newest change first.

    ``offline`` is ``""``, or the sentence why this is what was seen last, at ``seen_at``.
    """

    lines: tuple[ReportLine, ...]
    seen_at: datetime | None
    offline: str = ""


class _KeptQueue(Message):
    seen_at: datetime
    lines: tuple[ReportLine, ...]


def review_queue(
    connector: Connector, run: RunInStore, person: Person, *, clock: Clock
) -> ReviewQueue:
    """Return what waits in the sections that ``person`` edits; offline, what was seen last.

    :raises DeliveryError: one of its kinds but ``NoConnection``.
    """
    try:
        return fetch_queue(connector, run, person, clock=clock)
    except NoConnection as error:
        kept = run(kept_queue)
        return ReviewQueue(kept.lines, kept.seen_at, error.happened)


def fetch_queue(
    connector: Connector, run: RunInStore, person: Person, *, clock: Clock
) -> ReviewQueue:
    """Fetch the queue and keep it; otherwise as :func:`review_queue`.

    :raises DeliveryError: one of its kinds; what was kept stays.
    """
    sections = [role.section for role in person.roles if role.role is Role.EDITOR]
    lines = [line for section in sections for line in _all_lines(connector, section)]
    return run(lambda store: keep_queue(store, lines, clock()))


def keep_queue(store: Store, lines: Iterable[ReportLine], seen_at: datetime) -> ReviewQueue:
    """Keep the queue as it was at ``seen_at``. On the store thread."""
    # One that changed between two pages may be in both: the later line counts.
    newest = {line.id: line for line in lines}
    ordered = tuple(sorted(newest.values(), key=lambda line: line.changed_at, reverse=True))
    queue = _KeptQueue(seen_at=seen_at, lines=ordered)
    with store.transaction():
        store.desk.set_queue(queue.model_dump_json())
        store.desk.set_seen_at(seen_at)
    return ReviewQueue(queue.lines, queue.seen_at)


def kept_queue(store: Store) -> ReviewQueue:
    """Return the queue as it was seen last; empty if it never was. On the store thread."""
    text = store.desk.queue()
    # What an older or newer version kept is not worth a failure: it is fetched again.
    with contextlib.suppress(ValidationError):
        if text is not None:
            kept = _KeptQueue.model_validate_json(text)
            return ReviewQueue(kept.lines, store.desk.seen_at() or kept.seen_at)
    return ReviewQueue((), None)


def open_for_review(
    connector: Connector, run: RunInStore, report_id: str, *, clock: Clock
) -> ReviewedReport:
    """Fetch a report with the previews of its photos; offline, as it was seen last.

    :raises DeliveryError: one of its kinds; ``NoConnection`` if it was never seen here.
    """
    try:
        answer = connector.report(report_id)
    except NoConnection as error:
        kept = run(lambda store: kept_report(store, report_id))
        if kept is None:
            raise _nothing_decided(error, "Open it again when there is a connection.") from None
        return replace(kept, offline=error.happened)
    run(lambda store: store.desk.put_report(report_id, answer.model_dump_json(), clock()))
    for photo in answer.photos:
        # One photo that is not there yet does not keep the text from being read.
        with contextlib.suppress(DeliveryError):
            _fetch_preview(connector, run, photo.renditions.preview.sha256)
    return run(lambda store: _reviewed(store, answer))


def kept_report(store: Store, report_id: str) -> ReviewedReport | None:
    """Return a report of the desk's as it was seen last, or ``None``. On the store thread."""
    text = store.desk.get_report(report_id)
    with contextlib.suppress(ValidationError):
        if text is not None:
            kept = _reviewed(store, ReportAnswer.model_validate_json(text))
            return replace(kept, seen_at=store.desk.seen_at())
    return None


def decide(
    connector: Connector,
    report_id: str,
    revision_id: str,
    action: Action,
    note: str = "",
    *,
    decision_id: str | None = None,
    publish_at: datetime | None = None,
) -> ReportState:
    """Record a decision on the revision that the editor saw, and return where the report stands.

    :param decision_id: made before the first try and given again with the next one, so that
        nothing is decided twice when an answer is lost.
    :raises Conflict: the report has moved on.
    :raises DeliveryError: another of its kinds; what the editor wrote is still theirs.
    """
    if action not in DECISIONS:
        raise ValueError(f"{action} is not a decision of the desk’s.")
    try:
        request = DecisionRequest(
            decision=action.value,
            revision_id=revision_id,
            note=note,
            publish_at=publish_at,
        )
    except ValidationError:
        raise _nothing_decided(Refused("The note is too long."), "Shorten it.") from None
    try:
        return connector.decide(report_id, decision_id or new_id(), request).report
    except Conflict as error:
        error.happened = "The report has moved on; look at the newer revision."
        raise _nothing_decided(error, "Open it again and decide on what you see then.") from None
    except NoConnection as error:
        # Whether it arrived is not known; with the same id it cannot be decided twice.
        error.safe = "What you wrote is still here."
        error.next_step = "Try again when there is a connection; nothing is decided twice."
        raise
    except Refused as error:
        raise _nothing_decided(error, "") from None


def comment(
    connector: Connector,
    report_id: str,
    revision_id: str,
    text: str,
    *,
    block: int | None = None,
    comment_id: str | None = None,
) -> str:
    """Record a note on a block of the body, or with ``None`` on the whole; return its id.

    :param comment_id: as ``decision_id`` of :func:`decide`.
    :raises DeliveryError: one of its kinds.
    """
    made = comment_id or new_id()
    try:
        request = CommentRequest(revision_id=revision_id, block=block, text=text)
    except ValidationError:
        raise _nothing_decided(Refused("The note is empty or too long."), "") from None
    connector.comment(report_id, made, request)
    return made


def _all_lines(connector: Connector, section: str) -> list[ReportLine]:
    lines: list[ReportLine] = []
    after: str | None = None
    for _ in range(PAGES):
        page = connector.reports(section=section, waiting=True, after=after, limit=100)
        lines += page.reports
        after = page.next
        if after is None:
            break
    return lines


def _fetch_preview(connector: Connector, run: RunInStore, sha256: str) -> None:
    if not run(lambda store: store.photos.has(sha256)):
        data = connector.photo(sha256, "preview")
        run(lambda store: store.photos.put(data))


def _reviewed(store: Store, answer: ReportAnswer) -> ReviewedReport:
    absent = frozenset(
        photo.id for photo in answer.photos if not store.photos.has(photo.renditions.preview.sha256)
    )
    return reviewed_report(answer, absent=absent)


def _nothing_decided(error: E, next_step: str) -> E:
    error.safe = "Nothing was decided."
    error.next_step = next_step
    return error

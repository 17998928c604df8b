"""Adopting what the desk did: status, notes and public address. Never a word of the text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.delivery import Delivery
from reporterdesk.domain.errors import DeliveryError, Refused, ServerBusy
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.report import Report
from reporterdesk.domain.review import Comment, Decision
from reporterdesk.domain.status import Status
from reporterdesk.publishing.connector import Connector
from reporterdesk.store.store import Store
from reporterdesk.sync import ledger
from reporterdesk.sync.failures import Kind, classify
from reporterdesk.sync.link import Link
from reporterdesk.sync.listener import SyncListener
from reporterdesk.sync.receipts import received
from reporterdesk.wire.convert import comments_of, decisions_of
from reporterdesk.wire.messages import ChangesAnswer, ReportAnswer
from reporterdesk.workflow.remembering import remember
from reporterdesk.workflow.running import RunInStore

PAGES = 200
"""Pages of changes in one call; a cursor that runs in circles must not hold the thread."""

_AT_THE_DESK = frozenset(Status) - {Status.DRAFT, Status.OUTBOX, Status.RETURNED}


def adopted_status(local: Status, desk: Status, *, has_changes: bool) -> Status:
    """Return the status that a report on this laptop takes on when the desk says ``desk``.

    ======================  =============================================================
    here                    becomes
    ======================  =============================================================
    filed, approved,        what the desk says
    published, spiked,
    withdrawn
    outbox                  stays: a newer revision is on its way, and its receipt decides
    draft, with changes     stays: the person is writing; the notes say what the desk did
    draft, as filed         returned, if the desk returned it; else it stays
    returned, with changes  stays: the person is writing
    returned, as filed      what the desk says
    ======================  =============================================================

    :param has_changes: the text here differs from the revision that was delivered last, or
        none was.
    """
    if local in _AT_THE_DESK:
        return desk
    if local is Status.RETURNED and not has_changes:
        return desk
    if local is Status.DRAFT and not has_changes and desk is Status.RETURNED:
        return desk
    return local


class Adoption:
    """Follows the desk's list of changes. Lives on the engine's thread.

    :param came_back: called when a question is answered after there was no connection.
    """

    def __init__(
        self,
        run: RunInStore,
        clock: Clock,
        listener: SyncListener,
        link: Link,
        came_back: Callable[[], None],
    ) -> None:
        self._came_back = came_back
        self._run = run
        self._clock = clock
        self._listener = listener
        self._link = link
        self._left_out = False

    def fetch(self, connector: Connector, wait: float) -> tuple[str, ...]:
        """Adopt all changes after the cursor; return the ids of local reports that changed.

        The cursor moves on only over what was adopted. A connection that fails ends it; a report
        that the server could not give just now is left out, and the cursor stays before it.
        """
        changed: dict[str, None] = {}
        self._left_out = False
        try:
            cursor = self._run(lambda store: store.desk.cursor())
            for _ in range(PAGES):
                page = self._page(connector, cursor, wait)
                for report_id in dict.fromkeys(change.report_id for change in page.changes):
                    if self._adopt(connector, report_id):
                        changed[report_id] = None
                if not self._left_out:
                    self._run(partial(_move_on, cursor=page.cursor))
                if not page.changes or page.cursor == cursor:
                    break
                cursor, wait = page.cursor, 0
        except DeliveryError as error:
            self._link.failed(connector, classify(error), small=True)
        return tuple(changed)

    def _page(self, connector: Connector, cursor: str | None, wait: float) -> ChangesAnswer:
        try:
            page = connector.changes(cursor, wait=wait)
        except Refused:
            if cursor is None:
                raise
            # The server does not know this cursor any more: it was set up anew. From the start.
            page = connector.changes(None)
        if self._link.answered():
            self._came_back()
        return page

    def _adopt(self, connector: Connector, report_id: str) -> bool:
        """Adopt one report; return whether anything changed here.

        A report that is not on this laptop (another device's, or one to review) is passed over.
        """
        if self._run(lambda store: store.reports.find(report_id)) is None:
            self._listener.report_changed(report_id)
            return False
        try:
            answer = connector.report(report_id)
        except DeliveryError as error:
            # One report that cannot be read does not hold up the others.
            kind = classify(error).kind
            if kind is Kind.REFUSED:
                return False
            if kind is Kind.TRY_AGAIN:
                self._left_out = True
                return False
            raise
        delivery, changed = self._run(lambda store: adopt(store, answer, self._clock))
        if delivery is not None:
            self._listener.delivery_changed(delivery)
        if changed:
            self._listener.report_changed(report_id)
        return changed


def adopt(store: Store, answer: ReportAnswer, clock: Clock) -> tuple[Delivery | None, bool]:
    """Write the desk's answer about a report down, in one transaction; its text is not touched.

    :returns: the delivery that turned out to have arrived, if any, and whether anything changed.
    """
    with store.transaction():
        before = store.reports.find(answer.id)
        if before is None:
            return None, False
        notes = notes_of(answer)
        noted = store.desk.notes(answer.id) != notes
        store.desk.put_report(answer.id, answer.model_dump_json(), clock())
        if noted:
            store.desk.set_notes(answer.id, notes)
        delivery = _arrived_after_all(store, answer)
        report = store.reports.get(answer.id)
        status = adopted_status(
            report.status, Status(answer.status), has_changes=has_changes(store, report)
        )
        if status is Status.RETURNED and report.status is not status:
            remember(store, report.id, SnapshotReason.RETURNED, clock=clock)
        after = store.reports.set_standing(
            report.id,
            status=status,
            desk_status=Status(answer.status),
            public_url=answer.public_url,
        )
        return delivery, noted or after != before


def _move_on(store: Store, cursor: str) -> None:
    store.desk.set_cursor(cursor)


def has_changes(store: Store, report: Report) -> bool:
    """Tell whether the text here differs from the revision that was delivered last."""
    if report.revision_id is None:
        return True
    known = {revision.id: revision for revision in store.revisions.of_report(report.id)}
    delivered = known.get(report.revision_id)
    return delivered is None or delivered.content != report.content


def notes_of(answer: ReportAnswer) -> tuple[Decision | Comment, ...]:
    """Return what was said of a report, the oldest first."""
    return tuple(sorted((*decisions_of(answer), *comments_of(answer)), key=_said_at))


def _said_at(note: Decision | Comment) -> datetime:
    return note.decided_at if isinstance(note, Decision) else note.written_at


def _arrived_after_all(store: Store, answer: ReportAnswer) -> Delivery | None:
    """The answer to a filing was lost, but here the desk shows that it has that revision."""
    row = store.outbox.get(answer.id)
    if row is None or row.revision_id != answer.revision_id or row.state not in ledger.TEXT_WAITS:
        return None
    revision = store.revisions.get(row.revision_id)
    try:
        held = received(answer, revision)
    except ServerBusy:
        return None
    return ledger.text_received(store, revision, held)

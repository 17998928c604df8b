"""Adopting what the desk did: status, notes and public address. Never a word of the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.delivery import Delivery
from reporterdesk.domain.errors import DeliveryError, Refused, ServerBusy
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.report import Report
from reporterdesk.domain.status import Status
from reporterdesk.publishing.connector import Connector
from reporterdesk.store.store import Store
from reporterdesk.sync import ledger
from reporterdesk.sync.desk_copy import OWN_DOING, DeskCopy
from reporterdesk.sync.failures import Kind, classify
from reporterdesk.sync.link import Link
from reporterdesk.sync.listener import SyncListener
from reporterdesk.sync.receipts import received
from reporterdesk.wire.messages import Change, ChangesAnswer, ReportAnswer
from reporterdesk.workflow.bringing_down import notes_of
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


@dataclass(frozen=True, slots=True)
class Taken:
    """What one look at the desk's list has brought.

    ``changed`` are the ids of reports on this laptop that changed; ``anything`` tells whether the
    list had any news, also of other reports.
    """

    changed: tuple[str, ...] = ()
    anything: bool = False


class Adoption:
    """Follows the desk's list of changes. Lives on the thread of its link.

    :param came_back: called when a question is answered after there was no connection.
    :param copy: keeps what is to be read offline of reports that are not this laptop's.
    """

    def __init__(
        self,
        run: RunInStore,
        clock: Clock,
        listener: SyncListener,
        link: Link,
        came_back: Callable[[], None],
        copy: DeskCopy | None = None,
    ) -> None:
        self._came_back = came_back
        self._run = run
        self._clock = clock
        self._listener = listener
        self._link = link
        self._copy = copy
        self._left_out = False

    def fetch(self, connector: Connector, wait: float) -> tuple[str, ...]:
        """Adopt all changes after the cursor; return the ids of local reports that changed.

        A connection that fails ends it.
        """
        try:
            return self.take(connector, wait).changed
        except DeliveryError as error:
            self._link.failed(connector, classify(error), small=True)
            return ()

    def take(
        self, connector: Connector, wait: float, counts: Callable[[], bool] = lambda: True
    ) -> Taken:
        """Adopt all changes after the cursor.

        The cursor moves on only over what was adopted. A report that the server could not give
        just now is left out, and the cursor stays before it.

        :param counts: asked when an answer has come: whether it is still waited for.
        :raises DeliveryError: one of its kinds, where the connection fails.
        """
        changed: dict[str, None] = {}
        anything = self._left_out = False
        cursor = self._run(lambda store: store.desk.cursor())
        for _ in range(PAGES):
            page = self._page(connector, cursor, wait, counts)
            if page is None:
                break
            anything = anything or bool(page.changes)
            for report_id, news in _by_report(page.changes).items():
                if self._adopt(connector, report_id, news, passed=cursor is None):
                    changed[report_id] = None
            if not self._left_out:
                self._run(partial(_move_on, cursor=page.cursor))
            if not page.changes or page.cursor == cursor:
                break
            cursor, wait = page.cursor, 0
        return Taken(tuple(changed), anything)

    def _page(
        self, connector: Connector, cursor: str | None, wait: float, counts: Callable[[], bool]
    ) -> ChangesAnswer | None:
        try:
            page = connector.changes(cursor, wait=wait)
        except Refused:
            if cursor is None:
                raise
            # The server does not know this cursor any more: it was set up anew. From the start.
            page = connector.changes(None)
        if not counts():
            return None
        if self._link.answered():
            self._came_back()
        return page

    def _adopt(
        self, connector: Connector, report_id: str, news: list[Change], *, passed: bool
    ) -> bool:
        """Adopt one report; return whether anything changed on this laptop.

        :param passed: the list is read from its beginning: what is not here is not fetched.
        """
        local = self._run(lambda store: store.reports.find(report_id))
        if not self._is_wanted(report_id, local, news, passed=passed):
            if local is None:
                self._listener.report_changed(report_id)
            return False
        answer = self._answer(connector, report_id)
        if answer is None:
            return False
        if self._copy is not None:
            self._copy.take_in(answer)
        delivery, changed = self._run(lambda store: adopt(store, answer, self._clock))
        if delivery is not None:
            self._listener.delivery_changed(delivery)
        if changed:
            self._listener.report_changed(report_id)
        return changed

    def _is_wanted(
        self, report_id: str, local: Report | None, news: list[Change], *, passed: bool
    ) -> bool:
        if local is not None and not _is_known(local, news):
            return True
        if self._copy is None or (passed and local is None):
            return False
        return self._copy.is_wanted(report_id, local, news)

    def _answer(self, connector: Connector, report_id: str) -> ReportAnswer | None:
        try:
            return connector.report(report_id)
        except DeliveryError as error:
            # One report that cannot be read does not hold up the others.
            kind = classify(error).kind
            if kind is Kind.TRY_AGAIN:
                self._left_out = True
            elif kind is not Kind.REFUSED:
                raise
            return None


def _by_report(changes: Iterable[Change]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.report_id, []).append(change)
    return found


def _is_known(local: Report, news: Iterable[Change]) -> bool:
    """Tell whether all of it is what this laptop has done itself, and knows from the receipts."""
    return all(
        change.kind in OWN_DOING and change.revision_id == local.revision_id for change in news
    )


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
        ledger.reorder(store, answer.id, answer.missing)
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

"""Sends what editors decided, noted and asked for, and tells clearly what came too late."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from random import Random

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.errands import Errand, ErrandKind, ErrandState
from reporterdesk.domain.errors import DeliveryError, NoConnection, Refused
from reporterdesk.domain.status import Action, Status, allowed
from reporterdesk.publishing.connector import Connector
from reporterdesk.store.store import Store
from reporterdesk.sync.backoff import LONGEST_ASKED, asked, delay
from reporterdesk.sync.failures import Failure, Kind, classify
from reporterdesk.sync.link import Link
from reporterdesk.sync.listener import SyncListener
from reporterdesk.sync.too_late import newer_revision, status_moved_on, unknown
from reporterdesk.wire.convert import reviewed_report
from reporterdesk.wire.messages import ReportAnswer
from reporterdesk.wire.problems import ProblemType
from reporterdesk.workflow.reviewing import comment, decide
from reporterdesk.workflow.running import RunInStore

_log = logging.getLogger(__name__)


class Errands:
    """Lives on the engine's thread.

    What was begun and not answered is sent again with the same id: the desk does it once.

    :param stopped: tells whether to end before the next call.
    """

    def __init__(
        self,
        run: RunInStore,
        clock: Clock,
        random: Random,
        listener: SyncListener,
        link: Link,
        stopped: Callable[[], bool],
    ) -> None:
        self._run = run
        self._clock = clock
        self._random = random
        self._listener = listener
        self._link = link
        self._stopped = stopped

    def anything(self) -> bool:
        """Tell whether anything waits for the desk, due or not."""
        return bool(self._run(_next_of_each))

    def make_all_due(self) -> None:
        """Forget all waits: the app has started, or the network is another one."""
        self._run(_make_all_due)

    def next_time(self) -> datetime | None:
        """Return when something will be due, now at the earliest; ``None`` if nothing waits."""
        now = self._clock()
        times = [errand.next_attempt_at or now for errand in self._run(_next_of_each)]
        return min(max(min(times), now), now + LONGEST_ASKED) if times else None

    def deliver_due(self, connector: Connector) -> bool:
        """Send all that is due, each report's in their order.

        :returns: whether the round goes on; ``False`` where nothing can be sent at all.
        :raises StoreError: the store could not write; nothing was sent that it does not know of.
        """
        while not self._stopped():
            errand = self._run(partial(_begin_next, now=self._clock()))
            if errand is None:
                return True
            self._listener.errand_changed(errand)
            try:
                _send(connector, errand)
            except DeliveryError as error:
                if not self._failed(connector, errand, error):
                    return False
            else:
                self._done(errand)
        return False

    def _done(self, errand: Errand) -> None:
        self._link.answered()
        self._run(lambda store: store.errands.done(errand.id))
        _log.info("The desk has %s %s.", errand.kind.value, errand.id)
        self._listener.errand_changed(replace(errand, state=ErrandState.DONE, why=""))

    def _failed(self, connector: Connector, errand: Errand, error: DeliveryError) -> bool:
        """Write down what became of it; return whether the round goes on."""
        failure = classify(error)
        if failure.kind is Kind.CONFLICT or _status_refuses(error):
            self._link.answered()
            why = self._why_too_late(connector, errand)
            if why is not None:
                return self._close(errand, ErrandState.TOO_LATE, why)
        if failure.kind in {Kind.CONFLICT, Kind.REFUSED}:
            self._link.answered()
            return self._close(errand, ErrandState.REFUSED, error.happened)
        self._put_back(errand, error, failure)
        return not self._link.failed(connector, failure, small=True)

    def _close(self, errand: Errand, state: ErrandState, why: str) -> bool:
        self._run(lambda store: store.errands.fail(errand.id, state, why))
        _log.info("%s %s is over (%s).", errand.kind.value, errand.id, state.value)
        self._listener.errand_changed(replace(errand, state=state, why=why))
        return True

    def _put_back(self, errand: Errand, error: DeliveryError, failure: Failure) -> None:
        lost = isinstance(error, NoConnection) and error.may_have_arrived
        state = ErrandState.ATTEMPTING if lost else ErrandState.WAITING
        attempts = max(errand.attempts, self._link.failures)
        pause = asked(failure.wait) if failure.wait is not None else delay(attempts, self._random)
        at = None if failure.kind is Kind.SIGN_IN else self._clock() + pause
        self._run(lambda store: store.errands.put_back(errand.id, state, at, failure.why))
        later = replace(errand, state=state, next_attempt_at=at, why=failure.why)
        self._listener.errand_changed(later)

    def _why_too_late(self, connector: Connector, errand: Errand) -> str | None:
        """Ask the desk what happened meanwhile; where it does not say, the sentence is general.

        ``None``: nothing has happened; it was refused for another reason, as an embargo.
        """
        try:
            now = connector.report(errand.report_id)
            if now.revision_id == errand.revision_id:
                return None if _is_possible(errand, now) else status_moved_on(errand, now)
            newest = connector.revision(errand.report_id, now.revision_id)
            return newer_revision(errand, newest)
        except DeliveryError:
            return unknown(errand)


def _send(connector: Connector, errand: Errand) -> None:
    report_id, revision_id = errand.report_id, errand.revision_id
    if errand.kind is ErrandKind.WANTED:
        connector.want(report_id, errand.photos)
    elif errand.kind is ErrandKind.COMMENT:
        text, block = errand.note, errand.block
        comment(connector, report_id, revision_id, text, block=block, comment_id=errand.id)
    elif errand.action is not None:
        decide(
            connector,
            report_id,
            revision_id,
            errand.action,
            errand.note,
            decision_id=errand.id,
            publish_at=errand.publish_at,
        )


def _is_possible(errand: Errand, now: ReportAnswer) -> bool:
    if errand.action is None or not allowed(Status(now.status), errand.action):
        return False
    return errand.action is not Action.RETURN or reviewed_report(now).may_be_read_next


def _status_refuses(error: DeliveryError) -> bool:
    return isinstance(error, Refused) and error.problem_type == ProblemType.STATUS


def _next_of_each(store: Store) -> tuple[Errand, ...]:
    account = store.account.get()
    return () if account is None else store.errands.next_of_each_report(account.key)


def _begin_next(store: Store, now: datetime) -> Errand | None:
    with store.transaction():
        due = [errand for errand in _next_of_each(store) if _is_due(errand.next_attempt_at, now)]
        return store.errands.begin(due[0].id) if due else None


def _is_due(next_attempt_at: datetime | None, now: datetime) -> bool:
    # A time further ahead than any wait was not meant: the clock has been put back since.
    return next_attempt_at is None or not now < next_attempt_at <= now + LONGEST_ASKED


def _make_all_due(store: Store) -> None:
    account = store.account.get()
    if account is not None:
        store.errands.retry_now(account.key)

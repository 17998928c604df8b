"""Sends texts: each in one call, and what the desk holds of its photos comes with the receipt."""

from __future__ import annotations

import logging
import threading
from functools import partial

from pydantic import ValidationError

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.delivery import Delivery
from reporterdesk.domain.errors import DeliveryError, Refused, ServerBusy
from reporterdesk.domain.report import Revision
from reporterdesk.publishing.connector import Connector
from reporterdesk.sync import ledger
from reporterdesk.sync.conflicts import Conflicts
from reporterdesk.sync.errands import Errands
from reporterdesk.sync.failures import Failure, Kind, classify
from reporterdesk.sync.link import Link
from reporterdesk.sync.listener import SyncListener
from reporterdesk.sync.orders import Orders
from reporterdesk.sync.receipts import Received, received
from reporterdesk.sync.resizes import Resizes
from reporterdesk.sync.setbacks import Setbacks
from reporterdesk.wire.convert import file_request
from reporterdesk.workflow.running import RunInStore

_log = logging.getLogger(__name__)


class Texts:
    """Files revisions, and asks what the desk has of them. Lives on the engine's thread.

    :param stop: set from any thread, to end after the call under way.
    """

    def __init__(
        self,
        run: RunInStore,
        clock: Clock,
        listener: SyncListener,
        *,
        link: Link,
        orders: Orders,
        setbacks: Setbacks,
        errands: Errands,
        stop: threading.Event,
    ) -> None:
        self._run = run
        self._clock = clock
        self._listener = listener
        self._link = link
        self._orders = orders
        self._setbacks = setbacks
        self._errands = errands
        self._conflicts = Conflicts(run, clock, listener)
        self._resizes = Resizes(run, listener)
        self._stop = stop

    def send_due(self, connector: Connector) -> bool:
        """Send every text that is due, then every errand; return whether the round goes on."""
        self._conflicts.start_round()
        while not (self._stop.is_set() or self._orders.terms().paused):
            now = self._clock()
            attempt = self._run(partial(ledger.next_text, now=now))
            if attempt is None:
                return self._errands.deliver_due(connector)
            self._listener.delivery_changed(attempt.delivery)
            try:
                if self._resizes.dropped(connector, attempt):
                    continue
                self.file(connector, attempt.revision)
            except DeliveryError as error:
                if not self.failed(connector, attempt.delivery, classify(error)):
                    return False
        return False

    def file(self, connector: Connector, revision: Revision) -> None:
        """Send a frozen revision; it is delivered only if the receipt is about just that.

        :raises DeliveryError: one of its kinds.
        """
        try:
            request = file_request(revision)
        except ValidationError as error:
            raise Refused(_beyond_the_api(error)) from None
        self._write(revision, received(connector.file(revision.report_id, request), revision))
        _log.info("The desk has revision %s of report %s.", revision.id, revision.report_id)

    def ask_again(self, connector: Connector, delivery: Delivery) -> None:
        """Ask what the desk has of a text that it has taken, and write down what it says.

        To read the report is less to send than to file it again, which is as good and changes
        nothing; that is done where the desk has a newer revision, or none at all any more.

        :raises DeliveryError: one of its kinds.
        """
        revision = self._run(lambda store: store.revisions.get(delivery.revision_id))
        answer = None
        try:
            answer = connector.report(revision.report_id)
            held = received(answer, revision)
        except Refused as error:
            if not classify(error).gone:
                raise
        except ServerBusy:
            if answer is None:
                raise
        else:
            self._write(revision, held)
            return
        self.file(connector, revision)

    def _write(self, revision: Revision, held: Received) -> None:
        self._link.answered()
        delivery = self._run(lambda store: ledger.text_received(store, revision, held))
        if delivery is not None:
            self._listener.delivery_changed(delivery)
        self._listener.report_changed(revision.report_id)

    def failed(self, connector: Connector, delivery: Delivery, failure: Failure) -> bool:
        """Write a failed text down; return whether the round goes on.

        A conflict is settled, or brought before the person.
        """
        if failure.kind is Kind.CONFLICT:
            if self._is_our_own(delivery, failure):
                return True
            try:
                self._conflicts.met(connector, delivery)
            except DeliveryError as error:  # what the desk has instead could not be fetched
                failure = classify(error)
            else:
                return True
        self._setbacks.write(delivery, failure, delivery.attempts)
        return self._setbacks.go_on_after(connector, failure)

    def _is_our_own(self, delivery: Delivery, failure: Failure) -> bool:
        """Put it after a revision of this laptop's own, if that is what the desk has."""
        current = failure.current_revision_id
        again = self._run(
            lambda store: ledger.file_after_own(store, delivery, current, self._clock)
        )
        if again is not None:
            self._listener.delivery_changed(again)
        return again is not None


def _beyond_the_api(error: ValidationError) -> str:
    """Say which field the publishing API does not take; the check is the wire's own."""
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"]) or "report"
    return f"The desk does not take this “{field}”: {first['msg']}."

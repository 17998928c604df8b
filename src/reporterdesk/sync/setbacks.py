"""What a failed call does to what it was about, and to all else that waits."""

from __future__ import annotations

import logging
from datetime import timedelta
from random import Random

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.delivery import Delivery
from reporterdesk.publishing.connector import Connector
from reporterdesk.sync import ledger
from reporterdesk.sync.backoff import LONGEST_ASKED, asked, delay
from reporterdesk.sync.failures import Failure, Kind
from reporterdesk.sync.link import Link
from reporterdesk.sync.listener import SyncListener
from reporterdesk.workflow.running import RunInStore

_log = logging.getLogger(__name__)


class Setbacks:
    """Writes failures down, and says who has to wait. Lives on the engine's thread."""

    def __init__(
        self, run: RunInStore, clock: Clock, random: Random, listener: SyncListener, link: Link
    ) -> None:
        self._run = run
        self._clock = clock
        self._random = random
        self._listener = listener
        self._link = link

    def write(self, delivery: Delivery, failure: Failure, attempts: int) -> None:
        """Write why a delivery waits, and until when."""
        at = self._clock() + self._wait(failure, attempts)
        _log.info("Report %s waits (%s): %s", delivery.report_id, failure.kind.name, failure.why)
        new = self._run(lambda store: ledger.attempt_failed(store, delivery, failure, at))
        if new is not None:
            self._listener.delivery_changed(new)
            if failure.kind in {Kind.REFUSED, Kind.CONFLICT}:
                self._listener.report_changed(new.report_id)

    def go_on_after(self, connector: Connector, failure: Failure) -> bool:
        """Let everything wait where the failure concerns everything; return whether it does not."""
        if not self._link.failed(connector, failure):
            return True
        self.hold_all(failure)
        return False

    def hold_all(self, failure: Failure) -> None:
        """Let everything wait, without an end where that is for the person to sign in."""
        signed_out = failure.kind is Kind.SIGN_IN
        until = None if signed_out else self._clock() + self._wait(failure, 1)
        _log.info("Everything waits (%s): %s", failure.kind.name, failure.why)
        for delivery in self._run(lambda store: ledger.hold_all(store, failure, until)):
            self._listener.delivery_changed(delivery)

    def _wait(self, failure: Failure, attempts: int) -> timedelta:
        if failure.wait is not None:
            return asked(failure.wait)
        if failure.kind is Kind.REFUSED:
            # Only the desk can change that; a photo that it refuses is not offered all the time.
            return LONGEST_ASKED
        return delay(max(attempts, self._link.failures), self._random)

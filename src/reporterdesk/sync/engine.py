"""Delivers what is in the outbox, and fetches what the desk has done.

Plain Python: no thread, no event loop and no waiting of its own. Time, randomness and the
connector are passed in, so that every fault can be tested.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random

from pydantic import ValidationError

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.delivery import Delivery
from reporterdesk.domain.errors import DeliveryError, PhotoError, Refused, SignInNeeded
from reporterdesk.domain.report import Revision
from reporterdesk.publishing.connector import Connector
from reporterdesk.sync import ledger
from reporterdesk.sync.adoption import Adoption
from reporterdesk.sync.backoff import asked, delay
from reporterdesk.sync.errands import Errands
from reporterdesk.sync.failures import Failure, Kind, classify
from reporterdesk.sync.ledger import PhotoJob
from reporterdesk.sync.link import Link
from reporterdesk.sync.listener import SyncListener
from reporterdesk.sync.receipts import received
from reporterdesk.sync.standing import Standing
from reporterdesk.sync.uploads import Uploads
from reporterdesk.wire.convert import file_request
from reporterdesk.workflow.running import RunInStore

_log = logging.getLogger(__name__)


class SyncEngine:
    """Lives on the network thread; only :meth:`network_changed` and :meth:`stop` are for others.

    :param connect: returns the signed-in connection, the same one as long as the account and its
        token are the same; ``None`` when nobody is signed in.
    :param standing: what is known of the connection, where others use it, too.
    """

    def __init__(
        self,
        run: RunInStore,
        connect: Callable[[], Connector | None],
        clock: Clock,
        random: Random,
        listener: SyncListener,
        standing: Standing | None = None,
    ) -> None:
        self._run = run
        self._connect = connect
        self._clock = clock
        self._random = random
        self._listener = listener
        self._link = Link(standing or Standing(listener))
        self._uploads = Uploads(
            lambda sha256, offset, length: run(
                lambda store: store.photos.read_range(sha256, offset, length)
            )
        )
        self._adoption = Adoption(run, clock, listener, self._link, self.network_changed)
        self._skipped: dict[tuple[str, str], tuple[Delivery, Failure]] = {}
        self._asked_again: set[str] = set()
        self._stop = threading.Event()
        self._errands = Errands(run, clock, random, listener, self._link, self._stop.is_set)
        self._begin_anew = threading.Event()
        self._begin_anew.set()  # a start counts as a new network: what waited is tried at once

    def deliver_due(self) -> datetime | None:
        """Send all that is due: every text, then previews, then full-size photos.

        :returns: when to call again, at the latest; ``None`` if nothing waits for time to pass.
        :raises StoreError: the store could not write; nothing was sent that it does not know of.
        """
        if self._begin_anew.is_set():
            self._begin_anew.clear()
            self._link.forget()
            self._run(ledger.make_all_due)
            self._errands.make_all_due()
        if not (self._run(ledger.anything_moving) or self._errands.anything()):
            return None
        connector = self._signed_in()
        if connector is None:
            self._hold(classify(SignInNeeded()), None)
            self._link.signed_out()
            return None
        self._skipped.clear()
        self._asked_again.clear()
        self._uploads.start_round()
        if self._send_texts(connector) and self._send_photos(connector):
            self._settle_skipped()
        if self._link.nobody_signed_in:
            return None
        times = (self._run(partial(ledger.next_time, now=self._clock())), self._errands.next_time())
        return min((time for time in times if time is not None), default=None)

    def fetch_changes(self, *, wait: float = 0) -> tuple[str, ...]:
        """Adopt what the desk did: status, notes and public address, never text.

        :param wait: seconds for which the server may hold the call until something happens.
        :returns: the ids of reports on this laptop that changed.
        :raises StoreError: the store could not write.
        """
        connector = self._signed_in()
        if connector is None:
            return ()
        return self._adoption.fetch(connector, wait)

    def network_changed(self) -> None:
        """Try everything at the next call, whatever it waited for. From any thread."""
        self._begin_anew.set()

    def stop(self) -> None:
        """End the call of :meth:`deliver_due` under way after its next piece, for good.

        May be called from any thread.
        """
        self._stop.set()

    def _signed_in(self) -> Connector | None:
        connector = self._connect()
        return None if self._link.was_refused(connector) else connector

    def _send_texts(self, connector: Connector) -> bool:
        """Send every text that is due, then every errand; return whether the round goes on."""
        while not self._stop.is_set():
            now = self._clock()
            attempt = self._run(partial(ledger.next_text, now=now))
            if attempt is None:
                return self._errands.deliver_due(connector)
            self._listener.delivery_changed(attempt.delivery)
            try:
                self._file(connector, attempt.revision)
            except DeliveryError as error:
                if not self._text_failed(connector, attempt.delivery, classify(error)):
                    return False
        return False

    def _send_photos(self, connector: Connector) -> bool:
        """Send every photo that is due; return whether the round came to its end."""
        while not self._stop.is_set():
            now, skipped = self._clock(), set(self._skipped)
            job = self._run(partial(ledger.next_photo, now=now, skipped=skipped))
            if job is None:
                return True
            try:
                self._advance(connector, job)
            except (DeliveryError, PhotoError) as error:
                if not self._photo_failed(connector, job, classify(error)):
                    return False
            # A text that was filed meanwhile does not wait for the photos of others.
            if not self._send_texts(connector):
                return False
        return False

    def _file(self, connector: Connector, revision: Revision) -> None:
        """Send a frozen revision; it is delivered only if the receipt is about just that."""
        try:
            request = file_request(revision)
        except ValidationError as error:
            raise Refused(_beyond_the_api(error)) from None
        answer = connector.file(revision.report_id, request)
        held = received(answer, revision)
        self._link.answered()
        delivery = self._run(lambda store: ledger.text_received(store, revision, held))
        _log.info("The desk has revision %s of report %s.", revision.id, revision.report_id)
        if delivery is not None:
            self._listener.delivery_changed(delivery)
        self._listener.report_changed(revision.report_id)

    def _advance(self, connector: Connector, job: PhotoJob) -> None:
        if job.upload is None:
            self._ask_again(connector, job.delivery)
            return
        sha256 = job.upload.sha256
        offset = self._uploads.send_piece(connector, job.upload)
        self._link.answered()
        delivery = self._run(
            lambda store: ledger.bytes_arrived(store, job.delivery, sha256, offset)
        )
        if delivery is not None:
            self._listener.delivery_changed(delivery)

    def _ask_again(self, connector: Connector, delivery: Delivery) -> None:
        """File the same revision again, which changes nothing, to hear what is missing."""
        if delivery.report_id in self._asked_again:
            raise Refused("The desk’s server does not say where a photo should go.")
        self._asked_again.add(delivery.report_id)
        self._file(connector, self._run(lambda store: store.revisions.get(delivery.revision_id)))

    def _text_failed(self, connector: Connector, delivery: Delivery, failure: Failure) -> bool:
        """Write a failed text down; return whether the round goes on."""
        if failure.kind is Kind.CONFLICT:
            current = failure.current_revision_id
            again = self._run(
                lambda store: ledger.file_after_own(store, delivery, current, self._clock)
            )
            if again is not None:
                self._listener.delivery_changed(again)
                return True
        self._write_failure(delivery, failure, delivery.attempts)
        return self._goes_on(connector, failure)

    def _photo_failed(self, connector: Connector, job: PhotoJob, failure: Failure) -> bool:
        """Skip a failed photo for this round; return whether the round goes on."""
        upload = job.upload
        if failure.gone and upload is not None and job.delivery.report_id not in self._asked_again:
            try:
                self._ask_again(connector, job.delivery)
            except DeliveryError as error:
                failure = classify(error)
            else:
                return True
        if failure.kind is Kind.CONFLICT:
            self._write_failure(job.delivery, failure, 1)
            return True
        key = (job.delivery.report_id, upload.sha256 if upload else "")
        self._skipped[key] = (job.delivery, failure)
        return self._goes_on(connector, failure)

    def _goes_on(self, connector: Connector, failure: Failure) -> bool:
        """Let everything wait where the failure concerns everything; else the round goes on."""
        if not self._link.failed(connector, failure):
            return True
        signed_out = failure.kind is Kind.SIGN_IN
        self._hold(failure, None if signed_out else self._clock() + self._wait(failure, 1))
        return False

    def _settle_skipped(self) -> None:
        """At the end of a round, write down what its skipped photos wait for."""
        settled: set[str] = set()
        for delivery, failure in self._skipped.values():
            if delivery.report_id not in settled:
                settled.add(delivery.report_id)
                self._write_failure(delivery, failure, delivery.attempts + 1)

    def _write_failure(self, delivery: Delivery, failure: Failure, attempts: int) -> None:
        at = self._clock() + self._wait(failure, attempts)
        _log.info("Report %s waits (%s): %s", delivery.report_id, failure.kind.name, failure.why)
        new = self._run(lambda store: ledger.attempt_failed(store, delivery, failure, at))
        if new is not None:
            self._listener.delivery_changed(new)
            if failure.kind in {Kind.REFUSED, Kind.CONFLICT}:
                self._listener.report_changed(new.report_id)

    def _wait(self, failure: Failure, attempts: int) -> timedelta:
        if failure.wait is not None:
            return asked(failure.wait)
        return delay(max(attempts, self._link.failures), self._random)

    def _hold(self, failure: Failure, until: datetime | None) -> None:
        _log.info("Everything waits (%s): %s", failure.kind.name, failure.why)
        held = self._run(lambda store: ledger.hold_all(store, failure, until))
        for delivery in held:
            self._listener.delivery_changed(delivery)


def _beyond_the_api(error: ValidationError) -> str:
    """Say which field the publishing API does not take; the check is the wire's own."""
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"]) or "report"
    return f"The desk does not take this “{field}”: {first['msg']}."

"""Sends photos: the previews, then the full sizes, each in the order that the desk asks for."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import datetime
from enum import Enum, auto
from functools import partial

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.delivery import Delivery
from reporterdesk.domain.errors import DeliveryError, PhotoError, Refused, ReporterDeskError
from reporterdesk.publishing.connector import Connector
from reporterdesk.store.store import Store
from reporterdesk.sync import ledger
from reporterdesk.sync.estimating import Estimating
from reporterdesk.sync.failures import Failure, Kind, classify
from reporterdesk.sync.ledger import PhotoJob
from reporterdesk.sync.link import Link
from reporterdesk.sync.listener import SyncListener
from reporterdesk.sync.manifests import Manifests
from reporterdesk.sync.orders import Orders, Terms
from reporterdesk.sync.pace import Pace
from reporterdesk.sync.setbacks import Setbacks
from reporterdesk.sync.texts import Texts
from reporterdesk.sync.uplink import Uplink
from reporterdesk.sync.uploads import PATIENCE, Uploads
from reporterdesk.workflow.running import RunInStore


class Outcome(Enum):
    """How a call of :meth:`PhotoRound.send_due` ended."""

    DONE = auto()
    """Nothing more is due; what failed is to be settled."""
    PACED = auto()
    """The rate that the person allows is used up; the round goes on later."""
    BROKEN_OFF = auto()
    """Everything waits."""


class PhotoRound:
    """Goes through all photos that are due. Lives on the engine's thread.

    A file that failed is passed over until the round is over, and holds up no other.
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
        texts: Texts,
        uplink: Uplink,
        uploads: Uploads,
        pace: Pace,
        estimating: Estimating,
        manifests: Manifests,
        stop: threading.Event,
    ) -> None:
        self._run = run
        self._clock = clock
        self._listener = listener
        self._link = link
        self._orders = orders
        self._setbacks = setbacks
        self._texts = texts
        self._uplink = uplink
        self._uploads = uploads
        self._pace = pace
        self._estimating = estimating
        self._manifests = manifests
        self._stop = stop
        self._skipped: dict[tuple[str, str], tuple[Delivery, Failure]] = {}
        self._later: set[tuple[str, str]] = set()
        self._asked: Counter[tuple[str, str]] = Counter()

    def begin(self) -> None:
        """Begin a round: what was passed over in the last one has its turn again."""
        self._skipped.clear()
        self._asked.clear()
        self._uploads.start_round()

    def forget(self) -> None:
        """Another network: nothing that failed on the old one is put last."""
        self._later.clear()
        self._uploads.forget()

    def send_due(self, connector: Connector) -> Outcome:
        """Send every photo that is due, and every text that is filed meanwhile."""
        while not self._stop.is_set():
            terms = self._orders.terms()
            if terms.paused:
                return Outcome.BROKEN_OFF
            job = self._next(terms)
            if job is None:
                return Outcome.DONE
            self._pace.allow(terms.bytes_a_second)
            if job.upload is not None and self._pace.wait() > 0:
                return Outcome.PACED
            try:
                self._advance(connector, job)
            except (DeliveryError, PhotoError) as error:
                if not self._failed(connector, job, classify(error)):
                    return Outcome.BROKEN_OFF
            except ReporterDeskError:
                raise
            except Exception:
                # A bug at one photo, or at one report: at the next look it comes last.
                self._later.add(_key(job))
                raise
            # A text that was filed meanwhile does not wait for the photos of others.
            if not self._texts.send_due(connector):
                return Outcome.BROKEN_OFF
            self._estimating.tell(self._orders.terms())
        return Outcome.BROKEN_OFF

    def settle(self) -> None:
        """At the end of a round, write down what its skipped photos wait for."""
        settled: set[str] = set()
        for delivery, failure in self._skipped.values():
            if delivery.report_id not in settled:
                settled.add(delivery.report_id)
                self._setbacks.write(delivery, failure, delivery.attempts + 1)

    def _next(self, terms: Terms) -> PhotoJob | None:
        """Choose: what is cut again and again comes last, though it is not given up."""
        if not terms.photos:
            return None
        now, skipped = self._clock(), set(self._skipped)
        for passed_over in (skipped | self._later, skipped):
            job = self._run(partial(self._choose, now=now, skipped=passed_over, terms=terms))
            if job is not None or not self._later:
                return job
        return None

    def _choose(
        self, store: Store, now: datetime, skipped: set[tuple[str, str]], terms: Terms
    ) -> PhotoJob | None:
        only = self._manifests.files_of(store, terms.only)
        return ledger.next_photo(store, now, skipped, only)

    def _advance(self, connector: Connector, job: PhotoJob) -> None:
        if job.upload is None:
            self._ask_for_receipt(connector, job.delivery)
            return
        upload, delivery = job.upload, job.delivery
        size = self._uploads.next_piece(upload, self._pace.piece_size(self._uplink.piece_size()))
        self._pace.sending(size)
        offset = self._uploads.send_piece(connector, upload, size)
        if offset > upload.offset:
            self._link.answered()
            self._later.discard((delivery.report_id, upload.sha256))
        new = self._run(lambda store: self._arrived(store, delivery, upload.sha256, offset))
        if new is not None:
            self._listener.delivery_changed(new)

    def _arrived(
        self, store: Store, delivery: Delivery, sha256: str, offset: int
    ) -> Delivery | None:
        pairs = self._manifests.pairs(store, delivery.revision_id)
        return ledger.bytes_arrived(store, delivery, sha256, offset, pairs)

    def _ask_for_receipt(self, connector: Connector, delivery: Delivery) -> None:
        """Ask what the desk has, a few times in a round at most."""
        if self._asked[delivery.report_id, ""] >= PATIENCE:
            raise Refused("The desk’s server does not say where a photo should go.")
        self._asked[delivery.report_id, ""] += 1
        self._texts.ask_again(connector, delivery)

    def _failed(self, connector: Connector, job: PhotoJob, failure: Failure) -> bool:
        """Skip a failed photo for this round; return whether the round goes on."""
        upload, delivery = job.upload, job.delivery
        key = _key(job)
        if failure.gone and upload is not None and not self._asked[key]:
            self._asked[key] += 1
            try:
                self._texts.ask_again(connector, delivery)
            except DeliveryError as error:
                failure = classify(error)
            else:
                return True
        if failure.kind is Kind.CONFLICT:
            return self._texts.failed(connector, delivery, failure)
        if failure.kind is not Kind.NO_ANSWER or upload is None:
            self._skipped[key] = (delivery, failure)
        elif self._uploads.is_stuck(upload):
            # A cut on a bad link is no reason to leave a photo; that the desk answers, and only
            # this photo is cut, is.
            self._later.add(key)
        return self._setbacks.go_on_after(connector, failure)


def _key(job: PhotoJob) -> tuple[str, str]:
    """Return what a job is passed over by: its file, ``""`` for the question."""
    return (job.delivery.report_id, job.upload.sha256 if job.upload else "")

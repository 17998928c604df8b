"""Delivers what is in the outbox, and fetches what the desk has done.

Plain Python: no thread, no event loop and no waiting of its own. Time, randomness and the
connector are passed in, so that every fault can be tested.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.errors import SignInNeeded
from reporterdesk.domain.sending import SendPolicy
from reporterdesk.publishing.connector import Connector
from reporterdesk.store.store import Store
from reporterdesk.sync import ledger
from reporterdesk.sync.adoption import Adoption
from reporterdesk.sync.errands import Errands
from reporterdesk.sync.estimating import Estimating
from reporterdesk.sync.failures import classify
from reporterdesk.sync.link import Link
from reporterdesk.sync.listener import SyncListener
from reporterdesk.sync.manifests import Manifests
from reporterdesk.sync.orders import Orders, Terms
from reporterdesk.sync.pace import Pace
from reporterdesk.sync.photo_round import Outcome, PhotoRound
from reporterdesk.sync.setbacks import Setbacks
from reporterdesk.sync.standing import Standing
from reporterdesk.sync.texts import Texts
from reporterdesk.sync.uplink import Uplink
from reporterdesk.sync.uploads import Uploads
from reporterdesk.workflow.running import RunInStore


class SyncEngine:
    """Lives on the network thread; what else is for other threads says so.

    :param connect: returns the signed-in connection, the same one as long as the account and its
        token are the same; ``None`` when nobody is signed in.
    :param standing: what is known of the connection, where others use it, too.
    :param stopwatch: seconds that only ever grow; it measures what the clock must not.
    """

    def __init__(
        self,
        run: RunInStore,
        connect: Callable[[], Connector | None],
        clock: Clock,
        random: Random,
        listener: SyncListener,
        standing: Standing | None = None,
        *,
        stopwatch: Callable[[], float] = time.monotonic,
    ) -> None:
        self._run = run
        self._connect = connect
        self._clock = clock
        self._random = random
        self._listener = listener
        self._stopwatch = stopwatch
        self._link = link = Link(standing or Standing(listener))
        self._adoption = Adoption(run, clock, listener, link, self.desk_answers)
        self._stop = stop = threading.Event()
        self._begin_anew = threading.Event()
        self._new_network = threading.Event()
        self._desk_answered = threading.Event()
        self._begin_anew.set()  # a start counts as a change: what waited is tried at once
        self._orders = orders = Orders(run)
        self._setbacks = setbacks = Setbacks(run, clock, random, listener, link)
        self._errands = Errands(run, clock, random, listener, link, stop.is_set)
        self._pace = Pace(stopwatch)
        self._uplink = Uplink()
        self._manifests = Manifests()
        self._estimating = Estimating(
            run, clock, listener, self._uplink, stopwatch, self._manifests
        )
        self._texts = Texts(
            run,
            clock,
            listener,
            link=link,
            orders=orders,
            setbacks=setbacks,
            errands=self._errands,
            stop=stop,
        )
        self._photos = PhotoRound(
            run,
            clock,
            listener,
            link=link,
            orders=orders,
            setbacks=setbacks,
            texts=self._texts,
            uplink=self._uplink,
            uploads=Uploads(self._read, self._uplink, stopwatch),
            pace=self._pace,
            estimating=self._estimating,
            manifests=self._manifests,
            stop=stop,
        )
        self._in_a_round = False

    def deliver_due(self) -> datetime | None:
        """Send all that is due: every text, then previews, then full-size photos.

        :returns: when to call again, at the latest; ``None`` if nothing waits for time to pass.
        :raises StoreError: the store could not write; nothing was sent that it does not know of.
        """
        terms = self._orders.terms()
        if terms.paused:
            self._in_a_round = False
            self._estimating.tell(terms)
            return None
        self._hear_news()
        if not (self._run(ledger.anything_moving) or self._errands.anything()):
            self._estimating.tell(terms)
            return None
        connector = self._signed_in()
        if connector is None:
            self._setbacks.hold_all(classify(SignInNeeded()))
            self._link.signed_out()
            return None
        if self._new_network.is_set():
            self._new_network.clear()
            self._uplink.forget()
            connector.close()  # what was kept led through the old network
        if not self._in_a_round:
            self._photos.begin()
        outcome = self._send(connector)
        self._in_a_round = outcome is Outcome.PACED
        if outcome is Outcome.DONE:
            self._photos.settle()
        going = outcome is not Outcome.BROKEN_OFF
        self._estimating.tell(self._orders.terms(), now=True, going=going)
        if self._link.nobody_signed_in:
            return None
        return self._next_time(outcome)

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
        """Try everything at the next call, and measure anew how fast it goes. From any thread."""
        self._new_network.set()
        self._begin_anew.set()

    def try_now(self) -> None:
        """Try everything at the next call, whatever it waited for. From any thread."""
        self._begin_anew.set()

    def desk_answers(self) -> None:
        """Another call has been answered after there was no connection. From any thread."""
        self._desk_answered.set()

    def set_policy(self, policy: SendPolicy) -> None:
        """Send as the person has decided from the next piece on, also after a restart.

        From any thread; then wake the engine, which writes it down. What has failed before is
        tried again at once: who changes something here wants it to go.
        """
        self._orders.decide(policy)
        self.try_now()

    def network_metered(self, metered: bool) -> None:
        """Tell whether the network is paid by the byte. From any thread."""
        self._orders.network_metered(metered)

    def text_only(self) -> bool:
        """Tell whether photos are to wait, because the network is metered. From any thread."""
        return self._orders.text_only()

    def stop(self) -> None:
        """End the call of :meth:`deliver_due` under way after its next piece, for good.

        May be called from any thread.
        """
        self._stop.set()

    def _signed_in(self) -> Connector | None:
        connector = self._connect()
        return None if self._link.was_refused(connector) else connector

    def _hear_news(self) -> None:
        """Forget waits, where something has happened that may help."""
        answered = self._desk_answered.is_set()
        self._desk_answered.clear()
        if self._begin_anew.is_set():
            self._begin_anew.clear()
            self._in_a_round = False
            self._link.forget()
            self._photos.forget()
            self._run(ledger.forget_attempts)
        elif not (answered and self._link.believes_others(self._stopwatch())):
            return
        self._run(ledger.make_all_due)
        self._errands.make_all_due()

    def _send(self, connector: Connector) -> Outcome:
        if not self._texts.send_due(connector):
            return Outcome.BROKEN_OFF
        # A text that was filed anew may have brought smaller photos along.
        self._estimating.tell(self._orders.terms())
        return self._photos.send_due(connector)

    def _next_time(self, outcome: Outcome) -> datetime | None:
        """Return when the next piece, text or errand is due."""
        terms, now = self._orders.terms(), self._clock()
        if terms.paused:
            return None
        if outcome is Outcome.PACED:
            return now + timedelta(seconds=self._pace.wait())
        of_outbox = self._run(lambda store: self._next_of_outbox(store, now, terms))
        times = (of_outbox, self._errands.next_time())
        return min((time for time in times if time is not None), default=None)

    def _next_of_outbox(self, store: Store, now: datetime, terms: Terms) -> datetime | None:
        only = self._manifests.files_of(store, terms.only)
        return ledger.next_time(store, now, photos=terms.photos, only=only)

    def _read(self, sha256: str, offset: int, length: int) -> bytes:
        return self._run(lambda store: store.photos.read_range(sha256, offset, length))

"""Listening to the desk: one long call after the other, so that news are here in a second.

A call is held by the server until something happens, up to :data:`WAIT`; nothing else is sent
while nothing happens. Deliveries have a thread and connections of their own and never wait for it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.errors import DeliveryError
from reporterdesk.domain.people import Person
from reporterdesk.publishing.connector import Connector
from reporterdesk.sync.adoption import Adoption
from reporterdesk.sync.backoff import asked, delay
from reporterdesk.sync.desk_copy import DeskCopy
from reporterdesk.sync.failures import classify
from reporterdesk.sync.link import Link
from reporterdesk.sync.listener import SyncListener
from reporterdesk.sync.standing import Standing
from reporterdesk.workflow.running import RunInStore

WAIT = 55.0
"""Seconds for which the server may hold a call: just below a minute, at which proxies on the way
give up a silent connection. The server itself would hold one for four."""
UNHELD = 20.0
"""Seconds between two calls to a server that does not hold them."""
NOBODY = 3600.0
"""Seconds to wait while nobody is signed in; signing in ends it."""
_NOTE_EVERY = timedelta(minutes=5)
_log = logging.getLogger(__name__)


class Listening:
    """Hears what the desk does. Its calls are made one at a time, on the listening thread.

    :param connect: as for the engine.
    :param standing: what is known of the connection together with the engine.
    :param came_back: called when the desk answers after there was no connection.
    :param text_only: tells whether photos are to wait, as on a metered network.
    :param monotonic: seconds on a clock that only goes forward.
    """

    def __init__(
        self,
        run: RunInStore,
        connect: Callable[[], Connector | None],
        clock: Clock,
        random: Random,
        listener: SyncListener,
        standing: Standing,
        came_back: Callable[[], None],
        *,
        text_only: Callable[[], bool] = lambda: False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._run = run
        self._connect = connect
        self._clock = clock
        self._random = random
        self._standing = standing
        self._link = Link(standing)
        self._monotonic = monotonic
        self._copy = DeskCopy(run, clock, listener, text_only)
        self._adoption = Adoption(run, clock, listener, self._link, came_back, self._copy)
        self._known: tuple[Connector, Person] | None = None
        self._failures = 0
        self._seen_at: datetime | None = None
        self._noted_at: datetime | None = None

    def listen(self, counts: Callable[[], bool] = lambda: True) -> float:
        """Make one call, or bring down one thing; return the seconds to wait before the next.

        :param counts: asked when a call has ended: ``False`` where it was given up meanwhile, as
            the network is another one. Then nothing is done with its answer.
        :raises StoreError: the store could not write; nothing was passed over.
        """
        connector = self._connect()
        if connector is None or self._link.was_refused(connector):
            return NOBODY
        try:
            pause = self._ask(connector, counts)
        except DeliveryError as error:
            return self._failed(connector, error) if counts() else 0.0
        if counts():
            self._failures = 0
            self._note_seen()
        return pause

    def forget(self) -> None:
        """The network is another one: what failed on the old one does not count."""
        self._failures = 0
        self._link.forget()

    def _ask(self, connector: Connector, counts: Callable[[], bool]) -> float:
        person = self._run(lambda store: store.account.get())
        if person is not None and self._known != (connector, person.person):
            self._copy.start(connector)
            if not counts():
                return 0.0
            self._known = (connector, person.person)
        busy = self._copy.more(connector, counts)
        if not counts():
            return 0.0
        # The first question is answered at once: it tells whether there is a connection.
        wait = WAIT if self._standing.online and not busy else 0.0
        began = self._monotonic()
        taken = self._adoption.take(connector, wait, counts)
        took = self._monotonic() - began
        if busy or taken.anything or wait == 0 or took >= wait / 2:
            return 0.0
        return UNHELD - took

    def _failed(self, connector: Connector, error: DeliveryError) -> float:
        failure = classify(error)
        _log.info("The desk’s news wait (%s): %s", failure.kind.name, failure.why)
        self._failures += 1
        self._link.failed(connector, failure, small=True)
        self._note_seen(now=True)
        if self._link.was_refused(connector):
            return NOBODY
        pause = (
            asked(failure.wait) if failure.wait is not None else delay(self._failures, self._random)
        )
        return pause.total_seconds()

    def _note_seen(self, *, now: bool = False) -> None:
        """Keep up to when the desk's news are here: seldom, as long as nothing happens."""
        if not now:
            self._seen_at = self._clock()
        at, noted = self._seen_at, self._noted_at
        if at is not None and at != noted and (now or noted is None or at - noted >= _NOTE_EVERY):
            self._run(lambda store: store.desk.set_seen_at(at))
            self._noted_at = at

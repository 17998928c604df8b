"""When each report's last photo is expected, reckoned in the order in which they are sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.estimate import Estimate
from reporterdesk.store.sending import Left
from reporterdesk.store.store import Store
from reporterdesk.sync.listener import SyncListener
from reporterdesk.sync.manifests import Manifests
from reporterdesk.sync.orders import Terms
from reporterdesk.sync.uplink import Uplink
from reporterdesk.workflow.running import RunInStore

EVERY = 1.0
"""Seconds at least between two estimates while photos go."""
TEXT_BYTES = 4 * 1024
"""What a waiting text is taken for: compressed, with what HTTP adds."""

_SHARE = 20.0
"""To reckon takes no more than this part of the time, however many photos there are."""


def estimated(
    lines: Iterable[Left],
    now: datetime,
    *,
    rate: float | None,
    terms: Terms,
    going: bool = True,
) -> Estimate:
    """Return when all will have arrived if ``rate`` bytes a second stay.

    A report of which something is held back, and all while nothing is sent, has no time.
    """
    ordered = sorted(lines, key=_turn)
    in_all = sum(line.bytes for line in ordered)
    cap = terms.bytes_a_second
    effective = min(rate, cap) if rate is not None and cap is not None else rate
    if not (effective and going and terms.photos) or terms.paused:
        return Estimate(effective, in_all, now)
    held_back = {line.report_id for line in ordered if line.bytes and not line.allowed}
    sent = TEXT_BYTES * sum(line.rendition == "" for line in ordered)
    last: dict[str, datetime] = {}
    for line in ordered:
        if line.bytes and line.allowed:
            sent += line.bytes
            last.pop(line.report_id, None)  # so that it stands where its last photo goes
            last[line.report_id] = now + timedelta(seconds=sent / effective)
    reports = {name: at for name, at in last.items() if name not in held_back}
    return Estimate(effective, in_all, now, reports)


def _turn(line: Left) -> tuple[bool, bool, int, int]:
    """Return what sorts as things are sent; the photos of a waiting text count as full sizes."""
    return (line.rendition != "preview", line.wanted == 0, line.wanted, line.number)


class Estimating:
    """Tells the listener, not too often. Lives on the engine's thread.

    :param stopwatch: seconds that only ever grow, whatever is done to the clock.
    """

    def __init__(
        self,
        run: RunInStore,
        clock: Clock,
        listener: SyncListener,
        uplink: Uplink,
        stopwatch: Callable[[], float],
        manifests: Manifests,
    ) -> None:
        self._run = run
        self._clock = clock
        self._listener = listener
        self._uplink = uplink
        self._stopwatch = stopwatch
        self._manifests = manifests
        self._next = float("-inf")
        self._something_left = False

    def tell(self, terms: Terms, *, now: bool = False, going: bool = True) -> None:
        """Reckon and tell, if it is time or ``now`` is set; that nothing is left is told once.

        :param going: whether anything is sent; while everything waits, no time is promised.
        """
        began = self._stopwatch()
        if began < self._next and not now:
            return
        lines = self._run(lambda store: self._left(store, terms))
        rate = self._uplink.rate
        reckoned = estimated(lines, self._clock(), rate=rate, terms=terms, going=going)
        ended = self._stopwatch()
        self._next = ended + max(EVERY, (ended - began) * _SHARE)
        if reckoned.bytes_left or self._something_left:
            self._something_left = reckoned.bytes_left > 0
            self._listener.estimated(reckoned)

    def _left(self, store: Store, terms: Terms) -> tuple[Left, ...]:
        return store.sending.left(self._manifests.files_of(store, terms.only))

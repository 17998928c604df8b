"""Runs deliveries and listening on a thread each, wakes them, and tells the window the news."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance, Slot
from PySide6.QtNetwork import QNetworkInformation

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.delivery import Delivery
from reporterdesk.domain.errands import Errand
from reporterdesk.domain.errors import ReporterDeskError
from reporterdesk.domain.estimate import Estimate
from reporterdesk.domain.sending import SendPolicy
from reporterdesk.ui.listening_loop import ListeningLoop

if TYPE_CHECKING:
    from reporterdesk.sync.engine import SyncEngine
    from reporterdesk.sync.listening import Listening

LOOK_EVERY = 20.0
"""Seconds between looks at the outbox when nothing else wakes the engine."""
_SLEEP_GAP = 30.0
"""A timer this many seconds late means that the laptop slept."""
_PULSE_MS = 10_000
_log = logging.getLogger(__name__)


class SyncBridge(QObject):
    """Lives on the UI thread; deliveries and listening are on daemon threads of their own.

    Closing does not wait for a call that hangs in a bad network: what the engine does is written
    down before and after each call, so that it can be left at any moment.

    :param make: builds the two that speak to the network, on the network thread.
    """

    delivery_changed = Signal(object)
    report_changed = Signal(str)
    report_merged = Signal(str)
    resize_dropped = Signal(str, str)
    errand_changed = Signal(object)
    sign_in_needed = Signal()
    connection_changed = Signal(bool, str)
    login_page_found = Signal(str)
    estimated = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        make: Callable[[SyncBridge], tuple[SyncEngine, Listening]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make = make
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._engine: SyncEngine | None = None
        self._ear: ListeningLoop | None = None
        self._policy: SendPolicy | None = None
        self._metered = False
        self._thread = threading.Thread(target=self._work, name="network", daemon=True)
        self._pulse = QTimer(self, interval=_PULSE_MS)
        self._pulse.timeout.connect(self._look_for_sleep)
        self._last_pulse = time.time()
        self._listener = _Listener(self, self._tell)

    def start(self) -> None:
        """Begin: a start is the first of the engine's triggers."""
        self._listen_to_network()
        self._pulse.start()
        self._thread.start()

    @Slot()
    def wake(self) -> None:
        """Look now; something was filed or decided."""
        self._wake.set()

    @Slot()
    def send_now(self) -> None:
        """Look now, and try again what was waiting for its time; listen anew."""
        if self._engine is not None:
            self._engine.try_now()
        self._wake.set()
        if self._ear is not None:
            self._ear.begin_anew()

    def desk_is_back(self) -> None:
        """Try again what waited for a connection: listening has one. From any thread."""
        if self._engine is not None:
            self._engine.desk_answers()
        self._wake.set()

    def desk_answers(self) -> None:
        """Listen now, where that was waiting for its time. From any thread."""
        if self._ear is not None:
            self._ear.wake()

    @Slot(object)
    def set_policy(self, policy: SendPolicy) -> None:
        """Send as the person has decided from now on; the engine keeps it."""
        self._policy = policy
        if self._engine is not None:
            self._engine.set_policy(policy)
        self.wake()

    def close(self) -> None:
        """Ask the engine to stop after what it is doing; wait a moment, not for a dead network."""
        self._pulse.stop()
        self._stopping.set()
        if self._ear is not None:
            self._ear.stop()
        if self._engine is not None:
            self._engine.stop()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(1.0)

    @property
    def listener(self) -> _Listener:
        """What the engine is to tell; it brings everything to the UI thread."""
        return self._listener

    def _listen_to_network(self) -> None:
        if QNetworkInformation.loadDefaultBackend():
            information = QNetworkInformation.instance()
            information.reachabilityChanged.connect(self._reachability_changed)
            # Where the system does not tell, no network counts as metered.
            information.isMeteredChanged.connect(self._metered_changed)
            self._metered_changed(information.isMetered())

    @Slot(QNetworkInformation.Reachability)
    def _reachability_changed(self, _reachability: QNetworkInformation.Reachability) -> None:
        self._network_changed()

    @Slot(bool)
    def _metered_changed(self, metered: bool) -> None:
        self._metered = metered
        if self._engine is not None:
            self._engine.network_metered(metered)
        self.wake()

    @Slot()
    def _look_for_sleep(self) -> None:
        now = time.time()
        if now - self._last_pulse > _SLEEP_GAP + _PULSE_MS / 1000:
            self._network_changed()
        self._last_pulse = now

    def _network_changed(self) -> None:
        if self._engine is not None:
            self._engine.network_changed()
        self.send_now()

    def _work(self) -> None:
        """The loop of the network thread."""
        try:
            self._engine, listening = self._make(self)
            self._ear = ListeningLoop(listening, self._listening_failed)
            if not self._stopping.is_set():
                self._ear.start()
        except Exception as error:  # noqa: BLE001 - the person is to know of any bug here
            _log.exception("The delivery could not begin.")
            self._tell(self.failed, error)
            return
        self._engine.network_metered(self._metered)
        if self._policy is not None:  # decided before there was an engine
            self._engine.set_policy(self._policy)
        while not self._stopping.is_set():
            self._wake.clear()
            pause = LOOK_EVERY
            try:
                pause = _seconds_until(self._engine.deliver_due())
            except ReporterDeskError as error:
                self._tell(self.failed, error)
            except Exception as error:  # noqa: BLE001 - one bug must not end the delivery
                _log.exception("The delivery stopped with a bug; it goes on at the next look.")
                self._tell(self.failed, error)
            self._wake.wait(pause)

    def _listening_failed(self, error: Exception) -> None:
        self._tell(self.failed, error)

    def _tell(self, signal: SignalInstance, *values: object) -> None:
        if not self._stopping.is_set():
            signal.emit(*values)


class _Listener:
    """The engine's listener: emits the bridge's signals, which Qt brings to the UI thread."""

    def __init__(self, bridge: SyncBridge, tell: Callable[..., None]) -> None:
        self._bridge, self._tell = bridge, tell

    def delivery_changed(self, delivery: Delivery) -> None:
        """See :class:`reporterdesk.sync.listener.SyncListener`."""
        self._tell(self._bridge.delivery_changed, delivery)

    def report_changed(self, report_id: str) -> None:
        """See :class:`reporterdesk.sync.listener.SyncListener`."""
        self._tell(self._bridge.report_changed, report_id)

    def report_merged(self, report_id: str) -> None:
        """See :class:`reporterdesk.sync.listener.SyncListener`."""
        self._tell(self._bridge.report_merged, report_id)

    def resize_dropped(self, report_id: str, why: str) -> None:
        """See :class:`reporterdesk.sync.listener.SyncListener`."""
        self._tell(self._bridge.resize_dropped, report_id, why)

    def errand_changed(self, errand: Errand) -> None:
        """See :class:`reporterdesk.sync.listener.SyncListener`."""
        self._tell(self._bridge.errand_changed, errand)

    def sign_in_needed(self) -> None:
        """See :class:`reporterdesk.sync.listener.SyncListener`."""
        self._tell(self._bridge.sign_in_needed)

    def connection_changed(self, online: bool, why: str) -> None:
        """See :class:`reporterdesk.sync.listener.SyncListener`."""
        self._tell(self._bridge.connection_changed, online, why)
        if online:
            self._bridge.desk_answers()

    def login_page_found(self, address: str) -> None:
        """See :class:`reporterdesk.sync.listener.SyncListener`."""
        self._tell(self._bridge.login_page_found, address)

    def estimated(self, estimate: Estimate) -> None:
        """See :class:`reporterdesk.sync.listener.SyncListener`."""
        self._tell(self._bridge.estimated, estimate)


def _seconds_until(due: datetime | None) -> float:
    if due is None:
        return LOOK_EVERY
    return max(0.05, min(LOOK_EVERY, (due - utc_now()).total_seconds()))

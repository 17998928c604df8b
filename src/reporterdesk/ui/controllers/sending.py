"""Sending as the person sees and steers it: the outbox, how long it takes, pause and limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtNetwork import QNetworkInformation
from PySide6.QtWidgets import QVBoxLayout

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.estimate import Estimate
from reporterdesk.domain.people import Account
from reporterdesk.domain.sending import SendPolicy
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.background import Background
from reporterdesk.ui.controllers.moving import ReportMoves
from reporterdesk.ui.controllers.sending_commands import SendingCommands
from reporterdesk.ui.outbox.model import OutboxModel
from reporterdesk.ui.outbox.panel import OutboxPanel
from reporterdesk.ui.outbox.standing import Outlook, open_deliveries
from reporterdesk.ui.outbox.words import outbox_words
from reporterdesk.ui.sync_bridge import SyncBridge
from reporterdesk.ui.widgets.notice_bar import Notice
from reporterdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from reporterdesk.store.store import Store

_TOGETHER_MS = 200
"""News that comes in a row is shown together."""
_MINUTES_PASS_MS = 15_000
"""How often words like “in about 3 minutes” are made anew while nothing else happens."""


class Sending(QObject):
    """Keeps the outbox in step with the engine. Lives on the UI thread, and never waits there.

    News of single deliveries changes single rows; what is in the outbox at all is read again only
    when something was added or is gone.

    :ivar waiting_changed: emits how many reports are not wholly delivered.
    :ivar policy_changed: emits the :class:`SendPolicy` that holds from now on.
    :ivar filed_anew: emits the id of a report that was filed with other sizes of its photos.
    :ivar told: emitted when words about single deliveries may be others now.
    """

    waiting_changed = Signal(int)
    policy_changed = Signal(object)
    filed_anew = Signal(str)
    told = Signal()

    def __init__(
        self,
        window: MainWindow,
        actions: Actions,
        background: Background,
        bridge: SyncBridge,
        moves: ReportMoves,
        *,
        clock: Clock = utc_now,
    ) -> None:
        super().__init__(window)
        self.window, self._background = window, background
        self.actions, self.moves = actions, moves
        self._bridge, self._clock = bridge, clock
        self.outlook = Outlook()
        self._news: dict[str, Delivery] = {}
        self._reading = self._read_again = self._looking = False
        self.model = OutboxModel(self.outlook.conditions(clock()), self)
        self.panel = OutboxPanel(self.model, actions, window.deliveries)
        room = QVBoxLayout(window.deliveries)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self.panel)
        self._together = QTimer(self, singleShot=True, interval=_TOGETHER_MS)
        self._together.timeout.connect(self._tell)
        self._minutes = QTimer(self, interval=_MINUTES_PASS_MS)
        self._minutes.timeout.connect(self._minutes_passed)
        self.commands = SendingCommands(
            window, actions, background, self.panel, self.model, self.outlook, clock=clock
        )
        self._connect()

    @Slot()
    def start(self) -> None:
        """Read what waits, and what was decided about sending."""
        self._background.in_store(_read_policy, self._policy_read)
        self._listen_to_network()
        self._minutes.start()
        self.refresh()

    @Slot(object)
    def set_account(self, account: Account | None) -> None:
        """Know whether anybody is signed in."""
        self.outlook.signed_in = account is not None
        self._tell_soon()

    @Slot(object)
    def decide(self, policy: SendPolicy) -> None:
        """Let ``policy`` hold from now on; the engine keeps it."""
        if policy != self.outlook.policy:
            self._bridge.set_policy(policy)
            self._policy_read(policy)

    @Slot()
    def refresh(self) -> None:
        """Read again what is in the outbox, once for all who ask meanwhile."""
        if self._reading:
            self._read_again = True
            return
        self._reading, self._read_again = True, False
        self._background.in_store(open_deliveries, self._deliveries_read, self._not_read)

    def _connect(self) -> None:
        bridge, moves = self._bridge, self.moves
        bridge.delivery_changed.connect(self._delivery_changed)
        bridge.connection_changed.connect(self._connection_changed)
        bridge.estimated.connect(self._estimated)
        bridge.report_changed.connect(self._report_changed)
        bridge.resize_dropped.connect(self._resize_dropped)
        for signal in (moves.filed, moves.moved, moves.trashed):
            signal.connect(self._moved)
        self.panel.decisions.changed.connect(self.decide)
        self.commands.policy_wanted.connect(self.decide)
        self.commands.filed_anew.connect(self._filed_anew)
        self.commands.looked.connect(self.told)

    @Slot(object)
    def _delivery_changed(self, delivery: Delivery) -> None:
        self._news[delivery.report_id] = delivery
        self._tell_soon()

    @Slot(str, str)
    def _resize_dropped(self, _report_id: str, why: str) -> None:
        self.window.messages.tell(Notice(why, tone="warning"))

    @Slot(bool, str)
    def _connection_changed(self, online: bool, why: str) -> None:
        self.outlook.online, self.outlook.why = online, why
        self._tell_soon()

    @Slot(object)
    def _estimated(self, estimate: Estimate) -> None:
        self.outlook.estimate = estimate
        self._tell_soon()

    @Slot(str)
    def _report_changed(self, _report_id: str) -> None:
        self.commands.forget()
        self._tell_soon()

    @Slot(object)
    def _moved(self, _report: object) -> None:
        self.commands.forget()
        self.refresh()

    @Slot(str)
    def _filed_anew(self, report_id: str) -> None:
        self.outlook.forget_time_of(report_id)
        self.refresh()
        self.filed_anew.emit(report_id)

    def _tell_soon(self) -> None:
        if not self._together.isActive():
            self._together.start()

    @Slot()
    def _tell(self) -> None:
        """Show what has been heard since the last time."""
        news, self._news = self._news, {}
        gone = False
        for delivery in news.values():
            known = self.model.update(delivery)
            gone = gone or known is (delivery.state is DeliveryState.DELIVERED)
        if gone:
            self.refresh()
        if news:
            self._look_for_chosen()
        self._tell_times()
        self.commands.look_again(news)
        self.told.emit()

    def _look_for_chosen(self) -> None:
        """See whether the photos that were chosen to go alone have arrived."""
        chosen = self.outlook.policy.only_photos
        if chosen and not self._looking:
            self._looking = True
            self._background.in_store(_Missing(chosen), self._chosen_read, self._not_looked)

    def _not_looked(self, _error: Exception) -> None:
        self._looking = False

    def _chosen_read(self, missing: frozenset[str]) -> None:
        self._looking = False
        self.panel.decisions.show_policy(self.outlook.policy, arrived=not missing)

    @Slot()
    def _minutes_passed(self) -> None:
        self._tell_times(minutes_pass=True)
        self.commands.look_again({})
        self.told.emit()

    def _tell_times(self, *, minutes_pass: bool = False) -> None:
        conditions = self.outlook.conditions(self._clock())
        estimate = self.outlook.estimate
        last = None
        if estimate is not None:
            last = self.model.set_expected(estimate.reports, conditions.now)
        self.model.set_conditions(conditions, minutes_pass=minutes_pass)
        self.panel.tell(outbox_words(self.model.deliveries(), conditions, last))

    def _deliveries_read(self, lines: tuple[tuple[Delivery, str], ...]) -> None:
        self._reading = False
        for delivery, _ in lines:
            self._news.pop(delivery.report_id, None)  # what was read is newer
        self.panel.show_deliveries(lines)
        self._tell_times()
        self.commands.look_again({row.report_id: row for row, _ in lines})
        self.told.emit()
        self.waiting_changed.emit(len(lines))
        if self._read_again:
            self.refresh()

    def _not_read(self, _error: Exception) -> None:
        self._reading = False  # the next news reads again

    def _policy_read(self, policy: SendPolicy) -> None:
        self.outlook.policy = policy
        self.panel.decisions.show_policy(policy)
        self._look_for_chosen()
        self.commands.show_policy(policy)
        self._tell_soon()
        self.policy_changed.emit(policy)

    def _listen_to_network(self) -> None:
        information = QNetworkInformation.instance()
        if information is not None:
            information.isMeteredChanged.connect(self._metered_changed)
            self._metered_changed(information.isMetered())

    @Slot(bool)
    def _metered_changed(self, metered: bool) -> None:
        self.outlook.metered = metered
        self._tell_soon()


@dataclass(frozen=True, slots=True)
class _Missing:
    photos: frozenset[str]

    def __call__(self, store: Store) -> frozenset[str]:
        from reporterdesk.workflow.sending import photos_missing

        return photos_missing(store, self.photos)


def _read_policy(store: Store) -> SendPolicy:
    from reporterdesk.workflow.sending import read_policy

    return read_policy(store)

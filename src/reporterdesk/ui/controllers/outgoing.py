"""From *File report* to *delivered*: what the window says and shows on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.people import Account
from reporterdesk.domain.places import Place
from reporterdesk.domain.report import Report
from reporterdesk.domain.sending import SendPolicy
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.background import Background
from reporterdesk.ui.controllers.browsing import Browsing
from reporterdesk.ui.controllers.moving import ReportMoves
from reporterdesk.ui.sync_bridge import SyncBridge
from reporterdesk.ui.widgets.notice_bar import Notice
from reporterdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from reporterdesk.store.store import Store

_TOGETHER_MS = 250
"""News that comes in a row is shown together."""


class Outgoing(QObject):
    """Files reports, wakes the engine, and shows its news. Lives on the UI thread."""

    def __init__(
        self,
        window: MainWindow,
        actions: Actions,
        background: Background,
        browsing: Browsing,
        moves: ReportMoves,
        bridge: SyncBridge,
    ) -> None:
        super().__init__(window)
        self._window, self._actions, self._background = window, actions, background
        self._browsing, self._moves, self._bridge = browsing, moves, bridge
        self._account: Account | None = None
        self._must_sign_in = False
        self._online: bool | None = None
        self._why = ""
        self._policy = SendPolicy()
        self._waiting = 0
        self._undo: Report | None = None
        self._filed_id: str | None = None
        self._stages: dict[str, tuple[DeliveryState, int]] = {}
        self._reread = QTimer(self, singleShot=True, interval=_TOGETHER_MS)
        self._reread.timeout.connect(self._read_again)
        self._connect()

    @property
    def waiting(self) -> int:
        """How many reports are not wholly delivered."""
        return self._waiting

    @Slot(object)
    def set_account(self, account: Account | None) -> None:
        """Know whether anybody is signed in."""
        self._account = account
        self._offer_sign_in()
        self._tell_person()
        self._tell_connection()

    @Slot()
    def ask_to_sign_in(self) -> None:
        """Say that nothing goes out or comes in before somebody signs in again, and offer it."""
        self._must_sign_in = True
        self._offer_sign_in()
        self._tell_connection()

    @Slot()
    def signed_in(self) -> None:
        """Say so no more: there is a sign-in that can be used."""
        self._must_sign_in = False
        self._offer_sign_in()
        self._tell_connection()

    @Slot(int)
    def set_waiting(self, waiting: int) -> None:
        """Know how many reports are not wholly delivered."""
        self._waiting = waiting
        self._tell_connection()

    @Slot(object)
    def set_policy(self, policy: SendPolicy) -> None:
        """Know what is held back: a paused outbox must be seen wherever one looks."""
        self._policy = policy
        self._tell_connection()

    @Slot(str)
    def filed_anew(self, report_id: str) -> None:
        """Send what was filed with other sizes of its photos, and show it as it is now."""
        self._bridge.wake()
        self._report_changed(report_id)

    @Slot()
    def recall_current(self) -> None:
        """Take the open report out of the outbox."""
        if self._window.pane.report_id:
            self._moves.recall(self._window.pane.report_id)

    @Slot()
    def revise_current(self) -> None:
        """Work again on the open report."""
        if self._window.pane.report_id:
            self._moves.revise(self._window.pane.report_id)

    @Slot()
    def trash_current(self) -> None:
        """Put the open report into the trash."""
        if self._window.pane.report_id:
            self._window.pane.flush()
            self._moves.trash(self._window.pane.report_id)

    @Slot()
    def restore_current(self) -> None:
        """Take the open report out of the trash."""
        if self._window.pane.report_id:
            self._moves.restore(self._window.pane.report_id)

    def _connect(self) -> None:
        window, moves, bridge = self._window, self._moves, self._bridge
        window.pane.file_requested.connect(moves.file)
        window.list.trash_requested.connect(self._trash_row)
        window.messages.pressed.connect(self._take_back_trash)
        moves.filed.connect(self._filed)
        moves.not_filed.connect(window.pane.filing_failed)
        moves.moved.connect(self._moved)
        moves.trashed.connect(self._trashed)
        moves.refused.connect(self.tell_error)
        bridge.delivery_changed.connect(self._delivery_changed)
        bridge.report_changed.connect(self._report_changed)
        bridge.connection_changed.connect(self._connection_changed)
        bridge.sign_in_needed.connect(self.ask_to_sign_in)
        for name, slot in (
            ("report.recall", self.recall_current),
            ("report.revise", self.revise_current),
            ("report.trash", self.trash_current),
            ("report.restore", self.restore_current),
            ("sync.send_now", bridge.send_now),
        ):
            self._actions.bind(name, slot)

    @Slot(str)
    def _trash_row(self, report_id: str) -> None:
        if self._browsing.place is not Place.TRASH:  # where Delete asks for more
            self._moves.trash(report_id)

    @Slot(object)
    def tell_error(self, error: Exception) -> None:
        """Say a known error: what happened, what is safe, what happens next."""
        self._undo = None
        self._filed_id = None
        self._window.messages.tell(Notice(str(error), tone="problem"))

    @Slot(object)
    def _filed(self, report: Report) -> None:
        self._bridge.wake()
        self._window.pane.show_report(report)
        self._undo = None
        if self._account is None:
            said = self.tr("Filed. It waits in the outbox until you sign in to the desk.")
        elif self._policy.paused:
            said = self.tr("Filed. It waits in the outbox, since sending is paused.")
        elif self._online:
            said = self.tr("Filed. It is on its way to the desk.")
        else:
            said = self.tr(
                "Filed. It waits in the outbox and is sent as soon as there is a connection."
            )
        self._filed_id = report.id
        self._window.messages.tell(Notice(said, tone="good"))
        self._read_again()

    @Slot(object)
    def _moved(self, _report: Report) -> None:
        self._filed_id = None
        self._window.messages.hide()
        self._read_again()

    @Slot(object)
    def _trashed(self, report: Report) -> None:
        if self._window.pane.report_id == report.id:
            self._window.pane.show_report(report)
        self._undo = report
        headline = report.content.headline.strip() or self.tr("The report")
        said = self.tr("“%1” is in the trash.").replace("%1", headline[:80])
        self._filed_id = None
        self._window.messages.tell(Notice(said, button=self.tr("Undo")))
        self._read_again()

    @Slot()
    def _take_back_trash(self) -> None:
        if self._undo is not None:
            report, self._undo = self._undo, None
            self._moves.restore(report.id)

    @Slot(object)
    def _delivery_changed(self, delivery: Delivery) -> None:
        self._window.pane.show_delivery(delivery)
        self._tell_delivery(delivery)
        stage = (delivery.state, delivery.photos_delivered)
        if self._stages.get(delivery.report_id) != stage:  # no list shows single bytes
            self._stages[delivery.report_id] = stage
            self._read_again_soon()

    def _tell_delivery(self, delivery: Delivery) -> None:
        """Let the message about the report that was filed last keep up with it."""
        if delivery.report_id != self._filed_id or self._window.messages.isHidden():
            return
        said = f"{delivery.sentence().rstrip('.')}."
        if said == self._window.messages.sentence:
            return
        match delivery.state:
            case DeliveryState.TEXT_DELIVERED | DeliveryState.DELIVERED:
                self._window.messages.tell(Notice(said, tone="good"))
            case DeliveryState.WAITING:
                waits = self.tr("Filed, and waiting in the outbox. %1").replace("%1", said)
                login = self._actions.action("sync.login_page")
                ways_out = (login,) if login.isVisible() else ()
                self._window.messages.tell(Notice(waits), ways_out)
            case DeliveryState.SIGN_IN | DeliveryState.REFUSED | DeliveryState.CONFLICT:
                self._window.messages.tell(Notice(said, tone="warning"))
            case DeliveryState.ATTEMPTING:
                pass  # “on its way” still holds
        if delivery.state is DeliveryState.DELIVERED:
            self._filed_id = None

    @Slot(str)
    def _report_changed(self, report_id: str) -> None:
        if report_id == self._window.pane.report_id:
            reading = _ReadReport(report_id, self)
            self._background.in_store(reading, reading.done, _nothing)
        self._read_again_soon()

    def standing_read(self, report: Report) -> None:
        """Tell the pane where its report stands now; the text in the window is never replaced."""
        pane = self._window.pane
        if pane.report_id == report.id:
            pane.show_report(report)
            pane.reread_standing()

    @Slot(bool, str)
    def _connection_changed(self, online: bool, why: str) -> None:
        self._online, self._why = online, why
        self._tell_connection()

    def _offer_sign_in(self) -> None:
        known = self._account is not None
        self._actions.show(not known or self._must_sign_in, "account.sign_in")
        self._actions.show(known, "account.sign_out")
        self._actions.enable(known, "sync.send_now")

    def _read_again_soon(self) -> None:
        """Read the lists a moment after the first of several news, however many follow it."""
        if not self._reread.isActive():
            self._reread.start()

    @Slot()
    def _read_again(self) -> None:
        self._browsing.refresh()

    def _tell_connection(self) -> None:
        said = (self._connection_words(), self._waiting_words())
        self._window.connection.setText(" – ".join(words for words in said if words))
        self._window.connection.setToolTip(self._why)

    def _connection_words(self) -> str:
        if self._account is None:
            return self.tr("Not signed in")
        if self._must_sign_in:
            return self.tr("Sign in again to send and receive")
        if self._policy.paused:
            return self.tr("Sending is paused")
        if self._online is None:
            return ""
        return self.tr("Connected") if self._online else self.tr("Offline")

    def _waiting_words(self) -> str:
        if self._waiting == 0:
            return ""
        if self._waiting == 1:
            return self.tr("1 report waits to be delivered")
        return self.tr("%1 reports wait to be delivered").replace("%1", str(self._waiting))

    def _tell_person(self) -> None:
        person = self._account.person if self._account else None
        self._window.person.setText(person.name if person else "")
        self._window.person.setToolTip(self._account.server_url if self._account else "")


@dataclass(frozen=True, slots=True)
class _ReadReport:
    report_id: str
    outgoing: Outgoing

    def __call__(self, store: Store) -> Report | None:
        return store.reports.find(self.report_id)

    def done(self, report: Report | None) -> None:
        if report is not None:
            self.outgoing.standing_read(report)


def _nothing(_error: object) -> None:
    """The next news tells again."""

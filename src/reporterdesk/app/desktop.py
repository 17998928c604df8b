"""One profile in one window: builds the parts of the app once and hands each what it needs."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from reporterdesk import paths
from reporterdesk.app.first_paint import FirstPaint
from reporterdesk.app.opening_key import PLAIN, OpeningKey, Unlock
from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.domain.errors import StoreError, StoreLocked
from reporterdesk.settings import Settings, load_settings
from reporterdesk.store.first_screen import FirstScreen
from reporterdesk.store.thread import StoreThread
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.background import Background
from reporterdesk.ui.controllers.account import AccountRoom, Desk, reference_desk
from reporterdesk.ui.controllers.browsing import Browsing
from reporterdesk.ui.controllers.closing import Closing
from reporterdesk.ui.controllers.moving import ReportMoves
from reporterdesk.ui.controllers.opening import Opening
from reporterdesk.ui.controllers.waiting import Waiting
from reporterdesk.ui.drafts import DraftRoom
from reporterdesk.ui.photo_images import PhotoImages
from reporterdesk.ui.theme import Theme
from reporterdesk.ui.widgets.notice_bar import Notice
from reporterdesk.ui.widgets.report_pane import ReportPane
from reporterdesk.ui.window_place import keep_window_place, read_window_place
from reporterdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from reporterdesk.domain.people import Account
    from reporterdesk.domain.report import Report
    from reporterdesk.store.store import Store
    from reporterdesk.ui.controllers.reviewing import ReviewController
    from reporterdesk.ui.widgets.review_pane import ReviewPane

_log = logging.getLogger(__name__)


class Desktop(QObject):
    """One profile in one window, from its opening to its close. Lives on the UI thread.

    It is built in two stages. The first screen is read with plain SQL and shown. Only after its
    first paint comes what it does not need (:meth:`_start`): dialogs, preview, outbox; and, on
    their own threads, the store and everything that speaks to the network. What is typed before
    that waits in the store thread's queue. Where the key has to be fetched, the window is painted
    first, empty, and takes words only once the key is here.

    :param unlock: gets the key; it is called on another thread, unless it is :class:`InHand`.
    :ivar started: emitted when the second stage stands.
    :ivar closed: emitted when the window is closed and everything is saved.
    :ivar locked_out: emits why the key could not be had.
    :ivar refused: emits why the store could not be opened; the window says so, too.
    """

    started = Signal()
    closed = Signal()
    locked_out = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        home: Path,
        theme: Theme,
        *,
        desk: Desk | None = None,
        clock: Clock = utc_now,
        unlock: Unlock = PLAIN,
    ) -> None:
        super().__init__()
        self._home, self._theme, self._clock = home, theme, clock
        self._desk = desk or reference_desk()
        self._log_file: logging.Handler | None = None
        self._may_open = threading.Event()
        self._started = self._ended = False
        home.mkdir(parents=True, exist_ok=True)
        self.opening_key = OpeningKey(home, unlock, self)
        first = self.opening_key.first_screen()
        self._settings = load_settings(paths.settings_file(home))
        theme.choose(self._settings.theme)
        self.background = Background(StoreThread(self._open_store), self)
        self.account = AccountRoom(self.background, self._desk, self)
        self.actions = Actions(self)
        self.images = PhotoImages(
            DraftRoom(self.background, clock=clock).fetch_photo, self.background.in_images, self
        )
        self.browsing = Browsing(self.background, first.place, clock=clock, parent=self)
        self.window = MainWindow(self.actions, self.browsing.model, self._make_pane)
        self.moves = ReportMoves(self.background, clock=clock, parent=self)
        self.closing = Closing(self.window, self.window.pane.autosave)
        self.opening = Opening(
            self.window,
            self.actions,
            self.browsing,
            self.moves,
            self._make_reviews,
            self._make_review_pane,
        )
        self._waiting = Waiting(self.window, self.actions)
        self._connect()
        self.window.restore_geometry_text(read_window_place(home))
        self.opening.set_account(None)
        if self.opening_key.here:
            self._show_first(first)
        else:
            self._waiting.begin()

    @property
    def ready(self) -> bool:
        """Whether the second stage stands."""
        return self._started

    def show(self) -> None:
        """Show the window; everything else begins after its first paint."""
        if self.opening_key.here:
            FirstPaint(self.window).painted.connect(self._start)
        else:
            FirstPaint(self.window, breath_ms=0).painted.connect(self.opening_key.fetch)
        self.window.show()

    @Slot()
    def close(self) -> None:
        """Save everything, stop the threads, and close the window."""
        if self._ended:
            return
        self._ended = True
        self.opening_key.give_up()
        self._may_open.set()
        self.window.pane.flush()
        self.keep_place()
        if self._started:
            for being_written in (self.merging, self.taking_in, self.review_room):
                being_written.close()
            self.dialogs.close()
            self.sending.commands.close()
            self.security.close()
            self.backups.close()
            self.spelling.close()
            self.bridge.close()
            self.networks.close()
        try:
            self.background.close()
        except StoreError:
            _log.exception("The store could not be closed; what was saved is there.")
        self.account.close()
        self.window.let_close()
        self.window.deleteLater()
        self._stop_logging()
        self.closed.emit()

    def keep_place(self) -> None:
        """Keep where the window stands, for the next one."""
        keep_window_place(self._home, self.window.geometry_text())

    def _stop_logging(self) -> None:
        from reporterdesk import logs

        logs.stop_logging(self._log_file)

    def _open_store(self) -> Store:
        """Open the store, once the window has been painted. Runs on the store thread."""
        self._may_open.wait()
        from reporterdesk.store.opening import open_store

        return open_store(self._home, clock=self._clock, key=self.opening_key.wait())

    def _make_pane(self, parent: QWidget) -> ReportPane:
        return ReportPane(
            self.actions, self.background, self.images, clock=self._clock, parent=parent
        )

    def _connect(self) -> None:
        self.window.pane.draft_saved.connect(self._draft_saved)
        self.actions.bind("app.quit", self.closing.ask)
        self.closing.agreed.connect(self.close)
        self.actions.action("view.full_screen").toggled.connect(self._full_screen)
        self.window.closing.connect(self.closing.ask)
        self.opening_key.read.connect(self._key_came)
        self.opening_key.brought_forward.connect(self._waiting.tell_progress)
        self.opening_key.failed.connect(self._key_failed)
        self._waiting.other_way.connect(self._key_not_waited_for)
        self._settings_changed(self._settings)

    def _show_first(self, first: FirstScreen) -> None:
        self.browsing.model.show_rows(first.rows)
        self.window.places.show_counts(first.counts)
        self.opening.show_first(first.open_report, first.caret)

    @Slot(object)
    def _key_came(self, first: FirstScreen) -> None:
        """Fill the window; the second stage comes once that has been painted."""
        if self._ended:
            return
        self._waiting.end()
        self.browsing.start_at(first.place)
        self._show_first(first)
        FirstPaint(self.window).painted.connect(self._start)
        self.window.update()

    @Slot(object)
    def _key_failed(self, error: Exception) -> None:
        _log.info("There is no key to open the drafts with.", exc_info=error)
        self.locked_out.emit(error)

    @Slot()
    def _key_not_waited_for(self) -> None:
        self.opening_key.give_up()
        self.locked_out.emit(StoreLocked())

    @Slot()
    def _start(self) -> None:
        """Build and begin everything that the first screen did not need."""
        if self._started or self._ended:
            return
        from reporterdesk import logs
        from reporterdesk.ui.controllers.networks import Networks

        self._may_open.set()  # first: what was typed is to be saved, whatever comes now
        self._log_file = logs.start_logging(self._home)
        self._make_rooms()
        self._make_review_room()
        self._make_from_files()
        self._make_sending()
        self._make_merging()
        self.networks = Networks(
            self.window, self.actions, self.account, self.bridge, self._desk.route
        )
        self._started = True
        self.trash.start(self._store_failed)
        self.account.restore()
        self.sending.start()
        self.bridge.start()
        self.backups.start()
        self.started.emit()

    def _make_rooms(self) -> None:
        """Build the second stage: beside the text, asked for by a menu, told by the network."""
        from reporterdesk.app.network import Network
        from reporterdesk.ui.controllers.archiving import Archiving
        from reporterdesk.ui.controllers.backups import Backups
        from reporterdesk.ui.controllers.commands import CommandRoom
        from reporterdesk.ui.controllers.dialogs import Dialogs
        from reporterdesk.ui.controllers.finding import Finding
        from reporterdesk.ui.controllers.history import History
        from reporterdesk.ui.controllers.outgoing import Outgoing
        from reporterdesk.ui.controllers.previewing import Preview
        from reporterdesk.ui.controllers.replacing_all import ReplacingAll
        from reporterdesk.ui.controllers.security import Security
        from reporterdesk.ui.controllers.spelling import Spelling
        from reporterdesk.ui.controllers.trash import TrashRoom
        from reporterdesk.ui.sync_bridge import SyncBridge
        from reporterdesk.ui.widgets.figure_voice import FigureVoice

        window, actions, background = self.window, self.actions, self.background
        key = self.opening_key.key()
        self.security = Security(window, actions, background, self._home, key, self._desk.vault)
        window.pane.furnish()
        FigureVoice(window.pane.text.body, window.pane.side.photos)
        self.bridge = SyncBridge(Network(background, self.account, self._clock), self)
        self.preview = Preview(window, actions, self.images, background, clock=self._clock)
        self.finding = Finding(window, actions, background)
        self.replacing_all = ReplacingAll(window, actions, background, clock=self._clock)
        self.replacing_all.changed.connect(self.browsing.refresh)
        self.history = History(window, actions, background, self.images, clock=self._clock)
        self.outgoing = Outgoing(
            window, actions, background, self.browsing, self.moves, self.bridge
        )
        self.dialogs = Dialogs(
            window,
            actions,
            background,
            self.account,
            self._theme,
            self._home,
            self._settings,
            self.security,
            clock=self._clock,
        )
        self.spelling = Spelling(window, actions, background, self.dialogs, self._home)
        self.trash = TrashRoom(window, actions, background, self.browsing, clock=self._clock)
        self.trash.deleted.connect(self.opening.gone)
        self.backups = Backups(window, actions, background, self._home, key, clock=self._clock)
        self.commands = CommandRoom(window, actions, background)
        self.commands.report_chosen.connect(self.opening.reveal)
        self.archiving = Archiving(window, actions, background, clock=self._clock)
        self.archiving.imported.connect(self.browsing.refresh)
        self.archiving.imported.connect(self.bridge.send_now)
        self.account.changed.connect(self._account_changed)
        self.account.connected.connect(self.bridge.send_now)
        self.account.connected.connect(self.outgoing.signed_in)
        self.account.sign_in_wanted.connect(self.outgoing.ask_to_sign_in)
        background.known_error.connect(self.outgoing.tell_error)
        self.bridge.failed.connect(self._engine_failed)
        self.dialogs.settings_changed.connect(self._settings_changed)

    def _make_review_room(self) -> None:
        from reporterdesk.ui.controllers.review_room import ReviewRoom

        self.review_room = ReviewRoom(
            self.window,
            self.actions,
            self.background,
            self.images,
            self.account,
            self.browsing,
            self.bridge,
            clock=self._clock,
        )

    def _make_from_files(self) -> None:
        from reporterdesk.ui.controllers.from_files import FromFiles

        self.from_files = FromFiles(
            self.window,
            self.actions,
            self.background,
            self.opening,
            self.moves,
            clock=self._clock,
        )
        self.from_files.made.connect(self.browsing.refresh)

    def _make_sending(self) -> None:
        from reporterdesk.ui.controllers.sending import Sending
        from reporterdesk.ui.controllers.sending_ties import tie_sending

        window, bridge, moves = self.window, self.bridge, self.moves
        self.sending = Sending(
            window, self.actions, self.background, bridge, moves, clock=self._clock
        )
        tie_sending(
            self.sending, self.outgoing, self.opening, self.dialogs, self.account, self.images
        )

    def _make_merging(self) -> None:
        from reporterdesk.ui.controllers.merging import Merging
        from reporterdesk.ui.controllers.taking_in import TakingIn

        self.merging = Merging(self.window, self.actions, self.background, clock=self._clock)
        self.merging.filed.connect(self.outgoing.filed_anew)
        self.bridge.report_merged.connect(self.merging.tell_merged)
        self.sending.panel.detail.merge_requested.connect(self.merging.merge)
        self.taking_in = TakingIn(self.window, self.actions, self.background, clock=self._clock)
        self.bridge.report_changed.connect(self.taking_in.look)

    def _make_reviews(self) -> ReviewController:
        return self.review_room.reviews

    def _make_review_pane(self) -> ReviewPane:
        return self.review_room.pane()

    @Slot(object)
    def _account_changed(self, account: Account | None) -> None:
        self.window.pane.set_account(account)
        self.browsing.set_account(account)
        self.opening.set_account(account)
        self.outgoing.set_account(account)

    @Slot(str, object)
    def _draft_saved(self, _report_id: str, report: Report) -> None:
        self.browsing.saved(report)

    @Slot(object)
    def _settings_changed(self, settings: Settings) -> None:
        body = self.window.pane.text.body
        body.set_text_size(settings.text_size)
        body.typing_rules.smart = settings.smart_typing
        self.actions.use_keys(settings.shortcuts)
        self.opening.set_settings(settings)

    @Slot(object)
    def _engine_failed(self, error: Exception) -> None:
        if not isinstance(error, StoreError):
            self.dialogs.tell_bug(error)

    def _store_failed(self, error: StoreError) -> None:
        self.window.messages.tell(Notice(str(error), tone="problem", closable=False))
        self.refused.emit(error)

    @Slot(bool)
    def _full_screen(self, on: bool) -> None:
        self.window.showFullScreen() if on else self.window.showNormal()

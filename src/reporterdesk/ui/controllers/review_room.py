"""The editor's room: reading, deciding and what waits, tied to the window and the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.errands import Errand
from reporterdesk.domain.reviewed import ReviewedReport
from reporterdesk.domain.status import Action
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.background import Background
from reporterdesk.ui.controllers.account import AccountRoom
from reporterdesk.ui.controllers.browsing import Browsing
from reporterdesk.ui.controllers.deciding import Deciding
from reporterdesk.ui.controllers.reviewing import ReviewController
from reporterdesk.ui.photo_images import PhotoImages
from reporterdesk.ui.sync_bridge import SyncBridge
from reporterdesk.ui.widgets.notice_bar import Notice
from reporterdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from reporterdesk.ui.controllers.begun_notes import BegunNotes
    from reporterdesk.ui.widgets.review_pane import ReviewPane


class ReviewRoom(QObject):
    """Lives on the UI thread. The pane is made when an editor first opens a report."""

    def __init__(
        self,
        window: MainWindow,
        actions: Actions,
        background: Background,
        images: PhotoImages,
        account: AccountRoom,
        browsing: Browsing,
        bridge: SyncBridge,
        *,
        clock: Clock,
    ) -> None:
        super().__init__(window)
        self._window, self._actions, self._background = window, actions, background
        self._images, self._browsing, self._account = images, browsing, account
        self._pane: ReviewPane | None = None
        self._begun: BegunNotes | None = None
        self.deciding = Deciding(background, bridge.wake, clock=clock, parent=self)
        run = background.store_thread.run
        self.reviews = ReviewController(
            background, account.connect_now, run, clock=clock, parent=self
        )
        self.reviews.opened.connect(self._opened)
        self.reviews.open_failed.connect(self._not_opened)
        self.deciding.changed.connect(browsing.queue.show_pending)
        self.deciding.changed.connect(self._show_pending)
        self.deciding.done.connect(self._done)
        self.deciding.not_done.connect(self._done)
        self.deciding.refused.connect(self._refused)
        bridge.errand_changed.connect(self.deciding.hear)
        bridge.report_changed.connect(self._report_changed)
        bridge.connection_changed.connect(browsing.queue.show_connection)
        account.changed.connect(self.deciding.read)

    def pane(self) -> ReviewPane:
        """Return the pane in which editors read."""
        if self._pane is None:
            from reporterdesk.ui.controllers.begun_notes import BegunNotes
            from reporterdesk.ui.widgets.review_pane import ReviewPane

            images, in_pool = self._images, self._background.in_pool
            self._pane = pane = ReviewPane(self._actions, images, in_pool, self._window)
            self._begun = BegunNotes(pane, self._background)
            self._account.changed.connect(self._begun.read)
            pane.decided.connect(self._decide)
            pane.photo_wanted.connect(self._want_photo)
            pane.reload_requested.connect(self.reviews.open)
            pane.waiting.taken_back.connect(self.deciding.take_back)
            pane.waiting.dismissed.connect(self.deciding.dismiss)
            pane.waiting.sent_again.connect(self._send_again)
        return self._pane

    def close(self) -> None:
        """Keep what is being written."""
        if self._begun is not None:
            self._begun.keep()

    @property
    def shown(self) -> ReviewedReport | None:
        """The report that the pane shows."""
        return self._pane.report if self._pane is not None else None

    @Slot(object, str)
    def _decide(self, action: Action, note: str) -> None:
        if self.shown is not None and self._begun is not None:
            self._begun.sent(action)
            self.deciding.decide(self.shown, action, note)

    @Slot(str)
    def _want_photo(self, photo_id: str) -> None:
        report = self.shown
        if report is not None:
            coming = {photo.id for photo in report.photos_coming}
            others = (each for each in report.wanted if each in coming and each != photo_id)
            self.deciding.want_photos(report, (photo_id, *others))

    @Slot(str)
    def _send_again(self, errand_id: str) -> None:
        if self.shown is not None:
            self.deciding.send_again(errand_id, self.shown.revision_id)

    @Slot(object)
    def _show_pending(self, _pending: object) -> None:
        if self._pane is not None and self._begun is not None and self.shown is not None:
            self._pane.show_errands(self.deciding.of_report(self.shown.id))
            self._begun.look()

    @Slot(object)
    def _opened(self, _report: ReviewedReport) -> None:
        self._show_pending(None)

    @Slot(object)
    def _done(self, errand: Errand) -> None:
        """Show what has become of the report that was decided on."""
        self._browsing.refresh()
        if self.shown is not None and self.shown.id == errand.report_id:
            self.reviews.open(errand.report_id)

    @Slot(str)
    def _report_changed(self, report_id: str) -> None:
        """Read again what is open: another editor, or its reporter, has done something."""
        shown = self.shown
        if shown is not None and shown.id == report_id and self._pane and self._pane.isVisible():
            self.reviews.open_kept(report_id)

    @Slot(object)
    def _refused(self, error: Exception) -> None:
        if self._pane is not None:
            self._pane.decision_failed(error)

    @Slot(str, object)
    def _not_opened(self, _report_id: str, error: Exception) -> None:
        self._window.messages.tell(Notice(str(error), tone="warning"))

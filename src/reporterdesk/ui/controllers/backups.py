"""Backups while the app is open: taken by themselves, restored when somebody asks for it."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.errors import StoreError, StoreUnreadable
from reporterdesk.store.key import StoreKey
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.background import Background
from reporterdesk.ui.errand import Errand
from reporterdesk.ui.widgets.notice_bar import Notice
from reporterdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from reporterdesk.store.backups import TakenBackup
    from reporterdesk.ui.windows.restore_backup import RestoreBackupDialog
    from reporterdesk.workflow.photo_loss import PhotoLoss

_FIRST_MS = 5_000
"""After the start, which has enough to do."""
_AGAIN_MS = 60 * 60 * 1000
_PATIENCE = 10
"""Seconds that a backup may need to stop; it looks every millisecond whether it should."""
_MOST_NAMED = 5
_log = logging.getLogger(__name__)


class Backups(QObject):
    """Takes backups on a thread of their own, and offers to restore one. Lives on the UI thread.

    Neither typing nor saving waits for it. At the first backup it also looks whether all photos are
    there, and says which are not.

    :ivar restore_wanted: emits the :class:`~reporterdesk.store.backup_list.Backup` that is to
        take the place of the drafts, for which they have to be closed.
    :ivar taken: emits what was done, a :class:`~reporterdesk.store.backups.TakenBackup`.
    """

    restore_wanted = Signal(object)
    taken = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        actions: Actions,
        background: Background,
        home: Path,
        key: StoreKey | None,
        *,
        clock: Clock,
    ) -> None:
        super().__init__(window)
        self._window, self._background, self._clock = window, background, clock
        self._home, self._key = home, key
        self._errand: Errand | None = None
        self._told: set[str] = set()
        self._loss: PhotoLoss | None = None
        self.dialog: RestoreBackupDialog | None = None
        self._restore = actions.action("backup.restore")
        self._bring_back = QAction(self.tr("Bring them back"), self)
        self._bring_back.triggered.connect(self._bring)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.take)
        actions.bind("backup.restore", self.show_backups)

    @property
    def resting(self) -> bool:
        """Whether nothing is under way."""
        return self._errand is None

    def start(self) -> None:
        """Begin to take backups, soon and then every hour whatever is due."""
        self._timer.start(_FIRST_MS)

    def close(self) -> None:
        """Stop what is under way, and wait for it: the key and the files are free afterwards."""
        self._timer.stop()
        if self.dialog is not None:
            self.dialog.reject()
        errand, self._errand = self._errand, None
        if errand is not None:
            errand.abandon()
            errand.wait(_PATIENCE)

    @Slot()
    def take(self) -> None:
        """Take what is due now, unless one is being taken."""
        if self._errand is not None:
            return
        errand = self._errand = Errand(self)
        errand.done.connect(self._done)
        errand.failed.connect(self._failed)
        errand.run(self._work)

    @Slot()
    def show_backups(self) -> None:
        """Show the backups, and what restoring one would change."""
        from reporterdesk.ui.windows.restore_backup import RestoreBackupDialog

        self._window.pane.flush()  # what was typed a moment ago belongs to the comparison
        dialog = RestoreBackupDialog(self._home, self._key, self._window)
        self.dialog = dialog
        dialog.restore_wanted.connect(self.restore_wanted)
        dialog.finished.connect(self._dialog_closed)
        dialog.open()

    def _work(self, errand: Errand) -> tuple[TakenBackup, PhotoLoss | None]:
        """Runs on the errand's thread."""
        from reporterdesk.store.backups import keep_backed_up
        from reporterdesk.workflow.photo_loss import find_photo_loss

        self._background.store_thread.run(_opened)  # and of this version
        loss = None
        if self._loss is None:
            try:
                loss = find_photo_loss(self._home, self._key)
            except StoreError:  # the backup says what is wrong, if anything is
                _log.warning("It is not known whether all photos are here.", exc_info=True)
        now = self._clock()
        return keep_backed_up(self._home, self._key, now, cancelled=errand.is_cancelled), loss

    @Slot(object)
    def _done(self, result: tuple[TakenBackup, PhotoLoss | None]) -> None:
        taken, loss = result
        self._again()
        if taken.skipped:
            self._tell_once(Notice(taken.skipped, tone="warning"))
        if loss is not None:
            self._loss = loss
            if loss.names:
                self._tell_loss(loss)
        self.taken.emit(taken)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._again()
        if isinstance(error, StoreUnreadable):
            said = self.tr(
                "No backup could be taken, for part of your drafts is damaged on the disk."
            )
            lines = (
                self.tr("Quit, and let “reporterdesk doctor” look at them, or restore a backup."),
            )
            self._tell_once(Notice(said, lines, tone="problem"), self._restore)
        elif isinstance(error, StoreError):
            self._tell_once(Notice(str(error), tone="warning"))
        else:
            _log.error("No backup was taken.", exc_info=error)

    def _again(self) -> None:
        errand, self._errand = self._errand, None
        if errand is not None:
            errand.deleteLater()
        self._timer.start(_AGAIN_MS)

    def _tell_once(self, notice: Notice, *actions: QAction) -> None:
        if notice.sentence not in self._told:
            self._told.add(notice.sentence)
            self._window.messages.tell(notice, actions)

    def _tell_loss(self, loss: PhotoLoss) -> None:
        lines = [
            f"{headline or self.tr('A report without a headline')}: {count}"
            for headline, count in loss.reports[:_MOST_NAMED]
        ]
        more = len(loss.reports) - _MOST_NAMED
        if more > 0:
            lines.append(self.tr("And %1 more reports").replace("%1", str(more)))
        if loss.copies == loss.names:
            said = self.tr("Photos of these reports are missing; the backup has all of them.")
        elif loss.copies:
            said = self.tr("Photos of these reports are missing; the backup has some of them.")
        else:
            said = self.tr("Photos of these reports are missing, and no backup has them.")
            lines.append(self.tr("Add them again, if you still have them. The words are safe."))
        actions = (self._bring_back,) if loss.copies else ()
        self._window.messages.tell(Notice(said, tuple(lines), tone="warning"), actions)

    @Slot()
    def _bring(self) -> None:
        from reporterdesk.workflow.photo_loss import bring_photos_back

        if self._errand is not None or self._loss is None:
            return
        self._bring_back.setEnabled(False)
        run = self._background.store_thread.run
        bring = partial(bring_photos_back, self._home, self._key, self._loss, run)
        errand = self._errand = Errand(self)
        errand.done.connect(self._brought)
        errand.failed.connect(self._failed)
        errand.run(lambda errand: bring(cancelled=errand.is_cancelled))

    @Slot(object)
    def _brought(self, count: int) -> None:
        self._again()
        said = self.tr("Photo files brought back from the backup: %1.")
        self._window.messages.tell(Notice(said.replace("%1", str(count)), tone="good"))

    @Slot(int)
    def _dialog_closed(self, _result: int) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()


def _opened(_store: object) -> None:
    """Do nothing, once the store is open."""

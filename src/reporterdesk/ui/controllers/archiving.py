"""Export archive and Import archive: the dialogs, and how far it has come."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QStandardPaths, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QProgressDialog

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.errors import ArchiveCancelled
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.background import Background
from reporterdesk.ui.widgets.notice_bar import Notice
from reporterdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from reporterdesk.workflow.archive.exporting import Exported
    from reporterdesk.workflow.archive.importing import Imported

_PATIENCE_MS = 700
"""What is done sooner shows no progress."""


class Archiving(QObject):
    """Writes and reads archives in the background. Lives on the UI thread; one at a time.

    :ivar imported: emitted when reports have come from an archive.
    """

    imported = Signal()
    _told = Signal(int, int)

    def __init__(
        self, window: MainWindow, actions: Actions, background: Background, *, clock: Clock
    ) -> None:
        super().__init__(window)
        self._window, self._background, self._clock = window, background, clock
        self._progress: QProgressDialog | None = None
        self._cancelled = threading.Event()
        self._folder = Path()
        self._show_folder = QAction(self.tr("Show in folder"), self)
        self._show_folder.triggered.connect(self._open_folder)
        self._told.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        actions.bind("archive.export", self.ask_to_export)
        actions.bind("archive.import", self.ask_to_import)

    @Slot()
    def ask_to_export(self) -> None:
        """Say that it will not be encrypted, then ask for the file."""
        if self._progress is not None:
            return
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Information)
        box.setWindowTitle(self.tr("Export archive"))
        box.setText(self.tr("The archive holds all your reports and photos, and is not encrypted."))
        box.setInformativeText(
            self.tr(
                "Anyone who has the file can read it, without ReporterDesk. Keep it where you"
                " would keep your notebook."
            )
        )
        choose = box.addButton(self.tr("Choose a file…"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(choose)
        choose.clicked.connect(self._choose_target)
        box.finished.connect(box.deleteLater)
        box.open()

    @Slot()
    def ask_to_import(self) -> None:
        """Ask for the file."""
        if self._progress is not None:
            return
        dialog = self._dialog(self.tr("Import archive"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._import_chosen)
        dialog.open()

    @Slot()
    def _choose_target(self) -> None:
        dialog = self._dialog(self.tr("Export archive"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        dialog.setDirectory(QStandardPaths.writableLocation(documents))
        dialog.selectFile(f"ReporterDesk {self._clock().astimezone():%Y-%m-%d}.zip")
        dialog.fileSelected.connect(self._export_chosen)
        dialog.open()

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setNameFilters([self.tr("ReporterDesk archives (*.zip)"), self.tr("All files (*)")])
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    @Slot(str)
    def _export_chosen(self, name: str) -> None:
        self.export(Path(name))

    @Slot(str)
    def _import_chosen(self, name: str) -> None:
        self.bring(Path(name))

    def export(self, target: Path) -> None:
        """Write all reports and photos to ``target``."""
        from reporterdesk.workflow.archive.exporting import export_archive

        self._window.pane.flush()  # what was typed a moment ago belongs to it
        work = partial(export_archive, self._background.store_thread.run, target, clock=self._clock)
        self._begin(self.tr("Exporting your reports…"), work, self._exported)

    def bring(self, source: Path) -> None:
        """Import the archive ``source``."""
        from reporterdesk.workflow.archive.importing import import_archive

        work = partial(import_archive, self._background.store_thread.run, source)
        self._begin(self.tr("Importing reports…"), work, self._brought)

    def _begin(self, words: str, work: Callable[..., Any], done: Callable[[Any], None]) -> None:
        self._cancelled = threading.Event()
        self._progress = QProgressDialog(words, self.tr("Stop"), 0, 0, self._window)
        self._progress.setWindowTitle(words.rstrip("…"))
        self._progress.setMinimumDuration(_PATIENCE_MS)
        self._progress.setAutoClose(False)
        self._progress.setAutoReset(False)
        self._progress.canceled.connect(self._cancelled.set)
        self._progress.setValue(0)
        job = partial(work, progress=self._told.emit, cancelled=self._cancelled.is_set)
        self._background.in_pool(job, done, self._failed)

    @Slot(int, int)
    def _show_progress(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress.setMaximum(total)
            self._progress.setValue(done)

    def _end(self) -> None:
        if self._progress is not None:
            self._progress.deleteLater()
            self._progress = None

    def _failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, ArchiveCancelled):
            self._window.messages.tell(Notice(str(error), tone="warning"))

    def _exported(self, exported: Exported) -> None:
        self._end()
        self._folder = exported.file.parent
        lines = [self.tr("The file is “%1”.").replace("%1", str(exported.file))]
        if exported.missing:
            lines.append(self.tr("Photo files that are not on this laptop any more: %1."))
        said = self.tr("The archive is complete. Reports: %1, photo files: %2.")
        said = said.replace("%1", str(exported.reports)).replace("%2", str(exported.photos))
        lines = [line.replace("%1", str(exported.missing)) for line in lines]
        notice = Notice(said, tuple(lines), "good")
        self._window.messages.tell(notice, (self._show_folder,))

    def _brought(self, found: Imported) -> None:
        self._end()
        told = (
            (found.known, self.tr("Here already: %1.")),
            (
                found.as_history,
                self.tr(
                    "Here with another text, which stays; the archive’s is in its history: %1."
                ),
            ),
            (found.missing, self.tr("Photo files that are missing in the archive: %1.")),
        )
        lines = [words.replace("%1", str(count)) for count, words in told if count]
        if found.unreadable:
            lines.append(self.tr("Not readable: %1.").replace("%1", ", ".join(found.unreadable)))
        tone = "warning" if found.unreadable or found.missing else "good"
        said = self.tr("The archive was read. New reports: %1.").replace("%1", str(found.added))
        self._window.messages.tell(Notice(said, tuple(lines), tone))
        self.imported.emit()

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

"""New reports from files: chosen in a dialog, or let fall onto the window."""

from __future__ import annotations

import threading
from collections import deque
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QFileDialog, QProgressDialog

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.errors import IncomingStopped
from reporterdesk.domain.places import Place
from reporterdesk.text.incoming.kinds import NAMES, is_text_file
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.background import Background
from reporterdesk.ui.controllers.moving import ReportMoves
from reporterdesk.ui.controllers.opening import Opening
from reporterdesk.ui.widgets.notice_bar import Notice
from reporterdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from reporterdesk.workflow.from_file import FromFile

_PATIENCE_MS = 1000
"""What is done sooner shows no progress."""


class FromFiles(QObject):
    """Makes a report of each file, one after another, in the background. Lives on the UI thread.

    Documents that are let fall anywhere on the window come here; photos go into the report that is
    open, as before.

    :ivar made: emits the :class:`Report` that was made.
    """

    made = Signal(object)
    _told = Signal(int, int)

    def __init__(
        self,
        window: MainWindow,
        actions: Actions,
        background: Background,
        opening: Opening,
        moves: ReportMoves,
        *,
        clock: Clock,
    ) -> None:
        super().__init__(window)
        self._window, self._background, self._clock = window, background, clock
        self._opening, self._moves = opening, moves
        self._waiting: deque[Path] = deque()
        self._made: list[FromFile] = []
        self._problems: list[str] = []
        self._progress: QProgressDialog | None = None
        self._cancelled = threading.Event()
        self._undo = QAction(self.tr("Undo"), self)
        self._undo.triggered.connect(self._take_back)
        self._told.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        actions.bind("report.from_file", self.ask)
        window.pane.furnish().placing.documents_dropped.connect(self.take)
        window.pane.text.body.paste_cut.connect(self._paste_was_cut)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    @property
    def busy(self) -> bool:
        """Whether files are being read."""
        return self._progress is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take documents wherever nothing in the window takes what is dragged (called by Qt)."""
        if watched is not self._window or not isinstance(event, QDropEvent):
            return super().eventFilter(watched, event)
        documents, others = _documents(event.mimeData())
        if not documents:
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self.take(documents)
            self._leave_out(others)
        return True

    @Slot()
    def ask(self) -> None:
        """Ask for the files."""
        dialog = QFileDialog(self._window, self.tr("New report from a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        patterns = " ".join(f"*{name} *{name.upper()}" for name in NAMES)
        documents = self.tr("Word, web pages, Markdown and text (%1)").replace("%1", patterns)
        dialog.setNameFilters([documents, self.tr("All files (*)")])
        dialog.filesSelected.connect(self._chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(list)
    def _chosen(self, names: list[str]) -> None:
        self.take([Path(name) for name in names])

    @Slot(list)
    def take(self, paths: list[Path]) -> None:
        """Make a report of each file, after those under way."""
        self._waiting.extend(paths)
        if not self.busy and self._waiting:
            self._made, self._problems = [], []
            self._cancelled = threading.Event()
            self._progress = self._make_progress()
            self._next()

    def _leave_out(self, others: list[Path]) -> None:
        """Say, when all is done, of what else fell here that it is in no report."""
        if others:
            said = self.tr("Not added: %1. Let photos fall onto the report they belong to.")
            self._problems.append(said.replace("%1", ", ".join(path.name for path in others)))

    def _make_progress(self) -> QProgressDialog:
        words = self.tr("Reading the file…")
        progress = QProgressDialog(words, self.tr("Stop"), 0, 0, self._window)
        progress.setWindowTitle(self.tr("New report from a file"))
        progress.setMinimumDuration(_PATIENCE_MS)
        progress.setAutoClose(False)
        progress.setAutoReset(False)
        progress.canceled.connect(self._stop)
        progress.setValue(0)
        return progress

    def _next(self) -> None:
        if not self._waiting:
            self._end()
            return
        from reporterdesk.workflow.from_file import report_from_file

        path = self._waiting.popleft()
        work = partial(
            report_from_file,
            self._background.store_thread.run,
            path,
            self._opening.first_content(),
            clock=self._clock,
            progress=self._told.emit,
            cancelled=self._cancelled.is_set,
        )
        self._background.in_pool(work, partial(self._came, path), partial(self._failed, path))

    @Slot()
    def _stop(self) -> None:
        self._cancelled.set()
        self._waiting.clear()

    @Slot(int, int)
    def _show_progress(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress.setLabelText(self.tr("Adding the photos…"))
            self._progress.setMaximum(total)
            self._progress.setValue(done)

    def _came(self, path: Path, found: FromFile) -> None:
        self._made.append(found)
        self._problems += [f"{path.name}: {line}" for line in self._losses(found)]
        self.made.emit(found.report)
        self._next()

    def _failed(self, path: Path, error: Exception) -> None:
        if not isinstance(error, IncomingStopped):
            self._problems.append(f"{path.name}: {error}")
        self._next()

    def _losses(self, found: FromFile) -> list[str]:
        lines = [self.tr("Not added: %1").replace("%1", line) for line in found.not_added]
        if found.left_out:
            more = self.tr("%1 pictures were too many and left out.")
            lines.append(more.replace("%1", str(found.left_out)))
        if found.cut:
            lines.append(self.tr("The text was too long; its end was left out."))
        return lines

    def _end(self) -> None:
        if self._progress is not None:
            self._progress.hide()
            self._progress.deleteLater()
            self._progress = None
        if self._made:
            self._opening.go(Place.DRAFTS)
            self._opening.show_report(self._made[-1].report)
        if self._made or self._problems:
            tone = "warning" if self._problems else "good"
            notice = Notice(self._sentence(), tuple(self._problems), tone)
            self._window.messages.tell(notice, (self._undo,) if self._made else ())

    def _sentence(self) -> str:
        if not self._made:
            return self.tr("No report was made.")
        if len(self._made) > 1:
            made = self.tr("%1 reports were made from files.")
            return made.replace("%1", str(len(self._made)))
        headline = self._made[0].report.content.headline.strip()
        if not headline:
            return self.tr("A report was made from the file. It has no headline yet.")
        return self.tr("“%1” was made from the file.").replace("%1", headline[:80])

    @Slot()
    def _take_back(self) -> None:
        """Put into the trash what was made last, by the way any report goes there."""
        made, self._made = self._made, []
        self._window.messages.hide()
        for each in made:
            if self._window.pane.report_id == each.report.id:
                self._window.pane.flush()
            self._moves.trash(each.report.id)

    @Slot(int)
    def _paste_was_cut(self, pictures: int) -> None:
        if pictures:
            said = self.tr("The text came with more pictures than can be added at once.")
        else:
            said = self.tr("The text was too long to be pasted at once; its end was left out.")
        self._window.messages.tell(Notice(said, tone="warning"))


def _documents(data: QMimeData) -> tuple[list[Path], list[Path]]:
    """Return the documents among what is dragged, and the files that are none."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    documents = [path for path in paths if is_text_file(path)]
    return documents, [path for path in paths if path not in documents]

"""The history of the report that is open: its moments, what changed since, and what restores it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QVBoxLayout

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.domain.history import SnapshotInfo
from reporterdesk.domain.report import Report
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.drafts import Background
from reporterdesk.ui.photo_images import PhotoImages
from reporterdesk.ui.widgets.desk_bar import Side
from reporterdesk.ui.widgets.notice_bar import NoticeBar
from reporterdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from reporterdesk.ui.controllers.restoring import Restoring
    from reporterdesk.ui.history.panel import HistoryPanel
    from reporterdesk.ui.history.reading import HistoryReader, Seen


class History(QObject):
    """Shows the history in the place of the text. Lives on the UI thread.

    Its parts are made when it is asked for the first time.
    """

    def __init__(
        self,
        window: MainWindow,
        actions: Actions,
        background: Background,
        images: PhotoImages,
        *,
        clock: Clock = utc_now,
    ) -> None:
        super().__init__(window)
        self._window, self._pane = window, window.pane
        self._background, self._images, self._clock = background, images, clock
        self._panel: HistoryPanel | None = None
        self._reader: HistoryReader | None = None
        self._restoring: Restoring | None = None
        self._moments: tuple[SnapshotInfo, ...] = ()
        self._report_id: str | None = None
        actions.bind("report.history", self.toggle)
        actions.bind("go.report", self.close)
        actions.bind("edit.undo", self._undo)
        self._pane.standing_changed.connect(self._stands)
        self._pane.draft_saved.connect(self._saved)
        self._pane.sides.covered.connect(self._covered)

    @property
    def panel(self) -> HistoryPanel | None:
        """The panel, once it has been asked for."""
        return self._panel

    @property
    def is_open(self) -> bool:
        """Whether the history stands in the place of the text."""
        return self._report_id is not None

    @Slot()
    def toggle(self) -> None:
        """Show the history of the report that is open, or the report again."""
        if self.is_open:
            self.close()
        elif self._pane.report_id is not None:
            self._open(self._pane.report_id)

    @Slot()
    def close(self) -> None:
        """Show the report again, the keyboard in its text."""
        if self.is_open:
            self._pane.sides.show_side(Side.TEXT)
            self._pane.text.body.setFocus()

    def _open(self, report_id: str) -> None:
        panel = self._make_parts()
        self._report_id, self._moments = report_id, ()
        panel.show_moments((), self._clock())
        panel.show_words("")
        self._pane.flush()
        self._pane.sides.cover(panel)
        panel.take_focus()
        self._list()

    def _make_parts(self) -> HistoryPanel:
        if self._panel is None:
            from reporterdesk.ui.controllers.restoring import Restoring
            from reporterdesk.ui.history.panel import HistoryPanel
            from reporterdesk.ui.history.reading import HistoryReader

            self._reader = HistoryReader(self._background, self)
            self._reader.listed.connect(self._listed)
            self._reader.seen.connect(self._seen)
            self._reader.failed.connect(self._failed)
            bar = NoticeBar(self.tr("Restored"), self._pane)
            bar.setProperty("edge", "below")
            bar.hide()
            column = self._pane.layout()
            assert isinstance(column, QVBoxLayout)  # noqa: S101 - the pane lays out so
            column.addWidget(bar)
            self._restoring = Restoring(self._pane, self._background, bar, clock=self._clock)
            self._restoring.done.connect(self._restored)
            self._restoring.taken_back.connect(self._look)
            self._restoring.refused.connect(self._look)
            self._panel = HistoryPanel(self._images, self._pane.sides)
            self._panel.hide()
            self._panel.chosen.connect(self._look)
            self._panel.closed.connect(self.close)
            self._panel.restore_requested.connect(self._restore)
        return self._panel

    def _list(self) -> None:
        if self._report_id is not None and self._reader is not None:
            self._reader.list_moments(self._report_id)

    @Slot(str, object)
    def _listed(self, report_id: str, moments: tuple[SnapshotInfo, ...]) -> None:
        if report_id != self._report_id or self._panel is None:
            return
        empty, self._moments = not self._moments, moments
        self._panel.show_moments(moments, self._clock())
        if empty and self._panel.back.hasFocus():
            self._panel.take_focus()
        if not moments:
            self._panel.show_words(*self._nothing_yet())

    @Slot()
    def _look(self) -> None:
        """Read and compare the moment that is chosen."""
        if self._panel is None or self._reader is None or self._report_id is None:
            return
        wanted = self._panel.wanted
        moment = next((each for each in self._moments if each.number == wanted), None)
        if moment is not None:
            from reporterdesk.ui.controllers.restoring import draft_in
            from reporterdesk.ui.history.reading import Look

            self._reader.look(Look(self._report_id, moment, draft_in(self._pane)))

    @Slot(object)
    def _seen(self, seen: Seen) -> None:
        if seen.look.report_id != self._report_id or self._panel is None:
            return
        from reporterdesk.ui.history.facts import named
        from reporterdesk.ui.history.page import Page
        from reporterdesk.workflow.comparing import FactChange
        from reporterdesk.workflow.restoring import changes_of

        names = self._window.list.delegate.section_names
        locale = self._window.locale()
        changes = tuple(
            named(change, seen.then, seen.now, names, locale)
            if isinstance(change, FactChange)
            else change
            for change in changes_of(seen.comparison)
        )
        page = Page(seen.look.moment, seen.then, seen.now, seen.comparison, changes)
        self._panel.show_page(page, restoring=self._pane.editable)

    @Slot(str, object)
    def _failed(self, report_id: str, error: Exception) -> None:
        if report_id == self._report_id and self._panel is not None:
            self._panel.show_words(self.tr("This cannot be shown now"), str(error))

    @Slot(object, object)
    def _restore(self, page: object, change: object) -> None:
        if self._restoring is not None and self._panel is not None:
            self._panel.set_busy()
            self._restoring.restore(page, change)  # type: ignore[arg-type]  # as signals carry it

    @Slot(object)
    def _restored(self, change: object) -> None:
        """Go on from there; after all has come back, show the report."""
        if change is None:
            self.close()
        else:
            self._look()

    @Slot()
    def _undo(self) -> None:
        """Let Ctrl+Z take a restore back here too; the text itself cannot be undone unseen."""
        if self.is_open and self._restoring is not None:
            self._restoring.take_back()

    @Slot(bool)
    def _covered(self, covered: bool) -> None:
        if not covered:
            self._report_id = None
            if self._reader is not None:
                self._reader.forget()
            if self._panel is not None:
                self._panel.paper.clear_page()

    @Slot(object)
    def _stands(self, report: Report) -> None:
        if self._report_id not in {None, report.id}:
            self._pane.sides.show_side(Side.TEXT)
        elif self.is_open:
            self._list()
            self._look()

    @Slot(str, object)
    def _saved(self, report_id: str, _report: Report) -> None:
        if report_id == self._report_id:
            self._list()

    def _nothing_yet(self) -> tuple[str, str]:
        """Say when the first moment will be there."""
        from reporterdesk.ui.wording import clock_word
        from reporterdesk.workflow.remembering import EVERY

        title = self.tr("Nothing to look back at yet")
        report = self._pane.report
        if report is None or not self._pane.editable:
            return title, self.tr("No earlier moment of this report is on this laptop.")
        at = report.created_at + EVERY
        if at <= self._clock():
            return title, self.tr("The first moment stands here as soon as you go on writing.")
        when = self.tr("Go on writing, and the first moment stands here at %1.")
        return title, when.replace("%1", clock_word(at))

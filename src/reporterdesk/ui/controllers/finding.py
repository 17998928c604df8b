"""Find and replace in the report that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QVBoxLayout

from reporterdesk.domain.report import Report
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.drafts import Background
from reporterdesk.ui.widgets.desk_bar import Side
from reporterdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from reporterdesk.ui.find.finder import ReportFinder

_STEPS = ("edit.find_next", "edit.find_previous")


class Finding(QObject):
    """Opens the bar below the text, and tells it what is open. Lives on the UI thread.

    The bar is made when it is asked for the first time.
    """

    def __init__(self, window: MainWindow, actions: Actions, background: Background) -> None:
        super().__init__(window)
        self._window, self._pane = window, window.pane
        self._actions, self._background = actions, background
        self._finder: ReportFinder | None = None
        self._shown: str | None = None
        actions.bind("edit.find", self.find)
        actions.bind("edit.replace", self.replace)
        actions.bind("edit.find_next", self._next)
        actions.bind("edit.find_previous", self._previous)
        window.content.currentChanged.connect(self._offer)
        self._pane.standing_changed.connect(self._stands)
        self._pane.sides.covered.connect(self._covered)
        self._offer()

    @property
    def finder(self) -> ReportFinder | None:
        """The bar with what works behind it, once it has been asked for."""
        return self._finder

    @Slot()
    def find(self) -> None:
        """Open the bar, the keyboard in what is looked for."""
        self._open(replacing=False)

    @Slot()
    def replace(self) -> None:
        """Open the bar with both rows; one where the report can only be read."""
        self._open(replacing=True)

    def _open(self, *, replacing: bool) -> None:
        if self._possible():
            if self._pane.text.isHidden():
                self._pane.sides.show_side(Side.TEXT)
            self._made().open(replacing=replacing)

    def _possible(self) -> bool:
        shown = self._window.content.currentWidget() is self._pane
        return shown and self._pane.report is not None and not self._pane.sides.is_covered

    def _made(self) -> ReportFinder:
        if self._finder is None:
            from reporterdesk.ui.find.finder import ReportFinder

            self._finder = ReportFinder(self._pane, self._background)
            column = self._pane.layout()
            assert isinstance(column, QVBoxLayout)  # noqa: S101 - the pane lays out so
            column.insertWidget(column.indexOf(self._pane.progress), self._finder.bar)
        return self._finder

    @Slot()
    def _next(self) -> None:
        if self._possible():
            self._made().step(forwards=True)

    @Slot()
    def _previous(self) -> None:
        if self._possible():
            self._made().step(forwards=False)

    @Slot()
    def _offer(self) -> None:
        self._actions.enable(self._possible(), "edit.find", "edit.replace", *_STEPS)

    @Slot(object)
    def _stands(self, report: Report) -> None:
        if self._finder is not None:
            self._finder.report_changed(other=report.id != self._shown)
        self._shown = report.id
        self._offer()

    @Slot(bool)
    def _covered(self, covered: bool) -> None:
        if covered and self._finder is not None:
            self._finder.close()
        self._offer()

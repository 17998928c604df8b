"""Keeps what is searched for marked in the report that is open."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Slot

from reporterdesk.domain.report import Report
from reporterdesk.ui.controllers.browsing import Browsing, Listing
from reporterdesk.ui.editor.found_words import FoundWords
from reporterdesk.ui.widgets.report_pane import ReportPane


class FoundMarks(QObject):
    """Marks words in the pane's text until the search is cleared, or one types. On the UI thread.

    A report that is opened while a search is shown is opened at the first place that has it.
    """

    def __init__(self, pane: ReportPane, browsing: Browsing) -> None:
        super().__init__(pane)
        self._pane, self._browsing = pane, browsing
        self._words = FoundWords(pane.text.body)
        self._shown = pane.report_id
        browsing.search_changed.connect(self._search_changed)
        pane.standing_changed.connect(self._stands)
        pane.text.body.edited.connect(self._words.clear)
        pane.text.body.installEventFilter(self)
        self._search_changed(browsing.listing)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._words.refresh()
        return super().eventFilter(watched, event)

    @Slot(object)
    def _search_changed(self, listing: Listing) -> None:
        words = listing.search.words
        if words:
            self._words.show(words)
        else:
            self._words.clear()

    @Slot(object)
    def _stands(self, report: Report) -> None:
        if report.id == self._shown:
            return
        self._shown = report.id
        words = self._browsing.listing.search.words
        found = self._words.show(words) if words else -1
        if found >= 0:
            self._pane.text.body.set_caret_position(found)

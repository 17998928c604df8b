"""Puts the preview beside the text, or in its place where the window has no room for both."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from reporterdesk.ui.preview.panel import NARROWEST
from reporterdesk.ui.widgets.desk_bar import Side
from reporterdesk.ui.widgets.pane_sides import PaneSides

BESIDE_FROM = 780
"""The width in pixels from which both fit: 408 for the text, 372 for the preview."""


class Beside(QObject):
    """Holds the sides of the report and the preview next to each other. Lives on the UI thread.

    :ivar left: emitted when a side of the report is asked for that the preview covers.
    """

    left = Signal()

    def __init__(self, room: QSplitter, sides: PaneSides, panel: QWidget) -> None:
        super().__init__(room)
        self._splitter, self._sides, self._panel = room, sides, panel
        self._on = False
        room.setChildrenCollapsible(False)
        if room.indexOf(panel) < 0:
            room.addWidget(panel)
        room.setStretchFactor(0, 1)
        room.setStretchFactor(1, 1)
        room.installEventFilter(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._arrange)
        self._divided = False
        panel.hide()
        sides.side_shown.connect(self._side_shown)
        sides.covered.connect(self._arrange)

    @property
    def covers(self) -> bool:
        """Whether the preview stands in the place of the text."""
        return self._on and self._splitter.width() < BESIDE_FROM

    def show(self, *, on: bool) -> None:
        """Show the preview, or the text alone."""
        self._on = on
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrange anew when the window's width has changed."""
        if event.type() == QEvent.Type.Resize:
            self._later.start(0)
        return super().eventFilter(watched, event)

    @Slot()
    def _arrange(self) -> None:
        covers, history = self.covers, self._sides.is_covered
        shown = self._on and not history
        if not history:
            self._sides.text.set_covered(covered=covers)
        self._panel.setVisible(shown)
        self._sides.setVisible(not (covers and shown))
        if shown and not covers and not self._divided:
            self._divided = True
            whole = self._splitter.width()
            preview = max(NARROWEST, round(whole * 0.44))
            self._splitter.setSizes([whole - preview, preview])

    @Slot(object)
    def _side_shown(self, _side: Side) -> None:
        if self.covers:
            self.left.emit()

"""Text and side panel: beside each other where there is room, else one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from reporterdesk.ui.actions import Actions
from reporterdesk.ui.widgets.desk_bar import DeskBar, Side
from reporterdesk.ui.widgets.text_side import TextSide

if TYPE_CHECKING:
    from reporterdesk.ui.widgets.report_side import ReportSide

BESIDE_FROM = 860
"""The pane's width in pixels from which both fit: 520 for the text, 320 for the panel."""
SIDE_WIDTH = 330


class PaneSides(QWidget):
    """Makes the text, holds it and the side panel, and shows what is asked for.

    :ivar panel_box: where the panel stands, empty until there is one.
    :ivar covered: emits whether something else stands in the place of both, from now on.
    :ivar side_shown: emits the :class:`Side` that was asked for, by a person or by the app.
    """

    covered = Signal(bool)
    side_shown = Signal(object)

    def __init__(self, actions: Actions, bar: DeskBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = bar
        self.text = TextSide(actions, self)
        self._side: ReportSide | None = None
        self._cover: QWidget | None = None
        self._shown = Side.TEXT
        self._panel = Side.FACTS
        self._beside: bool | None = None
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.panel_box = QWidget(self)
        self.panel_box.setObjectName("panelBox")
        self.panel_box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._over_panel = QHBoxLayout()
        self._over_panel.setContentsMargins(8, 8, 8, 0)
        column = QVBoxLayout(self.panel_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._over_panel)
        column.addStretch()  # keeps the tabs up while there is no panel yet
        self._panel_column = column
        row.addWidget(self.text, 1)
        row.addWidget(self.panel_box)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        bar.side_chosen.connect(self.show_side)
        self._arrange()

    def take_panel(self, side: ReportSide) -> None:
        """Put the panel, which was made in :attr:`panel_box`, beside the text."""
        self._side = side
        self._panel_column.addWidget(side, 1)
        side.show()
        self._arrange()

    def cover(self, cover: QWidget) -> None:
        """Show ``cover`` in the place of both, until a side is asked for."""
        if self._row.indexOf(cover) < 0:
            self._row.addWidget(cover, 1)
        self._cover = cover
        self.text.set_covered(covered=True)
        self._arrange()
        cover.show()
        self.covered.emit(True)

    @property
    def is_covered(self) -> bool:
        """Whether something else stands in the place of both."""
        return self._cover is not None

    def show_side(self, side: Side) -> None:
        """Show ``side``; where both fit, the text stays as it is. What covered them is hidden."""
        side = Side(side)
        if self._cover is not None:
            self._cover.hide()
            self._cover = None
            self.text.set_covered(covered=False)
            self.covered.emit(False)
        self._shown = side
        if side is not Side.TEXT:
            self._panel = side
        self._arrange()
        self.side_shown.emit(side)

    def minimumSizeHint(self) -> QSize:
        """Ask for the room of one side only: where there is no more, they take turns."""
        one = self.text.minimumSizeHint()
        return QSize(max(one.width(), 240), one.height())

    def event(self, event: QEvent) -> bool:
        """Rearrange when the width changes."""
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        beside = self.width() >= BESIDE_FROM
        panel = self._panel if beside or self._shown is Side.TEXT else self._shown
        focused: QObject | None = self.focusWidget()
        if beside != self._beside:
            self._bar.set_beside(beside)
        self._bar.show_side(panel if beside else self._shown)
        if self._side is not None:
            self._side.show_page(photos=panel is Side.PHOTOS)
        bare = self._cover is None
        self.text.setVisible(bare and (beside or self._shown is Side.TEXT))
        self.panel_box.setVisible(bare and (beside or self._shown is not Side.TEXT))
        if beside != self._beside:
            self._beside = beside
            self.panel_box.setMinimumWidth(SIDE_WIDTH if beside else 0)
            self.panel_box.setMaximumWidth(SIDE_WIDTH if beside else 16_777_215)
            self.panel_box.setContentsMargins(1 if beside else 0, 0, 0, 0)  # room for its line
            self._over_panel.setContentsMargins(8, 8 if beside else 0, 8, 0)
            if beside:
                self._over_panel.addWidget(self._bar.tabs)
            self.panel_box.setProperty("beside", beside)
            self.panel_box.style().unpolish(self.panel_box)
            self.panel_box.style().polish(self.panel_box)
            if isinstance(focused, QWidget) and focused.isVisible():
                focused.setFocus()

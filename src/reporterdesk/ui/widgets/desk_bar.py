"""The bar over the report: which side of it is shown, where its text is saved, and *File*."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QDateTime, Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from reporterdesk.ui.autosave import SaveState, SaveStatus
from reporterdesk.ui.wording import full_moment_word

_GAPS = 60
"""Pixels between and beside what the bar holds."""


class Side(StrEnum):
    """What of a report is shown."""

    TEXT = "text"
    FACTS = "facts"
    PHOTOS = "photos"


class DeskBar(QWidget):
    """Switches the sides, tells the saved state, and files.

    :ivar side_chosen: emits the :class:`Side` that a person chose.
    """

    side_chosen = Signal(object)

    def __init__(self, file_action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("deskBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._can_file = self._beside = False
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons = {
            Side.TEXT: self._button(self.tr("Text")),
            Side.FACTS: self._button(self.tr("Event")),
            Side.PHOTOS: self._button(self.tr("Photos")),
        }
        self._saved = QLabel(self)
        self._saved.setObjectName("savedState")
        self._saved.setAccessibleName(self.tr("Saved state"))
        self.file = QPushButton(self.tr("File report"), self)
        self.file.setProperty("role", "primary")
        self.file.setToolTip(file_action.toolTip())
        self.file.clicked.connect(file_action.trigger)
        self.tabs = QWidget(self)
        """The buttons for the sides; they stand over the panel where that is beside the text."""
        tabs = QHBoxLayout(self.tabs)
        tabs.setContentsMargins(0, 0, 0, 0)
        tabs.setSpacing(4)
        for button in self._buttons.values():
            tabs.addWidget(button)
        tabs.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(4)
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(self._saved)
        row.addSpacing(12)
        row.addWidget(self.file)
        self._group.buttonClicked.connect(self._clicked)
        self.show_side(Side.TEXT)

    @property
    def saved_words(self) -> str:
        """What the bar says of the saved state."""
        return self._saved.text()

    def show_side(self, side: Side) -> None:
        """Mark ``side`` as shown."""
        self._buttons[side].setChecked(True)

    def set_beside(self, beside: bool) -> None:
        """Say whether the text always stands beside the others, and needs no button."""
        self._beside = beside
        self._show_if_needed()
        self._buttons[Side.TEXT].setVisible(not beside)
        row = self.layout()
        if not beside and isinstance(row, QHBoxLayout):
            row.insertWidget(0, self.tabs)
        self._fit()

    def set_photo_count(self, count: int) -> None:
        """Say how many photos there are."""
        text = self.tr("Photos")
        self._buttons[Side.PHOTOS].setText(f"{text} · {count}" if count else text)
        self._fit()

    def set_can_file(self, can_file: bool) -> None:
        """Offer *File report*, or not, for a report that cannot be filed now."""
        self._can_file = can_file
        self.file.setVisible(can_file)
        self._fit()
        self._show_if_needed()

    def show_saved(self, status: SaveStatus) -> None:
        """Tell where the newest text is, quietly; a person who pressed Save is answered."""
        self._saved.setProperty("tone", "problem" if status.state is SaveState.FAILED else "calm")
        match status.state:
            case SaveState.NOTHING:
                words = self.tr("Nothing to save yet") if status.asked else ""
            case SaveState.SAVING:
                words = self.tr("Saving…") if status.at is None else self._saved.text()
            case SaveState.SAVED:
                words = self.tr("Saved %1").replace("%1", self._time(status.at, status.asked))
            case SaveState.FAILED:
                words = self.tr("Not saved")
        self._saved.setText(words)
        self._saved.style().unpolish(self._saved)
        self._saved.style().polish(self._saved)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find room for the buttons first (called by Qt)."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Tell the saved state only where the buttons' words are not cut short for it."""
        shown = [each for each in (self.tabs, self.file) if self._is_in_row(each)]
        needed = sum(each.sizeHint().width() for each in (*shown, self._saved))
        self._saved.setVisible(needed + _GAPS <= self.width())

    def _is_in_row(self, widget: QWidget) -> bool:
        return widget.parent() is self and not widget.isHidden()

    def _show_if_needed(self) -> None:
        """Leave no empty bar over a text that is only read, beside the panel with its tabs."""
        self.setVisible(self._can_file or not self._beside)

    def _time(self, at: datetime | None, exact: bool) -> str:
        if at is None:
            return ""
        local = QDateTime.fromSecsSinceEpoch(int(at.timestamp()))
        if local.date() != QDateTime.currentDateTime().date():
            return full_moment_word(at, self.locale())
        return self.locale().toString(local, "HH:mm:ss" if exact else "HH:mm")

    def _button(self, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setCheckable(True)
        button.setProperty("role", "segment")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._group.addButton(button)
        return button

    @Slot()
    def _clicked(self) -> None:
        for side, button in self._buttons.items():
            if button.isChecked():
                self.side_chosen.emit(side)

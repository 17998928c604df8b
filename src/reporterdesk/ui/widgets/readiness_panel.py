"""What is still missing before a report can be filed, each with a way to jump there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.ui.icons import icon

if TYPE_CHECKING:
    from reporterdesk.domain.readiness import Missing

_MOST_SHOWN = 50


class ReadinessPanel(QFrame):
    """Lists what is missing as links; follows along while things are filled in.

    :ivar jump_requested: emits the :class:`Missing` whose link was followed.
    :ivar file_requested: emitted when the report is ready and *File report* was pressed.
    """

    jump_requested = Signal(object)
    file_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("readinessPanel")
        self.setAccessibleName(self.tr("Before it can be filed"))
        self._missing: tuple[Missing, ...] | None = None
        self._links: list[QPushButton] = []
        self._title = QLabel(self)
        self._title.setProperty("role", "notice")
        self._title.setWordWrap(True)
        self._reminders = QLabel(self)
        self._reminders.setProperty("role", "hint")
        self._reminders.setTextFormat(Qt.TextFormat.PlainText)
        self._reminders.setWordWrap(True)
        self._reminders.hide()
        self._file = QPushButton(self.tr("File report"), self)
        self._file.setProperty("role", "primary")
        self._file.clicked.connect(self.file_requested)
        close = QToolButton(self)
        close.setIcon(icon("close"))
        close.setAccessibleName(self.tr("Close this list"))
        close.setToolTip(self.tr("Close this list"))
        close.clicked.connect(self.hide)
        self._list = QWidget(self)
        self._list.setObjectName("readinessList")
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._list)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._file)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 8, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._scroll)
        column.addWidget(self._reminders)
        self.hide()

    def show_missing(self, missing: tuple[Missing, ...]) -> None:
        """Show what is missing, or that the report is ready."""
        if missing == self._missing:
            return
        focused = next((i for i, link in enumerate(self._links) if link.hasFocus()), None)
        self._missing = missing
        self._rebuild(missing)
        self._file.setVisible(not missing)
        self._scroll.setVisible(bool(missing))
        if not missing:
            self._title.setText(self.tr("Everything is here. The report can be filed."))
        elif len(missing) == 1:
            self._title.setText(self.tr("One thing is missing before it can be filed:"))
        else:
            title = self.tr("%1 things are missing before it can be filed:")
            self._title.setText(title.replace("%1", str(len(missing))))
        if focused is not None and self._links:
            self._links[min(focused, len(self._links) - 1)].setFocus()
        tone = "warning" if missing else "good"
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)

    def set_reminders(self, reminders: tuple[str, ...]) -> None:
        """Show the desk's own checklist for the section; it reminds and does not block."""
        asks = self.tr("The desk also asks: %1").replace("%1", " · ".join(reminders))
        self._reminders.setText(asks)
        self._reminders.setVisible(bool(reminders))

    def take_focus(self) -> None:
        """Put the keyboard on the first link, or on *File report*."""
        (self._links[0] if self._links else self._file).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Follow a link at Enter, walk with the arrows, close at Escape."""
        link = next((link for link in self._links if link.hasFocus()), None)
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif link and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            link.click()
        elif link and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._links[(self._links.index(link) + step) % len(self._links)].setFocus()
        else:
            super().keyPressEvent(event)

    def _rebuild(self, missing: tuple[Missing, ...]) -> None:
        for link in self._links:
            self._column.removeWidget(link)
            link.hide()
            link.deleteLater()
        self._links = [self._link(item) for item in missing[:_MOST_SHOWN]]
        height = sum(link.sizeHint().height() for link in self._links[:5])
        self._scroll.setFixedHeight(height + 2)

    def _link(self, item: Missing) -> QPushButton:
        link = QPushButton(icon("right"), item.sentence, self._list)
        link.setProperty("role", "link")
        link.setFlat(True)
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.setAutoDefault(False)
        link.clicked.connect(self._followed)
        self._column.addWidget(link)
        return link

    @Slot()
    def _followed(self) -> None:
        sender = self.sender()
        if self._missing is not None and isinstance(sender, QPushButton):
            self.jump_requested.emit(self._missing[self._links.index(sender)])

"""The one calm window that stands before the drafts while they are not open."""

from __future__ import annotations

import base64

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.ui.door.page import DoorPage
from reporterdesk.ui.icons import app_icon

_ICON = 48
_PAGE_WIDTH = 480
_SIZE = (760, 560)


class DoorWindow(QDialog):
    """Shows one :class:`DoorPage` at a time. Lives on the UI thread.

    A dialog only for the sake of Enter, which presses its default button.

    :ivar closing: emitted when the person wants to close it; it stays until :meth:`let_close`.
    """

    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("door")
        self.setWindowFlags(Qt.WindowType.Window)
        self.setWindowIcon(app_icon())
        self.setWindowTitle("ReporterDesk")
        self._page: DoorPage | None = None
        self._may_close = False
        self._holder = QWidget(self)
        self._holder.setFixedWidth(_PAGE_WIDTH)
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        picture = QLabel(self._holder)
        picture.setPixmap(app_icon().pixmap(_ICON, _ICON))
        picture.setAccessibleName(self.tr("Icon of ReporterDesk"))
        self._column.addWidget(picture)
        self._lay_out()
        self.resize(*_SIZE)

    @property
    def page(self) -> DoorPage | None:
        """The page that is shown."""
        return self._page

    def show_page(self, page: DoorPage) -> None:
        """Show ``page`` in place of the one that was there."""
        old, self._page = self._page, page
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._column.addWidget(page)
        page.show()
        if self.isVisible():
            page.take_focus()

    def stand_where(self, place: str) -> None:
        """Take the place that a main window has kept; what makes no sense is passed over."""
        try:
            geometry = base64.b64decode(place.partition(" ")[0], validate=True)
        except ValueError:
            return
        self.restoreGeometry(QByteArray(geometry))

    def reject(self) -> None:
        """Do nothing at Escape: who leaves says so."""

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let whoever is behind the door end first."""
        event.setAccepted(self._may_close)
        if not self._may_close:
            self.closing.emit()

    def let_close(self) -> None:
        """Close."""
        self._may_close = True
        self.close()

    def _lay_out(self) -> None:
        inner = QWidget(self)
        inner.setObjectName("doorRoom")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._holder)
        row.addStretch(1)
        room = QVBoxLayout(inner)
        room.setContentsMargins(24, 24, 24, 24)
        room.addStretch(2)
        room.addLayout(row)
        room.addStretch(3)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)

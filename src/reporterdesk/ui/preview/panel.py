"""The preview's panel: on a phone or as a page, and the page itself."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.ui.icons import icon
from reporterdesk.ui.page.style import Screen
from reporterdesk.ui.page.view import PageView
from reporterdesk.ui.photo_images import PhotoImages

NARROWEST = 372
"""The panel’s width in logical pixels: a phone’s column of 360, and the scroll bar."""


class PreviewPanel(QWidget):
    """Shows the report that is being written as it will be published.

    :ivar screen_chosen: emits the :class:`Screen` that a person chose.
    :ivar closed: emitted when a person wants it away.
    """

    screen_chosen = Signal(object)
    closed = Signal()

    def __init__(self, images: PhotoImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("previewPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.view = PageView(images, self)
        self.view.setAccessibleName(self.tr("Preview: the report as it will be published"))
        self._group = QButtonGroup(self)
        self._buttons = {
            Screen.PHONE: self._segment(self.tr("Phone"), self.tr("See it as on a phone")),
            Screen.PAGE: self._segment(self.tr("Page"), self.tr("See it as on a large screen")),
        }
        self._close = QToolButton(self)
        self._close.setIcon(icon("close"))
        self._close.setAccessibleName(self.tr("Close the preview"))
        self._close.setToolTip(self.tr("Close the preview"))
        self._close.clicked.connect(self.closed)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)
        self._lay_out()
        self._group.buttonClicked.connect(self._chosen)
        self.show_as(Screen.PAGE)

    def show_as(self, screen: Screen) -> None:
        """Show the page as on ``screen``."""
        self._buttons[screen].setChecked(True)
        self.view.show_as(screen)

    def minimumSizeHint(self) -> QSize:
        """Keep room for a phone's column."""
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def _segment(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setCheckable(True)
        button.setProperty("role", "segment")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._group.addButton(button)
        return button

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Preview"), self)
        title.setProperty("role", "label")
        head = QWidget(self)
        head.setObjectName("previewHead")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(4)
        row.addWidget(title)
        row.addStretch(1)
        for button in self._buttons.values():
            row.addWidget(button)
        row.addSpacing(4)
        row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.view, 1)

    @Slot()
    def _chosen(self) -> None:
        for screen, button in self._buttons.items():
            if button.isChecked():
                self.view.show_as(screen)
                self.screen_chosen.emit(screen)

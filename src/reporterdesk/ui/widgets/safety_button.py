"""The quiet, lasting word on how safe the drafts are, at the edge of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget


class SafetyButton(QPushButton):
    """Says what is not as safe as it could be, and leads to what helps; hidden where all is well.

    :ivar clicked: the person wants to do something about it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("safetyButton")
        self.setProperty("role", "link")
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def tell(self, words: str, *, warning: bool) -> None:
        """Say ``words``; ``""`` says nothing."""
        self.setText(words)
        self.setToolTip(
            self.tr("Whoever has this laptop can read your drafts. Click to change that.")
            if warning
            else self.tr("Without the code, a lost keyring or passphrase means lost drafts.")
        )
        tone = "warning" if warning else "calm"
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setVisible(bool(words))

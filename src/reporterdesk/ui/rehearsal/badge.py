"""The mark in the window while the connection is bad on purpose."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget


class RehearsalBadge(QToolButton):
    """Says what is being rehearsed, and opens the choices; hidden while nothing is."""

    def __init__(self, choices: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rehearsalBadge")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.addActions(list(choices))
        self.setToolTip(
            self.tr("The connection is bad on purpose, until you end it here or close the app.")
        )
        self.hide()

    def tell(self, title: str) -> None:
        """Say what is rehearsed; ``""`` hides the mark."""
        words = self.tr("Rehearsing: %1").replace("%1", title)
        self.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(title))

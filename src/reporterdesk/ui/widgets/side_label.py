"""Words that stand on the side where reading begins, whatever letters they are written in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget


class SideLabel(QLabel):
    """Plain words on the window's reading side. Lives on the UI thread.

    Qt sets a label by the letters of its text: a headline from the right would stand at the other
    end of a window that is read from the left, far from what belongs to it.
    """

    def __init__(self, parent: QWidget, text: str = "", role: str = "") -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        self._stand()

    def changeEvent(self, event: QEvent) -> None:
        """Change sides with the window (called by Qt)."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._stand()

    def _stand(self) -> None:
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        middle = Qt.AlignmentFlag.AlignVCenter
        self.setAlignment(side | middle | Qt.AlignmentFlag.AlignAbsolute)

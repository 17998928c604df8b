"""The word above a field, on the side where reading begins."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget


class FieldLabel(QLabel):
    """Names a field; its key and its clicks lead there. Lives on the UI thread.

    Qt sets a label by the letters of its text: one that is not translated would stand at the left
    above a field that is read from the right.
    """

    def __init__(self, text: str, field: QWidget, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "label")
        self.setBuddy(field)
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

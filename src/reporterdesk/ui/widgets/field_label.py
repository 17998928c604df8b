"""The word above a field, on the side where reading begins."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from reporterdesk.ui.widgets.side_label import SideLabel


class FieldLabel(SideLabel):
    """Names a field; its key and its clicks lead there. Lives on the UI thread."""

    def __init__(self, text: str, field: QWidget, parent: QWidget) -> None:
        super().__init__(parent, text, "label")
        self.setBuddy(field)

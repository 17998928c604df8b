"""A field to search in: its sign before the words, and a button that clears them."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from reporterdesk.ui.icons import icon

_QT_CLEARS = "_q_qlineeditclearaction"
"""What Qt calls the action of the clearing button (qlineedit.cpp); it has no words of its own."""


class SearchField(QLineEdit):
    """A field whose buttons have names for those who hear it. Lives on the UI thread."""

    def __init__(self, name: str, parent: QWidget | None = None, *, clears: bool = True) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        sign = self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        sign.setText(self.tr("Search"))
        self.setClearButtonEnabled(clears)
        clearing = self.findChild(QAction, _QT_CLEARS)
        if clearing is not None:
            clearing.setText(self.tr("Clear"))

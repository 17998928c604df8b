"""Keeps lines at a length that is easy to read, centred on the paper."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QTextEdit

CHARACTERS = 68
"""How many characters of average width a line holds at most."""

DOCUMENT_MARGIN = 24.0
"""Space around the text, in logical pixels."""

# The mean width of English letters with their spaces, in widths of "n" (measured for serif faces).
_MEAN = 0.86


class Measure(QObject):
    """Sets the margins beside one editor's text. Lives on the UI thread."""

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor

    def fit(self) -> None:
        """Fit the margins to the editor's present width and font."""
        editor = self._editor
        letter = QFontMetricsF(editor.font()).horizontalAdvance("n") * _MEAN
        widest = round(letter * CHARACTERS + 2 * DOCUMENT_MARGIN)
        bar = editor.verticalScrollBar()
        room = editor.contentsRect().width() - (bar.width() if bar.isVisible() else 0)
        side = max(0, (room - widest) // 2)
        margins = editor.viewportMargins()
        if (margins.left(), margins.right()) != (side, side):
            editor.setViewportMargins(side, 0, side, 0)

"""Marks over an editor's words, in layers that know nothing of each other.

An editor has one list of extra selections, and whoever sets it takes away what others have marked.
Here each sets its own layer. The marks are no part of the text, neither saved nor undone.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit


class Highlights(QObject):
    """The layers of one editor, in the order of their names. Lives on the UI thread."""

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._layers: dict[str, list[QTextEdit.ExtraSelection]] = {}

    @staticmethod
    def of(editor: QTextEdit) -> Highlights:
        """Return the layers of ``editor``; they are made the first time."""
        found = editor.findChild(Highlights)
        return found if isinstance(found, Highlights) else Highlights(editor)

    def show(self, layer: str, marks: Sequence[QTextEdit.ExtraSelection]) -> None:
        """Show ``marks`` in the place of those of ``layer``."""
        if not marks and layer not in self._layers:
            return
        self._layers[layer] = list(marks)
        self._editor.setExtraSelections(
            [mark for name in sorted(self._layers) for mark in self._layers[name]]
        )

    def clear(self, layer: str) -> None:
        """Take the marks of ``layer`` away."""
        if layer in self._layers:
            self.show(layer, ())
            del self._layers[layer]


def mark(
    editor: QTextEdit, start: int, end: int, made: QTextCharFormat
) -> QTextEdit.ExtraSelection:
    """Return a mark in ``made`` from ``start`` to ``end``, as Qt counts positions."""
    selection = QTextEdit.ExtraSelection()
    cursor = editor.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    selection.cursor, selection.format = cursor, made
    return selection

"""Marks in the text what was searched for, until somebody types.

The marks are the editor's extra selections: they are no part of the document, neither saved, nor
undone, nor a change.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QTextBlock
from PySide6.QtWidgets import QTextEdit

from reporterdesk.text.finding import Query, read_query, spans_of, terms_in
from reporterdesk.text.folding import fold
from reporterdesk.ui.colours import colours
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.highlights import Highlights, mark
from reporterdesk.ui.models.marked_text import mark_format, utf16_ranges

_LAYER = "searched"
_MOST = 500
"""So many places are marked; a text in which there are more is full of marks anyway."""


class FoundWords(QObject):
    """Marks words in one editor. Lives on the UI thread."""

    def __init__(self, editor: BodyEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._query = Query()

    def show(self, words: str) -> int:
        """Mark what ``words`` look for; return where the first place begins, -1 without one."""
        self._query = read_query(words)
        return self._mark()

    @Slot()
    def refresh(self) -> None:
        """Mark the same again, in another text or other colours."""
        if self._query.wanted:
            self._mark()

    @Slot()
    def clear(self) -> None:
        """Take all marks away."""
        self._query = Query()
        Highlights.of(self._editor).clear(_LAYER)

    def _mark(self) -> int:
        marks: list[QTextEdit.ExtraSelection] = []
        made = mark_format(colours(self._editor.palette()))
        block = self._editor.text_document.begin()
        while block.isValid() and len(marks) < _MOST:
            for start, length in self._places(block):
                begin = block.position() + start
                marks.append(mark(self._editor, begin, begin + length, made))
            block = block.next()
        Highlights.of(self._editor).show(_LAYER, marks)
        return int(marks[0].cursor.selectionStart()) if marks else -1

    def _places(self, block: QTextBlock) -> list[tuple[int, int]]:
        text = block.text()
        if not self._query.wanted or not terms_in(self._query, fold(text)):
            return []
        return utf16_ranges(text, spans_of(self._query, text))

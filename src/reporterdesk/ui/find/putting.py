"""Puts new words in the place of what was found, as one step to undo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QTextCursor

from reporterdesk.text.lines import Kind
from reporterdesk.text.template import Template
from reporterdesk.ui.editor.block_commands import one_step
from reporterdesk.ui.editor.document_writer import inside_a_block
from reporterdesk.ui.editor.formats import run_format, run_of, style_of
from reporterdesk.ui.find.fields import Field, Hit, Part


class Putting(QObject):
    """Replaces in the fields of a report, and takes the last replacing back. UI thread.

    Each field has its own steps to undo. A replacing in several is taken back in all of them: by
    :meth:`take_back`, or when its step in one of them is undone.

    :ivar ended: emitted when the last replacing cannot be taken back as a whole any more.
    """

    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: list[tuple[Field, int]] = []
        self._busy = False

    @property
    def can_take_back(self) -> bool:
        """Whether there is a replacing to be taken back."""
        return bool(self._steps)

    def put(self, fields: Sequence[Field], hits: Iterable[Hit], template: Template) -> None:
        """Replace ``hits``, which are those of the present text."""
        self.forget()
        by_field: dict[int, list[Hit]] = {}
        for hit in hits:
            by_field.setdefault(hit.field, []).append(hit)
        self._busy = True
        try:
            for number, found in by_field.items():
                field = fields[number]
                document = field.text
                self._steps.append((field, document.availableUndoSteps()))
                _replace(field, found, template)
                document.contentsChanged.connect(self._changed)
        finally:
            self._busy = False

    @Slot()
    def take_back(self) -> None:
        """Undo the last replacing in all fields."""
        self._busy = True
        try:
            for field, steps in self._steps:
                document = field.text
                while document.availableUndoSteps() > steps:
                    document.undo()
        finally:
            self._busy = False
        self.forget()

    @Slot()
    def forget(self) -> None:
        """Let the last replacing be, as when a person writes on."""
        had, self._steps = self._steps, []
        for field, _ in had:
            field.text.contentsChanged.disconnect(self._changed)
        if had:
            self.ended.emit()

    @Slot()
    def _changed(self) -> None:
        """Take all back where one was; a person who has written on does not want that."""
        if self._busy:
            return
        now = [(field.text, steps) for field, steps in self._steps]
        if any(
            text.availableUndoSteps() == steps and text.isRedoAvailable() for text, steps in now
        ):
            self.take_back()


def _replace(field: Field, hits: Sequence[Hit], template: Template) -> None:
    cursor = QTextCursor(field.text)
    with one_step(cursor):
        # From the bottom, so that what is still to be done keeps its place.
        for hit in reversed(hits):
            cursor.setPosition(hit.start + 1)
            made = run_format(run_of("", cursor.charFormat()))  # of the first character
            words = template.words(hit.line.words, hit.found)
            if field.part is not Part.BODY or style_of(cursor.block()).kind is Kind.HEADING:
                words = words.replace("\n", " ")
            cursor.setPosition(hit.start)
            cursor.setPosition(hit.end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(inside_a_block(words), made)
        # Qt would add what is typed next to an insertion that comes last, and undo both at once.
        cursor.setBlockFormat(cursor.blockFormat())

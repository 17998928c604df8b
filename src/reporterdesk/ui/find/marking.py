"""Marks what was found, as far as it is in sight."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Slot
from PySide6.QtGui import QColor, QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from reporterdesk.ui.colours import Colours, colours
from reporterdesk.ui.editor.highlights import Highlights, mark
from reporterdesk.ui.find.fields import Field, Hit, Part
from reporterdesk.ui.models.marked_text import mark_format

_LAYER = "to replace"
_MOST = 1_000
"""So many places are marked in sight at the most."""


class Marking(QObject):
    """Marks in one field. Lives on the UI thread.

    Each mark costs something at every key press, so only those in sight are there, and what comes
    into sight is marked then.
    """

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._hits: Sequence[Hit] = ()
        self._current: Hit | None = None
        self._within: tuple[int, int] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._mark)
        editor.verticalScrollBar().valueChanged.connect(self._later)
        editor.viewport().installEventFilter(self)
        editor.installEventFilter(self)

    def show(
        self, hits: Sequence[Hit], current: Hit | None, within: tuple[int, int] | None = None
    ) -> None:
        """Mark ``hits``, the ``current`` one otherwise; ``within`` is all that is looked at."""
        self._hits, self._current, self._within = hits, current, within
        self._mark()

    def end(self) -> None:
        """Take all marks away and follow the editor no more."""
        self._soon.stop()
        Highlights.of(self._editor).clear(_LAYER)
        self._editor.verticalScrollBar().valueChanged.disconnect(self._later)
        self._editor.viewport().removeEventFilter(self)
        self._editor.removeEventFilter(self)
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size and the theme."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.PaletteChange}:
            self._soon.start()
        return super().eventFilter(watched, event)

    @Slot()
    def _later(self) -> None:
        self._soon.start()

    @Slot()
    def _mark(self) -> None:
        # The app's, not the editor's: the fields of the head have no ground of their own.
        shown = colours(QGuiApplication.palette())
        made, strong = mark_format(shown), _current_format(shown)
        marks = []
        if self._within is not None:
            marks.append(self._marked(*self._within, _ground(shown)))
        marks += (
            self._marked(hit.start, hit.end, strong if hit is self._current else made)
            for hit in self._in_sight()
        )
        Highlights.of(self._editor).show(_LAYER, marks)

    def _marked(self, start: int, end: int, made: QTextCharFormat) -> QTextEdit.ExtraSelection:
        last = QTextEdit.document(self._editor).characterCount() - 1
        return mark(self._editor, min(start, last), min(end, last), made)

    def _in_sight(self) -> Sequence[Hit]:
        if not self._hits:
            return ()
        area = self._editor.viewport().rect()
        top = self._editor.cursorForPosition(QPoint(0, 0)).block().position()
        below = self._editor.cursorForPosition(QPoint(0, area.height())).block()
        first = bisect_left(self._hits, top, key=lambda hit: hit.start)
        end = bisect_left(self._hits, below.position() + below.length(), key=lambda hit: hit.start)
        return self._hits[first : min(end, first + _MOST)]


class FieldMarks:
    """The marks in all fields of a report."""

    def __init__(self) -> None:
        self._markings: list[tuple[Field, Marking]] = []

    def begin(self, fields: Sequence[Field]) -> None:
        """Mark in these fields from now on."""
        self.end()
        self._markings = [(field, Marking(field.editor)) for field in fields]

    def show(self, hits: Sequence[Hit], current: Hit | None, within: QTextCursor | None) -> None:
        """Mark ``hits``, and in the text what is looked ``within``."""
        by_field: dict[int, list[Hit]] = {}
        for hit in hits:
            by_field.setdefault(hit.field, []).append(hit)
        for number, (field, marking) in enumerate(self._markings):
            place = None
            if within is not None and field.part is Part.BODY:
                place = within.selectionStart(), within.selectionEnd()
            marking.show(by_field.get(number, ()), current, place)

    def end(self) -> None:
        """Take all marks away."""
        for _, marking in self._markings:
            if shiboken6.isValid(marking):  # a photo's field goes with the photo
                marking.end()
        self._markings = []


def _current_format(shown: Colours) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setBackground(QColor(shown.accent))
    made.setForeground(QColor(shown.on_accent))
    return made


def _ground(shown: Colours) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setBackground(QColor(shown.calm_ground))
    return made

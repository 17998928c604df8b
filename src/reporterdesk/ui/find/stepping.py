"""Going from one finding to the next, and bringing it into sight."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

from reporterdesk.ui.find.fields import Hit


def first_from(hits: Sequence[Hit], field: int, position: int) -> int:
    """Return the number of the first hit that begins there or later; ``len(hits)``: none does."""
    return bisect_left(hits, (field, position), key=lambda hit: (hit.field, hit.start))


def at_selection(hits: Sequence[Hit], field: int, selection: QTextCursor) -> int | None:
    """Return the number of the hit that is just what is selected."""
    number = first_from(hits, field, selection.selectionStart())
    if number < len(hits):
        hit = hits[number]
        same = hit.field == field and hit.start == selection.selectionStart()
        if same and hit.end == selection.selectionEnd():
            return number
    return None


def select(editor: QTextEdit, hit: Hit) -> None:
    """Select ``hit`` and bring it into sight."""
    cursor = editor.textCursor()
    cursor.setPosition(hit.start)
    cursor.setPosition(hit.end, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    bring_into_sight(editor, hit.start)


def bring_into_sight(editor: QTextEdit, position: int) -> None:
    """Scroll where ``position`` is out of sight, so that it stands with some lines around it."""
    cursor = editor.textCursor()
    cursor.setPosition(position)
    place, height = editor.cursorRect(cursor), editor.viewport().height()
    if place.top() < 0 or place.bottom() > height:
        bar = editor.verticalScrollBar()
        # As if a person scrolled: the editor stops to bring its own caret into sight.
        bar.setSliderPosition(bar.value() + place.top() - height // 3)

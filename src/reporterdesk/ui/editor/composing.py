"""Words an input method composes: shown at the caret, not in the text until they are committed.

Qt keeps what is being composed (the pre-edit) in the layout of one block, so neither the reader nor
autosave ever sees it. What could lose it is taking the text away under it: then it is taken in
first.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Slot
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QTextEdit

from reporterdesk.ui.editor.block_keys import BlockKeys, is_composing


class Composing(QObject):
    """Input methods in one editor. Lives on the UI thread."""

    def __init__(self, editor: QTextEdit, keys: BlockKeys) -> None:
        super().__init__(editor)
        self._editor = editor
        self._keys = keys

    def take(self, event: QInputMethodEvent, take_in: Callable[[QInputMethodEvent], None]) -> None:
        """Make room for what is composed and let Qt ``take_in`` the event, in the right step."""
        composing = is_composing(self._editor)
        committed, composed = event.commitString(), event.preeditString()
        if committed or composed:
            self._keys.before_typing()
        if not committed:
            if composed and not composing:
                self._keys.steps.settle()
            take_in(event)
            return
        with self._keys.steps.typing(committed):
            take_in(event)
        # Keyboards on the screen commit each letter: theirs is typing, a candidate list's is not.
        if not composing and not composed and not event.replacementLength():
            self._keys.rules.after_typing(committed)

    def cursor_at(self, place: QPoint) -> QTextCursor:
        """Return the cursor for a place in the viewport, while something is composed.

        Qt's own answer counts what is composed as text, and may lie beyond its end.
        """
        editor, cursor = self._editor, self._editor.textCursor()
        block = cursor.block()
        document = block.document()
        scrolled = QPointF(editor.horizontalScrollBar().value(), editor.verticalScrollBar().value())
        layout = document.documentLayout()
        at = layout.hitTest(QPointF(place) + scrolled, Qt.HitTestAccuracy.FuzzyHit)
        area = layout.blockBoundingRect(block)
        if area.top() <= place.y() + scrolled.y() <= area.bottom() and at > cursor.position():
            at = max(cursor.position(), at - len(block.layout().preeditAreaText()))
        cursor.setPosition(max(0, min(at, document.characterCount() - 1)))
        return cursor

    @Slot()
    def finish(self) -> None:
        """Take what is being composed into the text: the text or the keyboard goes elsewhere."""
        if not is_composing(self._editor):
            return
        method = QGuiApplication.inputMethod()
        if QGuiApplication.focusObject() is self._editor:
            method.commit()
        left = self._editor.textCursor().block().layout().preeditAreaText()
        if left:  # the input method gave nothing, or is not ours to ask
            event = QInputMethodEvent()
            event.setCommitString(left)
            QApplication.sendEvent(self._editor, event)
            method.reset()

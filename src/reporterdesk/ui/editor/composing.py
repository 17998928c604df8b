"""Words an input method composes: shown at the caret, not in the text until they are committed.

Qt keeps what is being composed (the pre-edit) in the layout of one block, so neither the reader nor
autosave ever sees it. What could lose it is taking the text away under it: then it is taken in
first.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
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

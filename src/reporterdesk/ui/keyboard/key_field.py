"""The field that takes keys as they are pressed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QLineEdit, QWidget


class KeyField(QKeySequenceEdit):
    """Takes one key with what is held down; Tab and Escape leave it. On the UI thread.

    :ivar pressed: emits the :class:`QKeySequence` that was pressed.
    :ivar left: emitted at Escape.
    """

    pressed = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaximumSequenceLength(1)
        self.editingFinished.connect(self._finished)
        self._shown = QKeySequence()
        line = self.findChild(QLineEdit)
        if line is not None:  # the one that a screen reader finds
            line.setPlaceholderText(self.tr("Press the new keys"))

    def tell(self, name: str, keys: QKeySequence) -> None:
        """Be called ``name``, and show the keys that hold; nothing is emitted."""
        self._shown = keys
        self.setKeySequence(keys)
        for each in (self, self.findChild(QLineEdit)):
            if each is not None:
                each.setAccessibleName(name)

    def event(self, event: QEvent) -> bool:
        """Keep Escape from being taken for a key, or from closing the dialog."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self.left.emit()
            return True
        return super().event(event)

    @Slot()
    def _finished(self) -> None:
        keys = self.keySequence()
        if not keys.isEmpty() and keys != self._shown:
            self.pressed.emit(keys)

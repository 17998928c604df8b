"""Tells where a link goes while the mouse rests on it, and shows that Ctrl and a click open it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QTextEdit, QToolTip

from reporterdesk.text.cleaning import safe_link

_LONGEST = 120
_LTR = "\u200e"


class LinkPointing(QObject):
    """Watches the mouse over one editor's text. Lives on the UI thread."""

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._pointing = False
        editor.viewport().setMouseTracking(True)
        editor.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Show the address, or the hand that opens it (called by Qt)."""
        kind = event.type()
        if kind == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            return self._tell(event.pos(), event.globalPos())
        if kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self.point(event.position().toPoint(), event.modifiers())
        return False

    def key_changed(self, event: QKeyEvent) -> None:
        """Show the hand as soon as Ctrl is pressed over a link, and no longer than that."""
        if event.key() != Qt.Key.Key_Control:
            return
        pressed = event.type() == QEvent.Type.KeyPress
        held = Qt.KeyboardModifier.ControlModifier if pressed else Qt.KeyboardModifier.NoModifier
        self.point(self._editor.viewport().mapFromGlobal(self._editor.cursor().pos()), held)

    def point(self, at: QPoint, held: Qt.KeyboardModifier) -> None:
        """Show the hand if a click ``at`` this point, with these keys ``held``, opens a link."""
        opens = self._editor.isReadOnly() or bool(held & Qt.KeyboardModifier.ControlModifier)
        pointing = opens and self._link(at) is not None
        if pointing != self._pointing:
            self._pointing = pointing
            shape = Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.IBeamCursor
            self._editor.viewport().setCursor(shape)

    def _link(self, at: QPoint) -> str | None:
        return safe_link(self._editor.anchorAt(at))

    def _tell(self, at: QPoint, on_screen: QPoint) -> bool:
        link = self._link(at)
        if link is None:
            return False
        shown = link if len(link) <= _LONGEST else f"{link[: _LONGEST - 1]}…"
        if not self._editor.isReadOnly():
            # "Ctrl" has another name on other machines and in other languages.
            keys = QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText)
            shown += "\n" + self.tr("{keys} click opens it").format(keys=keys.removesuffix("K"))
        QToolTip.showText(on_screen, _LTR + shown, self._editor.viewport())
        return True

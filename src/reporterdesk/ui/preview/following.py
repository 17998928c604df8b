"""Keeps the preview where the caret is, and brings the caret to where the preview is clicked."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QTimer, Slot
from PySide6.QtWidgets import QWidget

from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.page.view import PageView

_AFTER_MS = 100
_NEAR_ENOUGH = 40.0
"""Logical pixels by which the two may stand apart: a page that moves at each key is no help."""


class Following(QObject):
    """Between the body and its preview. Lives on the UI thread.

    The line with the caret stands at about the same height on both sides; while the keyboard is in
    the head of the report, the preview shows the head.
    """

    def __init__(self, body: BodyEditor, head: QWidget, view: PageView) -> None:
        super().__init__(view)
        self._body, self._head, self._view = body, head, view
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self.follow)
        body.cursorPositionChanged.connect(self._soon)
        view.settled.connect(self._soon)
        view.line_clicked.connect(self._go)

    @Slot()
    def follow(self) -> None:
        """Scroll the preview to the caret."""
        if not self._view.isVisible() or self._view.sheet is None:
            return
        bar = self._view.verticalScrollBar()
        focus = self._head.window().focusWidget()
        if focus is not None and self._head.isAncestorOf(focus):
            bar.setValue(0)
            return
        area = self._view.line_area(self._body.caret_line())
        if area is None:
            return
        caret, block = self._body.textCursor(), self._body.textCursor().block()
        share = caret.positionInBlock() / max(1, block.length())
        theirs = self._view.viewport().mapToGlobal(QPoint(0, 0)).y() + area.top()
        theirs += share * area.height()
        ours = self._body.viewport().mapToGlobal(self._body.cursorRect().topLeft()).y()
        if abs(theirs - ours) > _NEAR_ENOUGH:
            bar.setValue(bar.value() + round(theirs - ours))

    @Slot()
    def _soon(self) -> None:
        if not self._timer.isActive() and self._view.isVisible():
            self._timer.start()

    @Slot(int)
    def _go(self, line: int) -> None:
        """Put the caret at the start of a line, and the keyboard there."""
        self._body.go_to_line(line)
        self._body.setFocus()

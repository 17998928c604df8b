"""The moment at which a window has been painted for the first time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

_BREATH_MS = 50
"""Between the first paint and all the rest: the screen has the picture, and the first key is in."""


class FirstPaint(QObject):
    """Tells once, a breath later, that a window has been painted for the first time."""

    painted = Signal()

    def __init__(self, window: QWidget, *, breath_ms: int = _BREATH_MS) -> None:
        super().__init__(window)
        self._breath = QTimer(self, singleShot=True, interval=breath_ms)
        self._breath.timeout.connect(self.painted)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look for the first paint."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._breath.start()
        return False

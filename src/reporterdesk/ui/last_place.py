"""Remembers which report is open and where its caret is, at most a second behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QObject, QTimer, Slot

Remember: TypeAlias = Callable[[str | None, int, Callable[[Exception], None]], None]
_BEHIND_MS = 900


class LastPlace(QObject):
    """Writes the newest place once in a while; a place that did not change is not written."""

    def __init__(self, remember: Remember, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._remember = remember
        self._newest: tuple[str | None, int] = (None, 0)
        self._written: tuple[str | None, int] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_BEHIND_MS)
        self._timer.timeout.connect(self.flush)

    def moved(self, report_id: str | None, caret: int) -> None:
        """Note where the caret is now; costs next to nothing."""
        self._newest = (report_id, caret)
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def flush(self) -> None:
        """Write the newest place now."""
        self._timer.stop()
        if self._newest != self._written:
            self._written = self._newest
            self._remember(*self._newest, self._not_written)

    def _not_written(self, _error: Exception) -> None:
        """Try again at the next move: the text's own save tells of a full disk."""
        self._written = None

"""Locking: when it may be done, and after how long without a key or a mouse it is."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot

from reporterdesk.ui.autosave import Autosave

_PATIENCE_MS = 5_000
"""How long a save may take before locking is given up."""
_LOOK_MS = 5_000

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
        QEvent.Type.InputMethod,
    }
)


class SavedFirst(QObject):
    """Lets something be done once everything is on the disk, and not before. On the UI thread.

    :ivar agreed: emitted when everything is saved.
    :ivar refused: emits why it could not be, as a sentence.
    """

    agreed = Signal()
    refused = Signal(str)

    def __init__(
        self, autosave: Autosave, parent: QObject | None = None, *, patience_ms: int = _PATIENCE_MS
    ) -> None:
        super().__init__(parent)
        self._autosave = autosave
        self._asked = False
        self._patience = QTimer(self, singleShot=True, interval=patience_ms)
        self._patience.timeout.connect(self._too_long)
        autosave.saved.connect(self._look)
        autosave.failed.connect(self._failed)

    @Slot()
    def ask(self) -> None:
        """Save what is unsaved; then agree, or say why not."""
        self._asked = True
        self._autosave.flush()
        if self._autosave.unsaved:
            self._patience.start()
        else:
            self._agree()

    @Slot()
    def _look(self) -> None:
        if self._asked and not self._autosave.unsaved:
            self._agree()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        if self._asked:
            self._refuse(str(error))

    @Slot()
    def _too_long(self) -> None:
        self._refuse(self.tr("Saving takes longer than usual."))

    def _agree(self) -> None:
        self._end()
        self.agreed.emit()

    def _refuse(self, why: str) -> None:
        self._end()
        self.refused.emit(why)

    def _end(self) -> None:
        self._asked = False
        self._patience.stop()


def seconds() -> float:
    """Return a clock that nobody sets and that goes on while the laptop sleeps, in seconds."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class IdleWatch(QObject):
    """Tells when nobody has touched keyboard or mouse for a while. Lives on the UI thread.

    It filters the events of ``source``, the application, and only as long as it is asked to.

    :ivar idle: emitted once; then again after the next input and another pause.
    """

    idle = Signal()

    def __init__(
        self,
        source: QObject,
        parent: QObject | None = None,
        *,
        now: Callable[[], float] = seconds,
        look_ms: int = _LOOK_MS,
    ) -> None:
        super().__init__(parent)
        self._source, self._now = source, now
        self._after = 0.0
        self._last = now()
        self._told = False
        self._look = QTimer(self, interval=look_ms)
        self._look.timeout.connect(self.look)

    def watch(self, minutes: int) -> None:
        """Tell after so many minutes from now on; 0 is never."""
        self._source.removeEventFilter(self)
        self._after = minutes * 60.0
        self._last, self._told = self._now(), False
        if minutes > 0:
            self._source.installEventFilter(self)
            self._look.start()
        else:
            self._look.stop()

    @Slot()
    def look(self) -> None:
        """Look how long it has been quiet."""
        if not self._told and self._now() - self._last >= self._after:
            self._told = True
            self.idle.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note what a person does; nothing is held back."""
        if event.type() in _INPUT:
            self._last, self._told = self._now(), False
        return False

"""Python's cyclic collector, kept on the UI thread.

It runs on whatever thread happens to allocate. A widget that is part of a cycle would be destroyed
there, on the store's or the network's thread, which Qt answers with a crash (seen in tests: a
dialog collected while the store thread compiled a statement).
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_LOOK_MS = 2_000
_SETTLED_AFTER = 3
"""Looks after which all modules are imported. To go through what they hold took 90 ms each time."""


class UiGarbage(QObject):
    """Collects cycles on the UI thread, every so often, as long as it lives.

    Lives on the UI thread, once for the process. Reference counting goes on everywhere as always.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """Collect the generations that are due by Python's own thresholds.

        What the start has brought is passed over from some time on. :func:`thaw` ends that, for
        when a part of it goes, as the window does when the app is locked.
        """
        self._looks += 1
        if self._looks == _SETTLED_AFTER:
            gc.freeze()
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [
            generation
            for generation, (count, threshold) in enumerate(zip(counts, thresholds, strict=True))
            if threshold and count > threshold
        ]
        if due:
            gc.collect(max(due))

    def end(self) -> None:
        """Let Python collect again when it wants: no other thread is left."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()


def thaw() -> None:
    """Collect all cycles, what the start has brought included. On the UI thread, and slow."""
    gc.unfreeze()
    gc.collect()

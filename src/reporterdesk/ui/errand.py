"""One piece of longer work on a thread of its own, outside the store's thread and the pool.

For what is done while the store is closed: stretching a passphrase, asking a keyring, encrypting.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

_log = logging.getLogger(__name__)


class Errand(QObject):
    """Runs a function once, and tells how it ended. Lives on the UI thread.

    The function may call :meth:`tell_progress` and :meth:`is_cancelled`, from its own thread.

    :ivar done: emits what the function returned.
    :ivar failed: emits the exception that it raised.
    :ivar progressed: emits how far it is, from 0 to 1.
    """

    done = Signal(object)
    failed = Signal(object)
    progressed = Signal(float)
    _ended = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = threading.Event()
        self._abandoned = False
        self._thread: threading.Thread | None = None
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def run(self, work: Callable[[Errand], Any]) -> None:
        """Begin; ``work`` is called with this errand, on its own thread."""
        # A daemon: a keyring that never answers must not keep the process alive. What writes is
        # safe from a process that ends.
        self._thread = threading.Thread(target=self._work, args=(work,), name="errand", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether the function has not ended yet."""
        return self._thread is not None and self._thread.is_alive()

    @Slot()
    def cancel(self) -> None:
        """Ask the function to stop; it still tells how it ended."""
        self._stop.set()

    def abandon(self) -> None:
        """Ask it to stop, and hear nothing of it any more."""
        self._stop.set()
        self._abandoned = True

    def wait(self, seconds: float) -> None:
        """Wait for the end of the function, at the very end of the app."""
        if self._thread is not None:
            self._thread.join(seconds)

    def tell_progress(self, part: float) -> None:
        """Tell how far it is. From any thread."""
        if not self._abandoned:
            self._emit(self.progressed.emit, part)

    def is_cancelled(self) -> bool:
        """Return whether it is to stop. From any thread."""
        return self._stop.is_set()

    def _work(self, work: Callable[[Errand], Any]) -> None:
        result, error = None, None
        try:
            result = work(self)
        except Exception as raised:  # noqa: BLE001 - whoever sent the errand tells of it
            error = raised
        if not self._abandoned:
            self._emit(self._ended.emit, result, error)

    @staticmethod
    def _emit(emit: Callable[..., None], *values: object) -> None:
        try:
            emit(*values)
        except RuntimeError:  # the window is gone, and its Qt objects with it
            _log.debug("An errand ended after the end.")

    @Slot(object, object)
    def _tell(self, result: object, error: Exception | None) -> None:
        if self._abandoned:
            return
        if error is None:
            self.done.emit(result)
        else:
            self.failed.emit(error)

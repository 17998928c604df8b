"""The store's real thread and a real pool behind the calls that the window makes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.domain.errors import ReporterDeskError
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from reporterdesk.store.thread import StoreThread


class Workers(QObject):
    """Runs functions on the store thread or in a pool and brings the results to the UI thread."""

    _ended = Signal(object, object, object)

    def __init__(self, home: Path, *, clock: Clock = utc_now) -> None:
        super().__init__()
        self.store_thread = StoreThread(lambda: open_store(home, clock=clock))
        self._pool = ThreadPoolExecutor(2)
        self._waiting = 0
        self._fault: Exception | None = None
        self.bugs: list[BaseException] = []
        self._ended.connect(self._bring, Qt.ConnectionType.QueuedConnection)

    @property
    def idle(self) -> bool:
        """Whether every result has been brought back."""
        return self._waiting == 0

    def break_store(self, fault: Exception | None) -> None:
        """Let every call of the store fail from now on, as a full disk does; ``None`` mends it."""
        self._fault = fault

    def in_store(self, fn: Callable[[Store], Any], done: Any, failed: Any = None) -> None:
        """Run ``fn`` on the store thread."""
        self._follow(self.store_thread.submit(_Breakable(fn, self._fault)), done, failed)

    def in_pool(self, fn: Callable[[], Any], done: Any, failed: Any = None) -> None:
        """Run ``fn`` in the pool."""
        self._follow(self._pool.submit(fn), done, failed)

    def close(self) -> None:
        """Do all that was begun, then end the threads."""
        self._pool.shutdown()
        self.store_thread.close()

    def _follow(self, future: Future[Any], done: Any, failed: Any) -> None:
        self._waiting += 1
        future.add_done_callback(lambda ended: self._ended.emit(ended, done, failed))

    @Slot(object, object, object)
    def _bring(self, ended: Future[Any], done: Any, failed: Any) -> None:
        self._waiting -= 1
        error = ended.exception()
        if error is None:
            done(ended.result())
        elif failed is not None and isinstance(error, ReporterDeskError):
            failed(error)
        else:
            self.bugs.append(error)


class _Breakable:
    def __init__(self, fn: Callable[[Store], Any], fault: Exception | None) -> None:
        self._fn, self._fault = fn, fault

    def __call__(self, store: Store) -> Any:
        if self._fault is not None:
            raise self._fault
        return self._fn(store)

"""The window's real background work over a real store, which a test may break and wait for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from reporterdesk.store.thread import StoreThread
from reporterdesk.ui.background import Background


class Workers:
    """A :class:`Background` that counts what is under way and fails like a full disk on demand."""

    def __init__(self, home: Path, *, clock: Clock = utc_now) -> None:
        self.store_thread = StoreThread(lambda: open_store(home, clock=clock))
        self.background = Background(self.store_thread)
        self.bugs: list[BaseException] = []
        self._waiting = 0
        self._fault: Exception | None = None
        self.background.known_error.connect(self._nobody_took)
        self.background.unexpected_error.connect(self.bugs.append)

    @property
    def idle(self) -> bool:
        """Whether every result has been brought back."""
        return self._waiting == 0

    def break_store(self, fault: Exception | None) -> None:
        """Let every call of the store fail from now on, as a full disk does; ``None`` mends it."""
        self._fault = fault

    def in_store(self, fn: Callable[[Store], Any], done: Any, failed: Any = None) -> None:
        """Run ``fn`` on the store thread."""
        call = self._call(done, failed)
        breakable = _Breakable(fn, self._fault)
        self.background.in_store(breakable, call.done, call.failed if failed else None)

    def in_pool(self, fn: Callable[[], Any], done: Any, failed: Any = None) -> None:
        """Run ``fn`` in the pool."""
        call = self._call(done, failed)
        self.background.in_pool(fn, call.done, call.failed if failed else None)

    def in_images(self, fn: Callable[[], Any], done: Any, failed: Any = None) -> None:
        """Run ``fn`` on the thread for pictures."""
        call = self._call(done, failed)
        self.background.in_images(fn, call.done, call.failed if failed else None)

    def close(self) -> None:
        """End the threads."""
        self.background.close()

    def ended(self) -> None:
        """Count one call as done."""
        self._waiting -= 1

    def _call(self, done: Any, failed: Any) -> _Call:
        self._waiting += 1
        return _Call(self, done, failed)

    def _nobody_took(self, error: BaseException) -> None:
        self._waiting -= 1
        self.bugs.append(error)


class _Call:
    def __init__(self, workers: Workers, done: Any, failed: Any) -> None:
        self._workers, self._done, self._failed = workers, done, failed

    def done(self, result: Any) -> None:
        self._workers.ended()
        self._done(result)

    def failed(self, error: Exception) -> None:
        self._workers.ended()
        self._failed(error)


class _Breakable:
    def __init__(self, fn: Callable[[Store], Any], fault: Exception | None) -> None:
        self._fn, self._fault = fn, fault

    def __call__(self, store: Store) -> Any:
        if self._fault is not None:
            raise self._fault
        return self._fn(store)

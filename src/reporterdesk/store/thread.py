"""The one thread on which the store lives."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from reporterdesk.domain.errors import StoreError

if TYPE_CHECKING:
    # Imported on the store thread, by whatever opens the store: SQLAlchemy takes its time.
    from reporterdesk.store.store import Store

T = TypeVar("T")
_Job: TypeAlias = "tuple[Future[Any], Callable[[Store], Any]]"


class StoreThread:
    """Runs functions of the store, one after another, on a thread of its own.

    The store is opened there as the first thing. If that fails, every function handed over fails
    with the same error.

    The methods may be called from any thread; :meth:`run` and :meth:`close` wait and are not for
    the UI thread, save for :meth:`close` at the very end.
    """

    def __init__(self, open_store: Callable[[], Store]) -> None:
        self._open = open_store
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._guard = threading.Lock()
        self._closed = False
        self._closing: Future[None] = Future()
        # A daemon, so that a crashed app ends; an app that ends properly calls close().
        self._thread = threading.Thread(target=self._work, name="store", daemon=True)
        self._thread.start()

    def submit(self, function: Callable[[Store], T]) -> Future[T]:
        """Run ``function`` with the store after all that was handed over before.

        :returns: a future of its result or of what it raised. Its callbacks run on the store
            thread, those of a future that is done at once.
        :raises StoreError: the store was closed.
        """
        future: Future[T] = Future()
        with self._guard:
            if self._closed:
                raise StoreError(
                    "The draft store is closed.", safe="What was saved before is still there."
                )
            self._jobs.put((future, function))
        return future

    def run(self, function: Callable[[Store], T]) -> T:
        """Run ``function`` with the store, wait, and return what it returns.

        :raises RuntimeError: it is called on the store thread, which would wait for itself.
        """
        if threading.current_thread() is self._thread:
            raise RuntimeError("run() was called on the store thread; it would wait for ever.")
        return self.submit(function).result()

    def close(self) -> None:
        """Do all that was handed over, close the store, and wait for it; again does nothing.

        :raises StoreError: closing the files failed. What was handed over has been done.
        """
        with self._guard:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()
        self._closing.result()

    def _work(self) -> None:
        try:
            store = self._open()
        except BaseException as error:  # noqa: BLE001 (delivered to everyone who asks)
            self._refuse_all(error)
            return
        while (job := self._jobs.get()) is not None:
            _do(job, store)
            del job  # or the thread holds the last result while it waits
        try:
            store.close()
        except BaseException as error:  # noqa: BLE001 (delivered by close())
            self._closing.set_exception(error)
        else:
            self._closing.set_result(None)

    def _refuse_all(self, error: BaseException) -> None:
        while (job := self._jobs.get()) is not None:
            future, _ = job
            if future.set_running_or_notify_cancel():
                future.set_exception(error)
        self._closing.set_result(None)


def _do(job: _Job, store: Store) -> None:
    future, function = job
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = function(store)
    except BaseException as error:  # noqa: BLE001 (delivered through the future)
        future.set_exception(error)
    else:
        future.set_result(result)

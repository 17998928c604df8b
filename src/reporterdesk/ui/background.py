"""Work off the UI thread: for the store, for pictures, in a small pool; its results come back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeAlias

from PySide6.QtCore import QObject, Qt, Signal, Slot

from reporterdesk.domain.errors import ReporterDeskError
from reporterdesk.store.thread import StoreThread

Done: TypeAlias = Callable[[Any], object]
Failed: TypeAlias = Callable[[Any], object]

_POOL_THREADS = 3
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Ended:
    """Something has ended, with a result or an error, and somebody is to be told."""

    future: Future[Any]
    done: Done
    failed: Failed | None


class Background(QObject):
    """Runs functions elsewhere and brings what they return, or raise, to the UI thread.

    Lives on the UI thread; its methods may be called from there alone. What was begun for the store
    is always finished, also at :meth:`close`.

    :ivar known_error: emits a known error that nobody took.
    :ivar unexpected_error: emits any other exception: a bug.
    """

    known_error = Signal(object)
    unexpected_error = Signal(object)
    _ended = Signal(object)

    def __init__(self, store_thread: StoreThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store_thread = store_thread
        self._pool = ThreadPoolExecutor(_POOL_THREADS, thread_name_prefix="pool")
        self._images = ThreadPoolExecutor(1, thread_name_prefix="images")
        self._closed = False
        self._ended.connect(self._bring_back, Qt.ConnectionType.QueuedConnection)

    @property
    def store_thread(self) -> StoreThread:
        """The one thread of the store."""
        return self._store_thread

    def in_store(self, fn: Callable[[Any], Any], done: Done, failed: Failed | None = None) -> None:
        """Run ``fn`` with the store, after all that was given before.

        :param done: called on the UI thread with the result.
        :param failed: called there with a known error; without it, ``known_error`` is emitted.
        """
        if not self._closed:
            self._follow(self._store_thread.submit(fn), done, failed)

    def in_pool(self, fn: Callable[[], Any], done: Done, failed: Failed | None = None) -> None:
        """Run ``fn`` on some thread; otherwise as :meth:`in_store`."""
        if not self._closed:
            self._follow(self._pool.submit(fn), done, failed)

    def in_images(self, fn: Callable[[], Any], done: Done, failed: Failed | None = None) -> None:
        """Run ``fn`` on the one thread for pictures; otherwise as :meth:`in_store`.

        No call into a dead network keeps it waiting, and only one large photo is open at a time.
        """
        if not self._closed:
            self._follow(self._images.submit(fn), done, failed)

    def close(self) -> None:
        """Finish what the store was given, drop what else waits, tell nobody any more."""
        self._closed = True
        self._images.shutdown(wait=False, cancel_futures=True)
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._store_thread.close()

    def _follow(self, future: Future[Any], done: Done, failed: Failed | None) -> None:
        future.add_done_callback(lambda ended: self._tell(_Ended(ended, done, failed)))

    def _tell(self, ended: _Ended) -> None:
        """Cross over to the UI thread. Runs on the thread that did the work."""
        if self._closed:
            return
        try:
            self._ended.emit(ended)
        except RuntimeError:  # the window is gone, and its Qt objects with it
            _log.debug("A result came after the end.")

    @Slot(object)
    def _bring_back(self, ended: _Ended) -> None:
        if self._closed:
            return
        try:
            error = ended.future.exception()
        except CancelledError:
            return
        if error is None:
            ended.done(ended.future.result())
        elif not isinstance(error, ReporterDeskError):
            self.unexpected_error.emit(error)
            if ended.failed is not None:
                ended.failed(error)
        elif ended.failed is not None:
            ended.failed(error)
        else:
            self.known_error.emit(error)

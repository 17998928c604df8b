"""The listening thread: one held call after the other, given up when the network is another one."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from reporterdesk.domain.errors import ReporterDeskError

if TYPE_CHECKING:
    from reporterdesk.sync.listening import Listening

GRACE = 2.0
"""Seconds a call may have lasted that a new network does not end: it began on that one."""
MOST_GIVEN_UP = 3
"""Calls into dead networks that may hang at a time; each ends by itself in a minute and a half."""
_AFTER_A_FAULT = 20.0
_log = logging.getLogger(__name__)


class ListeningLoop:
    """Runs :class:`~reporterdesk.sync.listening.Listening` on a daemon thread of its own.

    A call that hangs in a network which is not there any more cannot be ended from outside. So it
    is left to itself, a new thread goes on, and nothing is done with the old one's answer. Its
    methods may be called from any thread, and never wait.

    :param failed: told an error that is none of the network's, on the listening thread.
    """

    def __init__(self, listening: Listening, failed: Callable[[Exception], object]) -> None:
        self._listening = listening
        self._failed = failed
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._anew = threading.Event()
        self._turn = 0
        self._calling_since: float | None = None
        self._threads: list[threading.Thread] = []
        self._stopped = False

    def start(self) -> None:
        """Begin to listen."""
        with self._lock:
            self._begin()

    def wake(self) -> None:
        """Ask at once, where it is waiting for its time."""
        self._wake.set()

    def begin_anew(self) -> None:
        """Ask at once: the network is another one, or somebody has signed in."""
        with self._lock:
            since = self._calling_since
            self._anew.set()
            self._wake.set()
            if since is not None and time.monotonic() - since >= GRACE:
                self._begin()

    def stop(self) -> None:
        """End after what it is doing, for good; does not wait for that."""
        with self._lock:
            self._stopped = True
            self._turn += 1
        self._wake.set()

    def _begin(self) -> None:
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        if self._stopped or len(self._threads) > MOST_GIVEN_UP:
            return
        self._turn += 1
        self._calling_since = None
        thread = threading.Thread(
            target=self._work, args=(self._turn,), name="listening", daemon=True
        )
        self._threads.append(thread)
        thread.start()

    def _work(self, turn: int) -> None:
        """The loop of one thread, until it is given up."""
        while self._counts(turn):
            self._wake.clear()
            if self._anew.is_set():
                self._anew.clear()
                self._listening.forget()
            self._note_call(turn, time.monotonic())
            pause = self._listen(turn)
            self._note_call(turn, None)
            if pause > 0 and self._counts(turn):
                self._wake.wait(pause)

    def _listen(self, turn: int) -> float:
        try:
            return self._listening.listen(lambda: self._counts(turn))
        except Exception as error:  # noqa: BLE001 - one bug must not end the listening
            if self._counts(turn):
                if not isinstance(error, ReporterDeskError):
                    _log.exception("The listening stopped with a bug; it goes on in a while.")
                self._failed(error)
            return _AFTER_A_FAULT

    def _note_call(self, turn: int, since: float | None) -> None:
        with self._lock:
            if self._turn == turn:
                self._calling_since = since

    def _counts(self, turn: int) -> bool:
        return self._turn == turn

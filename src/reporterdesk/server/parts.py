"""What the server is built of. Made once in :mod:`reporterdesk.server.app` and passed down."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reporterdesk.domain.clock import Clock
from reporterdesk.server.auth import Passwords
from reporterdesk.server.config import ServerConfig
from reporterdesk.server.database import Database
from reporterdesk.server.leases import UploadLeases
from reporterdesk.server.media import Media
from reporterdesk.server.metrics import Metrics
from reporterdesk.server.partial import PartialUploads


@dataclass(slots=True)
class Bell:
    """Wakes those who wait for a change. Rung from any thread, waited for on the event loop."""

    closing: bool = False
    _waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = field(default_factory=set)
    _lock: threading.RLock = field(default_factory=threading.RLock)  # a signal may ring, too

    def ring(self) -> None:
        """Wake everybody who waits."""
        with self._lock:
            waiting = tuple(self._waiting)
        for loop, event in waiting:
            if not loop.is_closed():
                loop.call_soon_threadsafe(event.set)

    def close(self) -> None:
        """Wake everybody, and let nobody wait again: the server stops."""
        self.closing = True
        self.ring()

    @contextmanager
    def listen(self) -> Iterator[Listening]:
        """Give something to wait on; it hears every ring from now on. On the event loop."""
        event = asyncio.Event()
        entry = (asyncio.get_running_loop(), event)
        with self._lock:
            self._waiting.add(entry)
        try:
            yield Listening(event)
        finally:
            with self._lock:
                self._waiting.discard(entry)


class Listening:
    """One who waits for the bell, on the event loop; see :meth:`Bell.listen`."""

    def __init__(self, event: asyncio.Event) -> None:
        self._event = event

    async def wait(self, seconds: float, gone: asyncio.Future[None]) -> None:
        """Return at the next ring, or at one since the last wait, or after ``seconds``.

        :param gone: done when nobody is left to be told; then it returns, too.
        """
        ring = asyncio.ensure_future(self._event.wait())
        either: set[asyncio.Future[Any]] = {ring, gone}
        try:
            await asyncio.wait(either, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            ring.cancel()
            self._event.clear()


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a route may need."""

    config: ServerConfig
    database: Database
    media: Media
    partial: PartialUploads
    passwords: Passwords
    bell: Bell
    leases: UploadLeases
    metrics: Metrics
    clock: Clock

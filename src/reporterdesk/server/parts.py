"""What the server is built of. Made once in :mod:`reporterdesk.server.app` and passed down."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field
from typing import Self

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

    def listen(self) -> Listening:
        """Return something to wait on; it hears every ring from now on."""
        return Listening(self)


class Listening:
    """One who waits for the bell, on the event loop. To be used as a context manager."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self._event = asyncio.Event()
        self._entry = (asyncio.get_running_loop(), self._event)

    def __enter__(self) -> Self:
        with self._bell._lock:  # noqa: SLF001 - the bell's other half
            self._bell._waiting.add(self._entry)  # noqa: SLF001
        return self

    def __exit__(self, *_: object) -> None:
        with self._bell._lock:  # noqa: SLF001
            self._bell._waiting.discard(self._entry)  # noqa: SLF001

    async def wait(self, seconds: float) -> None:
        """Return at the next ring, or at one since the last wait, or after ``seconds``."""
        try:
            await asyncio.wait_for(self._event.wait(), seconds)
        except TimeoutError:
            return
        finally:
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

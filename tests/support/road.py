"""A desk behind a link that a test measures: every call takes the time that its bytes need."""

from __future__ import annotations

from dataclasses import dataclass, field

from reporterdesk.publishing.memory import MemoryDesk
from support.clocks import HandClock


@dataclass
class Piece:
    """Photo bytes that were sent: where to, from which offset, how many, and at which second."""

    url: str
    offset: int
    size: int
    at: float


class Watch:
    """A stopwatch that only calls and a test move; it does not follow the clock."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class SlowDesk:
    """A :class:`MemoryDesk` at the end of a link of ``rate`` bytes a second.

    :ivar pieces: what was sent, in order, lost pieces included.
    """

    desk: MemoryDesk
    watch: Watch
    clock: HandClock
    rate: float = 8_000.0
    delay: float = 0.6
    pieces: list[Piece] = field(default_factory=list)

    def upload(self, upload_url: str, offset: int, chunk: bytes) -> int:
        """Take the time for the bytes, and hand them on."""
        self.pieces.append(Piece(upload_url, offset, len(chunk), self.watch.now))
        self.take(self.delay + len(chunk) / self.rate)
        return self.desk.upload(upload_url, offset, chunk)

    def take(self, seconds: float) -> None:
        """Let time pass, by the stopwatch and the clock."""
        self.watch.now += seconds
        self.clock.turn(seconds=seconds)

    def __getattr__(self, name: str):
        return getattr(self.desk, name)

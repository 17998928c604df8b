"""How fast photos go out, as the last pieces have shown, and how large the next should be."""

from __future__ import annotations

SMALLEST = 8 * 1024
LARGEST = 4 * 1024 * 1024
FIRST = 16 * 1024
"""Bytes of the first piece, on a link of which nothing is known: two seconds at 64 kbit/s."""
SECONDS = 3.0
"""How long a piece should be on its way: a cut costs no more, and its answer seldom keeps the link
idle. That answer's own way comes on top, as far as it can be told from the bytes'."""
GROWTH = 4
"""How many times larger than any that went through a piece may be."""

_FADE = 0.8
_HALF_LIFE = 20.0
"""What was measured counts less with each piece, and half after so many seconds of sending."""
_SHORTEST = 0.001
_UNLIKE = 0.05
"""How much pieces must differ in size, as a part of it, to tell what of their time is delay."""
_MOST_DELAY = 1.5
"""How many times faster than :attr:`Uplink.rate` the bytes themselves may be taken to be."""


class Uplink:
    """Measures. Lives on the engine's thread.

    Only time that a piece was on the wire counts, its answer included: a pause between two pieces
    says nothing of the link.
    """

    def __init__(self) -> None:
        self._bytes = 0.0
        self._seconds = 0.0
        # The same, weighted, for a straight line: seconds = delay + bytes / speed.
        self._pieces = 0.0
        self._squares = 0.0
        self._products = 0.0
        self._ceiling = FIRST

    @property
    def rate(self) -> float | None:
        """Bytes a second, smoothed; ``None`` before anything was measured."""
        return self._bytes / self._seconds if self._seconds else None

    def piece_size(self) -> int:
        """Return how many bytes the next piece should have: about three seconds' worth."""
        speed = self._speed()
        wanted = self._ceiling if speed is None else min(int(speed * SECONDS), self._ceiling)
        return min(max(wanted, SMALLEST), LARGEST)

    def measured(self, sent: int, seconds: float) -> None:
        """Count a piece of ``sent`` bytes that arrived within ``seconds``."""
        took = max(seconds, _SHORTEST)
        kept = _FADE * 0.5 ** (took / _HALF_LIFE)
        self._bytes = self._bytes * kept + sent
        self._seconds = self._seconds * kept + took
        self._pieces = self._pieces * kept + 1
        self._squares = self._squares * kept + sent * sent
        self._products = self._products * kept + sent * took
        self._ceiling = min(max(self._ceiling, sent * GROWTH), LARGEST)

    def cut(self) -> None:
        """A piece was lost on its way: the next is half as large, and then they grow again."""
        self._ceiling = max(self.piece_size() // 2, SMALLEST)

    def forget(self) -> None:
        """Another network: nothing is known of it."""
        self._bytes = self._seconds = 0.0
        self._pieces = self._squares = self._products = 0.0
        self._ceiling = FIRST

    def _speed(self) -> float | None:
        """Return how fast bytes go, the delay of each call left out where it can be told.

        The slope of the least-squares line through what was measured. Where all pieces were
        alike, or jitter makes nonsense of it, :attr:`rate` must do.
        """
        rate = self.rate
        spread = self._pieces * self._squares - self._bytes**2
        if rate is None or spread <= (_UNLIKE * self._bytes) ** 2:
            return rate
        slope = (self._pieces * self._products - self._bytes * self._seconds) / spread
        return min(max(1 / slope, rate), rate * _MOST_DELAY) if slope > 0 else rate

"""How fast photos go out, as the last pieces have shown, and how large the next should be."""

from __future__ import annotations

SMALLEST = 8 * 1024
LARGEST = 4 * 1024 * 1024
FIRST = 16 * 1024
"""Bytes of the first piece, on a link of which nothing is known: two seconds at 64 kbit/s."""
SECONDS = 3.0
"""How long a piece should take: a cut costs no more, and its answer seldom keeps the link idle."""
GROWTH = 4
"""How many times larger than any that went through a piece may be."""

_FADE = 0.8
_HALF_LIFE = 20.0
"""What was measured counts less with each piece, and half after so many seconds of sending."""
_SHORTEST = 0.001


class Uplink:
    """Measures. Lives on the engine's thread.

    Only time that a piece was on the wire counts, its answer included: a pause between two pieces
    says nothing of the link.
    """

    def __init__(self) -> None:
        self._bytes = 0.0
        self._seconds = 0.0
        self._ceiling = FIRST

    @property
    def rate(self) -> float | None:
        """Bytes a second, smoothed; ``None`` before anything was measured."""
        return self._bytes / self._seconds if self._seconds else None

    def piece_size(self) -> int:
        """Return how many bytes the next piece should have: about three seconds' worth."""
        rate = self.rate
        wanted = self._ceiling if rate is None else min(int(rate * SECONDS), self._ceiling)
        return min(max(wanted, SMALLEST), LARGEST)

    def measured(self, sent: int, seconds: float) -> None:
        """Count a piece of ``sent`` bytes that arrived within ``seconds``."""
        took = max(seconds, _SHORTEST)
        kept = _FADE * 0.5 ** (took / _HALF_LIFE)
        self._bytes = self._bytes * kept + sent
        self._seconds = self._seconds * kept + took
        self._ceiling = min(max(self._ceiling, sent * GROWTH), LARGEST)

    def cut(self) -> None:
        """A piece was lost on its way: the next is half as large, and then they grow again."""
        self._ceiling = max(self.piece_size() // 2, SMALLEST)

    def forget(self) -> None:
        """Another network: nothing is known of it."""
        self._bytes = self._seconds = 0.0
        self._ceiling = FIRST

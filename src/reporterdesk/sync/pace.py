"""Keeps photos under the rate that the person allows, without ever waiting itself."""

from __future__ import annotations

from collections.abc import Callable

from reporterdesk.sync.uplink import SECONDS, SMALLEST

_SHORTEST = 0.001
"""A wait of less than this is none: the clocks that it is told to are no finer."""


class Pace:
    """Says when the next piece may go. Lives on the engine's thread.

    :param stopwatch: seconds that only ever grow, whatever is done to the clock.
    """

    def __init__(self, stopwatch: Callable[[], float]) -> None:
        self._stopwatch = stopwatch
        self._cap: int | None = None
        self._free_at = 0.0

    def allow(self, bytes_a_second: int | None) -> None:
        """Set the rate; ``None`` for as much as there is. What was sent before is forgiven."""
        if bytes_a_second != self._cap:
            self._cap = bytes_a_second
            self._free_at = 0.0

    def piece_size(self, size: int) -> int:
        """Return ``size``, or the few seconds' worth that the rate allows where that is less."""
        if self._cap is None:
            return size
        return min(size, max(int(self._cap * SECONDS), SMALLEST))

    def sending(self, size: int) -> None:
        """Count a piece that is about to go, whether it arrives or not."""
        if self._cap:
            self._free_at = max(self._free_at, self._stopwatch()) + size / self._cap

    def wait(self) -> float:
        """Return the seconds until the next piece may go, 0 where it may go now."""
        left = self._free_at - self._stopwatch()
        return left if left > _SHORTEST else 0.0

"""A clock that a test turns by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class HandClock:
    """Shows the same time until it is turned, forwards or back."""

    def __init__(self, now: datetime = datetime(2026, 3, 14, 18, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return the time that it shows."""
        return self.now

    def turn(self, **by: float) -> None:
        """Turn it by so many ``hours``, ``minutes``, ``seconds``…; negative is back."""
        self.now += timedelta(**by)

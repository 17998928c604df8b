"""Clocks of tests: one that is turned by hand, and one that runs and never meets midnight."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from reporterdesk.domain.clock import Clock, utc_now

START = datetime(2026, 3, 14, 18, 0, tzinfo=UTC)


class HandClock:
    """Shows the same time until it is turned, forwards or back."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return the time that it shows."""
        return self.now

    def turn(self, **by: float) -> None:
        """Turn it by so many ``hours``, ``minutes``, ``seconds``…; negative is back."""
        self.now += timedelta(**by)


def clock_from(hour: int) -> Clock:
    """Return a clock that runs, and shows this hour of the laptop’s own day as it begins.

    A window says “yesterday” of an hour ago soon after midnight: with such a clock a test says
    which of both it means, whenever it runs.
    """
    begun = utc_now()
    ahead = begun.astimezone().replace(hour=hour, minute=0, second=0, microsecond=0) - begun
    return lambda: utc_now() + ahead

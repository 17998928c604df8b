"""When to try again: later each time, never all at once, and soon enough after a bad night."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

FIRST = timedelta(seconds=4)
LONGEST = timedelta(minutes=5)
LONGEST_ASKED = timedelta(minutes=15)
"""A server may ask to wait longer than we would on our own, up to this."""


def delay(attempts: int, random: Random) -> timedelta:
    """Return how long to wait after ``attempts`` tries that failed.

    It doubles from four seconds to five minutes; a random half of it keeps a hundred laptops
    that lost one network from coming back in the same second.
    """
    doubled = min(FIRST * float(2 ** min(max(attempts - 1, 0), 16)), LONGEST)
    return doubled / 2 + doubled / 2 * random.random()


def asked(seconds: float) -> timedelta:
    """Return how long to wait where the server asked for ``seconds``; at least one."""
    return min(max(timedelta(seconds=seconds), timedelta(seconds=1)), LONGEST_ASKED)


def is_due(next_attempt_at: datetime | None, now: datetime) -> bool:
    """Tell whether it is time to try.

    A time further ahead than any wait was not meant: the clock has been put back since.
    """
    if next_attempt_at is None:
        return True
    return not now < next_attempt_at <= now + LONGEST_ASKED

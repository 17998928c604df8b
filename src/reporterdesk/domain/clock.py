"""Time is passed in, so that faults of clocks can be tested."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]
"""Returns the present as an aware datetime in UTC."""


def utc_now() -> datetime:
    """Return the system clock's present, in UTC."""
    return datetime.now(UTC)

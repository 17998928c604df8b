"""When to save: a throttle with a leading and a trailing edge. No Qt, no clock of its own."""

from __future__ import annotations

SPACING = 0.8
"""Seconds between two saves while someone types; with the save itself, under one second."""
RETRY = 3.0
"""Seconds after a failed save until it is tried again."""


class SavePlan:
    """Decides when the next save is due.

    The first edit after a pause is saved at once (leading), the last one of a burst ``spacing``
    seconds after the save before it (trailing); one save is under way at a time. After a failure
    edits do not hurry the next try: a full disk is not made emptier by typing.

    Times are seconds of one monotonic clock, which the caller reads: a wall clock may be put back.
    """

    def __init__(self, *, spacing: float = SPACING, retry: float = RETRY) -> None:
        self._spacing = spacing
        self._retry = retry
        self._unsaved = False
        self._under_way = 0
        self._not_before = float("-inf")

    @property
    def unsaved(self) -> bool:
        """Whether something is not on the disk yet, or not known to be."""
        return self._unsaved or self._under_way > 0

    @property
    def wanting(self) -> bool:
        """Whether something is not even on its way to the disk."""
        return self._unsaved

    def edited(self) -> None:
        """Note that there is something new to save."""
        self._unsaved = True

    def due_in(self, now: float) -> float | None:
        """Return the seconds until the next save is due; ``None`` where there is none to do."""
        if not self._unsaved or self._under_way:
            return None
        return max(0.0, self._not_before - now)

    def started(self, now: float) -> None:
        """Note that a save of everything so far has begun."""
        self._unsaved = False
        self._under_way += 1
        self._not_before = now + self._spacing

    def succeeded(self) -> None:
        """Note that a save has reached the disk."""
        self._under_way -= 1

    def failed(self, now: float) -> None:
        """Note that a save did not reach the disk; it is due again after the retry time."""
        self._under_way -= 1
        self._unsaved = True
        self._not_before = now + self._retry

"""A report's history on this laptop: moments at which its text was kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise


class SnapshotReason(StrEnum):
    """Why a report's text was kept."""

    OPENED = "opened"
    """As it stood when writing began again."""
    EDITED = "edited"
    """While it was written, every few minutes."""
    OVERWRITTEN = "overwritten"
    """Before much of it was deleted or replaced at once."""
    FILED = "filed"
    RETURNED = "returned"
    BEFORE_MERGE = "before_merge"
    IMPORTED = "imported"
    """What an archive had, where this laptop has another text."""
    BEFORE_RESTORE = "before_restore"
    """Before an older text was put back."""
    BEFORE_REPLACE = "before_replace"
    """Before words were replaced in many reports at once."""


LASTING = frozenset({SnapshotReason.FILED, SnapshotReason.RETURNED})
"""What was kept for these reasons is never thinned."""


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """One moment of a report's history, without its text.

    ``number`` names it, and a higher one is later, whatever the clock said. ``taken_at`` is aware,
    in UTC.
    """

    number: int
    taken_at: datetime
    reason: SnapshotReason


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SPACING = (
    (timedelta(hours=1), timedelta(0)),
    (timedelta(days=1), timedelta(minutes=10)),
    (timedelta(days=7), timedelta(hours=1)),
    (timedelta(days=90), timedelta(days=1)),
)
"""Up to which age one moment in how long is kept; each spacing divides the next."""
_WIDEST = timedelta(days=30)


def crowded(moments: Sequence[SnapshotInfo], now: datetime) -> tuple[int, ...]:
    """Return the numbers of those moments that stand too close to the next for their age.

    What is left: all of the last hour, one in 10 minutes of the last day, one in an hour of the
    last week, one in a day of the last 90, then one in 30 days; always the newest, and those that
    last. A moment goes only where the next one by number has its place, so that a clock that was
    put back costs nothing.

    :param moments: those of one report, by rising number.
    """
    return tuple(
        moment.number
        for moment, later in pairwise(moments)
        if moment.reason not in LASTING and _same_place(moment, later, now)
    )


def _same_place(moment: SnapshotInfo, later: SnapshotInfo, now: datetime) -> bool:
    age = now - moment.taken_at
    spacing = next((width for oldest, width in _SPACING if age <= oldest), _WIDEST)
    if not spacing:
        return False
    return (moment.taken_at - _EPOCH) // spacing == (later.taken_at - _EPOCH) // spacing

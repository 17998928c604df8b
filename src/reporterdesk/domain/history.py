"""A report's history on this laptop: moments at which its text was kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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

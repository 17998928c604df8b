"""What editors say of a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reporterdesk.domain.status import Action


@dataclass(frozen=True, slots=True)
class Decision:
    """An editor's decision, bound to the revision that they saw."""

    id: str
    report_id: str
    revision_id: str
    action: Action
    note: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Comment:
    """A note on one block of the body (its number from 0) or, with ``None``, on the whole."""

    id: str
    report_id: str
    revision_id: str
    block: int | None
    text: str
    author: str
    written_at: datetime


DECISIONS = frozenset(
    {
        Action.RETURN,
        Action.APPROVE,
        Action.PUBLISH,
        Action.SCHEDULE,
        Action.SPIKE,
        Action.WITHDRAW,
        Action.CORRECT,
    }
)
"""The actions that only the desk may take."""

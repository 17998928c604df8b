"""Where a report stands, and the one table of how it may move."""

from __future__ import annotations

from enum import StrEnum

from reporterdesk.domain.errors import TransitionRefused


class Status(StrEnum):
    """A report's status. The first two exist on the laptop only; the rest are the desk's."""

    DRAFT = "draft"
    OUTBOX = "outbox"
    FILED = "filed"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"
    SPIKED = "spiked"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What can be done to a report."""

    FILE = "file"
    """The reporter files it: it waits in the outbox."""
    RECALL = "recall"
    """The reporter takes it out of the outbox before the desk has it."""
    REVISE = "revise"
    """The reporter works again on what the desk has."""
    DELIVER = "deliver"
    """The desk has received a revision."""
    RETURN = "return"
    APPROVE = "approve"
    SCHEDULE = "schedule"
    PUBLISH = "publish"
    SPIKE = "spike"
    WITHDRAW = "withdraw"
    CORRECT = "correct"
    """The desk publishes a newer revision of what is published, dated and public."""


_S, _A = Status, Action

TRANSITIONS: dict[tuple[Status, Action], Status] = {
    # on the laptop
    (_S.DRAFT, _A.FILE): _S.OUTBOX,
    (_S.RETURNED, _A.FILE): _S.OUTBOX,
    (_S.OUTBOX, _A.RECALL): _S.DRAFT,
    (_S.FILED, _A.REVISE): _S.DRAFT,
    (_S.APPROVED, _A.REVISE): _S.DRAFT,
    (_S.PUBLISHED, _A.REVISE): _S.DRAFT,
    # a revision arrives at the desk
    (_S.OUTBOX, _A.DELIVER): _S.FILED,
    (_S.FILED, _A.DELIVER): _S.FILED,
    (_S.RETURNED, _A.DELIVER): _S.FILED,
    (_S.APPROVED, _A.DELIVER): _S.FILED,
    (_S.PUBLISHED, _A.DELIVER): _S.PUBLISHED,
    # the desk decides
    (_S.FILED, _A.RETURN): _S.RETURNED,
    (_S.APPROVED, _A.RETURN): _S.RETURNED,
    (_S.FILED, _A.APPROVE): _S.APPROVED,
    (_S.FILED, _A.SCHEDULE): _S.APPROVED,
    (_S.APPROVED, _A.SCHEDULE): _S.APPROVED,
    (_S.FILED, _A.PUBLISH): _S.PUBLISHED,
    (_S.APPROVED, _A.PUBLISH): _S.PUBLISHED,
    (_S.FILED, _A.SPIKE): _S.SPIKED,
    (_S.RETURNED, _A.SPIKE): _S.SPIKED,
    (_S.APPROVED, _A.SPIKE): _S.SPIKED,
    (_S.PUBLISHED, _A.CORRECT): _S.PUBLISHED,
    (_S.PUBLISHED, _A.RETURN): _S.PUBLISHED,  # a correction; what is public stays
    (_S.PUBLISHED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.WITHDRAWN, _A.PUBLISH): _S.PUBLISHED,
}


def allowed(status: Status, action: Action) -> bool:
    """Tell whether ``action`` is possible for a report with ``status``."""
    return (status, action) in TRANSITIONS


def after(status: Status, action: Action) -> Status:
    """Return the status that ``action`` leads to.

    :raises TransitionRefused: where the table has no such move.
    """
    try:
        return TRANSITIONS[status, action]
    except KeyError:
        message = f"A report that is {status.value} cannot be moved by “{action.value}”."
        raise TransitionRefused(message) from None


EDITABLE = frozenset({Status.DRAFT, Status.RETURNED})
"""The reporter may type into these."""

"""The places of the window: which reports stand together in one list."""

from __future__ import annotations

from enum import StrEnum

from reporterdesk.domain.status import Status


class Place(StrEnum):
    """A list of reports on this laptop; ``REVIEW`` is the desk's queue, for editors."""

    DRAFTS = "drafts"
    OUTBOX = "outbox"
    FILED = "filed"
    RETURNED = "returned"
    PUBLISHED = "published"
    TRASH = "trash"
    REVIEW = "review"


STATUSES: dict[Place, frozenset[Status]] = {
    Place.DRAFTS: frozenset({Status.DRAFT}),
    Place.OUTBOX: frozenset({Status.OUTBOX}),
    Place.FILED: frozenset({Status.FILED, Status.APPROVED}),
    Place.RETURNED: frozenset({Status.RETURNED}),
    Place.PUBLISHED: frozenset({Status.PUBLISHED, Status.WITHDRAWN, Status.SPIKED}),
}
"""Which statuses stand in which place; the trash holds any status."""


def place_of(status: Status) -> Place:
    """Return the place where a report with ``status`` stands, unless it is in the trash."""
    return next(place for place, statuses in STATUSES.items() if status in statuses)

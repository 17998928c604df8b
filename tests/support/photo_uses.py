"""Which photo bytes a store needs, and the sweep of those that it does not."""

from __future__ import annotations

from reporterdesk.domain.clock import utc_now
from reporterdesk.store import photo_uses
from reporterdesk.store.store import Store


def photo_names(store: Store) -> set[str]:
    """Return the SHA-256 of every rendition that a report, revision or snapshot refers to."""
    return photo_uses.photo_names(store._drafts._raw(), forgiving=True)


def sweep_photos(store: Store) -> int:
    """Sweep to the end; return how many photos' bytes were deleted."""
    return sum(store.photo_sweep.steps(utc_now()))

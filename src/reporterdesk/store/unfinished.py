"""What somebody has begun to write about a report, and not done: as the workflow writes it.

It goes when its report goes, as the report's words do.
"""

from __future__ import annotations

from sqlalchemy import delete

from reporterdesk.store.database import Database
from reporterdesk.store.state import State
from reporterdesk.store.tables import state

_PREFIX = "unfinished."


class Unfinished:
    """A text for each report and purpose. Lives on the store thread.

    Every method raises :class:`~reporterdesk.domain.errors.StoreError` and its kinds.
    """

    def __init__(self, database: Database) -> None:
        self._db = database
        self._state = State(database, _PREFIX)

    def get(self, report_id: str, purpose: str) -> str | None:
        """Return what was kept, or ``None``."""
        return self._state.get(f"{report_id}.{purpose}")

    def set(self, report_id: str, purpose: str, kept: str | None) -> None:
        """Keep ``kept`` in the place of what was; ``None`` forgets it."""
        self._state.set(f"{report_id}.{purpose}", kept)

    def forget(self, report_id: str) -> None:
        """Forget all that was begun about a report."""
        begins = state.c.key.startswith(f"{_PREFIX}{report_id}.", autoescape=True)
        self._db.execute(delete(state).where(begins))

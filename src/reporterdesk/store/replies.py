"""What was said so far to the questions of a merge, as the workflow writes it.

It goes when its report goes, as the report's words do.
"""

from __future__ import annotations

from reporterdesk.store.database import Database
from reporterdesk.store.state import State


class KeptReplies:
    """One text a report. Lives on the store thread; raises ``StoreError`` and its kinds."""

    def __init__(self, database: Database) -> None:
        self._state = State(database, "replies.")

    def get(self, report_id: str) -> str | None:
        """Return what was kept for a report, or ``None``."""
        return self._state.get(report_id)

    def set(self, report_id: str, replies: str) -> None:
        """Keep ``replies``; they replace earlier ones of the same report."""
        self._state.set(report_id, replies)

    def forget(self, report_id: str) -> None:
        """Forget what was kept for a report; nothing happens where there is none."""
        self._state.set(report_id, None)

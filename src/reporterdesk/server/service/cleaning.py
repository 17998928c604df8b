"""Partial uploads that nobody needs any more: of photos that are whole, and the abandoned ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi.concurrency import run_in_threadpool
from sqlalchemy import bindparam, select, update

from reporterdesk.server.database import Database
from reporterdesk.server.leases import UploadLeases, upload_key
from reporterdesk.server.partial import PartialUploads, StoredPartial
from reporterdesk.server.tables import uploads

_AT_ONCE = 500
"""Uploads cleaned in one transaction: writers wait for it for some milliseconds."""


@dataclass(frozen=True, slots=True)
class Cleaning:
    """Removes the files; what is removed of an upload under way starts again at 0.

    :ivar kept_for: how long after its last byte an upload may still go on.
    """

    database: Database
    partial: PartialUploads
    leases: UploadLeases
    kept_for: timedelta

    async def clean(self, now: datetime) -> int:
        """Remove what is not needed; return how many files. Lives on the event loop.

        It goes in steps, each with the leases of its uploads, so that nobody writes to a file
        that is being removed, and everybody else goes on.
        """
        removed = 0
        stored = await run_in_threadpool(lambda: list(self.partial.stored()))
        for start in range(0, len(stored), _AT_ONCE):
            some = stored[start : start + _AT_ONCE]
            keys = {upload_key(one.report_id, one.sha256): one for one in some}
            with self.leases.idle(keys) as free:
                ours = [keys[key] for key in free]
                removed += await run_in_threadpool(self._remove, ours, now)
        return removed

    def _remove(self, some: list[StoredPartial], now: datetime) -> int:
        oldest = (now - self.kept_for).timestamp()
        complete = self._complete(some)
        # The time is read again now that nobody can write: it may have gone on meanwhile.
        old = [one for one in some if one not in complete and self.partial.touched(one) <= oldest]
        self._start_again(old)
        for one in (*complete, *old):
            self.partial.remove(one.report_id, one.sha256)
        return len(complete) + len(old)

    def _complete(self, some: list[StoredPartial]) -> set[StoredPartial]:
        """Return those that a crash left although the whole photo is held."""
        wanted = {(one.report_id, one.sha256): one for one in some}
        chosen = uploads.c.report_id.in_({one.report_id for one in some})
        held = select(uploads.c.report_id, uploads.c.sha256).where(
            chosen, uploads.c.held_at.is_not(None)
        )
        with self.database.read() as connection:
            found = {(row.report_id, row.sha256) for row in connection.execute(held)}
        return {wanted[key] for key in found & wanted.keys()}

    def _start_again(self, some: list[StoredPartial]) -> None:
        """Say first that nothing is held: a crash in between leaves a file that does not count."""
        if not some:
            return
        statement = (
            update(uploads)
            .where(
                uploads.c.report_id == bindparam("report"),
                uploads.c.sha256 == bindparam("photo"),
                uploads.c.held_at.is_(None),
            )
            .values(offset=0)
        )
        rows = [{"report": one.report_id, "photo": one.sha256} for one in some]
        with self.database.write(announce=False) as connection:
            connection.execute(statement, rows)

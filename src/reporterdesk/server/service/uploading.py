"""Photo bytes: where an upload stands, and accepting what has arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from reporterdesk.domain.people import Person
from reporterdesk.server.database import Database
from reporterdesk.server.media import Media
from reporterdesk.server.partial import PartialUploads, sha256_of
from reporterdesk.server.problems import not_found
from reporterdesk.server.service.records import readable_report, record_audit, touch
from reporterdesk.server.tables import uploads
from reporterdesk.wire import kinds


@dataclass(frozen=True, slots=True)
class UploadState:
    """Where one upload stands; sizes in bytes."""

    offset: int
    bytes: int
    held: bool


class WholeChecksumWrong(Exception):
    """All bytes are there, but they are not the photo: the upload starts again at 0."""


class DeclaredAnew(Exception):
    """A newer revision has put the photo's size right meanwhile: the upload starts again at 0."""


@dataclass(frozen=True, slots=True)
class Uploading:
    """The use cases of photo bytes. Calls block."""

    database: Database
    media: Media
    partial: PartialUploads

    def state(self, person: Person, report_id: str, sha256: str) -> UploadState:
        """Return where the upload stands: only what is on the disk for good counts.

        :raises ApiProblem: 404, where there is no such upload for this person.
        """
        with self.database.read() as connection:
            readable_report(connection, report_id, person)
            row = _row(connection, report_id, sha256)
            if row is None:
                raise not_found()
        if row.held_at is not None:
            return UploadState(row.bytes, row.bytes, held=True)
        offset = min(row.offset, self.partial.length(report_id, sha256))
        return UploadState(offset, row.bytes, held=False)

    def advance(self, report_id: str, sha256: str, offset: int, declared: int) -> None:
        """Acknowledge bytes that are on the disk.

        :raises DeclaredAnew: the photo has another size now than ``declared``.
        """
        with self.database.write(announce=False) as connection:
            if _update(connection, report_id, sha256, declared, {"offset": offset}) == 0:
                raise DeclaredAnew

    def complete(
        self, person: Person, report_id: str, sha256: str, declared: int, now: datetime
    ) -> None:
        """Check the whole photo and keep it; only then its last byte is accepted.

        The partial file goes last, so that a crash in between loses nothing.

        :raises WholeChecksumWrong: it is not the photo that was declared.
        :raises DeclaredAnew: the photo has another size now than ``declared``.
        :raises OSError: there is no room in the store of photos.
        """
        path = self.partial.path(report_id, sha256)
        if sha256_of(path) != sha256:
            self.advance(report_id, sha256, 0, declared)
            self.partial.remove(report_id, sha256)
            raise WholeChecksumWrong
        self.media.put(sha256, path)
        with self.database.write() as connection:
            values = {"offset": declared, "held_at": now}
            if _update(connection, report_id, sha256, declared, values) == 0:
                raise DeclaredAnew
            report = readable_report(connection, report_id, person)
            touch(connection, report, kinds.PHOTO, now, {})
            record_audit(
                connection,
                report_id=report_id,
                person=person.name,
                action="photo",
                at=now,
                note=sha256,
            )
        self.partial.remove(report_id, sha256)


def _row(connection: Connection, report_id: str, sha256: str) -> Row[Any] | None:
    chosen = (uploads.c.report_id == report_id) & (uploads.c.sha256 == sha256)
    return connection.execute(select(uploads).where(chosen)).one_or_none()


def _update(
    connection: Connection, report_id: str, sha256: str, declared: int, values: dict[str, Any]
) -> int:
    """Change the upload if it still has the declared size; return how many were changed."""
    chosen = (
        uploads.c.report_id == report_id,
        uploads.c.sha256 == sha256,
        uploads.c.bytes == declared,
    )
    return connection.execute(update(uploads).where(*chosen).values(values)).rowcount

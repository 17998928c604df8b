"""Reading photo bytes: only through a report that the reader may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from reporterdesk.domain.people import Person
from reporterdesk.domain.status import Status
from reporterdesk.server.database import Database
from reporterdesk.server.media import Media
from reporterdesk.server.problems import not_found
from reporterdesk.server.service import contents
from reporterdesk.server.service.records import readable_by
from reporterdesk.server.tables import reports, uploads


@dataclass(frozen=True, slots=True)
class PhotoBytes:
    """A photo's bytes, piece by piece, and how many there are."""

    pieces: Iterator[bytes]
    bytes: int
    media_type: str


def readable_photo(
    database: Database, media: Media, person: Person, sha256: str, rendition: str
) -> PhotoBytes:
    """Return a photo for somebody who may read a report that has it.

    :raises ApiProblem: 404. Knowing a hash opens nothing.
    """
    with database.read() as connection:
        found = connection.execute(
            select(uploads.c.bytes, uploads.c.media_type, uploads.c.renditions)
            .join(reports, reports.c.id == uploads.c.report_id)
            .where(uploads.c.sha256 == sha256, uploads.c.held_at.is_not(None), readable_by(person))
        ).all()
    for row in found:
        if rendition in row.renditions.split():
            return _open(media, sha256, row.bytes, row.media_type)
    raise not_found()


def published_photo(database: Database, media: Media, report_id: str, sha256: str) -> PhotoBytes:
    """Return a photo of the published revision of a published report.

    :raises ApiProblem: 404.
    """
    with database.read() as connection:
        report = connection.execute(
            select(reports.c.published_revision_id).where(
                reports.c.id == report_id, reports.c.status == Status.PUBLISHED.value
            )
        ).one_or_none()
        if report is None:
            raise not_found()
        revision = contents.get_revision(connection, report_id, report.published_revision_id)
    found = contents.renditions(contents.load(revision.content)).get(sha256)
    if found is None:
        raise not_found()
    return _open(media, sha256, found.rendition.bytes, found.rendition.media_type)


def _open(media: Media, sha256: str, size: int, media_type: str) -> PhotoBytes:
    try:
        return PhotoBytes(media.read(sha256), size, media_type)
    except FileNotFoundError:
        raise not_found() from None

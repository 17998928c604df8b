"""The photos of a report: which files are declared, which have arrived, which are missing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from reporterdesk.server.problems import ApiProblem, invalid
from reporterdesk.server.service import contents
from reporterdesk.server.service.contents import Arrived
from reporterdesk.server.service.wanted import wanted_photos
from reporterdesk.server.tables import uploads
from reporterdesk.text.parse import parse
from reporterdesk.text.tree import Figure
from reporterdesk.wire.messages import FileRequest, MissingPhoto, RenditionMessage
from reporterdesk.wire.problems import ProblemType

UploadRow = Row[Any]


def check_photos(request: FileRequest) -> None:
    """Refuse a text that shows a photo it does not bring, and a manifest that contradicts itself.

    :raises ApiProblem: 422.
    """
    ids = [photo.id for photo in request.photos]
    if len(set(ids)) < len(ids):
        raise invalid("Two photos of the manifest have the same id.")
    _check_sizes(request)
    named = _figures(request.body)
    if request.lead_photo is not None:
        named.add(request.lead_photo)
    unknown = sorted(named - set(ids))
    if unknown:
        detail = "The report shows a photo that is not among its photos."
        extra = {"photo_ids": unknown}
        raise ApiProblem(ProblemType.UNRESOLVED_PHOTO, 422, detail, extra=extra)


def _figures(body: str) -> set[str]:
    return {block.photo_id for block in parse(body).blocks if isinstance(block, Figure)}


def _check_sizes(request: FileRequest) -> None:
    said: dict[str, RenditionMessage] = {}
    for photo in request.photos:
        for rendition in (photo.renditions.preview, photo.renditions.full):
            if said.setdefault(rendition.sha256, rendition) != rendition:
                raise invalid("One photo file is described in two different ways.")


def declare(connection: Connection, report_id: str, request: FileRequest) -> None:
    """Open an upload for each file that the report has not had before.

    What another report holds under the same SHA-256 does not count: knowing a hash opens nothing.

    :raises ApiProblem: 422, where a file that has arrived is declared with another size.
    """
    known = {row.sha256: row for row in _rows(connection, report_id)}
    for sha256, file in contents.renditions(request).items():
        row, rendition = known.get(sha256), file.rendition
        values: dict[str, Any] = {
            "renditions": " ".join(file.names),
            "media_type": rendition.media_type,
            "bytes": rendition.bytes,
        }
        if row is None:
            fresh = {"report_id": report_id, "sha256": sha256, "offset": 0}
            connection.execute(insert(uploads).values(values | fresh))
            continue
        if row.held_at is not None and row.bytes != rendition.bytes:
            raise invalid("A photo that the desk holds is declared with another size.")
        values["renditions"] = " ".join(dict.fromkeys((*row.renditions.split(), *file.names)))
        if row.bytes != rendition.bytes:
            values["offset"] = 0  # the size was wrong, so nothing that came for it is of use
        chosen = (uploads.c.report_id == report_id) & (uploads.c.sha256 == sha256)
        connection.execute(update(uploads).where(chosen).values(values))


def arrived(connection: Connection, report_id: str, request: FileRequest) -> Arrived:
    """Return what the desk holds of a revision's photos, and what it misses, with offsets.

    What is missing stands in the order in which to send it, see :func:`sending_order`.
    """
    rows = {row.sha256: row for row in _rows(connection, report_id)}
    held: dict[str, int] = {}
    held_at: list[datetime] = []
    missing: list[MissingPhoto] = []
    wanted = wanted_photos(connection, report_id)
    for sha256, file in contents.renditions(request, wanted).items():
        row = rows[sha256]
        if row.held_at is not None:
            held[sha256] = row.bytes
            held_at.append(row.held_at)
            continue
        missing.append(
            MissingPhoto(
                sha256=sha256,
                rendition="preview" if "preview" in file.names else "full",
                upload_url=f"/v1/uploads/{report_id}/{sha256}",
                offset=row.offset,
                bytes=row.bytes,
                wanted=file.wanted,
            )
        )
    return Arrived(held, tuple(held_at), tuple(missing))


def check_complete(connection: Connection, report_id: str, request: FileRequest) -> None:
    """Refuse to publish what is not whole.

    :raises ApiProblem: 409 while photos are missing.
    """
    found = arrived(connection, report_id, request)
    if found.missing:
        total = len(found.held) + len(found.missing)
        detail = (
            f"The desk has {len(found.held)} of {total} photo files. Publish when all have arrived."
        )
        raise ApiProblem(ProblemType.PHOTOS_MISSING, 409, detail)


def _rows(connection: Connection, report_id: str) -> list[UploadRow]:
    return list(connection.execute(select(uploads).where(uploads.c.report_id == report_id)))

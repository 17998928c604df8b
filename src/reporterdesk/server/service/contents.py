"""What a revision holds, in and out of the tables, and its fingerprints."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from reporterdesk.server.problems import not_found
from reporterdesk.server.tables import revisions
from reporterdesk.wire.messages import FileRequest, ReceiptMessage, RenditionMessage

RevisionRow = Row[Any]


def dump(request: FileRequest) -> str:
    """Return the whole message as JSON in ASCII: every character of the text survives any store."""
    return json.dumps(request.model_dump(mode="json"), ensure_ascii=True, sort_keys=True)


def load(content: str) -> FileRequest:
    """Return the message again, exactly as it was received."""
    return FileRequest.model_validate_json(content)


def content_sha256(content: str) -> str:
    """Return the fingerprint by which a resent revision is known to be the same."""
    return hashlib.sha256(content.encode("ascii")).hexdigest()


def renditions(request: FileRequest) -> dict[str, tuple[RenditionMessage, tuple[str, ...]]]:
    """Return each file of the manifest once, by its SHA-256, and what it serves as.

    The previews come first: that is also the order in which they should be sent.
    """
    found: dict[str, tuple[RenditionMessage, tuple[str, ...]]] = {}
    previews = [("preview", photo.renditions.preview) for photo in request.photos]
    full = [("full", photo.renditions.full) for photo in request.photos]
    for name, rendition in previews + full:
        names = found[rendition.sha256][1] if rendition.sha256 in found else ()
        found[rendition.sha256] = (rendition, tuple(dict.fromkeys((*names, name))))
    return found


def find_revision(connection: Connection, report_id: str, revision_id: str) -> RevisionRow | None:
    """Return one revision of a report, or ``None``."""
    chosen = (revisions.c.report_id == report_id) & (revisions.c.id == revision_id)
    return connection.execute(select(revisions).where(chosen)).one_or_none()


def get_revision(connection: Connection, report_id: str, revision_id: str) -> RevisionRow:
    """Return one revision of a report.

    :raises ApiProblem: 404 where the report has no such revision.
    """
    found = find_revision(connection, report_id, revision_id)
    if found is None:
        raise not_found()
    return found


def receipt_of(revision: RevisionRow, held: dict[str, int]) -> ReceiptMessage:
    """Return the receipt of a revision; ``held`` are its whole photo files' bytes by SHA-256."""
    return ReceiptMessage(
        revision_id=revision.id,
        text_sha256=revision.text_sha256,
        photos=held,
        at=revision.filed_at,
    )


def insert_revision(connection: Connection, values: dict[str, Any]) -> None:
    """Keep a revision, for good."""
    connection.execute(insert(revisions).values(values))

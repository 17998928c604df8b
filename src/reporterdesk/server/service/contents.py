"""What a revision holds, in and out of the tables, and its fingerprints."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from reporterdesk.server.problems import not_found
from reporterdesk.server.tables import revisions
from reporterdesk.wire.messages import (
    FileRequest,
    MissingPhoto,
    ReceiptMessage,
    RenditionMessage,
    RenditionName,
)
from reporterdesk.wire.order import sending_order

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


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """One file of a manifest: what it serves as, and its place in what the desk asks for."""

    rendition: RenditionMessage
    names: tuple[RenditionName, ...]
    wanted: int


def renditions(request: FileRequest, wanted: Sequence[str] = ()) -> dict[str, PhotoFile]:
    """Return each file of the manifest once, by its SHA-256, in the order in which to send them.

    :param wanted: ids of the photos that the desk asks for first.
    """
    found: dict[str, PhotoFile] = {}
    for line in sending_order(request.photos, wanted):
        sha256 = line.rendition.sha256
        first = found.get(sha256)
        names = (*first.names, line.name) if first else (line.name,)
        rank = first.wanted if first else line.wanted
        found[sha256] = PhotoFile(line.rendition, tuple(dict.fromkeys(names)), rank)
    return found


@dataclass(frozen=True, slots=True)
class Arrived:
    """What has come of a revision's photos.

    ``held`` are the bytes of the whole files by SHA-256, ``held_at`` when each became whole.
    """

    held: dict[str, int]
    held_at: tuple[datetime, ...]
    missing: tuple[MissingPhoto, ...]


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


def receipt_of(revision: RevisionRow, arrived: Arrived) -> ReceiptMessage:
    """Return the receipt of a revision."""
    moments = (revision.filed_at, *arrived.held_at)
    return ReceiptMessage(
        revision_id=revision.id,
        text_sha256=revision.text_sha256,
        photos=arrived.held,
        at=revision.filed_at,
        complete_at=None if arrived.missing else max(moments),
    )


def insert_revision(connection: Connection, values: dict[str, Any]) -> None:
    """Keep a revision, for good."""
    connection.execute(insert(revisions).values(values))

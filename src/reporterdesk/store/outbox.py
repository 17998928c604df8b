"""What is on its way to the desk. A row says what is intended before it is tried."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.store.database import Database
from reporterdesk.store.moments import optional_micros, optional_moment, to_micros
from reporterdesk.store.tables import outbox, uploads

_COLUMNS = (
    outbox.c.report_id,
    outbox.c.revision_id,
    outbox.c.state,
    outbox.c.photos_total,
    outbox.c.photos_delivered,
    outbox.c.bytes_total,
    outbox.c.bytes_delivered,
    outbox.c.attempts,
    outbox.c.next_attempt_at,
    outbox.c.why,
    outbox.c.text_at,
    outbox.c.complete_at,
)
_REPLACED = frozenset({DeliveryState.TEXT_DELIVERED, DeliveryState.DELIVERED})
"""The desk has the text of these: a newer revision of the report may take their place."""


@dataclass(frozen=True, slots=True)
class Upload:
    """Photo bytes that the desk still misses; ``offset`` of ``bytes`` have arrived for good.

    ``rendition`` is ``"preview"`` or ``"full"``. ``wanted`` is the place that the desk gave the
    photo, 1 for the first, 0 where it gave none.
    """

    sha256: str
    rendition: str
    upload_url: str
    offset: int
    bytes: int
    wanted: int = 0


class Outbox:
    """One delivery a report, the newest. Lives on the store thread.

    Every method raises :class:`~reporterdesk.domain.errors.StoreError` and its kinds.
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, delivery: Delivery, at: datetime) -> None:
        """Add a delivery; it replaces one of an older revision whose text the desk has.

        :raises ValueError: an older one still waits; it must be removed first.
        """
        with self._db.transaction():
            old = self.get(delivery.report_id)
            if old is not None:
                if old.state not in _REPLACED or old.revision_id == delivery.revision_id:
                    raise ValueError("This report is in the outbox already.")
                self.remove(delivery.report_id)
            values = {**_values(delivery), "added_at": to_micros(at)}
            self._db.execute(insert(outbox).values(**values))

    def get(self, report_id: str) -> Delivery | None:
        """Return the report's newest delivery, the finished one included."""
        row = self._db.row(select(*_COLUMNS).where(outbox.c.report_id == report_id))
        return None if row is None else _delivery(row)

    def all_open(self) -> tuple[Delivery, ...]:
        """Return what is not delivered, what was added first before the rest."""
        chosen = select(*_COLUMNS).where(outbox.c.state != DeliveryState.DELIVERED.value)
        rows = self._db.rows(chosen.order_by(outbox.c.number))
        return tuple(map(_delivery, rows))

    def update(self, delivery: Delivery) -> Delivery | None:
        """Write how far a delivery has come, and return what stands in the outbox after it.

        What is delivered stays delivered, whatever ``delivery`` says. Where the report was
        recalled, or filed again with another revision, nothing is written: ``None``.
        """
        with self._db.transaction():
            old = self.get(delivery.report_id)
            if old is None or old.revision_id != delivery.revision_id:
                return None
            if old.state is DeliveryState.DELIVERED:
                return old
            chosen = update(outbox).where(outbox.c.report_id == delivery.report_id)
            self._db.execute(chosen.values(**_values(delivery)))
            return delivery

    def remove(self, report_id: str) -> None:
        """Take a report out of the outbox, with its uploads; nothing happens where it is not."""
        with self._db.transaction():
            self._db.execute(delete(uploads).where(uploads.c.report_id == report_id))
            self._db.execute(delete(outbox).where(outbox.c.report_id == report_id))

    def uploads(self, report_id: str) -> tuple[Upload, ...]:
        """Return what the desk still misses of the report's photos, in the given order."""
        table = uploads.c
        size = (table.offset, table.bytes)
        chosen = select(table.sha256, table.rendition, table.upload_url, *size, table.wanted)
        ordered = chosen.where(table.report_id == report_id).order_by(table.position)
        return tuple(
            Upload(row[0], row[1], row[2], row[3], row[4], row[5]) for row in self._db.rows(ordered)
        )

    def set_uploads(self, report_id: str, missing: Iterable[Upload]) -> None:
        """Replace what is missing. Bytes that two renditions share are kept once."""
        once: dict[str, Upload] = {}
        for upload in missing:
            once.setdefault(upload.sha256, upload)
        rows = [
            {
                "report_id": report_id,
                "sha256": upload.sha256,
                "position": position,
                "rendition": upload.rendition,
                "upload_url": upload.upload_url,
                "offset": upload.offset,
                "bytes": upload.bytes,
                "wanted": upload.wanted,
            }
            for position, upload in enumerate(once.values())
        ]
        with self._db.transaction():
            self._db.execute(delete(uploads).where(uploads.c.report_id == report_id))
            if rows:
                self._db.execute(insert(uploads), rows)

    def set_offset(self, report_id: str, sha256: str, offset: int) -> None:
        """Write how many bytes the desk holds for good."""
        chosen = update(uploads).where(uploads.c.report_id == report_id, uploads.c.sha256 == sha256)
        self._db.execute(chosen.values(offset=offset))


def _values(delivery: Delivery) -> dict[str, Any]:
    return {
        "report_id": delivery.report_id,
        "revision_id": delivery.revision_id,
        "state": delivery.state.value,
        "photos_total": delivery.photos_total,
        "photos_delivered": delivery.photos_delivered,
        "bytes_total": delivery.bytes_total,
        "bytes_delivered": delivery.bytes_delivered,
        "attempts": delivery.attempts,
        "next_attempt_at": optional_micros(delivery.next_attempt_at),
        "why": delivery.why,
        "text_at": optional_micros(delivery.text_at),
        "complete_at": optional_micros(delivery.complete_at),
    }


def _delivery(row: Sequence[Any]) -> Delivery:
    return Delivery(
        report_id=row[0],
        revision_id=row[1],
        state=DeliveryState(row[2]),
        photos_total=row[3],
        photos_delivered=row[4],
        bytes_total=row[5],
        bytes_delivered=row[6],
        attempts=row[7],
        next_attempt_at=optional_moment(row[8]),
        why=row[9],
        text_at=optional_moment(row[10]),
        complete_at=optional_moment(row[11]),
    )

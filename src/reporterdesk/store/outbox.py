"""What is on its way to the desk. A row says what is intended before it is tried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.store.database import Database
from reporterdesk.store.moments import to_micros
from reporterdesk.store.outbox_rows import COLUMNS, delivery_of, values_of
from reporterdesk.store.tables import outbox, uploads

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


UPLOAD_COLUMNS = tuple(uploads.c[field.name] for field in fields(Upload))
"""What an :class:`Upload` is made of, in its order."""


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
            values = {**values_of(delivery), "added_at": to_micros(at)}
            self._db.execute(insert(outbox).values(**values))

    def replace(self, old_revision_id: str, delivery: Delivery) -> None:
        """Put ``delivery`` where one of another revision stood, which keeps its turn.

        :raises ValueError: that one is not there any more, or is delivered.
        """
        with self._db.transaction():
            old = self.get(delivery.report_id)
            if old is None or old.revision_id != old_revision_id:
                raise ValueError("Another delivery stands in the outbox.")
            if old.state is DeliveryState.DELIVERED:
                raise ValueError("It is delivered.")
            self._db.execute(delete(uploads).where(uploads.c.report_id == delivery.report_id))
            chosen = update(outbox).where(outbox.c.report_id == delivery.report_id)
            self._db.execute(chosen.values(**values_of(delivery)))

    def get(self, report_id: str) -> Delivery | None:
        """Return the report's newest delivery, the finished one included."""
        row = self._db.row(select(*COLUMNS).where(outbox.c.report_id == report_id))
        return None if row is None else delivery_of(row)

    def all_open(self) -> tuple[Delivery, ...]:
        """Return what is not delivered, what was added first before the rest."""
        chosen = select(*COLUMNS).where(outbox.c.state != DeliveryState.DELIVERED.value)
        rows = self._db.rows(chosen.order_by(outbox.c.number))
        return tuple(map(delivery_of, rows))

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
            self._db.execute(chosen.values(**values_of(delivery)))
            return delivery

    def remove(self, report_id: str) -> None:
        """Take a report out of the outbox, with its uploads; nothing happens where it is not."""
        with self._db.transaction():
            self._db.execute(delete(uploads).where(uploads.c.report_id == report_id))
            self._db.execute(delete(outbox).where(outbox.c.report_id == report_id))

    def uploads(self, report_id: str) -> tuple[Upload, ...]:
        """Return what the desk still misses of the report's photos, in the given order."""
        of_report = select(*UPLOAD_COLUMNS).where(uploads.c.report_id == report_id)
        ordered = of_report.order_by(uploads.c.position)
        return tuple(Upload(*row) for row in self._db.rows(ordered))

    def upload(self, report_id: str, sha256: str) -> Upload | None:
        """Return one of :meth:`uploads`."""
        its = (uploads.c.report_id == report_id, uploads.c.sha256 == sha256)
        row = self._db.row(select(*UPLOAD_COLUMNS).where(*its))
        return None if row is None else Upload(*row)

    def whole_files(self, report_id: str) -> frozenset[str]:
        """Return the SHA-256s of those of :meth:`uploads` that have arrived whole."""
        its = (uploads.c.report_id == report_id, uploads.c.offset >= uploads.c.bytes)
        return frozenset(row[0] for row in self._db.rows(select(uploads.c.sha256).where(*its)))

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

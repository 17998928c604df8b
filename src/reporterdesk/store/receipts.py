"""The desk's receipts: what its server has said that it holds. They outlive the delivery."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from reporterdesk.domain.receipt import Receipt
from reporterdesk.store.database import Database
from reporterdesk.store.moments import from_micros, optional_micros, optional_moment, to_micros
from reporterdesk.store.tables import receipts

_COLUMNS = (
    receipts.c.report_id,
    receipts.c.revision_id,
    receipts.c.text_sha256,
    receipts.c.text_at,
    receipts.c.complete_at,
    receipts.c.server,
    receipts.c.photos,
)


class Receipts:
    """One receipt a revision, the newest. Lives on the store thread.

    Every method raises :class:`~reporterdesk.domain.errors.StoreError` and its kinds.
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    def put(self, receipt: Receipt) -> None:
        """Keep a receipt; it replaces an earlier one for the same revision."""
        values = {
            "text_sha256": receipt.text_sha256,
            "text_at": to_micros(receipt.text_at),
            "complete_at": optional_micros(receipt.complete_at),
            "server": receipt.server,
            "photos": json.dumps(dict(receipt.photos)),
        }
        key = {"report_id": receipt.report_id, "revision_id": receipt.revision_id}
        written = insert(receipts).values(**key, **values)
        self._db.execute(written.on_conflict_do_update(index_elements=list(key), set_=values))

    def get(self, report_id: str, revision_id: str) -> Receipt | None:
        """Return the receipt for a revision."""
        chosen = select(*_COLUMNS).where(
            receipts.c.report_id == report_id, receipts.c.revision_id == revision_id
        )
        row = self._db.row(chosen)
        return None if row is None else _receipt(row)

    def of_report(self, report_id: str) -> tuple[Receipt, ...]:
        """Return the receipts for all revisions of a report, the oldest first."""
        chosen = select(*_COLUMNS).where(receipts.c.report_id == report_id)
        ordered = chosen.order_by(receipts.c.text_at, receipts.c.revision_id)
        return tuple(map(_receipt, self._db.rows(ordered)))


def _receipt(row: Sequence[Any]) -> Receipt:
    return Receipt(
        report_id=row[0],
        revision_id=row[1],
        text_sha256=row[2],
        text_at=from_micros(row[3]),
        complete_at=optional_moment(row[4]),
        server=row[5],
        photos=json.loads(row[6]),
    )

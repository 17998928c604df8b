"""How a delivery stands in a row of the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.store.moments import optional_micros, optional_moment
from reporterdesk.store.tables import outbox

COLUMNS = (
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
"""What :func:`delivery_of` reads, in its order."""


def values_of(delivery: Delivery) -> dict[str, Any]:
    """Return what is written of a delivery, by column."""
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


def delivery_of(row: Sequence[Any]) -> Delivery:
    """Return the delivery in a row of :data:`COLUMNS`."""
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

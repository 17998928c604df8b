"""How far a report's delivery has come, in words a person understands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DeliveryState(StrEnum):
    """The state of one outbox row.

    ``ATTEMPTING`` is written before the first byte is sent; ``DELIVERED`` only on the server's
    receipt, and it never goes back.
    """

    WAITING = "waiting"
    ATTEMPTING = "attempting"
    TEXT_DELIVERED = "text_delivered"
    DELIVERED = "delivered"
    SIGN_IN = "sign_in"
    CONFLICT = "conflict"
    REFUSED = "refused"


UNDER_WAY = frozenset(
    {DeliveryState.ATTEMPTING, DeliveryState.TEXT_DELIVERED, DeliveryState.DELIVERED}
)
"""The text is being sent, or the desk has it: it cannot be taken back any more."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One filed revision on its way to the desk.

    ``why`` is one plain sentence about what it waits for, or ``""``. ``text_at`` and
    ``complete_at`` are when the desk had the text and the last photo, by its server's clock.
    """

    report_id: str
    revision_id: str
    state: DeliveryState
    photos_total: int = 0
    photos_delivered: int = 0
    bytes_total: int = 0
    bytes_delivered: int = 0
    attempts: int = 0
    next_attempt_at: datetime | None = None
    why: str = ""
    text_at: datetime | None = None
    complete_at: datetime | None = None

    def sentence(self) -> str:  # noqa: C901, PLR0911 - one sentence a state reads best side by side
        """Say how far the delivery has come."""
        photos = f"{self.photos_delivered} of {self.photos_total} photos"
        if self.photos_total == 1:
            photos = "the photo is on its way"
        match self.state:
            case DeliveryState.DELIVERED if self.photos_total == 1:
                return "Desk has the text and the photo"
            case DeliveryState.DELIVERED if self.photos_total:
                return f"Desk has the text and all {self.photos_total} photos"
            case DeliveryState.DELIVERED:
                return "Desk has the text"
            case DeliveryState.TEXT_DELIVERED:
                return f"Desk has the text; {photos}"
            case DeliveryState.WAITING | DeliveryState.ATTEMPTING if self.text_at is not None:
                return f"Desk has the text; {photos}"  # the same words, with other photos
            case DeliveryState.ATTEMPTING:
                return "Sending the text…"
            case DeliveryState.WAITING:
                return self.why or "Waiting to be sent"
            case DeliveryState.SIGN_IN:
                return "Waiting for you to sign in"
            case DeliveryState.CONFLICT:
                return self.why or "The desk has a newer revision"
            case DeliveryState.REFUSED:
                return self.why or "The desk’s server refused it"

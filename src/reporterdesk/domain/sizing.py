"""What sending photos at 1,600 pixels would spare, and when that may be offered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import exp, log

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.photo import Photo, Rendition
from reporterdesk.domain.report import Report
from reporterdesk.domain.status import Status

SMALL_SIDE = 1600
"""The longest side, in pixels, of a photo that is sent smaller: enough for the page of any site."""

_WORTH_IT = 0.2
"""What must be spared of a photo's rest, at least: less is not worth a smaller picture."""


def may_send_smaller(report: Report, delivery: Delivery) -> bool:
    """Tell whether another revision with smaller photos may take the place of ``delivery``'s.

    ====================  ======================================================================
    the text waits        yes: what is in the outbox is replaced; the desk knows nothing of it
    the text is sent now  no: nobody knows what arrives; a moment later it is known
    the desk has it,
    - filed, published    yes: the desk takes a new revision, and the report stays where it is
    - approved            no: a new revision would undo the approval, and a time of publication
    - returned, draft     no: the desk waits for changes, or they are being written; the photos
                          can be chosen when that is filed
    ====================  ======================================================================
    """
    if report.trashed_at is not None:
        return False
    match delivery.state:
        case DeliveryState.WAITING | DeliveryState.SIGN_IN:
            return report.status in {Status.OUTBOX, Status.FILED, Status.PUBLISHED}
        case DeliveryState.TEXT_DELIVERED:
            return report.status in {Status.FILED, Status.PUBLISHED}
    return False


def guessed_bytes(photo: Photo, longest: int = SMALL_SIDE) -> int:
    """Return about how many bytes ``photo`` has with ``longest`` pixels on its longer side.

    Between the two sizes that are known, bytes grow with the side by one power: noise and detail
    make a photo large or small at every size alike.
    """
    small, large = photo.preview, photo.full
    side, full_side = _side(small), _side(large)
    if full_side <= longest or side >= full_side or min(small.bytes, large.bytes, side) < 1:
        return large.bytes
    power = log(large.bytes / small.bytes) / log(full_side / side)
    return min(large.bytes, round(small.bytes * exp(power * log(longest / side))))


def savings(photos: Iterable[Photo], arrived: Mapping[str, int]) -> dict[str, int]:
    """Return about how many bytes each photo, by its id, need not send at 1,600 pixels.

    Photos where that is not worth it are left out.

    :param arrived: how many bytes the desk holds, by SHA-256.
    """
    spared = {}
    for photo in photos:
        rest = photo.full.bytes - arrived.get(photo.full.sha256, 0)
        gain = rest - guessed_bytes(photo)
        if _side(photo.full) > SMALL_SIDE and gain > rest * _WORTH_IT:
            spared[photo.id] = gain
    return spared


def worth_sending(smaller: Rendition, full: Rendition, arrived: int) -> bool:
    """Tell whether a smaller rendition that was made is less than what is left of the full one."""
    return smaller.bytes < full.bytes - arrived


def _side(rendition: Rendition) -> int:
    return max(rendition.width, rendition.height)

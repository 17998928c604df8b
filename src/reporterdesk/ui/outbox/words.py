"""How far sending has come, in words: of each report, and of the outbox as a whole.

Pure functions of what is known; no widget is asked and no clock is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QLocale

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.sending import SendPolicy
from reporterdesk.ui.outbox.times import expected_words, received_words

RATES = (16_000, 32_000, 64_000, 125_000, 250_000)
"""Upload limits that are offered, in bytes a second: 128 kbit/s to 2 Mbit/s."""

_HELD = frozenset({DeliveryState.SIGN_IN, DeliveryState.REFUSED, DeliveryState.CONFLICT})
"""What only the person can help on: no time is promised."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under what conditions is being sent. ``online`` is ``None`` before anything was tried.

    ``measured`` says whether the uplink's rate is known; ``why`` is what keeps the desk away.
    """

    now: datetime
    online: bool | None = None
    why: str = ""
    signed_in: bool = True
    metered: bool = False
    measured: bool = False
    policy: SendPolicy = field(default_factory=SendPolicy)

    @property
    def photos_wait(self) -> bool:
        """Whether photos are kept back, because the network is paid by the byte.

        Photos that the person has named are worth its price, and are not.
        """
        policy = self.policy
        return self.metered and policy.text_only_on_metered and not policy.only_photos


def _tr(text: str) -> str:
    return QCoreApplication.translate("Outbox", text)


def size_words(count: int) -> str:
    """Return a number of bytes: “24.1 MB”, “840 kB”."""
    one_place = 0 if count < 1_000_000 else 1
    return QLocale().formattedDataSize(count, one_place, QLocale.DataSizeFormat.DataSizeSIFormat)


def part_words(there: int, total: int) -> str:
    """Return how many bytes of how many: “9.0 MB of 24.1 MB”."""
    return _tr("%1 of %2").replace("%1", size_words(there)).replace("%2", size_words(total))


def rate_words(bytes_a_second: int) -> str:
    """Return an upload limit as networks are called: “256 kbit/s”, “2 Mbit/s”."""
    kilobits = round(bytes_a_second * 8 / 1000)
    if kilobits < 1000:
        return _tr("%1 kbit/s").replace("%1", QLocale().toString(kilobits))
    megabits = QLocale().toString(kilobits / 1000, "f", 0 if kilobits % 1000 == 0 else 1)
    return _tr("%1 Mbit/s").replace("%1", megabits)


def text_words(delivery: Delivery, conditions: Conditions) -> str:
    """Say where the text is: “Text delivered 21:03”, “Sending the text…”."""
    if delivery.text_at is not None:
        received = received_words(delivery.text_at, conditions.now)
        return _tr("Text delivered %1").replace("%1", received)
    if delivery.state in {DeliveryState.TEXT_DELIVERED, DeliveryState.DELIVERED}:
        return _tr("Text delivered")
    if delivery.state is DeliveryState.ATTEMPTING:
        return _tr("Sending the text…")
    return _tr("The text waits")


def photos_words(delivery: Delivery) -> str:
    """Say how many photos have arrived: “4 of 9 photos”, ``""`` for a report without any."""
    total, there = delivery.photos_total, delivery.photos_delivered
    if not total:
        return ""
    if total == 1:
        return _tr("the photo, too") if there else _tr("the photo waits")
    if there == total:
        return _tr("all %1 photos").replace("%1", QLocale().toString(total))
    several = _tr("%1 of %2 photos")
    return several.replace("%1", QLocale().toString(there)).replace("%2", QLocale().toString(total))


def row_words(delivery: Delivery, conditions: Conditions, expected: datetime | None) -> str:
    """Say in one line how far a delivery is, and when all of it will have arrived."""
    if delivery.state in _HELD:
        return delivery.sentence()
    parts = [text_words(delivery, conditions)]
    rest = hold_words(delivery, conditions)
    if not rest and expected is not None and delivery.state is not DeliveryState.DELIVERED:
        rest = all_by_words(delivery, conditions, expected)
        one = delivery.photos_total == 1  # of which the rest speaks
    else:
        one = False
    if not one and not _text_waits(delivery):
        parts.append(photos_words(delivery))
    said = "; ".join(part for part in parts if part)
    return f"{said} – {rest}" if rest else said


def hold_words(delivery: Delivery, conditions: Conditions) -> str:
    """Say briefly what keeps a delivery back, or ``""`` where it is going on."""
    if delivery.state in _HELD or delivery.state is DeliveryState.DELIVERED:
        return ""
    text_there = not _text_waits(delivery)
    reasons = (
        (not conditions.signed_in, _tr("until you sign in")),
        (conditions.policy.paused, _tr("sending is paused")),
        (conditions.online is False, _tr("no connection")),
        (bool(delivery.why), _inside(delivery.why)),
        (conditions.photos_wait and text_there, _tr("photos wait for an unmetered network")),
    )
    return next((words for holds, words in reasons if holds), "")


def all_by_words(delivery: Delivery, conditions: Conditions, expected: datetime) -> str:
    """Say when all of it will have arrived: “all photos by about 21:40”."""
    when = expected_words(expected, conditions.now)
    if not delivery.photos_total:
        return when
    words = _tr("the photo %1") if delivery.photos_total == 1 else _tr("all photos %1")
    return words.replace("%1", when)


def detail_words(
    delivery: Delivery,
    conditions: Conditions,
    expected: datetime | None,
    smaller: datetime | None,
) -> str:
    """Say all that is known of a delivery, in a sentence.

    :param smaller: when its last photo would have arrived at 1,600 pixels, ``None`` where that is
        not offered.
    """
    if delivery.state in _HELD:
        return _ended(delivery.sentence())
    if delivery.state is DeliveryState.DELIVERED:
        return _ended(_delivered_words(delivery, conditions))
    parts = [text_words(delivery, conditions)]
    hold = _full_hold(delivery, conditions)
    if not hold and delivery.photos_total:
        if expected is None:
            measures = not conditions.measured and not _text_waits(delivery)
            parts.append(_tr("measuring the connection…") if measures else "")
        else:
            parts.append(all_by_words(delivery, conditions, expected))
            if smaller is not None:
                at_smaller = _tr("at 1,600 px %1")
                parts.append(at_smaller.replace("%1", expected_words(smaller, conditions.now)))
    said = _ended("; ".join(part for part in parts if part))
    return f"{said} {hold}" if hold else said


def outbox_words(
    deliveries: Iterable[Delivery], conditions: Conditions, expected: datetime | None
) -> str:
    """Say of the outbox as a whole what is left, and when it will be empty."""
    waiting = [row for row in deliveries if row.state is not DeliveryState.DELIVERED]
    if not waiting:
        return ""
    texts = sum(_text_waits(row) for row in waiting)
    left = sum(max(0, row.bytes_total - row.bytes_delivered) for row in waiting)
    parts = []
    if texts:
        one, more = _tr("1 text"), _tr("%1 texts")
        parts.append(one if texts == 1 else more.replace("%1", QLocale().toString(texts)))
    if left:
        parts.append(_tr("%1 of photos").replace("%1", size_words(left)))
    said = _tr("Still to be sent: %1.").replace("%1", _tr(" and ").join(parts)) if parts else ""
    rest = _whole_hold(conditions) or _whole_time(waiting, conditions, expected)
    return " ".join(part for part in (said, rest) if part)


def paused_words(policy: SendPolicy) -> str:
    """Say that sending is paused, or ``""`` where it is not."""
    if not policy.paused:
        return ""
    return _tr("Sending is paused. Nothing leaves this laptop until you resume.")


def only_photos_words(policy: SendPolicy, *, arrived: bool = False) -> str:
    """Say that only some photos are sent now, or ``""`` where all are.

    :param arrived: the desk has those already.
    """
    count = len(policy.only_photos)
    if count == 0:
        return ""
    if arrived:
        return _tr("The desk has the photos you chose; the others wait until you send them.")
    if count == 1:
        return _tr("Only the photo you chose is sent now; the others wait.")
    several = _tr("Only the %1 photos you chose are sent now; the others wait.")
    return several.replace("%1", QLocale().toString(count))


def limit_words(policy: SendPolicy) -> str:
    """Say that the upload is limited, or ``""`` where it is not."""
    if policy.bytes_a_second is None:
        return ""
    return _tr("The upload is limited to %1.").replace("%1", rate_words(policy.bytes_a_second))


def _text_waits(delivery: Delivery) -> bool:
    return delivery.text_at is None and delivery.state is not DeliveryState.TEXT_DELIVERED


def _delivered_words(delivery: Delivery, conditions: Conditions) -> str:
    said = delivery.sentence()
    at = delivery.complete_at or delivery.text_at
    if at is None:
        return said
    return f"{said}, {_tr('since %1').replace('%1', received_words(at, conditions.now))}"


def _whole_hold(conditions: Conditions) -> str:
    """Say in a sentence what keeps everything back, or ``""``."""
    if not conditions.signed_in:
        return _tr("It is sent when you sign in to the desk.")
    if conditions.policy.paused:
        return ""  # the bar above says so
    if conditions.online is False:
        return _tr("It is sent as soon as there is a connection.")
    if conditions.photos_wait:
        return _tr("This network is metered: only texts are sent, photos wait for another one.")
    return ""


def _whole_time(
    waiting: Sequence[Delivery], conditions: Conditions, expected: datetime | None
) -> str:
    """Say when all will have arrived, as far as that can be promised."""
    policy, stuck = conditions.policy, [row.state in _HELD for row in waiting]
    if policy.paused or policy.only_photos or all(stuck):
        return ""  # the bar above says so, or each row
    if expected is not None:
        said = _tr("All delivered %1.")
        if any(stuck):
            said = _tr("What can be sent is delivered %1.")
        return said.replace("%1", expected_words(expected, conditions.now))
    left = any(row.bytes_delivered < row.bytes_total for row in waiting)
    if conditions.online and left and not conditions.measured:
        return _tr("Measuring the connection…")
    return ""


def _full_hold(delivery: Delivery, conditions: Conditions) -> str:
    """Say in a sentence what keeps this delivery back, or ``""``."""
    if not conditions.signed_in:
        return _tr("It is sent when you sign in to the desk.")
    if conditions.policy.paused:
        return _tr("Sending is paused.")
    if conditions.online is False:
        return _ended(conditions.why) or _tr("It is sent as soon as there is a connection.")
    if conditions.photos_wait and not _text_waits(delivery):
        return _tr("This network is metered: the photos wait for another one.")
    return _ended(delivery.why)


def _inside(sentence: str) -> str:
    """Return a sentence as the end of another: only its first, without the full stop."""
    return sentence.split(". ", maxsplit=1)[0].rstrip(".")


def _ended(sentence: str) -> str:
    return sentence if not sentence or sentence.endswith((".", "…", "!", "?")) else f"{sentence}."

"""When something will have arrived, in words that promise no more than is known.

A measured uplink jumps about; what is shown must not. :func:`steadied` lets small changes pass and
takes large ones in steps; the words are rounded the more, the farther away the moment is, and
always to the later side. Every moment is aware and shown in the laptop's time zone.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from reporterdesk.ui.wording import clock_word

NOT_WORTH_IT = timedelta(minutes=2)
"""What arrives sooner is sent as it is: nobody should wonder whether to."""
_SOON = timedelta(minutes=10)
"""Until then minutes are counted; after it the time of day is said."""
_STEPS = (
    (timedelta(hours=1), 1),
    (timedelta(hours=3), 5),
    (timedelta(days=1), 15),
    (timedelta(days=7), 60),
)
"""To how many minutes a time of day is rounded, by how far away it is."""
_STILL = timedelta(seconds=5)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Outbox", text)


def steadied(shown: datetime | None, expected: datetime, now: datetime) -> datetime:
    """Return the moment to show after ``shown``, now that ``expected`` has been reckoned.

    A change of less than a tenth of the time that is left changes nothing; of a larger one, half
    is taken at a time. What was shown and has passed counts for nothing.
    """
    if shown is None or shown <= now:
        return expected
    change = expected - shown
    if abs(change) <= max(_STILL, abs(expected - now) / 10):
        return shown
    return shown + change / 2


def expected_words(expected: datetime, now: datetime) -> str:
    """Say when: “in about 3 minutes”, “by about 21:40”, “by about 09:15 tomorrow”."""
    left = expected - now
    if left < timedelta(minutes=1):
        return _tr("in less than a minute")
    if left <= _SOON:
        minutes = math.ceil(left / timedelta(minutes=1))
        if minutes == 1:
            return _tr("in about a minute")
        return _tr("in about %1 minutes").replace("%1", QLocale().toString(minutes))
    for limit, step in _STEPS:
        if left <= limit:
            return _by(_rounded_up(expected, step), now)
    days = math.ceil(left / timedelta(days=1))
    return _tr("in about %1 days").replace("%1", QLocale().toString(days))


def received_words(at: datetime, now: datetime) -> str:
    """Say when something had arrived: “21:03”, “yesterday, 21:03”, “12 Mar, 21:03”."""
    there, today = at.astimezone().date(), now.astimezone().date()
    clock = clock_word(at)
    if there == today:
        return clock
    if (today - there).days == 1:
        return _tr("yesterday, %1").replace("%1", clock)
    day = QLocale().toString(QDate(there.year, there.month, there.day), "d MMM")
    return f"{day}, {clock}"


def _by(moment: datetime, now: datetime) -> str:
    there, today = moment.astimezone().date(), now.astimezone().date()
    clock = clock_word(moment)
    match (there - today).days:
        case 0:
            return _tr("by about %1").replace("%1", clock)
        case 1:
            return _tr("by about %1 tomorrow").replace("%1", clock)
    day = QLocale().toString(QDate(there.year, there.month, there.day), "dddd")
    return _tr("by about %1 on %2").replace("%1", clock).replace("%2", day)


def _rounded_up(moment: datetime, step: int) -> datetime:
    """Return the next moment whose minutes of the local hour are a multiple of ``step``."""
    local = moment.astimezone()
    over = timedelta(minutes=local.minute % step, seconds=local.second) + timedelta(
        microseconds=local.microsecond
    )
    return moment if not over else moment + timedelta(minutes=step) - over

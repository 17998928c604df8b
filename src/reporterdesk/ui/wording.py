"""Words for times and statuses, the same in every list and bar."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTime

from reporterdesk.domain.places import Place
from reporterdesk.domain.report import ReportSummary
from reporterdesk.domain.searching import Field, Hit, Marks
from reporterdesk.domain.status import Status
from reporterdesk.domain.trash import deleted_from

_STATUS = {
    Status.DRAFT: "Draft",
    Status.OUTBOX: "In the outbox",
    Status.FILED: "Filed",
    Status.RETURNED: "Returned",
    Status.APPROVED: "Approved",
    Status.PUBLISHED: "Published",
    Status.SPIKED: "Spiked",
    Status.WITHDRAWN: "Withdrawn",
}
_PLACE = {
    Place.DRAFTS: "Drafts",
    Place.OUTBOX: "Outbox",
    Place.FILED: "Filed",
    Place.RETURNED: "Returned",
    Place.PUBLISHED: "Published",
    Place.TRASH: "Trash",
    Place.REVIEW: "Review queue",
}

_FIELD = {
    Field.CAPTION: "Photo",
    Field.FACTS: "Event",
    Field.PEOPLE: "By",
    Field.NOTE: "Note to the desk",
}
"""The parts of a report that are named where they are quoted."""


def status_word(status: Status) -> str:
    """Return the status as a person reads it."""
    return QCoreApplication.translate("Status", _STATUS[status])


def place_word(place: Place) -> str:
    """Return the place's name."""
    return QCoreApplication.translate("Place", _PLACE[place])


def moment_word(moment: datetime, now: datetime) -> str:
    """Return a time as short as it can be understood: “14:03”, “Yesterday”, “12 Mar”.

    Both times are aware; they are shown in the laptop's time zone.
    """
    local, today = moment.astimezone(), now.astimezone().date()
    if local.date() == today:
        return clock_word(local)
    if (today - local.date()).days == 1:
        return QCoreApplication.translate("Moment", "Yesterday")
    return _day(local.date(), with_year=local.year != today.year)


def as_of_word(moment: datetime, now: datetime) -> str:
    """Say how old something is: “As of 14:03.”, “As of 12 Mar, 14:03.”"""
    local = moment.astimezone()
    today = local.date() == now.astimezone().date()
    at = clock_word(local) if today else full_moment_word(moment, QLocale())
    return QCoreApplication.translate("Moment", "As of %1.").replace("%1", at)


def deletion_word(trashed_at: datetime) -> str:
    """Say from when on what was thrown away then is deleted: “Deleted for good on 12 March”."""
    day = deleted_from(trashed_at).astimezone().date()
    said = QCoreApplication.translate("Trash", "Deleted for good on %1")
    return said.replace("%1", QLocale().toString(QDate(day.year, day.month, day.day), "d MMMM"))


def detail_word(summary: ReportSummary) -> str:
    """Return what is worth saying of a report below its line in a list, or ``""``."""
    return deletion_word(summary.trashed_at) if summary.trashed_at else summary.detail


def excerpt_word(hit: Hit) -> tuple[str, Marks]:
    """Return the excerpt of a hit, beginning with what it is out of, and the marks in it."""
    name = _FIELD.get(hit.field, "")
    if not name or not hit.excerpt:
        return hit.excerpt, hit.marks
    before = f"{QCoreApplication.translate('Field', name)}: "
    shift = len(before)
    return before + hit.excerpt, tuple((start + shift, end + shift) for start, end in hit.marks)


def full_moment_word(moment: datetime, locale: QLocale) -> str:
    """Return day and time of an aware ``moment`` in the laptop's time zone: “12 Mar, 14:03”."""
    local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    return locale.toString(local, "d MMM, HH:mm")


def clock_word(moment: datetime) -> str:
    """Return the time of day in the laptop's time zone, as the locale writes it."""
    local = moment.astimezone()
    time = QTime(local.hour, local.minute)
    return QLocale().toString(time, QLocale.FormatType.ShortFormat)


def date_word(iso: str) -> str:
    """Return an ISO 8601 date in words, or ``""`` where it is none."""
    try:
        return _day(date.fromisoformat(iso[:10]), with_year=True)
    except ValueError:
        return ""


def _day(day: date, *, with_year: bool) -> str:
    pattern = "d MMM yyyy" if with_year else "d MMM"
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)

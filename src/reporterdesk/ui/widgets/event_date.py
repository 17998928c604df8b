"""Reading dates and times as people type them. No widgets here."""

from __future__ import annotations

import re

from PySide6.QtCore import QDate, QLocale, QTime

_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_NUMBERS = re.compile(r"^(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})$")
_TIME = re.compile(r"^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|h|uhr)?$", re.IGNORECASE)
_SHOWN = "d MMM yyyy"
_FORMATS = ("d MMM yyyy", "d MMMM yyyy", "d. MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy")


def read_date(text: str, locale: QLocale) -> QDate | None:
    """Return the date that ``text`` means, or ``None``.

    Takes ISO 8601, day-month-year in figures (month first where the locale has it so), and a month
    in words in the locale's language or in English.
    """
    text = " ".join(text.split())
    if match := _ISO.match(text):
        return _valid(QDate(*(int(part) for part in match.groups())))
    if match := _NUMBERS.match(text):
        first, second, year = (int(part) for part in match.groups())
        month_first = locale.dateFormat(QLocale.FormatType.ShortFormat).startswith("M")
        day, month = (second, first) if month_first else (first, second)
        return _valid(QDate(year, month, day)) or _valid(QDate(year, day, month))
    for language in (locale, QLocale.c()):
        for form in _FORMATS:
            if date := _valid(language.toDate(text, form)):
                return date
    return None


def read_time(text: str) -> QTime | None:
    """Return the time of day that ``text`` means (``18``, ``18:30``, ``6.30 pm``), or ``None``."""
    match = _TIME.match(text.strip())
    if not match:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half in {"am", "pm"}:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif match[2] is None and not half and len(match[1]) > 2:
        return None
    time = QTime(hour, minute) if hour < 24 and minute < 60 else QTime()
    return time if time.isValid() else None


def show_date(date: QDate, locale: QLocale) -> str:
    """Return ``date`` as the field shows it: the month in words, so that no one reads it wrong."""
    return locale.toString(date, _SHOWN)


def _valid(date: QDate) -> QDate | None:
    return date if date.isValid() and 1000 <= date.year() <= 9999 else None

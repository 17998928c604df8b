"""The site's own words, dates and numbers, in the language of each report (CLDR by Babel)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from reporterdesk.domain.event import Attendance, EventKind

FALLBACK = "en"
_LONG_MONTH = re.compile("M{3,4}")
_REGIONS = {"en": "en_GB"}  # the house writes "14 March 2026" where a report says only "en"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, with its rules for dates, numbers and plurals."""

    language: str
    locale: Locale
    table: Mapping[str, Any]

    def say(self, key: str, **values: object) -> str:
        """Return the sentence ``key`` with ``values`` filled in.

        :raises KeyError: the table has no such sentence; a test holds every table complete.
        """
        return _fill(str(self.table[key]), values)

    def kind(self, kind: EventKind) -> str:
        """Return the word for a kind of event."""
        return str(self.table["kinds"][kind.value])

    def people(self, attendance: Attendance) -> str:
        """Say how many people came: “more than 450 people”."""
        forms = self.table["people"][attendance.qualifier.value]
        form = self.locale.plural_form(attendance.number)
        number = format_decimal(attendance.number, locale=self.locale)
        return _fill(forms.get(form, forms["other"]), {"number": number})

    def country(self, code: str) -> str:
        """Return the country's name, or the code where CLDR does not know it."""
        return str(self.locale.territories.get(code, code))

    def day(self, moment: date) -> str:
        """Return a day in full: “14 March 2026”."""
        return format_date(moment, "long", locale=self.locale)

    def when(self, starts_at: str, ends_at: str | None) -> str:
        """Say when an event was, from ISO 8601 texts; what is no date is given as it stands."""
        start, end = _moment(starts_at), _moment(ends_at or "")
        if start is None:
            return starts_at
        if end is None or end[0] < start[0]:
            return self._one(*start)
        if start[0].date() == end[0].date():
            until = f"–{self._clock(end[0])}" if start[1] and end[1] else ""
            return self._one(*start) + until
        if start[1] or end[1]:
            return f"{self._one(*start)} – {self._one(*end)}"
        return self._days(start[0], end[0])

    def _one(self, moment: datetime, has_time: bool) -> str:
        day = self.day(moment.date())
        return f"{day}, {self._clock(moment)}" if has_time else day

    def _days(self, start: date, end: date) -> str:
        """Give two days, leaving out what both share: “12–14 March 2026”.

        CLDR has such patterns for long months in few languages; elsewhere the long name takes the
        short one's place.
        """
        shared = "d" if (start.year, start.month) == (end.year, end.month) else "M"
        field = "y" if start.year != end.year else shared
        formats = self.locale.interval_formats
        parts = formats.get("yMMMMd", {}).get(field) or formats.get("yMMMd", {}).get(field)
        if not parts or len(parts) != 2:
            return f"{self.day(start)} – {self.day(end)}"
        patterns = [_LONG_MONTH.sub("MMMM", part).replace("dd", "d") for part in parts]
        days = zip((start, end), patterns, strict=True)
        return "".join(format_date(day, pattern, locale=self.locale) for day, pattern in days)

    def _clock(self, moment: datetime) -> str:
        return format_time(moment.time(), "short", locale=self.locale)


class Vocabulary:
    """Every language's words, read once; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._tables = tomllib.loads((folder / "words.toml").read_text(encoding="utf-8"))
        self._known = {
            name: Words(name, Locale.parse(_REGIONS.get(name, name)), table)
            for name, table in self._tables.items()
        }

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages with words of their own."""
        return tuple(self._known)

    def of(self, tag: str, fallback: str = FALLBACK) -> Words:
        """Return the words for a BCP 47 tag, or those of ``fallback`` for an unknown language."""
        name = tag.partition("-")[0].lower()
        if name not in self._known:
            return self._known.get(fallback, self._known[FALLBACK])
        words = self._known[name]
        if "-" not in tag:
            return words
        try:
            locale = Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            return words
        return Words(name, locale, words.table)


def local_day(moment: datetime, zone: tzinfo) -> date:
    """Return the day of an aware ``moment`` in the site's time zone."""
    return moment.astimezone(zone).date()


def event_date(starts_at: str) -> date | None:
    """Return the day an event began, or ``None`` where the text is no ISO 8601 date."""
    found = _moment(starts_at)
    return found[0].date() if found else None


def _moment(text: str) -> tuple[datetime, bool] | None:
    """Return the local time that an ISO 8601 text gives, and whether it has a time of day."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.year < 2 or moment.year > 9_998:  # calendars compute a day around it
        return None
    return moment.replace(tzinfo=None), len(text) > 10


def _fill(sentence: str, values: Mapping[str, object]) -> str:
    """Fill in plain ``{name}``; values never act as a format of their own."""
    for name, value in values.items():
        sentence = sentence.replace(f"{{{name}}}", str(value))
    return sentence

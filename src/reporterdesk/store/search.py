"""What of a report is searched, and a search as FTS5 understands it.

Words are folded and taken apart by :mod:`reporterdesk.text.folding`, so that the index and the
query agree; FTS5 has nothing to do but to keep them. Where a report stands is kept beside its words
as words of its own kind, which nobody can type: a search of one place, section, status or range of
dates costs no more than one of everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from reporterdesk.domain.places import Place
from reporterdesk.domain.report import ReportContent
from reporterdesk.domain.searching import Filters
from reporterdesk.domain.status import Status
from reporterdesk.text.finding import Query, Term
from reporterdesk.text.folding import fold, words

_SIGN = "\ue000"
"""Begins each word that says where a report stands; folding takes it out of everything else."""
_LIVE = f"{_SIGN}live"
# Markdown's own signs within a word, and the names of photos.
_MARKUP = re.compile(r"!\[\]\(photo:[^)]*\)|\*+|\\(?=[!-/:-@\[-`{-~])")
_EARLIEST, _LATEST, _MOST_YEARS = date(1900, 1, 1), date(2199, 12, 31), 400


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a report stands, as far as a search can be narrowed by it."""

    place: Place
    status: Status
    section: str
    event_date: str


def standing_words(standing: Standing) -> str:
    """Return the words for where a report stands."""
    found = [_place(standing.place), _status(standing.status), _section(standing.section)]
    if standing.place is not Place.TRASH:
        found.append(_LIVE)
    day = _day(standing.event_date)
    if day:
        found += (f"{_SIGN}d{part}" for part in (_year(day), _month(day), _whole(day)))
    return " ".join(found)


def column_words(content: ReportContent) -> dict[str, str]:
    """Return the words of each column of the index."""
    event = content.event
    attendance = str(event.attendance.number) if event.attendance else ""
    facts = (event.name, event.venue, event.city, event.organiser, event.starts_at, attendance)
    captions = (text for photo in content.photos for text in (photo.caption, photo.alt_text))
    return {
        "headline": _words([content.headline]),
        "people": _words((content.byline, *(photo.credit for photo in content.photos))),
        "facts": _words((*facts, content.note_to_desk)),
        "captions": _words(captions),
        "body": _words((content.standfirst, without_markup(content.body))),
    }


def without_markup(body: str) -> str:
    """Return Markdown without what would part the words of a text, or is none of them."""
    return _MARKUP.sub("", body)


def match_expression(query: Query, filters: Filters, known: tuple[str, str] | None = None) -> str:
    """Return the FTS5 expression that finds what ``query`` wants among what ``filters`` leave.

    Everything in it is an FTS5 string, in which only the quotation mark is special
    (https://www.sqlite.org/fts5.html, "FTS5 Strings"); no word has one.

    :param known: the first and the last day of which there are reports, as ISO 8601 dates: what is
        asked for beyond them need not be in the expression.
    """
    asked = [_string(_LIVE if filters.place is None else _place(filters.place))]
    if filters.status is not None:
        asked.append(_string(_status(filters.status)))
    if filters.section:
        asked.append(_string(_section(filters.section)))
    if filters.since is not None or filters.until is not None:
        asked.append(_between(filters.since, filters.until, known))
    asked += map(_term, query.wanted)
    expression = " AND ".join(asked)
    if query.unwanted:
        expression = f"({expression}) NOT ({' OR '.join(map(_term, query.unwanted))})"
    return expression


def _words(parts: Iterable[str]) -> str:
    return " ".join(words(fold("\n".join(part for part in parts if part))))


def _term(term: Term) -> str:
    return _string(" ".join(term.words)) + ("*" if term.open_end else "")


def _string(text: str) -> str:
    return f'"{text}"'


def _place(place: Place) -> str:
    return f"{_SIGN}p{place.value}"


def _status(status: Status) -> str:
    return f"{_SIGN}s{status.value}"


def _section(section: str) -> str:
    # A slug may have hyphens, at which FTS5 would take it apart.
    return f"{_SIGN}c{section.encode('utf-8', 'surrogatepass').hex()}"


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None


def _between(since: date | None, until: date | None, known: tuple[str, str] | None) -> str:
    """Return the years, months and days from ``since`` to ``until``, any of which will do."""
    earliest, latest = (_day(known[0]), _day(known[1])) if known else (None, None)
    if earliest is None or latest is None or latest.year - earliest.year > _MOST_YEARS:
        # Slips of the pen are among them; they are not to make a search of ten thousand years.
        earliest, latest = _EARLIEST, _LATEST
    first, last = max(since or earliest, earliest), min(until or latest, latest)
    found = [_string(f"{_SIGN}d{part}") for part in _parts(first, last)]
    return f"({' OR '.join(found)})" if found else _string(f"{_SIGN}never")


def _parts(first: date, last: date) -> Iterator[str]:
    """Yield the fewest years (``2026``), months and days that make up ``first`` to ``last``."""
    day = first
    while day <= last:
        end_of_year = day.replace(month=12, day=31)
        if day.month == day.day == 1 and end_of_year <= last:
            yield _year(day)
            end = end_of_year
        elif day.day == 1 and _end_of_month(day) <= last:
            yield _month(day)
            end = _end_of_month(day)
        else:
            yield _whole(day)
            end = day
        if end == date.max:
            return
        day = end + timedelta(days=1)


def _year(day: date) -> str:
    return f"{day.year:04}"


def _month(day: date) -> str:
    return f"{day.year:04}{day.month:02}"


def _whole(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _end_of_month(day: date) -> date:
    if day.month == 12:
        return day.replace(day=31)
    return day.replace(month=day.month + 1, day=1) - timedelta(days=1)

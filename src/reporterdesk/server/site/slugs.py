"""The last part of a report's public address: readable, ASCII, and unique by the report's id."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from reporterdesk.domain.errors import ReportNotFound

_LONGEST = 60
_SHORT_ID = re.compile(r"(?:^|-)([0-9a-f]{8})$")
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | {"’": None, "'": None}
)


def report_slug(headline: str, published_on: date, report_id: str) -> str:
    """Return ``YYYY-MM-DD-headline-words-xxxxxxxx``, the x being the id's first eight hex digits.

    A headline without a Latin letter or digit gives no words: ``YYYY-MM-DD-xxxxxxxx``.
    """
    parts = (published_on.isoformat(), headline_words(headline), report_id[:8])
    return "-".join(part for part in parts if part)


def short_id(path_slug: str) -> str:
    """Return the eight hex digits that ``path_slug`` ends with: the start of the report's id.

    :raises ReportNotFound: it does not end so, so that no report can be meant.
    """
    found = _SHORT_ID.search(path_slug)
    if found is None:
        raise ReportNotFound
    return found[1]


def headline_words(headline: str) -> str:
    """Return up to 60 characters of ``headline`` as ASCII words joined by hyphens, or ``""``."""
    plain = unicodedata.normalize("NFKD", headline[:1_000].casefold().translate(_LETTERS))
    words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    kept = ""
    for word in words:
        longer = f"{kept}-{word}" if kept else word[:_LONGEST]
        if len(longer) > _LONGEST:
            break
        kept = longer
    return kept

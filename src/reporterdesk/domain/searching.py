"""What is looked for among the reports, and what is shown of each that was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from reporterdesk.domain.places import Place
from reporterdesk.domain.status import Status

Marks: TypeAlias = tuple[tuple[int, int], ...]
"""Begin and end, in characters, of each place in a text that was looked for."""


class Order(StrEnum):
    """How what was found is sorted."""

    NEWEST = "newest"
    """By the last change, the newest first."""
    RELEVANCE = "relevance"
    """By how often and where the words stand: a headline counts most."""


class Field(StrEnum):
    """The part of a report out of which an excerpt comes."""

    BODY = "body"
    STANDFIRST = "standfirst"
    CAPTION = "caption"
    FACTS = "facts"
    PEOPLE = "people"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which reports are looked at; what is empty leaves nothing out.

    ``place`` is ``None`` for every place but the trash; ``section`` a slug; ``since`` and
    ``until`` are the first and the last day of the event.
    """

    place: Place | None = None
    section: str = ""
    status: Status | None = None
    since: date | None = None
    until: date | None = None

    @property
    def narrow(self) -> bool:
        """Whether anything but the place leaves reports out."""
        return bool(self.section or self.status or self.since or self.until)


@dataclass(frozen=True, slots=True)
class Search:
    """Words, and where and how they are looked for. ``words`` may be any text."""

    words: str = ""
    filters: Filters = Filters()
    order: Order = Order.NEWEST

    @property
    def active(self) -> bool:
        """Whether it asks for anything but all that there is."""
        return bool(self.words.strip()) or self.filters.narrow


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a report has what was looked for.

    ``headline`` marks the headline as its line in the list has it, ``marks`` the ``excerpt``, which
    comes out of ``field``; no excerpt where nothing but the headline has it.
    """

    headline: Marks = ()
    excerpt: str = ""
    marks: Marks = ()
    field: Field = Field.BODY

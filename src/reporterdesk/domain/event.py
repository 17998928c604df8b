"""The facts of the event that a report is about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EventKind(StrEnum):
    """What kind of event it was; the names are the publishing API's."""

    CONFERENCE = "conference"
    SCHOOL = "school"
    MEETING = "meeting"
    RALLY = "rally"
    LAUNCH = "launch"
    CONGRESS = "congress"
    FESTIVAL = "festival"
    OTHER = "other"


class Qualifier(StrEnum):
    """How exact a number of people is."""

    ABOUT = "about"
    MORE_THAN = "more_than"
    EXACTLY = "exactly"


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many people came."""

    number: int
    qualifier: Qualifier = Qualifier.ABOUT


@dataclass(frozen=True, slots=True)
class EventFacts:
    """Name, time and place of an event.

    ``starts_at`` and ``ends_at`` are ISO 8601 dates (``2026-03-14``) or local date-times
    (``2026-03-14T18:00``) as the reporter knows them at the place; ``""`` and ``None`` where
    unknown. ``country`` is an ISO 3166-1 alpha-2 code or ``""``.
    """

    name: str = ""
    kind: EventKind = EventKind.OTHER
    starts_at: str = ""
    ends_at: str | None = None
    venue: str = ""
    city: str = ""
    country: str = ""
    organiser: str = ""
    attendance: Attendance | None = None

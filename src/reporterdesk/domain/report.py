"""A report: what the reporter writes, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from reporterdesk.domain.event import EventFacts
from reporterdesk.domain.photo import Photo
from reporterdesk.domain.status import Status


@dataclass(frozen=True, slots=True)
class ReportContent:
    """All that the reporter writes; a revision freezes exactly this.

    ``body`` is canonical Markdown in the profile of :mod:`reporterdesk.text`; ``section`` is a
    section's slug or ``""``; ``language`` a BCP 47 tag; ``embargoed_until`` RFC 3339 or ``None``.
    """

    headline: str = ""
    standfirst: str = ""
    byline: str = ""
    section: str = ""
    language: str = "en"
    body: str = ""
    note_to_desk: str = ""
    event: EventFacts = field(default_factory=EventFacts)
    photos: tuple[Photo, ...] = ()
    lead_photo: str | None = None
    embargoed_until: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A report on this laptop.

    ``revision_id`` is the revision that was filed last from here or received from the desk: the
    parent of the next one. ``desk_status`` is what the desk said last. Times are aware, in UTC.
    """

    id: str
    content: ReportContent
    status: Status
    created_at: datetime
    changed_at: datetime
    revision_id: str | None = None
    desk_status: Status | None = None
    public_url: str | None = None
    trashed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """An immutable state of a report's content.

    ``received``: it was made elsewhere, and came from the desk.
    """

    id: str
    report_id: str
    parent_id: str | None
    content: ReportContent
    created_at: datetime
    received: bool = False


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """One line of a list of reports; ``event_date`` is an ISO 8601 date or ``""``.

    ``detail`` is a short plain sentence about its delivery or review, or ``""``; ``trashed_at`` is
    when it was thrown away.
    """

    id: str
    headline: str
    section: str
    event_date: str
    status: Status
    changed_at: datetime
    detail: str = ""
    trashed_at: datetime | None = None

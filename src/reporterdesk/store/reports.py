"""The reports on this laptop and their lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum
from itertools import islice
from typing import Any, Final

from sqlalchemy import insert, select, text, update

from reporterdesk.domain.errors import ReportNotFound
from reporterdesk.domain.places import Place
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import Status
from reporterdesk.store import listing
from reporterdesk.store.content_json import content_to_json
from reporterdesk.store.database import Database
from reporterdesk.store.listing import Page
from reporterdesk.store.moments import optional_micros, to_micros
from reporterdesk.store.report_words import ReportWords
from reporterdesk.store.search import Standing
from reporterdesk.store.tables import reports


class _Keep(Enum):
    """Marks a standing that is not given and stays as it is; ``None`` is a value."""

    KEEP = 1


_KEEP: Final = _Keep.KEEP

_CHUNK = 500
"""Reports that are added with one statement; of a whole archive, the rest waits unread."""


class Reports:
    """Reports by id and in their places. Lives on the store thread.

    Every method raises :class:`~reporterdesk.domain.errors.StoreError` and its kinds.
    """

    def __init__(self, database: Database) -> None:
        self._db = database
        self._words = ReportWords(database)

    def add(self, report: Report) -> None:
        """Add a report that is not there yet."""
        self.add_many((report,))

    def add_many(self, many: Iterable[Report]) -> None:
        """Add reports in one transaction."""
        waiting = iter(many)
        with self._db.transaction():
            while chunk := list(islice(waiting, _CHUNK)):
                self._add(sorted(chunk, key=lambda report: report.changed_at))

    def get(self, report_id: str) -> Report:
        """Return the report.

        :raises ReportNotFound: there is none with this id.
        """
        report = self.find(report_id)
        if report is None:
            raise ReportNotFound
        return report

    def find(self, report_id: str) -> Report | None:
        """Return the report, or ``None``."""
        row = self._db.row(text(listing.REPORT), {"id": report_id})
        return None if row is None else listing.report_of(row)

    def save_content(self, report_id: str, content: ReportContent, at: datetime) -> Report:
        """Write the content of a report, its columns and its words for the search.

        :raises ReportNotFound: there is none with this id.
        """
        with self._db.transaction():
            report = self.get(report_id)
            self._write(
                replace(report, content=content, changed_at=_later(report, at)),
                _content_columns(content),
            )
            return self.get(report_id)

    def set_standing(
        self,
        report_id: str,
        *,
        status: Status | _Keep = _KEEP,
        desk_status: Status | _Keep | None = _KEEP,
        revision_id: str | _Keep | None = _KEEP,
        public_url: str | _Keep | None = _KEEP,
        at: datetime | None = None,
    ) -> Report:
        """Change what is given of where a report stands; with ``at``, it counts as a change.

        :raises ReportNotFound: there is none with this id.
        """
        given = {"desk_status": desk_status, "revision_id": revision_id, "public_url": public_url}
        values: dict[str, Any] = {
            name: value for name, value in given.items() if value is not _KEEP
        }
        with self._db.transaction():
            report = self.get(report_id)
            if status is not _KEEP or at is not None:
                moved = report if status is _KEEP else replace(report, status=status)
                moved = moved if at is None else replace(moved, changed_at=_later(report, at))
                self._write(moved, values)
            elif values:
                self._db.execute(update(reports).where(reports.c.id == report_id).values(**values))
            return self.get(report_id)

    def trash(self, report_id: str, at: datetime) -> Report:
        """Put a report into the trash; its status stays.

        :raises ReportNotFound: there is none with this id.
        """
        return self._set_trashed(report_id, at)

    def restore(self, report_id: str) -> Report:
        """Take a report out of the trash, back to the place of its status.

        :raises ReportNotFound: there is none with this id.
        """
        return self._set_trashed(report_id, None)

    def page(self, place: Place, *, after: str | None = None, limit: int = 200) -> Page:
        """Return lines of a place's list, the newest change first.

        :param after: :attr:`~reporterdesk.store.listing.Page.next` of the page before.
        """
        wanted: dict[str, Any] = {"place": place.value, "limit": limit + 1}
        if after is not None:
            wanted["after_at"], wanted["after_id"] = listing.read_after(after)
        rows = self._db.rows(text(listing.page_sql(after=after is not None)), wanted)
        return listing.page_of(rows, limit)

    def ids(self) -> tuple[str, ...]:
        """Return the id of every report, those in the trash included, the oldest first."""
        oldest_first = select(reports.c.id).order_by(reports.c.created_at, reports.c.number)
        found = self._db.rows(oldest_first)
        return tuple(row[0] for row in found)

    def headlines(self, report_ids: Iterable[str]) -> dict[str, str]:
        """Return the headlines of these reports, without reading their contents."""
        chosen = select(reports.c.id, reports.c.headline).where(reports.c.id.in_(list(report_ids)))
        return {row[0]: row[1] for row in self._db.rows(chosen)}

    def counts(self) -> dict[Place, int]:
        """Return how many reports stand in each place."""
        return listing.counts_of(self._db.rows(text(listing.COUNTS)))

    def _add(self, chunk: list[Report]) -> None:
        """Add reports, the one that was changed first before the others."""
        numbers = self._words.numbers_for([to_micros(report.changed_at) for report in chunk])
        numbered = list(zip(numbers, chunk, strict=True))
        self._db.execute(insert(reports), [_new_row(*pair) for pair in numbered])
        self._words.add((number, _standing(one), one.content) for number, one in numbered)

    def _write(self, report: Report, values: dict[str, Any]) -> None:
        """Write ``values``, where ``report`` stands now, and its words for the search."""
        old, changed_at = self._number(report.id), to_micros(report.changed_at)
        number = self._words.number_after(old, changed_at)
        standing = _standing(report)
        values = {
            **values,
            "number": number,
            "status": report.status.value,
            "place": standing.place.value,
            "trashed_at": optional_micros(report.trashed_at),
            "changed_at": changed_at,
        }
        self._db.execute(update(reports).where(reports.c.id == report.id).values(**values))
        self._words.put(old, number, standing, report.content)

    def _set_trashed(self, report_id: str, at: datetime | None) -> Report:
        with self._db.transaction():
            self._write(replace(self.get(report_id), trashed_at=at), {})
            return self.get(report_id)

    def _number(self, report_id: str) -> int:
        number = self._db.value(select(reports.c.number).where(reports.c.id == report_id))
        if number is None:
            raise ReportNotFound
        return int(number)


def _later(report: Report, at: datetime) -> datetime:
    """Return ``at``, or just after the last change where the clock was put back."""
    return max(report.changed_at + timedelta(microseconds=1), at)


def _standing(report: Report) -> Standing:
    place = Place(listing.place_name(report.status, trashed=report.trashed_at is not None))
    content = report.content
    return Standing(place, report.status, content.section, content.event.starts_at[:10])


def _content_columns(content: ReportContent) -> dict[str, Any]:
    return {
        "headline": content.headline,
        "section": content.section,
        "event_date": content.event.starts_at[:10],
        "photos": len(content.photos),
        "content": content_to_json(content),
    }


def _new_row(number: int, report: Report) -> dict[str, Any]:
    return {
        "number": number,
        "id": report.id,
        "place": listing.place_name(report.status, trashed=report.trashed_at is not None),
        "status": report.status.value,
        "desk_status": None if report.desk_status is None else report.desk_status.value,
        "created_at": to_micros(report.created_at),
        "changed_at": to_micros(report.changed_at),
        "trashed_at": optional_micros(report.trashed_at),
        "revision_id": report.revision_id,
        "public_url": report.public_url,
        "desk_note": "",
        **_content_columns(report.content),
    }

"""The reports on this laptop, their lists and their search."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from typing import Any, Final

from sqlalchemy import insert, select, text, update

from reporterdesk.domain.errors import ReportNotFound
from reporterdesk.domain.places import Place
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import Status
from reporterdesk.store import listing, search
from reporterdesk.store.content_json import content_to_json
from reporterdesk.store.database import Database
from reporterdesk.store.listing import Page
from reporterdesk.store.moments import optional_micros, to_micros
from reporterdesk.store.tables import reports


class _Keep(Enum):
    """Marks a standing that is not given and stays as it is; ``None`` is a value."""

    KEEP = 1


_KEEP: Final = _Keep.KEEP

_ADD_WORDS = text("INSERT INTO report_words (rowid, words) VALUES (:number, :words)")
_SET_WORDS = text("UPDATE report_words SET words = :words WHERE rowid = :number")
# CROSS JOIN keeps the order: one search, not one for each report of the place.
_ANY_MATCH = text(
    "SELECT 1 FROM report_words CROSS JOIN reports ON reports.number = report_words.rowid"
    " WHERE report_words MATCH :match AND reports.place = :place LIMIT 1"
)


class Reports:
    """Reports by id and in their places. Lives on the store thread.

    Every method raises :class:`~reporterdesk.domain.errors.StoreError` and its kinds.
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, report: Report) -> None:
        """Add a report that is not there yet."""
        self.add_many((report,))

    def add_many(self, many: Iterable[Report]) -> None:
        """Add reports in one transaction."""
        with self._db.transaction():
            first = (self._db.value(text("SELECT max(number) FROM reports")) or 0) + 1
            added = list(enumerate(many, start=first))
            if added:
                self._db.execute(insert(reports), [_new_row(*pair) for pair in added])
                words = [
                    {"number": number, "words": search.words_of(report.content)}
                    for number, report in added
                ]
                self._db.execute(_ADD_WORDS, words)

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
            number = self._number(report_id)
            values = {**_content_columns(content), "changed_at": self._later(report_id, at)}
            self._db.execute(update(reports).where(reports.c.id == report_id).values(**values))
            self._db.execute(_SET_WORDS, {"number": number, "words": search.words_of(content)})
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
            if status is not _KEEP:
                place = listing.place_name(status, trashed=report.trashed_at is not None)
                values.update(status=status.value, place=place)
            if at is not None:
                values["changed_at"] = self._later(report_id, at)
            if values:
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

    def page(
        self, place: Place, *, query: str = "", after: str | None = None, limit: int = 200
    ) -> Page:
        """Return lines of a place's list, the newest change first.

        :param query: only reports in which all of its words are found; any text will do.
        :param after: :attr:`~reporterdesk.store.listing.Page.next` of the page before.
        """
        wanted: dict[str, Any] = {"place": place.value, "limit": limit + 1}
        if after is not None:
            wanted["after_at"], wanted["after_id"] = listing.read_after(after)
        kind = self._plan(query, wanted)
        rows = self._db.rows(text(listing.page_sql(after=after is not None, search=kind)), wanted)
        return listing.page_of(rows, limit)

    def ids(self) -> tuple[str, ...]:
        """Return the id of every report, those in the trash included, the oldest first."""
        found = self._db.rows(select(reports.c.id).order_by(reports.c.number))
        return tuple(row[0] for row in found)

    def headlines(self, report_ids: Iterable[str]) -> dict[str, str]:
        """Return the headlines of these reports, without reading their contents."""
        chosen = select(reports.c.id, reports.c.headline).where(reports.c.id.in_(list(report_ids)))
        return {row[0]: row[1] for row in self._db.rows(chosen)}

    def counts(self) -> dict[Place, int]:
        """Return how many reports stand in each place."""
        return listing.counts_of(self._db.rows(text(listing.COUNTS)))

    def photo_contents(self) -> tuple[str, ...]:
        """Return the stored JSON of the content of every report that has photos."""
        found = self._db.rows(select(reports.c.content).where(reports.c.photos > 0))
        return tuple(row[0] for row in found)

    def _plan(self, query: str, wanted: dict[str, Any]) -> str:
        """Choose how to search, and put what it needs into ``wanted``.

        The choice depends on the whole list, so that it is the same for each of its pages.
        """
        if not query.strip():
            return ""
        expression = search.match_expression(query)
        if expression is not None:
            wanted["match"] = expression
            if self._db.row(_ANY_MATCH, {"match": expression, "place": wanted["place"]}):
                return "match"
            del wanted["match"]
        wanted["like"] = search.like_pattern(query)
        return "like"

    def _set_trashed(self, report_id: str, at: datetime | None) -> Report:
        with self._db.transaction():
            report = self.get(report_id)
            place = listing.place_name(report.status, trashed=at is not None)
            values = {"trashed_at": optional_micros(at), "place": place}
            self._db.execute(update(reports).where(reports.c.id == report_id).values(**values))
            return self.get(report_id)

    def _number(self, report_id: str) -> int:
        number = self._db.value(select(reports.c.number).where(reports.c.id == report_id))
        if number is None:
            raise ReportNotFound
        return int(number)

    def _later(self, report_id: str, at: datetime) -> int:
        """Return ``at``, or just after the last change where the clock was put back."""
        last = self._db.value(select(reports.c.changed_at).where(reports.c.id == report_id))
        return max(int(last) + 1, to_micros(at))


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

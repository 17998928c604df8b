"""Where the public site gets what it shows: published reports and the sections they stand in."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from reporterdesk.pages.published import PublishedReport, PublishedSection


class PublishedSource(Protocol):
    """Reads what is published. Calls may come from several threads at once."""

    def sections(self) -> tuple[PublishedSection, ...]:
        """Return every section, in the site's order."""
        ...

    def newest(
        self, section: str | None, *, before: str | None, limit: int
    ) -> tuple[PublishedReport, ...]:
        """Return up to ``limit`` reports, newest publication first (then by id, descending).

        :param section: a slug, or ``None`` for the whole site; an unknown slug has no reports.
        :param before: a cursor from :func:`cursor_of`; only what stands after it is returned.
        :raises ValueError: ``before`` is no cursor.
        """
        ...

    def report(self, path_slug: str) -> PublishedReport:
        """Return the report whose page is ``/reports/{path_slug}``.

        The eight hex digits at the end decide; where the words differ from the answer's ``slug``,
        the site redirects to it.

        :raises ReportWithdrawn: it was published once.
        :raises ReportNotFound: there is no such report.
        """
        ...


def cursor_of(report: PublishedReport) -> str:
    """Return the cursor that stands right after ``report`` in the order of the site."""
    stamp = report.published_at.strftime("%Y%m%dT%H%M%S.%f")
    return f"{stamp}_{report.id}"


def read_cursor(cursor: str) -> tuple[datetime, str]:
    """Return the time of publication (aware, UTC) and the report's id that a cursor names.

    :raises ValueError: the text is no cursor.
    """
    stamp, separator, report_id = cursor.partition("_")
    if not separator or not report_id:
        raise ValueError("This is not a cursor of this site.")
    return datetime.strptime(stamp + "+0000", "%Y%m%dT%H%M%S.%f%z"), report_id

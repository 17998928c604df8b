"""Finding reports by their words: one page after another, and what is shown of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import text

from reporterdesk.domain.searching import Hit, Order, Search
from reporterdesk.store import listing
from reporterdesk.store.content_json import content_from_json
from reporterdesk.store.database import Database
from reporterdesk.store.hits import hit_of
from reporterdesk.store.listing import COUNTED, Page
from reporterdesk.store.search import match_expression
from reporterdesk.text.finding import Query, read_query

_RANKED = 1000
"""By relevance, so many of the newest are compared: to weigh every report would take its time."""

# CROSS JOIN keeps the order: the index leads, and is read backwards no further than the page goes.
_NEWEST = """
SELECT {summary}, r.number
FROM report_words CROSS JOIN reports AS r ON r.number = report_words.rowid
LEFT JOIN outbox AS o ON o.report_id = r.id
WHERE report_words MATCH :match AND report_words.rowid < :after
ORDER BY report_words.rowid DESC LIMIT :limit"""
# The weights are those of standing, headline, people, facts, captions, body.
_RELEVANT = """
SELECT {summary}, r.number
FROM (
    SELECT number, score FROM (
        SELECT rowid AS number, bm25(report_words, 0, 12, 5, 5, 4, 1) AS score FROM report_words
        WHERE report_words MATCH :match ORDER BY rowid DESC LIMIT :ranked)
    ORDER BY score, number DESC LIMIT :limit OFFSET :after) AS found
CROSS JOIN reports AS r ON r.number = found.number
LEFT JOIN outbox AS o ON o.report_id = r.id
ORDER BY found.score, found.number DESC"""
_COUNT = text(
    "SELECT count(*) FROM (SELECT 1 FROM report_words WHERE report_words MATCH :match LIMIT :limit)"
)
_EVENT_DATE = (
    "SELECT event_date FROM reports WHERE event_date GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-*'"
    " ORDER BY event_date {way} LIMIT 1"
)
_CONTENT = text("SELECT substr(headline, 1, 300), content FROM reports WHERE id = :id")
_FIRST_DATE, _LAST_DATE = (text(_EVENT_DATE.format(way=way)) for way in ("ASC", "DESC"))
_STATEMENTS = {
    order: text(statement.format(summary=listing.SUMMARY))
    for order, statement in ((Order.NEWEST, _NEWEST), (Order.RELEVANCE, _RELEVANT))
}
_BEYOND = 1 << 62
"""Greater than the number of any report."""


def _never() -> bool:
    return False


class Finder:
    """Searches the reports. Lives on the store thread.

    Every method raises :class:`~reporterdesk.domain.errors.StoreError` and its kinds.
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    def page(
        self,
        search: Search,
        *,
        after: str | None = None,
        limit: int = 50,
        superseded: Callable[[], bool] = _never,
    ) -> Page | None:
        """Return a page of what is found; ``None`` if it was superseded.

        Words of which nothing can be found, as ``!!!``, find nothing.

        :param after: :attr:`~reporterdesk.store.listing.Page.next` of the page before.
        :param superseded: tells, while it works, that nobody waits for the answer any more. It is
            asked on the store thread and must not touch the store.
        """
        query = read_query(search.words)
        if search.words.strip() and not query:
            return Page((), None, found=0)
        start = 0 if after is None else int(after)
        return self._db.read_unless(superseded, lambda: self._page(query, search, start, limit))

    def hits(
        self, words: str, ids: Sequence[str], *, superseded: Callable[[], bool] = _never
    ) -> dict[str, Hit]:
        """Return where these reports have what ``words`` look for, to be shown.

        It takes a quarter of a millisecond each: for the rows in sight, not for all. Once
        ``superseded`` says so, the rest is left out.
        """
        query = read_query(words)
        found: dict[str, Hit] = {}
        for report_id in ids if query.wanted else ():
            if superseded():
                break
            row = self._db.row(_CONTENT, {"id": report_id})
            if row is not None:
                found[report_id] = hit_of(query, row[0], content_from_json(row[1]))
        return found

    def _page(self, query: Query, search: Search, after: int, limit: int) -> Page:
        match = match_expression(query, search.filters, self._known_dates(search))
        relevance = search.order is Order.RELEVANCE and bool(query.wanted)
        wanted: dict[str, Any] = {"match": match, "limit": limit + 1, "after": after}
        if relevance:
            wanted["ranked"] = _RANKED
        elif not after:
            wanted["after"] = _BEYOND
        statement = _STATEMENTS[Order.RELEVANCE if relevance else Order.NEWEST]
        rows = self._db.rows(statement, wanted)
        found = self._db.value(_COUNT, {"match": match, "limit": COUNTED + 1})
        shown = rows[:limit]
        following = None
        if len(rows) > limit:
            following = str(after + limit) if relevance else str(shown[-1][-1])
        return Page(tuple(map(listing.summary_of, shown)), following, found=int(found))

    def _known_dates(self, search: Search) -> tuple[str, str] | None:
        if search.filters.since is None and search.filters.until is None:
            return None
        first, last = self._db.value(_FIRST_DATE), self._db.value(_LAST_DATE)
        return None if first is None else (first, last)

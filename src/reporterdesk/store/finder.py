"""Finding reports by their words: one page after another, and what is shown of each."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Executable, text

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

_FIND = text(
    "SELECT rowid FROM report_words WHERE report_words MATCH :match AND rowid < :after"
    " ORDER BY rowid DESC LIMIT :limit"
)
# The weights are those of standing, headline, people, facts, captions, body.
_RANK = text(
    "SELECT number FROM ("
    " SELECT rowid AS number, bm25(report_words, 0, 12, 5, 5, 4, 1) AS score FROM report_words"
    " WHERE report_words MATCH :match ORDER BY rowid DESC LIMIT :limit)"
    " ORDER BY score, number DESC"
)
# JSON, so that it is one statement, however many there are.
_LINES = text(
    f"SELECT {listing.SUMMARY}"  # noqa: S608 - it is written in this program
    " FROM json_each(:numbers) AS found CROSS JOIN reports AS r ON r.number = found.value"
    " LEFT JOIN outbox AS o ON o.report_id = r.id ORDER BY found.key"
)
_CONTENTS = text(
    "SELECT r.id, substr(r.headline, 1, 300), r.content"
    " FROM json_each(:ids) AS asked CROSS JOIN reports AS r ON r.id = asked.value"
)
_EVENT_DATE = (
    "SELECT event_date FROM reports WHERE event_date GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-*'"
    " ORDER BY event_date {way} LIMIT 1"
)
_CONTENT = text("SELECT substr(headline, 1, 300), content FROM reports WHERE id = :id")
_FIRST_DATE, _LAST_DATE = (text(_EVENT_DATE.format(way=way)) for way in ("ASC", "DESC"))
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
        start = None if after is None else int(after)
        return self._db.read_unless(superseded, lambda: self._page(query, search, start, limit))

    def hits(
        self, words: str, ids: Sequence[str], *, superseded: Callable[[], bool] = _never
    ) -> dict[str, Hit]:
        """Return where these reports have what ``words`` look for, to be shown.

        It takes a quarter of a millisecond each: for the rows in sight, not for all. Once
        ``superseded`` says so, the rest is left out.
        """
        query = read_query(words)
        if not query.wanted or not ids or superseded():
            return {}
        found: dict[str, Hit] = {}
        for report_id, headline, content in self._db.rows(_CONTENTS, {"ids": json.dumps(ids)}):
            if superseded():
                break
            found[report_id] = hit_of(query, headline, content_from_json(content))
        return found

    def _page(self, query: Query, search: Search, after: int | None, limit: int) -> Page:
        match = match_expression(query, search.filters, self._known_dates(search))
        if search.order is Order.RELEVANCE and query.wanted:
            ranked = self._numbers(_RANK, {"match": match, "limit": _RANKED})
            start = after or 0
            numbers, found = ranked[start : start + limit], len(ranked)
            following = start + limit if start + limit < found else None
        else:
            # The first page counts what there is, too; to find is cheap, to begin to is not.
            most = COUNTED + 1 if after is None else limit + 1
            beginning = _BEYOND if after is None else after
            wanted = {"match": match, "after": beginning, "limit": max(most, limit + 1)}
            newest = self._numbers(_FIND, wanted)
            numbers, found = newest[:limit], len(newest)
            following = numbers[-1] if len(newest) > limit else None
        rows = self._db.rows(_LINES, {"numbers": json.dumps(numbers)})
        return Page(
            tuple(map(listing.summary_of, rows)),
            None if following is None else str(following),
            found=min(found, COUNTED + 1),
        )

    def _numbers(self, statement: Executable, wanted: dict[str, Any]) -> list[int]:
        return [row[0] for row in self._db.rows(statement, wanted)]

    def _known_dates(self, search: Search) -> tuple[str, str] | None:
        if search.filters.since is None and search.filters.until is None:
            return None
        first, last = self._db.value(_FIRST_DATE), self._db.value(_LAST_DATE)
        return None if first is None else (first, last)

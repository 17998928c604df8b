"""Searching the review queue, which is at the desk: only what its list says is known of it here."""

from __future__ import annotations

from collections.abc import Iterable

from reporterdesk.domain.report import ReportSummary
from reporterdesk.domain.searching import Filters, Hit, Search
from reporterdesk.text.finding import read_query, spans_of
from reporterdesk.text.folding import fold


def found_in(
    queue: Iterable[ReportSummary], search: Search
) -> tuple[list[ReportSummary], dict[str, Hit]]:
    """Return the reports of the queue that ``search`` finds, and where their headlines have it.

    It finds every word, also within longer ones, in the headline, the author, the section and the
    date; a queue is short.
    """
    query = read_query(search.words)
    rows, hits = [], {}
    for row in queue:
        said = fold(f"{row.headline} {row.detail} {row.section} {row.event_date}")
        wanted = all(_stands_in(term.words, said) for term in query.wanted)
        unwanted = any(_stands_in(term.words, said) for term in query.unwanted)
        nothing_to_find = bool(search.words.strip()) and not query
        if wanted and not unwanted and not nothing_to_find and _lets_pass(search.filters, row):
            rows.append(row)
            hits[row.id] = Hit(headline=spans_of(query, row.headline))
    return rows, hits


def _stands_in(words: tuple[str, ...], said: str) -> bool:
    return all(word in said for word in words)


def _lets_pass(filters: Filters, row: ReportSummary) -> bool:
    day = row.event_date
    return (
        (not filters.section or filters.section == row.section)
        and (filters.status is None or filters.status is row.status)
        and (filters.since is None or day >= filters.since.isoformat())
        and (filters.until is None or "" < day <= filters.until.isoformat())
    )

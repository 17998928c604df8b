"""Looking through all reports, to show what would be replaced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from reporterdesk.domain.places import Place, place_of
from reporterdesk.domain.report import Report
from reporterdesk.domain.status import EDITABLE
from reporterdesk.store.store import Store
from reporterdesk.text.excerpts import Excerpt, excerpt_around
from reporterdesk.text.pattern import Pattern
from reporterdesk.workflow.library.words import Part, WordsHit, fingerprint, hits_of
from reporterdesk.workflow.running import RunInStore

MOST = 2_000
"""So many hits are shown at once; the rest is found when these have been replaced."""
_CHUNK = 20
"""Reports that are read in one go of the store thread, which has others to serve."""


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit as it is shown: the line around it."""

    part: Part
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class FoundReport:
    """A report in which something was found; ``fingerprint`` says which text that was."""

    report_id: str
    headline: str
    place: Place
    changeable: bool
    fingerprint: str
    hits: tuple[ShownHit, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in how many reports, the newest first; ``more``: there is more than that."""

    reports: tuple[FoundReport, ...]
    looked_through: int
    more: bool = False


def look_through(
    run: RunInStore,
    pattern: Pattern,
    *,
    only_changeable: bool,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Looked | None:
    """Look through all reports but those in the trash; ``None`` once it was ``cancelled``.

    Runs on a thread of the pool; the store is read in small steps.

    :param progress: told how many of how many have been looked through.
    :raises ExpressionTooSlow: the expression would take too long.
    """
    ids = tuple(reversed(run(_ids)))
    found: list[FoundReport] = []
    room = MOST
    for start in range(0, len(ids), _CHUNK):
        if cancelled():
            return None
        for report in run(_Reading(ids[start : start + _CHUNK], only_changeable)):
            hits = tuple(islice(hits_of(report.content, pattern), room + 1))
            if len(hits) > room:
                hits = hits[:room]
                return Looked((*found, *_found(report, hits)), start + _CHUNK, more=True)
            found += _found(report, hits)
            room -= len(hits)
        progress(min(start + _CHUNK, len(ids)), len(ids))
    return Looked(tuple(found), len(ids))


def _found(report: Report, hits: tuple[WordsHit, ...]) -> list[FoundReport]:
    if not hits:
        return []
    content = report.content
    shown = (
        ShownHit(hit.part, excerpt_around(hit.words, hit.found.start, hit.found.end))
        for hit in hits
    )
    return [
        FoundReport(
            report.id,
            content.headline,
            place_of(report.status),
            report.status in EDITABLE,
            fingerprint(content),
            tuple(shown),
        )
    ]


def _ids(store: Store) -> tuple[str, ...]:
    return store.reports.ids()


@dataclass(frozen=True, slots=True)
class _Reading:
    ids: tuple[str, ...]
    only_changeable: bool

    def __call__(self, store: Store) -> list[Report]:
        found = (store.reports.find(report_id) for report_id in self.ids)
        return [
            report
            for report in found
            if report is not None
            and report.trashed_at is None
            and (report.status in EDITABLE or not self.only_changeable)
        ]

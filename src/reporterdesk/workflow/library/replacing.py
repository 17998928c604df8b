"""Replacing in many reports, each in one transaction; and taking all of it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.errors import ReporterDeskError
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import EDITABLE
from reporterdesk.store.store import Store
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.library.words import Wish, fingerprint, with_new_words
from reporterdesk.workflow.remembering import remember
from reporterdesk.workflow.running import RunInStore


@dataclass(frozen=True, slots=True)
class Task:
    """Which hits of a report are to be replaced, of the text that has this fingerprint."""

    report_id: str
    headline: str
    fingerprint: str
    chosen: frozenset[int]


@dataclass(frozen=True, slots=True)
class Changed:
    """A report that was changed, with its text before and after."""

    report_id: str
    before: ReportContent
    after: ReportContent
    places: int


class Why(Enum):
    """Why a report was left as it is."""

    GONE = auto()
    MOVED_ON = auto()
    """It has been filed or thrown away meanwhile."""
    REWRITTEN = auto()
    """Its text is another one now."""


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A report in which nothing was changed."""

    headline: str
    why: Why


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was changed and what was not; ``stopped`` is the error at which it ended early."""

    changed: tuple[Changed, ...] = ()
    left: tuple[LeftAlone, ...] = ()
    stopped: ReporterDeskError | None = None

    def and_then(self, other: Outcome) -> Outcome:
        """Return both as one."""
        return Outcome(
            (*self.changed, *other.changed),
            (*self.left, *other.left),
            self.stopped or other.stopped,
        )


_One = Callable[[], Changed | LeftAlone]


def replace_in_reports(
    run: RunInStore,
    tasks: Sequence[Task],
    wish: Wish,
    *,
    clock: Clock,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Outcome:
    """Replace in one report after the other. Runs on a thread of the pool.

    Each report is changed as a whole or not at all, after its text was kept as a moment of its
    history. A report whose text is another one by now is left alone, so that doing it again, as
    after a crash, changes nothing twice. An error ends it; what was done until then stands.
    """
    ones = [partial(_replace, run, task, wish, clock) for task in tasks]
    return _each(ones, progress, cancelled)


def take_back(
    run: RunInStore,
    changed: Sequence[Changed],
    *,
    clock: Clock,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Outcome:
    """Give reports their former text; those that were written on since then are left alone."""
    ones = [partial(_take_back, run, one, clock) for one in changed]
    return _each(ones, progress, cancelled)


def _each(
    ones: Sequence[_One], progress: Callable[[int, int], None], cancelled: Callable[[], bool]
) -> Outcome:
    changed: list[Changed] = []
    left: list[LeftAlone] = []
    stopped = None
    for number, one in enumerate(ones, start=1):
        if cancelled():
            break
        try:
            result = one()
        except ReporterDeskError as error:
            stopped = error
            break
        if isinstance(result, Changed):
            changed.append(result)
        else:
            left.append(result)
        progress(number, len(ones))
    return Outcome(tuple(changed), tuple(left), stopped)


def _replace(run: RunInStore, task: Task, wish: Wish, clock: Clock) -> Changed | LeftAlone:
    found = run(_Finding(task.report_id))
    if found is None:
        return LeftAlone(task.headline, Why.GONE)
    if fingerprint(found.content) != task.fingerprint:
        return LeftAlone(task.headline, Why.REWRITTEN)
    # Here, on a thread of the pool: an expression takes its time.
    after = with_new_words(found.content, wish, task.chosen)
    swap = Swap(task.report_id, found.content, after, clock, SnapshotReason.BEFORE_REPLACE)
    result = run(swap)
    if isinstance(result, Why):
        return LeftAlone(task.headline, result)
    return Changed(task.report_id, found.content, result.content, len(task.chosen))


def _take_back(run: RunInStore, one: Changed, clock: Clock) -> Changed | LeftAlone:
    result = run(Swap(one.report_id, one.after, one.before, clock, None))
    if isinstance(result, Why):
        return LeftAlone(one.after.headline, result)
    return Changed(one.report_id, one.after, result.content, one.places)


@dataclass(frozen=True, slots=True)
class Swap:
    """Gives a report another text in one transaction, if it still has the one ``before``.

    Called on the store thread; returns the report, or why it was left alone.

    :raises StoreFull: nothing was changed.
    """

    report_id: str
    before: ReportContent
    after: ReportContent
    clock: Clock
    keep: SnapshotReason | None
    """For which reason the text before is kept in the history; ``None``: it is not."""

    def __call__(self, store: Store) -> Report | Why:
        with store.transaction():
            report = store.reports.find(self.report_id)
            if report is None:
                return Why.GONE
            if report.trashed_at is not None or report.status not in EDITABLE:
                return Why.MOVED_ON
            if report.content != self.before:
                return Why.REWRITTEN
            if self.keep is not None:
                remember(store, self.report_id, self.keep, clock=self.clock)
            return save_draft(store, self.report_id, self.after, clock=self.clock)


@dataclass(frozen=True, slots=True)
class _Finding:
    report_id: str

    def __call__(self, store: Store) -> Report | None:
        return store.reports.find(self.report_id)

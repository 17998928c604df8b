"""Reads a report’s moments on the store thread and compares them in the pool."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reporterdesk.domain.history import SnapshotInfo
from reporterdesk.domain.report import ReportContent
from reporterdesk.ui.drafts import Background, Draft
from reporterdesk.workflow.comparing import Comparison, compare

if TYPE_CHECKING:
    from reporterdesk.store.store import Store

_KEPT = 24
"""How many moments are not read again while somebody goes to and fro."""


@dataclass(frozen=True, slots=True)
class Look:
    """A wish to see one moment of a report beside what stands in the window."""

    report_id: str
    moment: SnapshotInfo
    draft: Draft


@dataclass(frozen=True, slots=True)
class Seen:
    """A moment of a report, the report as it stands in the window, and what changed between."""

    look: Look
    then: ReportContent
    now: ReportContent
    comparison: Comparison


class HistoryReader(QObject):
    """Reads one moment at a time; of many wishes only the latest is fulfilled. On the UI thread.

    While a slider is dragged, at most one wish is on the store thread, so that saving never waits
    behind a row of them.

    :ivar listed: emits a report’s id and its moments, the oldest first.
    :ivar seen: emits a :class:`Seen`, of the latest wish only.
    :ivar failed: emits the report’s id and the error with which the latest wish ended.
    """

    listed = Signal(str, object)
    seen = Signal(object)
    failed = Signal(str, object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._kept: OrderedDict[int, ReportContent] = OrderedDict()
        self._wanted: Look | None = None
        self._busy = False

    def list_moments(self, report_id: str) -> None:
        """Read which moments of a report there are."""
        self._background.in_store(
            _List(report_id),
            partial(self.listed.emit, report_id),
            partial(self.failed.emit, report_id),
        )

    def look(self, look: Look) -> None:
        """Read and compare a moment; what was wished before is dropped."""
        self._wanted = look
        if not self._busy:
            self._begin(look)

    def forget(self) -> None:
        """Drop every wish, and every text that was read."""
        self._wanted = None
        self._kept.clear()

    def _begin(self, look: Look) -> None:
        self._busy = True
        kept = self._kept.get(look.moment.number)
        if kept is not None:
            self._compare(look, kept)
            return
        read = _Read(look.moment.number)
        self._background.in_store(read, partial(self._read, look), partial(self._fail, look))

    def _read(self, look: Look, content: ReportContent) -> None:
        if self._wanted is not None:
            self._kept[look.moment.number] = content
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        if look is self._wanted:
            self._compare(look, content)
        else:
            self._next()

    def _compare(self, look: Look, content: ReportContent) -> None:
        done, fail = partial(self._compared, look), partial(self._fail, look)
        self._background.in_pool(_Compare(look, content), done, fail)

    def _compared(self, look: Look, seen: Seen) -> None:
        if look is self._wanted:
            self._busy, self._wanted = False, None
            self.seen.emit(seen)
        else:
            self._next()

    def _fail(self, look: Look, error: Exception) -> None:
        if look is self._wanted:
            self._busy, self._wanted = False, None
            self.failed.emit(look.report_id, error)
        else:
            self._next()

    def _next(self) -> None:
        self._busy = False
        if self._wanted is not None:
            self._begin(self._wanted)


@dataclass(frozen=True, slots=True)
class _List:
    report_id: str

    def __call__(self, store: Store) -> tuple[SnapshotInfo, ...]:
        return store.snapshots.of_report(self.report_id)


@dataclass(frozen=True, slots=True)
class _Read:
    number: int

    def __call__(self, store: Store) -> ReportContent:
        return store.snapshots.content(self.number)


@dataclass(frozen=True, slots=True)
class _Compare:
    look: Look
    then: ReportContent

    def __call__(self) -> Seen:
        now = self.look.draft.whole()
        return Seen(self.look, self.then, now, compare(self.then, now))

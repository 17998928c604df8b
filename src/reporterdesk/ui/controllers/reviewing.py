"""The editor's reading: a report as it is kept here at once, and as the desk has it a moment later.

Nothing here is needed for the first screen: what speaks to the network is imported when it runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Signal, Slot

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.domain.errors import NoConnection, SignInNeeded
from reporterdesk.domain.reviewed import ReviewedReport
from reporterdesk.ui.drafts import Background

if TYPE_CHECKING:
    from reporterdesk.publishing.connector import Connector
    from reporterdesk.store.store import Store
    from reporterdesk.workflow.running import RunInStore

Connect: TypeAlias = "Callable[[], Connector | None]"
"""Returns a connector for whoever is signed in, or ``None``. Called in the pool."""


class ReviewController(QObject):
    """Opens reports for review. Lives on the UI thread, never waits.

    :ivar opened: emits the :class:`ReviewedReport` that was asked for last: as it is kept here,
        and again as the desk has it.
    :ivar open_failed: emits the report's id and the error, where nothing could be shown.
    """

    opened = Signal(object)
    open_failed = Signal(str, object)

    def __init__(
        self,
        background: Background,
        connect: Connect,
        run: RunInStore,
        *,
        clock: Clock = utc_now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._connect = connect
        self._run = run
        self._clock = clock
        self._wanted: str | None = None
        self._kept: ReviewedReport | None = None
        self._fresh = False

    @Slot(str)
    def open(self, report_id: str) -> None:
        """Show a report's newest revision."""
        if report_id != self._wanted:
            self._kept = None
        self._wanted, self._fresh = report_id, False
        if self._kept is None:
            self._background.in_store(partial(_kept, report_id=report_id), self._found, _nothing)
        reading = _Reading(
            report_id, self._connect, self._run, self._clock, self._arrived, self._failed
        )
        self._background.in_pool(reading, reading.done, reading.failed)

    @Slot(str)
    def open_kept(self, report_id: str) -> None:
        """Show the report that is open as it is kept here by now; no call is made."""
        if report_id == self._wanted:
            self._fresh = False
            self._background.in_store(partial(_kept, report_id=report_id), self._found, _nothing)

    def _found(self, report: ReviewedReport | None) -> None:
        if report is not None and report.id == self._wanted and not self._fresh:
            self._kept = report
            self.opened.emit(report)

    def _arrived(self, report: ReviewedReport) -> None:
        if report.id == self._wanted:
            self._kept, self._fresh = report, True
            self.opened.emit(report)

    def _failed(self, report_id: str, error: Exception) -> None:
        kept = self._kept
        if report_id == self._wanted and kept is not None and isinstance(error, NoConnection):
            self.opened.emit(replace(kept, offline=error.happened))
        elif report_id == self._wanted:
            self.open_failed.emit(report_id, error)


def _connected(connect: Connect) -> Connector:
    connector = connect()
    if connector is None:
        raise SignInNeeded(safe="", next_step="Sign in to read and decide on reports.")
    return connector


@dataclass(frozen=True, slots=True)
class _Reading:
    report_id: str
    connect: Connect
    run: RunInStore
    clock: Clock
    arrived: Callable[[ReviewedReport], None]
    tell_failed: Callable[[str, Exception], None]

    def __call__(self) -> ReviewedReport:
        from reporterdesk.workflow.reviewing import open_for_review

        connector = _connected(self.connect)
        return open_for_review(connector, self.run, self.report_id, clock=self.clock)

    def done(self, report: ReviewedReport) -> None:
        self.arrived(report)

    def failed(self, error: Exception) -> None:
        self.tell_failed(self.report_id, error)


def _kept(store: Store, report_id: str) -> ReviewedReport | None:
    from reporterdesk.workflow.reviewing import kept_report

    return kept_report(store, report_id)


def _nothing(_error: object) -> None:
    """The desk is asked all the same."""

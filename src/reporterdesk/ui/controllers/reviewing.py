"""The editor's calls to the desk, off the UI thread: read a report, decide on it, show its photos.

Nothing here is needed for the first screen: what speaks to the network is imported when it runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Signal, Slot

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.domain.errors import SignInNeeded
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.reviewed import ReviewedReport
from reporterdesk.domain.status import Action
from reporterdesk.ui.drafts import Background

if TYPE_CHECKING:
    from reporterdesk.publishing.connector import Connector
    from reporterdesk.workflow.running import RunInStore

Connect: TypeAlias = "Callable[[], Connector | None]"
"""Returns a connector for whoever is signed in, or ``None``. Called in the pool."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A decision that an editor wants to make on the revision they saw."""

    report_id: str
    revision_id: str
    action: Action
    note: str = ""


class ReviewController(QObject):
    """Opens reports for review and records decisions. Lives on the UI thread, never waits.

    The same wish, tried again after a lost answer, keeps its decision id: it is recorded once.

    :ivar opened: emits the :class:`ReviewedReport` that was asked for last.
    :ivar open_failed: emits the report's id and the error.
    :ivar decided: emits the :class:`Wish` that the desk has recorded.
    :ivar not_decided: emits the :class:`Wish` and the error.
    """

    opened = Signal(object)
    open_failed = Signal(str, object)
    decided = Signal(object)
    not_decided = Signal(object, object)

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
        self._tried: tuple[Wish, str] | None = None

    @Slot(str)
    def open(self, report_id: str) -> None:
        """Read the newest revision of a report from the desk."""
        self._wanted = report_id
        reading = _Reading(
            report_id, self._connect, self._run, self._clock, self._arrived, self.open_failed.emit
        )
        self._background.in_pool(reading, reading.done, reading.failed)

    def decide(self, wish: Wish) -> None:
        """Record a decision at the desk."""
        same = self._tried is not None and self._tried[0] == wish
        decision_id = self._tried[1] if same and self._tried else new_id()
        self._tried = (wish, decision_id)
        deciding = _Deciding(
            wish, decision_id, self._connect, self._recorded, self.not_decided.emit
        )
        self._background.in_pool(deciding, deciding.done, deciding.failed)

    def _arrived(self, report: ReviewedReport) -> None:
        if report.id == self._wanted:
            self.opened.emit(report)

    def _recorded(self, wish: Wish) -> None:
        self._tried = None
        self.decided.emit(wish)


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


@dataclass(frozen=True, slots=True)
class _Deciding:
    wish: Wish
    decision_id: str
    connect: Connect
    recorded: Callable[[Wish], None]
    tell_failed: Callable[[Wish, Exception], None]

    def __call__(self) -> None:
        from reporterdesk.workflow.reviewing import decide

        wish = self.wish
        decide(
            _connected(self.connect),
            wish.report_id,
            wish.revision_id,
            wish.action,
            wish.note,
            decision_id=self.decision_id,
        )

    def done(self, _nothing: None) -> None:
        self.recorded(self.wish)

    def failed(self, error: Exception) -> None:
        self.tell_failed(self.wish, error)

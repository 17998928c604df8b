"""Sending the photos of the whole outbox at 1,600 pixels: one report after the other."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Slot

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.errors import TransitionRefused
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.background import Background
from reporterdesk.ui.controllers.resizing import ReadPlan, ResizeProgress, Resizing
from reporterdesk.ui.outbox.model import OutboxModel
from reporterdesk.ui.outbox.panel import OutboxPanel
from reporterdesk.ui.outbox.standing import Outlook
from reporterdesk.ui.outbox.times import NOT_WORTH_IT, expected_words

if TYPE_CHECKING:
    from reporterdesk.workflow.resizing import ResizePlan

ACTION = "sync.all_smaller"
_Key: TypeAlias = tuple[str, DeliveryState, int]
"""Revision, state and photos that have arrived: while they stay, so does what could be spared."""


class ResizingAll(QObject):
    """Offers it where there is time to be won, and does it. Lives on the UI thread.

    What could be spared is read only while the outbox is in sight and takes long, one report at a
    time, and kept. Each report is filed anew by itself: cancelled in between, those before it go
    out smaller, and those after it as they were.
    """

    def __init__(
        self,
        actions: Actions,
        background: Background,
        panel: OutboxPanel,
        model: OutboxModel,
        outlook: Outlook,
        resizing: Resizing,
        *,
        clock: Clock,
    ) -> None:
        super().__init__(resizing)
        self._actions, self._background = actions, background
        self._panel, self._model, self._outlook = panel, model, outlook
        self._resizing, self._clock = resizing, clock
        self._plans: dict[str, tuple[_Key, ResizePlan | None]] = {}
        self._reading = ""
        self._queue: deque[str] = deque()
        self._total = 0
        actions.bind(ACTION, self.begin)
        actions.enable(False, ACTION)
        panel.smaller.clicked.connect(actions.action(ACTION).trigger)
        resizing.filed.connect(self._done)
        resizing.nothing.connect(self._done)
        resizing.cancelled.connect(self.stop)
        resizing.failed.connect(self._failed)

    @property
    def busy(self) -> bool:
        """Whether reports are being made smaller one after the other."""
        return self._total > 0

    def look(self) -> None:
        """Offer it, or not, as things are now; what is not known of a report is read."""
        now, last = self._clock(), self._last()
        late = last is not None and last - now >= NOT_WORTH_IT
        if not late or self.busy or self._resizing.report_id or not self._panel.isVisible():
            self._offer("")
            return
        rows = self._model.deliveries()
        self._plans = {
            row.report_id: self._plans[row.report_id]
            for row in rows
            if row.report_id in self._plans
        }
        unknown = next((row for row in rows if self._is_news(row)), None)
        if unknown is not None:
            self._read(unknown)
        elif last is not None:
            self._offer(self._words(last, now))

    @Slot()
    def begin(self) -> None:
        """Make the photos of every report smaller that is worth it; nothing while one is made."""
        if self._resizing.report_id or self.busy:
            return
        rows = self._model.deliveries()
        self._queue = deque(row.report_id for row in rows if self._plan(row) is not None)
        self._total = len(self._queue)
        self._next()

    @Slot()
    def stop(self) -> None:
        """Begin with no further report."""
        self._queue.clear()
        self._total = 0

    def progress_words(self, progress: ResizeProgress) -> str:
        """Say how far the work is."""
        said = self.tr("Making the photos smaller: %1 of %2.")
        if self._total > 1:
            said = self.tr("Making the photos smaller: %1 of %2 in report %3 of %4.")
        numbers = (progress.number, progress.total, self._total - len(self._queue), self._total)
        for place, number in enumerate(numbers, start=1):
            said = said.replace(f"%{place}", self._panel.locale().toString(number))
        return said

    def _next(self) -> None:
        if not self._queue:
            self.stop()
            self.look()
            return
        self._offer("")
        self._resizing.begin(self._queue.popleft())

    @Slot()
    def _done(self) -> None:
        if self.busy:
            self._next()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        """Go on where only this report has moved on; on a full disk, for one, stop."""
        if self.busy and isinstance(error, TransitionRefused):
            self._next()
        else:
            self.stop()

    def _last(self) -> datetime | None:
        rows = self._model.deliveries()
        times = [at for row in rows if (at := self._model.expected(row.report_id)) is not None]
        return max(times, default=None)

    def _words(self, last: datetime, now: datetime) -> str:
        plans = [plan for row in self._model.deliveries() if (plan := self._plan(row)) is not None]
        rate = self._outlook.rate
        if len(plans) < 2 or not rate:
            return ""
        spared = timedelta(seconds=sum(plan.bytes_spared for plan in plans) / rate)
        said = self.tr("Send all photos at 1,600 px: %1")
        return said.replace("%1", expected_words(max(now, last - spared), now))

    def _offer(self, words: str) -> None:
        self._panel.offer_smaller(words)
        self._actions.enable(bool(words), ACTION)

    def _plan(self, row: Delivery) -> ResizePlan | None:
        return self._plans.get(row.report_id, (None, None))[1]

    def _is_news(self, row: Delivery) -> bool:
        return self._plans.get(row.report_id, (None, None))[0] != _key(row)

    def _read(self, row: Delivery) -> None:
        if not self._reading:
            self._reading = row.report_id
            read = _Read(self, row.report_id, _key(row))
            self._background.in_store(ReadPlan(row.report_id), read, read.failed)

    def know(self, report_id: str, key: _Key, plan: ResizePlan | None) -> None:
        """Know what could be spared of a report that stands as ``key`` says."""
        self._reading = ""
        self._plans[report_id] = (key, plan)
        self.look()


def _key(row: Delivery) -> _Key:
    return row.revision_id, row.state, row.photos_delivered


@dataclass(frozen=True, slots=True)
class _Read:
    """Takes a plan that was read; where it cannot be read, there is none."""

    every: ResizingAll
    report_id: str
    key: _Key

    def __call__(self, plan: ResizePlan | None) -> None:
        self.every.know(self.report_id, self.key, plan)

    def failed(self, _error: Exception) -> None:
        self.every.know(self.report_id, self.key, None)

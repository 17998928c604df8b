"""Sending at 1,600 pixels, step by step: pictures on their own thread, the store on its own."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.domain.errors import PhotoError
from reporterdesk.ui.background import Background

if TYPE_CHECKING:
    from reporterdesk.domain.delivery import Delivery
    from reporterdesk.domain.photo import Rendition
    from reporterdesk.photos.smaller import SmallerPhoto
    from reporterdesk.store.store import Store
    from reporterdesk.workflow.resizing import ResizePlan


@dataclass(frozen=True, slots=True)
class ResizeProgress:
    """How far the work is: ``number`` of ``total`` photos is being made."""

    report_id: str
    number: int
    total: int


@dataclass(slots=True)
class _Work:
    """One report's photos: what waits, and what was made."""

    plan: ResizePlan
    waiting: deque[tuple[str, Rendition]]
    made: dict[str, Rendition] = field(default_factory=dict)


class Resizing(QObject):
    """Makes a report's photos smaller, one at a time, and files it anew. On the UI thread.

    Nothing is changed before the last step, which is one transaction: until then it can be
    cancelled, and a process that ends leaves the report as it was. A photo that cannot be read
    stays as it is.

    :ivar progressed: emits :class:`ResizeProgress`.
    :ivar filed: emits the :class:`Delivery` that stands in the outbox now.
    :ivar nothing: emitted where there is nothing to make smaller any more.
    :ivar cancelled: emits the report's id.
    :ivar failed: emits the error; nothing was changed.
    """

    progressed = Signal(object)
    filed = Signal(object)
    nothing = Signal()
    cancelled = Signal(str)
    failed = Signal(object)

    def __init__(
        self, background: Background, *, clock: Clock = utc_now, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._background, self._clock = background, clock
        self._work: _Work | None = None
        self._beginning = ""
        self._stopped = False

    @property
    def report_id(self) -> str:
        """Whose photos are being made smaller, or ``""``."""
        return self._work.plan.report_id if self._work else self._beginning

    @Slot(str)
    def begin(self, report_id: str) -> None:
        """Begin with a report; while another is at work, nothing happens."""
        if not self.report_id:
            self._beginning, self._stopped = report_id, False
            self._background.in_store(ReadPlan(report_id), self._planned, self._failed)

    @Slot()
    def cancel(self) -> None:
        """Stop after the picture that is being made; nothing has been changed then."""
        self._stopped = True

    def _planned(self, plan: ResizePlan | None) -> None:
        self._beginning = ""
        if plan is None:
            self.nothing.emit()
            return
        self._work = _Work(plan, deque(plan.fulls.items()))
        self._next()

    def _next(self) -> None:
        work = self._work
        if work is None:
            return
        if self._stopped:
            self._work = None
            self.cancelled.emit(work.plan.report_id)
            return
        if not work.waiting:
            filing = _File(work.plan, dict(work.made), self._clock)
            self._background.in_store(filing, self._filed, self._failed)
            return
        total = len(work.plan.fulls)
        number = total - len(work.waiting) + 1
        self.progressed.emit(ResizeProgress(work.plan.report_id, number, total))
        self._background.in_store(_Read(work.waiting[0][1].sha256), self._read, self._not_made)

    def _read(self, data: bytes) -> None:
        self._background.in_images(_Make(data), self._made, self._not_made)

    def _made(self, smaller: SmallerPhoto) -> None:
        self._background.in_store(_Keep(smaller), self._kept, self._failed)

    def _kept(self, rendition: Rendition) -> None:
        if self._work is not None:
            self._work.made[self._work.waiting.popleft()[0]] = rendition
        self._next()

    def _not_made(self, error: Exception) -> None:
        if not isinstance(error, PhotoError):
            self._failed(error)
        elif self._work is not None:
            self._work.waiting.popleft()
            self._next()

    def _filed(self, delivery: Delivery) -> None:
        self._work = None
        self.filed.emit(delivery)

    def _failed(self, error: Exception) -> None:
        self._work, self._beginning = None, ""
        self.failed.emit(error)


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """Reads what sending a report at 1,600 pixels would be, on the store thread."""

    report_id: str

    def __call__(self, store: Store) -> ResizePlan | None:
        """Return the plan; ``None`` where it cannot be offered."""
        from reporterdesk.workflow.resizing import plan

        return plan(store, self.report_id)


@dataclass(frozen=True, slots=True)
class _Read:
    sha256: str

    def __call__(self, store: Store) -> bytes:
        return store.photos.read(self.sha256)


@dataclass(frozen=True, slots=True)
class _Make:
    data: bytes

    def __call__(self) -> SmallerPhoto:
        from reporterdesk.photos.smaller import make_smaller

        return make_smaller(self.data)


@dataclass(frozen=True, slots=True)
class _Keep:
    smaller: SmallerPhoto

    def __call__(self, store: Store) -> Rendition:
        from reporterdesk.workflow.resizing import keep

        return keep(store, self.smaller)


@dataclass(frozen=True, slots=True)
class _File:
    plan: ResizePlan
    made: dict[str, Rendition]
    clock: Clock

    def __call__(self, store: Store) -> Delivery:
        from reporterdesk.workflow.resizing import file_smaller

        plan = self.plan
        return file_smaller(store, plan.report_id, plan.revision_id, self.made, clock=self.clock)

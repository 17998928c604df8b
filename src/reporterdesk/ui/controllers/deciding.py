"""What an editor decides: written down at once, sent by the engine, and told when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.errands import Errand, ErrandState
from reporterdesk.domain.reviewed import ReviewedReport
from reporterdesk.domain.status import Action
from reporterdesk.ui.background import Background

if TYPE_CHECKING:
    from reporterdesk.store.store import Store


class Deciding(QObject):
    """Lives on the UI thread, and never waits.

    Nothing here needs a connection: what is wanted stands in the store before it is sent, and
    stays there until the desk has answered.

    :param wake: lets the engine look at once.
    :ivar changed: emits all :class:`Errand` of the person signed in that are not done.
    :ivar done: emits the errand that the desk has carried out.
    :ivar not_done: emits the errand that came too late or was refused, as the answer came.
    :ivar refused: emits why something could not even be written down.
    """

    changed = Signal(object)
    done = Signal(object)
    not_done = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        background: Background,
        wake: Callable[[], object],
        *,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._wake = wake
        self._clock = clock
        self.pending: tuple[Errand, ...] = ()

    @Slot()
    def read(self) -> None:
        """Read again what is wanted and not done."""
        self._background.in_store(_pending, self._arrived)

    def of_report(self, report_id: str) -> tuple[Errand, ...]:
        """Return what is wanted with one report."""
        return tuple(errand for errand in self.pending if errand.report_id == report_id)

    def decide(
        self,
        report: ReviewedReport,
        action: Action,
        note: str = "",
        publish_at: datetime | None = None,
    ) -> None:
        """Want a decision on the revision that is seen."""
        self._want(_Wish(report, action, note, publish_at, self._clock))

    def want_photos(self, report: ReviewedReport, photos: tuple[str, ...]) -> None:
        """Want these photos before the others."""
        self._want(_PhotosFirst(report, photos, self._clock))

    def send_again(self, errand_id: str, revision_id: str) -> None:
        """Want once more, on another revision, what came too late or was refused."""
        self._want(_Again(errand_id, revision_id, self._clock))

    def take_back(self, errand_id: str) -> None:
        """Take back what has not left this laptop."""
        self._want(partial(_take_back, errand_id=errand_id))

    def dismiss(self, errand_id: str) -> None:
        """Put away what came too late or was refused; it has been read."""
        self._want(partial(_dismiss, errand_id=errand_id))

    @Slot(object)
    def hear(self, errand: Errand) -> None:
        """Take up what the engine tells."""
        # At once: what reads the report again must not hear after it that the errand stood.
        done = errand.state is ErrandState.DONE
        others = (each for each in self.pending if each.id != errand.id or not done)
        self._arrived(tuple(errand if each.id == errand.id else each for each in others))
        self.read()
        if errand.state is ErrandState.DONE:
            self.done.emit(errand)
        elif not errand.is_open:
            self.not_done.emit(errand)

    def _want(self, work: Callable[[Store], object]) -> None:
        self._background.in_store(work, self._written, self._not_written)

    def _written(self, _result: object) -> None:
        self._wake()
        self.read()

    def _not_written(self, error: Exception) -> None:
        self.read()
        self.refused.emit(error)

    def _arrived(self, pending: tuple[Errand, ...]) -> None:
        self.pending = pending
        self.changed.emit(pending)


@dataclass(frozen=True, slots=True)
class _Wish:
    report: ReviewedReport
    action: Action
    note: str
    publish_at: datetime | None
    clock: Clock

    def __call__(self, store: Store) -> Errand:
        from reporterdesk.workflow.deciding import wish_decision

        report = self.report
        return wish_decision(
            store,
            report.id,
            report.revision_id,
            self.action,
            self.note,
            headline=report.content.headline,
            publish_at=self.publish_at,
            clock=self.clock,
        )


@dataclass(frozen=True, slots=True)
class _PhotosFirst:
    report: ReviewedReport
    photos: tuple[str, ...]
    clock: Clock

    def __call__(self, store: Store) -> Errand:
        from reporterdesk.workflow.deciding import wish_photos

        headline = self.report.content.headline
        return wish_photos(store, self.report.id, self.photos, headline=headline, clock=self.clock)


@dataclass(frozen=True, slots=True)
class _Again:
    errand_id: str
    revision_id: str
    clock: Clock

    def __call__(self, store: Store) -> Errand | None:
        from reporterdesk.workflow.deciding import send_again

        return send_again(store, self.errand_id, self.revision_id, clock=self.clock)


def _take_back(store: Store, errand_id: str) -> Errand:
    from reporterdesk.workflow.deciding import take_back

    return take_back(store, errand_id)


def _dismiss(store: Store, errand_id: str) -> None:
    from reporterdesk.workflow.deciding import dismiss

    dismiss(store, errand_id)


def _pending(store: Store) -> tuple[Errand, ...]:
    from reporterdesk.workflow.deciding import pending

    return pending(store)

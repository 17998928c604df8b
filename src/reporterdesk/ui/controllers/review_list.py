"""The rows of the review queue: what is kept of it here, and what waits to be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.domain.report import ReportSummary
from reporterdesk.domain.status import Status
from reporterdesk.ui.background import Background

if TYPE_CHECKING:
    from reporterdesk.domain.errands import Errand
    from reporterdesk.store.store import Store
    from reporterdesk.wire.messages import ReportLine
    from reporterdesk.workflow.reviewing import ReviewQueue


class ReviewList(QObject):
    """Reads the queue from the store, where listening keeps it; no call is made. On the UI thread.

    :ivar changed: emitted when there are other rows.
    :ivar told: emits why, and as of when, the queue may be older than the desk's; or ``""``.
    """

    changed = Signal()
    told = Signal(str)

    def __init__(
        self, background: Background, *, clock: Clock = utc_now, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._clock = clock
        self._queue: ReviewQueue | None = None
        self._beside: tuple[ReportLine, ...] = ()
        self._pending: tuple[Errand, ...] = ()
        self._why = ""

    def read(self) -> None:
        """Read the queue again."""
        self._background.in_store(_kept, self._arrived, _nothing)

    def rows(self) -> tuple[ReportSummary, ...]:
        """Return the reports, newest change first; before them, what is in no queue any more."""
        said = self._said()
        lines = self._queue.lines if self._queue else ()
        here = {line.id for line in lines}
        beside = {line.id: line for line in self._beside}
        gone = {errand.report_id: errand for errand in self._pending if errand.note_worthy}
        return (
            *(
                _summary(beside[id_], said[id_]) if id_ in beside else _gone(errand, said[id_])
                for id_, errand in gone.items()
                if id_ not in here
            ),
            *(_summary(line, said.get(line.id, "")) for line in lines),
        )

    @property
    def waiting(self) -> int:
        """How many reports wait for the desk."""
        return len(self._queue.lines) if self._queue else 0

    @Slot(object)
    def show_pending(self, pending: tuple[Errand, ...]) -> None:
        """Know what is wanted and not done."""
        self._pending = pending
        self.changed.emit()
        if pending:
            self.read()

    @Slot(bool, str)
    def show_connection(self, online: bool, why: str) -> None:
        """Know whether the desk answers."""
        self._why = "" if online else why
        self.read()

    def _arrived(self, kept: tuple[ReviewQueue, tuple[ReportLine, ...]]) -> None:
        self._queue, self._beside = kept
        self.changed.emit()
        self.told.emit(self._age())

    def _age(self) -> str:
        seen_at = self._queue.seen_at if self._queue else None
        if not self._why or seen_at is None:
            return self._why
        from reporterdesk.ui.wording import as_of_word

        return f"{self._why} {as_of_word(seen_at, self._clock())}"

    def _said(self) -> dict[str, str]:
        """Return what is said of what is wanted, by report: what went wrong before the rest."""
        from reporterdesk.ui.errand_words import errand_line

        ordered = sorted(self._pending, key=lambda errand: not errand.is_open)
        return {e.report_id: errand_line(e) for e in ordered if e.note_worthy}


def _summary(line: ReportLine, said: str) -> ReportSummary:
    return ReportSummary(
        line.id,
        line.headline,
        line.section,
        line.event_date,
        Status(line.status),
        line.changed_at,
        said or _detail(line),
    )


def _gone(errand: Errand, said: str) -> ReportSummary:
    """Return a row for a report of which only what was wanted is known here."""
    at = errand.added_at
    return ReportSummary(errand.report_id, errand.headline, "", "", Status.FILED, at, said)


def _detail(line: ReportLine) -> str:
    parts = [line.author]
    if line.correction:
        parts.append("correction")
    if line.photos_held < line.photos_total:
        several = f"{line.photos_held} of {line.photos_total} photos"
        parts.append(several if line.photos_total > 1 else "photo on its way")
    return " · ".join(parts)


def _kept(store: Store) -> tuple[ReviewQueue, tuple[ReportLine, ...]]:
    from reporterdesk.workflow.bringing_down import lines_beside
    from reporterdesk.workflow.reviewing import kept_queue

    return kept_queue(store), lines_beside(store)


def _nothing(_result: object) -> None:
    """Where there is nothing to tell."""

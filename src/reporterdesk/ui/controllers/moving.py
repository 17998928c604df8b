"""Moves reports: opened, filed, taken back, revised, put into the trash and out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.domain.report import Report
from reporterdesk.ui.background import Background

if TYPE_CHECKING:
    from reporterdesk.store.store import Store
    from reporterdesk.text.tree import Document


class ReportMoves(QObject):
    """Carries each move out on the store thread, and tells what came of it. On the UI thread.

    :ivar opened: emits a :class:`Report` that was asked for, and its body as a tree.
    :ivar filed: emits the :class:`Report` that is in the outbox now.
    :ivar not_filed: emits the error, where a report could not be filed.
    :ivar moved: emits the :class:`Report` after any other move.
    :ivar taken_up: emits it besides, where it can be written on again after that move.
    :ivar trashed: emits the :class:`Report` that lies in the trash now.
    :ivar refused: emits the error of any other move.
    """

    opened = Signal(object, object)
    filed = Signal(object)
    not_filed = Signal(object)
    moved = Signal(object)
    taken_up = Signal(object)
    trashed = Signal(object)
    refused = Signal(object)

    def __init__(
        self, background: Background, *, clock: Clock = utc_now, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._clock = clock

    @Slot(str)
    def open(self, report_id: str) -> None:
        """Read a report."""
        self._background.in_store(_Open(report_id), self._has_opened, self.refused.emit)

    @Slot(str)
    def file(self, report_id: str) -> None:
        """Put a report into the outbox, if it is ready."""
        move = _Move(_file, report_id, self._clock)
        self._background.in_store(move, self.filed.emit, self.not_filed.emit)

    @Slot(str)
    def recall(self, report_id: str) -> None:
        """Take a report out of the outbox."""
        self._do(_recall, report_id, self._took_up)

    @Slot(str)
    def revise(self, report_id: str) -> None:
        """Open for writing again what the desk has."""
        self._do(_revise, report_id, self._took_up)

    @Slot(str)
    def trash(self, report_id: str) -> None:
        """Put a report into the trash."""
        self._do(_trash, report_id, self.trashed.emit)

    @Slot(str)
    def restore(self, report_id: str) -> None:
        """Take a report out of the trash."""
        self._do(_restore, report_id, self.moved.emit)

    def _has_opened(self, opened: tuple[Report, Document]) -> None:
        self.opened.emit(*opened)

    def _took_up(self, report: Report) -> None:
        self.moved.emit(report)
        self.taken_up.emit(report)

    def _do(self, what: _What, report_id: str, done: Callable[[Report], None]) -> None:
        move = _Move(what, report_id, self._clock)
        self._background.in_store(move, done, self.refused.emit)


_What = Callable[["Store", str, Clock], Report]


@dataclass(frozen=True, slots=True)
class _Move:
    """One move, on the store thread."""

    what: _What
    report_id: str
    clock: Clock

    def __call__(self, store: Store) -> Report:
        return self.what(store, self.report_id, self.clock)


@dataclass(frozen=True, slots=True)
class _Open:
    """Reads a report, and parses its body where nobody waits for it."""

    report_id: str

    def __call__(self, store: Store) -> tuple[Report, Document]:
        from reporterdesk.text.parse import parse
        from reporterdesk.workflow.drafting import open_report

        report = open_report(store, self.report_id)
        return report, parse(report.content.body)


def _file(store: Store, report_id: str, clock: Clock) -> Report:
    from reporterdesk.workflow.filing import file_report

    file_report(store, report_id, clock=clock)
    return store.reports.get(report_id)


def _recall(store: Store, report_id: str, clock: Clock) -> Report:
    from reporterdesk.workflow.filing import recall

    return recall(store, report_id, clock=clock)


def _revise(store: Store, report_id: str, clock: Clock) -> Report:
    from reporterdesk.workflow.correcting import revise

    return revise(store, report_id, clock=clock)


def _trash(store: Store, report_id: str, clock: Clock) -> Report:
    from reporterdesk.workflow.drafting import trash_report

    return trash_report(store, report_id, clock=clock)


def _restore(store: Store, report_id: str, _clock: Clock) -> Report:
    from reporterdesk.workflow.drafting import restore_report

    return restore_report(store, report_id)

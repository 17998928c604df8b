"""Autosave: what is typed is on the disk within a second, and a failure loses nothing."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.ui.drafts import Draft
from reporterdesk.ui.save_plan import SavePlan

Done: TypeAlias = Callable[[Report], None]
Failed: TypeAlias = Callable[[Exception], None]
Save: TypeAlias = Callable[[str, Draft, Done, Failed], None]
"""Starts a save off the UI thread, in order; calls one of the two back on the UI thread."""


class SaveState(StrEnum):
    """Where the newest text is."""

    NOTHING = "nothing"
    """There is nothing to save yet."""
    SAVING = "saving"
    SAVED = "saved"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SaveStatus:
    """The state that the badge tells.

    ``at`` is when the last save reached the disk; ``error`` is set while saving fails; ``asked``
    says that somebody pressed Ctrl+S and wants to hear of it.
    """

    state: SaveState
    at: datetime | None = None
    error: Exception | None = None
    asked: bool = False


class Autosave(QObject):
    """Saves the open report, and those left with something unsaved, until each is on the disk.

    It keeps the text of a report that was left while its save failed, and tries on by itself. A
    report is saved whole each time, so an older text can never follow a newer one: saves begin in
    order and the store's one thread does them in order.

    :param pause_ms: so long after a change its save begins at the earliest, so that the key is
        painted first; what is changed counts as unsaved at once.
    :ivar about_to_flush: emitted before everything is saved at once: what is still being composed
        by an input method is to be taken into the text now.
    :ivar status_changed: emits a :class:`SaveStatus` about the open report.
    :ivar saved: emits the report's id and the :class:`Report` as the store has it now.
    :ivar failed: emits the error, once for each failed try.
    """

    about_to_flush = Signal()
    status_changed = Signal(object)
    saved = Signal(str, object)
    failed = Signal(object)

    def __init__(
        self,
        save: Save,
        *,
        now: Callable[[], float] = time.monotonic,
        pause_ms: int = 0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._save = save
        self._pause = pause_ms
        self._now = now
        self._open: str | None = None
        self._read: Callable[[], Draft] = _nothing_to_read
        self._plans: dict[str, SavePlan] = {}
        self._left: dict[str, Draft] = {}
        self._asked = False
        self._status = SaveStatus(SaveState.NOTHING)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._save_what_is_due)

    @property
    def status(self) -> SaveStatus:
        """Where the open report's newest text is."""
        return self._status

    @property
    def unsaved(self) -> bool:
        """Whether any report has something that is not on the disk, or not known to be."""
        return any(plan.unsaved for plan in self._plans.values())

    @property
    def unsaved_now(self) -> bool:
        """Whether the open report has something that is not on the disk, or not known to be."""
        return (
            self._open is not None
            and self._open in self._plans
            and (self._plans[self._open].unsaved)
        )

    def open(
        self, report_id: str, read: Callable[[], Draft], *, saved_at: datetime | None = None
    ) -> None:
        """Look after this report from now on; ``read`` returns its content as it is typed.

        :param saved_at: when the store has it from, or ``None`` for a report not born yet.
        """
        self.leave()
        self._left.pop(report_id, None)
        self._open, self._read = report_id, read
        self._tell(SaveStatus(SaveState.SAVED if saved_at else SaveState.NOTHING, saved_at))

    def leave(self) -> None:
        """Stop reading the open report; what is unsaved of it is kept and saved now."""
        if self._open is None:
            return
        self.flush()
        plan = self._plans.get(self._open)
        if plan and plan.unsaved:
            self._left[self._open] = self._read()
        self._open = None
        self._asked = False

    def unsaved_draft(self, report_id: str) -> Draft | None:
        """Return what a report that was left still has to save: newer than what the store has."""
        return self._left.get(report_id)

    def unsaved_drafts(self) -> tuple[Draft, ...]:
        """Return everything that is not on the disk: the open report's and what was left."""
        drafts = [draft for report_id, draft in self._left.items() if report_id != self._open]
        return (self._read(), *drafts) if self.unsaved_now else tuple(drafts)

    @Slot()
    def edited(self) -> None:
        """Note a change in the open report; its save begins at once or within a second."""
        if self._open is None:
            return
        plan = self._plans.get(self._open)
        if plan is None:
            plan = self._plans[self._open] = SavePlan()
        waits = plan.wanting and self._timer.isActive()
        plan.edited()
        if not self._pause:
            self._save_what_is_due()
        elif not waits:  # else the save that is waited for takes this along
            self._wait_for_the_next()

    def flush(self, *, asked: bool = False) -> None:
        """Begin to save everything now; with ``asked`` the next status says so to the person."""
        self._asked = self._asked or asked
        self.about_to_flush.emit()
        for report_id, plan in tuple(self._plans.items()):
            if plan.wanting:
                self._begin(report_id, plan)
        if asked and not self.unsaved:
            self._tell(replace(self._status, asked=True))
            self._asked = False

    @Slot()
    def _save_what_is_due(self) -> None:
        for report_id, plan in tuple(self._plans.items()):
            if plan.due_in(self._now()) == 0:
                self._begin(report_id, plan)
        self._wait_for_the_next()

    def _wait_for_the_next(self) -> None:
        now = self._now()
        waits = [wait for plan in self._plans.values() if (wait := plan.due_in(now)) is not None]
        if waits:
            self._timer.start(max(self._pause, math.ceil(min(waits) * 1000)))
        else:
            self._timer.stop()

    def _begin(self, report_id: str, plan: SavePlan) -> None:
        draft = self._read() if report_id == self._open else self._left.get(report_id)
        if draft is None:
            return
        plan.started(self._now())
        if report_id == self._open and self._status.state is not SaveState.FAILED:
            self._tell(SaveStatus(SaveState.SAVING, self._status.at))
        attempt = _Attempt(report_id, self._succeeded, self._did_not)
        self._save(report_id, draft, attempt.done, attempt.failed)

    def _succeeded(self, attempt: _Attempt, report: Report) -> None:
        plan = self._plans[attempt.report_id]
        plan.succeeded()
        if not plan.unsaved and self._left.get(attempt.report_id) is not None:
            del self._left[attempt.report_id]
        self.saved.emit(attempt.report_id, report)
        if attempt.report_id == self._open:
            state = SaveState.SAVING if plan.unsaved else SaveState.SAVED
            asked = self._asked and state is SaveState.SAVED
            self._tell(SaveStatus(state, report.changed_at, asked=asked))
            self._asked = self._asked and not asked
        self._wait_for_the_next()

    def _did_not(self, attempt: _Attempt, error: Exception) -> None:
        self._plans[attempt.report_id].failed(self._now())
        if attempt.report_id == self._open:
            self._tell(SaveStatus(SaveState.FAILED, self._status.at, error))
        self.failed.emit(error)
        self._wait_for_the_next()

    def _tell(self, status: SaveStatus) -> None:
        self._status = status
        self.status_changed.emit(status)


def _nothing_to_read() -> Draft:
    return Draft(ReportContent())


class _Attempt:
    """One save under way: remembers for which report the answer is."""

    def __init__(
        self,
        report_id: str,
        succeeded: Callable[[_Attempt, Report], None],
        did_not: Callable[[_Attempt, Exception], None],
    ) -> None:
        self.report_id = report_id
        self._succeeded = succeeded
        self._did_not = did_not

    def done(self, report: Report) -> None:
        """Take the report as the store has it now."""
        self._succeeded(self, report)

    def failed(self, error: Exception) -> None:
        """Take the reason why it was not saved."""
        self._did_not(self, error)

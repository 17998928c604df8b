"""Takes changes back in the report that is open, so that this can be undone too."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.text.tree import Document
from reporterdesk.ui.drafts import Background, Draft
from reporterdesk.ui.editor.rewriting import rewrite
from reporterdesk.ui.history.page import Page
from reporterdesk.ui.history.words import restored_words
from reporterdesk.ui.widgets.notice_bar import Notice, NoticeBar
from reporterdesk.ui.widgets.report_pane import ReportPane
from reporterdesk.workflow.restoring import (
    AnyChange,
    Moment,
    body_after,
    body_before,
    restored,
)

if TYPE_CHECKING:
    from reporterdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class _Step:
    """What a restore found: the fields, and how many steps of the body could be undone.

    And what it made: the fields, and the body.
    """

    content: ReportContent
    steps: int
    sentence: str
    made: ReportContent
    body: Document


def draft_in(pane: ReportPane) -> Draft:
    """Return what stands in the pane's fields, its body not yet printed as Markdown."""
    return pane.form.draft(pane.report.content if pane.report else ReportContent())


class Restoring(QObject):
    """Restores into the fields and, as one step to undo, into the body. Lives on the UI thread.

    The text as it stood is kept as a moment of its own first; where that fails, nothing is
    restored. The bar’s *Undo* takes back fields and body, one restore after the other, until a
    person writes on; so does undoing the body’s step by itself. Doing that step again brings the
    fields again, too.

    :ivar done: emits the change that was taken back, ``None`` for all, when it has been.
    :ivar refused: emitted when nothing came of it.
    :ivar taken_back: emitted when a restore was undone.
    """

    done = Signal(object)
    refused = Signal()
    taken_back = Signal()

    def __init__(
        self, pane: ReportPane, background: Background, bar: NoticeBar, *, clock: Clock
    ) -> None:
        super().__init__(pane)
        self._pane, self._background, self._bar, self._clock = pane, background, bar, clock
        self._steps: list[_Step] = []
        self._undone: list[_Step] = []
        self._report_id: str | None = None
        self._applying = False
        bar.pressed.connect(self.take_back)
        pane.standing_changed.connect(self._stands)
        pane.text.body.edited.connect(self._body_edited)
        pane.text.head.edited.connect(self._written_on)
        pane.side.edited.connect(self._written_on)

    @property
    def can_take_back(self) -> bool:
        """Whether there is a restore that can be undone as a whole."""
        return bool(self._steps)

    def restore(self, page: Page, change: AnyChange | None) -> None:
        """Take one change back, or all; what stands there now is kept first."""
        report_id = self._pane.report_id
        if report_id is None or not self._pane.editable:
            self.refused.emit()
            return
        self._pane.flush()  # what is kept is what is saved
        self._background.in_store(
            _Remember(report_id, self._clock),
            partial(self._apply, report_id, page, change),
            self._not_kept,
        )

    @Slot()
    def take_back(self) -> None:
        """Undo the last restore, in the fields and in the body."""
        if not self._steps or not self._pane.editable:
            return
        step = self._steps.pop()
        body = self._pane.text.body
        text = body.text_document
        self._applying = True
        try:
            while text.availableUndoSteps() > step.steps:
                text.undo()
            self._put_fields(step.content)
        finally:
            self._applying = False
        if body.document() != step.body:  # else there is nothing in the text to be done again
            self._undone.append(step)
        self._tell_last()
        self.taken_back.emit()

    def _do_again(self) -> None:
        """Put the restored fields in again: the body's step was done again by itself."""
        step = self._undone.pop()
        self._applying = True
        try:
            self._put_fields(step.made)
        finally:
            self._applying = False
        self._steps.append(step)
        self._tell_last()

    def _apply(self, report_id: str, page: Page, change: AnyChange | None, _kept: object) -> None:
        pane, body = self._pane, self._pane.text.body
        if pane.report_id != report_id or not pane.editable:
            self.refused.emit()
            return
        found = Moment(draft_in(pane).content, body.document())
        if found.body != body_after(page.comparison):
            words = self.tr("The text has changed meanwhile, so nothing was restored yet.")
            self._bar.tell(Notice(words, tone="warning"))
            self.refused.emit()
            return
        aim = restored(found, Moment(page.then, body_before(page.comparison)), change)
        sentence = restored_words(page.moment.taken_at, self._clock())
        steps = body.text_document.availableUndoSteps()
        self._applying = True
        try:
            self._put_fields(aim.content)  # first: figures in the text ask for their photos
            rewrite(body.text_document, aim.body)
        finally:
            self._applying = False
        self._report_id = report_id
        self._undone.clear()
        self._steps.append(_Step(found.content, steps, sentence, aim.content, aim.body))
        self._tell_last()
        self.done.emit(change)

    def _put_fields(self, content: ReportContent) -> None:
        if self._pane.report_id and draft_in(self._pane).content != content:
            self._pane.form.put_fields(self._pane.report_id, content)

    def _not_kept(self, error: Exception) -> None:
        lines = (self.tr("Nothing was restored."),)
        self._bar.tell(Notice(str(error), lines, tone="problem"))
        self.refused.emit()

    def _tell_last(self) -> None:
        if self._steps:
            notice = Notice(self._steps[-1].sentence, tone="good", button=self.tr("Undo"))
            self._bar.tell(notice)
        else:
            self._bar.hide()

    @Slot(object)
    def _stands(self, report: Report) -> None:
        if report.id != self._report_id or not self._pane.editable:
            self._written_on()

    @Slot()
    def _body_edited(self) -> None:
        """Put the fields back too where the step in the body was undone by itself."""
        if self._applying or not (self._steps or self._undone):
            return
        body = self._pane.text.body
        text = body.text_document
        if self._undone and body.document() == self._undone[-1].body:
            self._do_again()
        elif (
            self._steps
            and text.availableUndoSteps() == self._steps[-1].steps
            and text.isRedoAvailable()
        ):
            self.take_back()
        else:
            self._written_on()

    @Slot()
    def _written_on(self) -> None:
        if not self._applying and (self._steps or self._undone):
            self._steps.clear()
            self._undone.clear()
            self._bar.hide()


@dataclass(frozen=True, slots=True)
class _Remember:
    report_id: str
    clock: Clock

    def __call__(self, store: Store) -> None:
        from reporterdesk.workflow.remembering import remember

        remember(store, self.report_id, SnapshotReason.BEFORE_RESTORE, clock=self.clock)

"""Puts a report that was filed here and the desk's newer revision together, when asked to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.background import Background
from reporterdesk.ui.controllers.asking import Asking
from reporterdesk.ui.widgets.notice_bar import Notice
from reporterdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from reporterdesk.store.store import Store
    from reporterdesk.ui.conflict.dialog import ConflictDialog, Versions
    from reporterdesk.workflow.content_merge import ContentMerge
    from reporterdesk.workflow.merging import Conflict
    from reporterdesk.workflow.questions import Answer


class Merging(QObject):
    """Looks a conflict up, asks what is to be asked, and files the result. On the UI thread.

    Where there is nothing to ask, it is filed at once: that was the click. Nothing is written
    before; what was filed, or taken back, meanwhile stays as it is.

    :ivar filed: emits the id of the report that is in the outbox now.
    """

    filed = Signal(str)

    def __init__(
        self,
        window: MainWindow,
        actions: Actions,
        background: Background,
        *,
        clock: Clock = utc_now,
    ) -> None:
        super().__init__(window)
        self._window, self._background, self._clock = window, background, clock
        self._asking = Asking(window, background)
        actions.bind("report.merge", self.merge_current)

    @property
    def dialog(self) -> ConflictDialog | None:
        """The questions, while they are shown."""
        return self._asking.dialog

    def close(self) -> None:
        """Keep what is being answered."""
        self._asking.keep()

    @Slot()
    def merge_current(self) -> None:
        """Put the open report and what the desk has together."""
        pane = self._window.pane
        if pane.report_id and not pane.editable:  # else it is taken into the text
            self.merge(pane.report_id)

    @Slot(str)
    def merge(self, report_id: str) -> None:
        """Put a report and what the desk has together; nothing while another is asked about."""
        if self.dialog is None:
            self._background.in_store(_Find(report_id), self._found, self._failed)

    @Slot(str)
    def tell_merged(self, report_id: str) -> None:
        """Say that a report was merged without a question, and that nothing was lost."""
        self._background.in_store(_Headline(report_id), self._tell_merged, self._failed)

    def _found(self, conflict: Conflict | None) -> None:
        if conflict is None:
            said = self.tr("There is nothing to put together: this report has moved on since.")
            self._window.messages.tell(Notice(said))
            return
        self._background.in_pool(_Merge(conflict), _Merged(self, conflict), self._failed)

    def compared(self, conflict: Conflict, merged: ContentMerge) -> None:
        """Ask, or file at once where there is nothing to ask."""
        if not merged.questions:
            self.file_chosen(conflict, merged, ())
            return
        self._asking.ask(
            conflict.report_id,
            self._versions(conflict),
            merged,
            _Agreed(self, conflict, merged),
        )

    def file_chosen(
        self, conflict: Conflict, merged: ContentMerge, answers: tuple[Answer, ...]
    ) -> None:
        """File what was chosen."""
        settle = _Settle(conflict, merged, answers, self._clock)
        self._background.in_store(settle, self._filed, self._failed)

    def _filed(self, report_id: str) -> None:
        said = self.tr(
            "Both versions are together, and on their way to the desk. What you filed before is "
            "in the report’s history."
        )
        self._window.messages.tell(Notice(said, tone="good"))
        self.filed.emit(report_id)

    def _failed(self, error: Exception) -> None:
        self._window.messages.tell(Notice(str(error), tone="problem"))

    def _tell_merged(self, headline: str) -> None:
        said = self.tr(
            "“%1”: the desk had changed it, too. Both changes are in it now, and it is on its way. "
            "What you filed is in its history."
        )
        shown = headline.strip()[:80] or self.tr("The report")
        self._window.messages.tell(Notice(said.replace("%1", shown), tone="good"))

    def _versions(self, conflict: Conflict) -> Versions:
        from reporterdesk.ui.conflict.dialog import Versions
        from reporterdesk.ui.conflict.questions import theirs_word
        from reporterdesk.ui.wording import moment_word

        now = self._clock()
        mine = self.tr("Yours, filed %1").replace("%1", moment_word(conflict.mine.created_at, now))
        return Versions(
            conflict.mine.content.headline,
            mine,
            theirs_word(conflict.theirs.created_at, conflict.by, now),
            self.tr("File merged report"),
        )


@dataclass(frozen=True, slots=True)
class _Find:
    report_id: str

    def __call__(self, store: Store) -> Conflict | None:
        from reporterdesk.workflow.merging import find_conflict

        return find_conflict(store, self.report_id)


@dataclass(frozen=True, slots=True)
class _Headline:
    report_id: str

    def __call__(self, store: Store) -> str:
        return store.reports.headlines((self.report_id,)).get(self.report_id, "")


@dataclass(frozen=True, slots=True)
class _Merge:
    conflict: Conflict

    def __call__(self) -> ContentMerge:
        return self.conflict.merged()


@dataclass(frozen=True, slots=True)
class _Merged:
    merging: Merging
    conflict: Conflict

    def __call__(self, merged: ContentMerge) -> None:
        self.merging.compared(self.conflict, merged)


@dataclass(frozen=True, slots=True)
class _Agreed:
    merging: Merging
    conflict: Conflict
    merged: ContentMerge

    def __call__(self, answers: tuple[Answer, ...]) -> None:
        self.merging.file_chosen(self.conflict, self.merged, answers)


@dataclass(frozen=True, slots=True)
class _Settle:
    conflict: Conflict
    merged: ContentMerge
    answers: tuple[Answer, ...]
    clock: Clock

    def __call__(self, store: Store) -> str:
        from reporterdesk.workflow.merging import settle

        settle(store, self.conflict, self.merged, self.answers, clock=self.clock)
        return self.conflict.report_id

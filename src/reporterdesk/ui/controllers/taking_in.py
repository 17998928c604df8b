"""Offers what the desk has changed to the report that is open and still being written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QVBoxLayout

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.background import Background
from reporterdesk.ui.controllers.asking import Asking
from reporterdesk.ui.controllers.open_report import shown_content, swap_shown
from reporterdesk.ui.widgets.notice_bar import Notice, NoticeBar
from reporterdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from reporterdesk.store.store import Store
    from reporterdesk.ui.conflict.dialog import ConflictDialog, Versions
    from reporterdesk.workflow.content_merge import ContentMerge
    from reporterdesk.workflow.questions import Answer
    from reporterdesk.workflow.taking_in import News


class TakingIn(QObject):
    """A bar over the text that is being written, and what its button does. On the UI thread.

    Nothing comes into the text before the button is pressed; then it is one step of the body that
    can be undone, and what stood there before is kept in the history.
    """

    def __init__(
        self,
        window: MainWindow,
        actions: Actions,
        background: Background,
        *,
        clock: Clock = utc_now,
    ) -> None:
        super().__init__(window)
        self._window, self._pane, self._actions = window, window.pane, actions
        self._background, self._clock = background, clock
        self._offered = ""
        self._news: News | None = None
        self._asking = Asking(window, background)
        self._bar: NoticeBar | None = None
        self._pane.standing_changed.connect(self._stands)
        actions.bind("report.merge", self.take_in)
        if self._pane.report is not None:  # what is known since the last time
            self._stands(self._pane.report)

    @property
    def bar(self) -> NoticeBar | None:
        """The bar, once there was something to offer."""
        return self._bar

    @property
    def dialog(self) -> ConflictDialog | None:
        """The questions, while they are shown."""
        return self._asking.dialog

    def close(self) -> None:
        """Keep what is being answered."""
        self._asking.keep()

    @Slot(str)
    def look(self, report_id: str) -> None:
        """Look whether the desk has something new for the report that is open."""
        if report_id == self._pane.report_id:
            self._background.in_store(_Look(report_id), self._looked, self._failed)

    @Slot()
    def take_in(self) -> None:
        """Bring the desk's changes into the text; ask where both changed the same."""
        news, pane = self._news, self._pane
        if news is None or self.dialog is not None or pane.report_id != news.report_id:
            return
        if not pane.editable:
            return
        pane.flush()
        merge = _Merge(news, shown_content(pane))
        self._background.in_store(_Remember(news.report_id, self._clock), _nothing, self._failed)
        self._background.in_pool(merge, _Merged(self, merge), self._failed)

    def merged(self, merge: _Merge, found: ContentMerge | None) -> None:
        """Ask, or take in at once where there is nothing to ask."""
        if found is None:
            self._hide()
        elif not found.questions:
            self.put(merge, found, ())
        else:
            report_id = merge.news.report_id
            self._asking.ask(report_id, self._versions(merge), found, _Agreed(self, merge, found))

    def put(self, merge: _Merge, found: ContentMerge, answers: tuple[Answer, ...]) -> None:
        """Bring what was merged into the open text, unless somebody has written on meanwhile."""
        is_open = self._pane.report_id == merge.news.report_id
        if is_open and swap_shown(self._pane, merge.mine, found.settled(answers)):
            said = self.tr("The desk’s changes are in your text. What you had is in the history.")
            self._tell(said)
            self._pane.flush()  # it is kept there before it is forgotten here
            self._asking.forget(merge.news.report_id)
        elif is_open:
            self._offer(self.tr("You have written on meanwhile; nothing was changed."))

    @Slot(object)
    def _stands(self, report: Report) -> None:
        if self._news is not None and self._news.report_id != report.id:
            self._hide()
        if self._pane.editable:
            self.look(report.id)
        else:
            self._hide()

    def _looked(self, news: News | None) -> None:
        if news is None:
            self._hide()
        elif news.report_id == self._pane.report_id and self._pane.editable:
            merge = _Merge(news, shown_content(self._pane))
            self._background.in_pool(merge, _Found(self, merge), self._failed)

    def found(self, merge: _Merge, found: ContentMerge | None) -> None:
        """Offer what was found, where the text does not have it already."""
        if merge.news.report_id != self._pane.report_id or not self._pane.editable:
            return
        if found is None:
            self._hide()
            return
        self._news = merge.news
        self._actions.enable(True, "report.merge")
        if self._offered != merge.news.theirs.id:  # who closed the bar is not asked again
            self._offered = merge.news.theirs.id
            self._offer(self.tr("The desk has changed this report since. Your text is untouched."))

    def _offer(self, sentence: str) -> None:
        button = self.tr("Take the changes in")
        self._made_bar().tell(Notice(sentence, tone="warning", button=button))

    def _tell(self, sentence: str) -> None:
        self._forget()
        self._made_bar().tell(Notice(sentence, tone="good"))

    def _forget(self) -> None:
        self._news, self._offered = None, ""
        if self._pane.editable:
            self._actions.enable(False, "report.merge")

    def _hide(self) -> None:
        self._forget()
        if self._bar is not None:
            self._bar.hide()

    def _made_bar(self) -> NoticeBar:
        if self._bar is None:
            self._bar = NoticeBar(self.tr("Changes of the desk"), self._pane)
            self._bar.pressed.connect(self.take_in)
            column = self._pane.layout()
            assert isinstance(column, QVBoxLayout)  # noqa: S101 - the pane lays out so
            # Below: what appears above the text would move it under the writer’s eyes.
            self._bar.setProperty("edge", "below")
            column.addWidget(self._bar)
        return self._bar

    def _versions(self, merge: _Merge) -> Versions:
        from reporterdesk.ui.conflict.dialog import Versions
        from reporterdesk.ui.conflict.questions import theirs_word

        news = merge.news
        return Versions(
            merge.mine.headline,
            self.tr("Yours, as it stands"),
            theirs_word(news.theirs.created_at, news.by, self._clock()),
            self.tr("Take in"),
        )

    def _failed(self, error: Exception) -> None:
        self._window.messages.tell(Notice(str(error), tone="problem"))


def _nothing(_result: object) -> None:
    """Take a result that nobody needs."""


@dataclass(frozen=True, slots=True)
class _Look:
    report_id: str

    def __call__(self, store: Store) -> News | None:
        from reporterdesk.workflow.taking_in import news_of

        return news_of(store, self.report_id)


@dataclass(frozen=True, slots=True)
class _Remember:
    report_id: str
    clock: Clock

    def __call__(self, store: Store) -> None:
        from reporterdesk.workflow.remembering import remember

        remember(store, self.report_id, SnapshotReason.BEFORE_MERGE, clock=self.clock)


@dataclass(frozen=True, slots=True)
class _Merge:
    news: News
    mine: ReportContent

    def __call__(self) -> ContentMerge | None:
        return self.news.merged(self.mine)


@dataclass(frozen=True, slots=True)
class _Found:
    taking_in: TakingIn
    merge: _Merge

    def __call__(self, found: ContentMerge | None) -> None:
        self.taking_in.found(self.merge, found)


@dataclass(frozen=True, slots=True)
class _Merged:
    taking_in: TakingIn
    merge: _Merge

    def __call__(self, found: ContentMerge | None) -> None:
        self.taking_in.merged(self.merge, found)


@dataclass(frozen=True, slots=True)
class _Agreed:
    taking_in: TakingIn
    merge: _Merge
    found: ContentMerge

    def __call__(self, answers: tuple[Answer, ...]) -> None:
        self.taking_in.put(self.merge, self.found, answers)

"""The trash in the window: what is deleted for good, and asking before it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.domain.places import Place
from reporterdesk.domain.status import Status
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.background import Background, Failed
from reporterdesk.ui.controllers.browsing import Browsing
from reporterdesk.ui.widgets.notice_bar import Notice
from reporterdesk.ui.windows.asking import AskingDialog
from reporterdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from reporterdesk.domain.report import Report
    from reporterdesk.store.store import Store


class TrashRoom(QObject):
    """Tidies up after the start, and deletes for good what the person wants gone. On the UI thread.

    Everything is done in small steps on the store thread, with room for saving in between.

    :ivar deleted: emits the id of a report that is not here any more.
    """

    deleted = Signal(str)

    def __init__(
        self,
        window: MainWindow,
        actions: Actions,
        background: Background,
        browsing: Browsing,
        *,
        clock: Clock = utc_now,
    ) -> None:
        super().__init__(window)
        self._window, self._actions = window, actions
        self._background, self._browsing, self._clock = background, browsing, clock
        self._dialog: AskingDialog | None = None
        actions.bind("report.delete", self._ask_for_the_open_one)
        actions.bind("trash.empty", self._look_before_emptying)
        actions.enable(False, "trash.empty")
        window.list.trash_requested.connect(self._row_wanted_gone)
        browsing.counts_changed.connect(self._counted)

    @property
    def dialog(self) -> AskingDialog | None:
        """What is asked at the moment."""
        return self._dialog

    def start(self, failed: Failed) -> None:
        """Delete what has lain in the trash for thirty days, and photos to which nothing refers.

        :param failed: called with the known error that ended it.
        """
        self._work(_Steps(partial(_tidying, clock=self._clock)), failed)

    @Slot(str)
    def _row_wanted_gone(self, report_id: str) -> None:
        if self._browsing.place is Place.TRASH:
            self._background.in_store(partial(_read, report_id=report_id), self._ask)

    @Slot()
    def _ask_for_the_open_one(self) -> None:
        report_id = self._window.pane.report_id
        if report_id is not None:
            self._background.in_store(partial(_read, report_id=report_id), self._ask)

    @Slot()
    def _look_before_emptying(self) -> None:
        self._background.in_store(_in_the_trash, self._ask_to_empty)

    def _ask(self, report: Report) -> None:
        if report.trashed_at is None:
            return
        headline = report.content.headline.strip() or self.tr("this report")
        at_the_desk = report.status is not Status.DRAFT or report.revision_id is not None
        self._show(
            self.tr("Delete “%1” for good?").replace("%1", headline[:80]),
            self.tr("Its text, its history and its photos are deleted from this laptop."),
            self.tr("Delete for good"),
            partial(_deleting_one, report_id=report.id, clock=self._clock),
            at_the_desk=at_the_desk,
        )

    def _ask_to_empty(self, report_ids: tuple[str, ...]) -> None:
        number = len(report_ids)
        if number == 0:
            said = self.tr("Nothing in the trash can be deleted now.")
            self._window.messages.tell(Notice(said))
            return
        what = (
            self.tr("1 report is deleted from this laptop, with its history and photos.")
            if number == 1
            else self.tr(
                "%1 reports are deleted from this laptop, with their history and photos."
            ).replace("%1", self._window.locale().toString(number))
        )
        self._show(
            self.tr("Empty the trash?"),
            what,
            self.tr("Empty trash"),
            partial(_emptying, report_ids=report_ids, clock=self._clock),
            at_the_desk=True,
        )

    def _show(
        self, title: str, what: str, go_on: str, agreed: _Begin, *, at_the_desk: bool
    ) -> None:
        if self._dialog is not None:
            self._dialog.reject()
        sentences = [f"{what} {self.tr('This cannot be undone.')}"]
        if at_the_desk:
            sentences.append(self.tr("What the desk has stays at the desk."))
        sentences.append(self.tr("Older backups on this laptop keep a copy for some weeks."))
        dialog = AskingDialog(title, tuple(sentences), go_on, self._window, harmful=True)
        dialog.agreed.connect(partial(self._delete, agreed))
        dialog.finished.connect(partial(self._answered, dialog))
        self._dialog = dialog
        dialog.open()

    def _answered(self, dialog: AskingDialog, _code: int) -> None:
        if self._dialog is dialog:
            self._dialog = None
        dialog.deleteLater()

    def _delete(self, begin: _Begin) -> None:
        self._window.messages.hide()  # the undo of what is gone would come to nothing
        self._work(_Steps(begin), None)

    def _work(self, steps: _Steps, failed: Failed | None) -> None:
        self._background.in_store(steps, partial(self._stepped, steps, failed), failed)

    def _stepped(self, steps: _Steps, failed: Failed | None, deleted: str | None) -> None:
        if deleted:
            steps.unshown = True
            self.deleted.emit(deleted)
        elif steps.unshown:
            steps.unshown = False
            self._browsing.refresh()
        if deleted is not None:
            self._work(steps, failed)

    @Slot(object)
    def _counted(self, counts: dict[Place, int]) -> None:
        self._actions.enable(counts.get(Place.TRASH, 0) > 0, "trash.empty")


class _Steps:
    """Takes one step of long work each time it is called, on the store thread.

    :ivar unshown: whether something was deleted that the list still has.
    """

    def __init__(self, begin: _Begin) -> None:
        self._begin = begin
        self._steps: Iterator[str] | None = None
        self.unshown = False

    def __call__(self, store: Store) -> str | None:
        """Return the id of what was deleted or ``""``, and ``None`` at the end."""
        if self._steps is None:
            self._steps = self._begin(store)
        return next(self._steps, None)


_Begin = Callable[["Store"], Iterator[str]]


def _tidying(store: Store, *, clock: Clock) -> Iterator[str]:
    from reporterdesk.workflow.trash import tidy_up

    return tidy_up(store, clock=clock)


def _deleting_one(store: Store, *, report_id: str, clock: Clock) -> Iterator[str]:
    from reporterdesk.workflow.trash import delete_for_good, tidy_up

    yield delete_for_good(store, report_id)
    yield from tidy_up(store, clock=clock)


def _emptying(store: Store, *, report_ids: tuple[str, ...], clock: Clock) -> Iterator[str]:
    from reporterdesk.workflow.trash import empty_trash, tidy_up

    yield from empty_trash(store, report_ids)
    yield from tidy_up(store, clock=clock)


def _read(store: Store, *, report_id: str) -> Report:
    return store.reports.get(report_id)


def _in_the_trash(store: Store) -> tuple[str, ...]:
    return store.trash.ids()

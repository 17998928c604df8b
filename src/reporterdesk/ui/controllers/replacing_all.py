"""Find and replace in all reports: looks, replaces, and takes it back, in the background."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.errors import PatternError
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.background import Background
from reporterdesk.ui.widgets.notice_bar import Notice
from reporterdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from reporterdesk.store.store import Store
    from reporterdesk.ui.find.all_reports import AllReportsDialog
    from reporterdesk.workflow.library.looking import Looked
    from reporterdesk.workflow.library.replacing import Changed, Outcome, Task
    from reporterdesk.workflow.library.words import Wish


class ReplacingAll(QObject):
    """Does what the window for all reports asks for. Lives on the UI thread.

    While the window is open, the main one takes no words. The report that is open there is changed
    in its editor, the others in the store.

    :ivar changed: emitted when reports have other texts than before.
    """

    changed = Signal()
    _told = Signal(object, int, int)

    def __init__(
        self, window: MainWindow, actions: Actions, background: Background, *, clock: Clock
    ) -> None:
        super().__init__(window)
        self._window, self._background, self._clock = window, background, clock
        self._dialog: AllReportsDialog | None = None
        self._cancelled = threading.Event()
        self._done: tuple[Changed, ...] = ()
        self._said: tuple[str, ...] = ()
        self._undo = QAction(self.tr("Undo replace"), self)
        self._undo.triggered.connect(self.take_back)
        self._told.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        actions.bind("edit.replace_everywhere", self.open)

    @property
    def dialog(self) -> AllReportsDialog | None:
        """The window, while it is open."""
        return self._dialog

    @Slot()
    def open(self) -> None:
        """Open the window."""
        if self._dialog is not None:
            return
        from reporterdesk.ui.find.all_reports import AllReportsDialog

        self._window.pane.flush()  # what is looked through is what is saved
        self._window.messages.hide()
        dialog = self._dialog = AllReportsDialog(self._window)
        dialog.look_wanted.connect(self._look)
        dialog.replace_wanted.connect(self._replace)
        dialog.undo_wanted.connect(self.take_back)
        dialog.stop_wanted.connect(self._stop)
        dialog.finished.connect(self._closed)
        dialog.offer_undo(offered=bool(self._done))
        dialog.open()
        dialog.query.setFocus()

    @Slot()
    def take_back(self) -> None:
        """Give the reports that were changed last their former texts."""
        done, self._done = self._done, ()
        if not done:
            return
        from reporterdesk.workflow.library.replacing import take_back

        pane, elsewhere = self._window.pane, list(done)
        here = next((one for one in done if one.report_id == pane.report_id), None)
        if here is not None:
            elsewhere.remove(here)
        work = partial(take_back, self._background.store_thread.run, elsewhere, clock=self._clock)
        self._begin(
            self.tr("Taking it back…"), work, partial(self._taken_back, here), changing=True
        )

    # looking

    @Slot()
    def _look(self) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        self._cancelled.set()
        dialog.query.tell_wrong(wrong=False)
        wish = self._wish(dialog, template=False)
        if wish is None or not wish.pattern:
            dialog.tree.forget()
            if wish is not None:
                dialog.tell_idle("")
            return
        from reporterdesk.workflow.library.looking import look_through

        work = partial(
            look_through,
            self._background.store_thread.run,
            wish.pattern,
            only_changeable=dialog.only_changeable,
        )
        self._begin(self.tr("Looking through your reports…"), work, self._looked)

    def _wish(self, dialog: AllReportsDialog, *, template: bool) -> Wish | None:
        """Return what is asked for; ``None`` where it cannot be read, which is told."""
        from reporterdesk.text.pattern import read_pattern
        from reporterdesk.text.template import read_template
        from reporterdesk.workflow.library.words import Wish

        options = dialog.query.options()
        try:
            pattern = read_pattern(dialog.query.words.text(), options)
            words = dialog.words.text() if template else ""
            return Wish(pattern, read_template(words, pattern, expression=options.expression))
        except PatternError as error:
            dialog.query.tell_wrong(wrong=True)
            dialog.tell_idle(str(error), problem=True)
            return None

    def _looked(self, looked: Looked | None) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        if looked is None:
            dialog.tell_idle(self.tr("Stopped."))
            return
        from reporterdesk.ui.find.library_words import found_words

        dialog.show_found(looked)
        dialog.query.tell_wrong(wrong=not looked.reports)
        dialog.tell_idle(found_words(looked))

    # replacing

    @Slot()
    def _replace(self) -> None:
        dialog = self._dialog
        wish = self._wish(dialog, template=True) if dialog is not None else None
        if dialog is None or wish is None:
            return
        from reporterdesk.workflow.library.replacing import replace_in_reports

        self._window.pane.flush()
        tasks = list(dialog.tree.tasks())
        here = next((one for one in tasks if one.report_id == self._window.pane.report_id), None)
        if here is not None:
            tasks.remove(here)
        run = self._background.store_thread.run
        work = partial(replace_in_reports, run, tasks, wish, clock=self._clock)
        self._begin(self.tr("Replacing…"), work, partial(self._replaced, here, wish), changing=True)

    def _replaced(self, here: Task | None, wish: Wish, outcome: Outcome) -> None:
        """Go on with the report that is open, after the others."""
        if here is None or outcome.stopped is not None or self._cancelled.is_set():
            self._ended(outcome)
            return
        from reporterdesk.ui.controllers.open_report import shown_content
        from reporterdesk.workflow.library.replacing import LeftAlone, Outcome, Why
        from reporterdesk.workflow.library.words import fingerprint, with_new_words

        before = shown_content(self._window.pane)
        if fingerprint(before) != here.fingerprint:
            left = (LeftAlone(here.headline, Why.REWRITTEN),)
            self._ended(outcome.and_then(Outcome(left=left)))
            return
        self._background.in_pool(
            partial(with_new_words, before, wish, here.chosen),
            partial(self._keep_open_one, here, outcome, before),
            partial(self._open_one_failed, outcome),
        )

    def _keep_open_one(self, here: Task, outcome: Outcome, before: Any, after: Any) -> None:
        self._background.in_store(
            partial(_remember, report_id=here.report_id, clock=self._clock),
            lambda _kept: self._change_open_one(here, outcome, before, after),
            partial(self._open_one_failed, outcome),
        )

    def _change_open_one(self, here: Task, outcome: Outcome, before: Any, after: Any) -> None:
        from reporterdesk.ui.controllers.open_report import shown_content, swap_shown
        from reporterdesk.workflow.library.replacing import Changed, LeftAlone, Outcome, Why

        pane = self._window.pane
        if pane.report_id == here.report_id and swap_shown(pane, before, after):
            now = shown_content(pane)
            one = Outcome((Changed(here.report_id, before, now, len(here.chosen)),))
        else:
            one = Outcome(left=(LeftAlone(here.headline, Why.REWRITTEN),))
        self._ended(outcome.and_then(one))

    def _open_one_failed(self, outcome: Outcome, error: Any) -> None:
        from reporterdesk.workflow.library.replacing import Outcome

        self._ended(outcome.and_then(Outcome(stopped=error)))

    def _ended(self, outcome: Outcome) -> None:
        from reporterdesk.ui.find.library_words import replaced_words

        self._done = outcome.changed
        self._tell(replaced_words(outcome), outcome)
        self.changed.emit()

    def _taken_back(self, here: Changed | None, outcome: Outcome) -> None:
        from reporterdesk.ui.controllers.open_report import swap_shown
        from reporterdesk.ui.find.library_words import taken_back_words
        from reporterdesk.workflow.library.replacing import LeftAlone, Outcome, Why

        if here is not None:
            pane = self._window.pane
            if pane.report_id == here.report_id and swap_shown(pane, here.after, here.before):
                outcome = outcome.and_then(Outcome((here,)))
            else:
                left = LeftAlone(here.after.headline, Why.REWRITTEN)
                outcome = outcome.and_then(Outcome(left=(left,)))
        self._tell(taken_back_words(outcome), outcome)
        self.changed.emit()

    # telling

    def _begin(
        self,
        words: str,
        work: Callable[..., Any],
        done: Callable[[Any], None],
        *,
        changing: bool = False,
    ) -> None:
        cancelled = self._cancelled = threading.Event()
        if self._dialog is not None:
            self._dialog.set_changing(changing=changing)
            self._dialog.tell_busy(words)
        job = partial(
            work, progress=partial(self._told.emit, cancelled), cancelled=cancelled.is_set
        )
        self._background.in_pool(
            job,
            partial(self._if_newest, cancelled, done, changing),
            partial(self._failed, cancelled),
        )

    def _if_newest(
        self, cancelled: threading.Event, done: Callable[[Any], None], changing: bool, result: Any
    ) -> None:
        """Pass on an answer, unless something else is being looked for by now."""
        if changing or self._cancelled is cancelled:
            done(result)

    @Slot(object, int, int)
    def _show_progress(self, cancelled: threading.Event, done: int, total: int) -> None:
        if self._dialog is not None and self._cancelled is cancelled and not cancelled.is_set():
            locale = self._dialog.locale()
            said = self.tr("%1 of %2 reports…").replace("%1", locale.toString(done))
            self._dialog.tell_busy(said.replace("%2", locale.toString(total)), done, total)

    def _failed(self, cancelled: threading.Event, error: Exception) -> None:
        if self._dialog is not None and self._cancelled is cancelled:
            self._dialog.set_changing(changing=False)
            self._dialog.tree.forget()
            self._dialog.tell_idle(str(error), problem=True)

    def _tell(self, words: tuple[str, ...], outcome: Outcome) -> None:
        problem = outcome.stopped is not None
        self._said = words
        if self._dialog is not None:
            self._dialog.set_changing(changing=False)
            self._dialog.tree.forget()
            self._dialog.tell_idle("\n".join(words), problem=problem)
            self._dialog.offer_undo(offered=bool(self._done))
            self._dialog.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._tell_window(words, problem=problem)

    def _tell_window(self, words: tuple[str, ...], *, problem: bool) -> None:
        tone = "problem" if problem else "good"
        actions = (self._undo,) if self._done else ()
        self._window.messages.tell(Notice(words[0], words[1:], tone), actions)

    @Slot()
    def _stop(self) -> None:
        self._cancelled.set()

    @Slot(int)
    def _closed(self, _code: int) -> None:
        dialog, self._dialog = self._dialog, None
        self._cancelled.set()
        if dialog is not None:
            if self._done:
                self._tell_window(self._said, problem=False)
            dialog.deleteLater()


def _remember(store: Store, *, report_id: str, clock: Clock) -> None:
    from reporterdesk.workflow.remembering import remember

    remember(store, report_id, SnapshotReason.BEFORE_REPLACE, clock=clock)

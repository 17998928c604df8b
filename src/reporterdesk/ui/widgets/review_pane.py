"""The editor's side: a report as it will be published, and what to do with it."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.errands import Errand, ErrandKind
from reporterdesk.domain.reviewed import ReviewedReport
from reporterdesk.domain.status import Action, Status, allowed
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.page.rendering import InPool
from reporterdesk.ui.photo_images import PhotoImages
from reporterdesk.ui.widgets.errand_bar import ErrandBar
from reporterdesk.ui.widgets.notice_bar import Notice, NoticeBar
from reporterdesk.ui.widgets.photos_coming import PhotosComing
from reporterdesk.ui.widgets.review_browser import ReviewBrowser
from reporterdesk.ui.widgets.review_question import ReviewQuestion
from reporterdesk.ui.widgets.side_label import SideLabel
from reporterdesk.ui.wording import as_of_word, full_moment_word, status_word

_DECIDING = {
    "review.return": Action.RETURN,
    "review.approve": Action.APPROVE,
    "review.publish": Action.PUBLISH,
}


class ReviewPane(QWidget):
    """Shows one :class:`ReviewedReport` and asks for a decision on the revision that is seen.

    Deciding needs no connection: what waits for one is said above the report.

    :ivar shown: emits the id of a report when it is shown, also when it is shown anew.
    :ivar decided: emits the :class:`Action` and the note, for the revision that is shown.
    :ivar reload_requested: emits the id of a report that is to be read again.
    :ivar photo_wanted: emits the id of a photo that is to arrive before the others.
    """

    shown = Signal(str)
    decided = Signal(object, str)
    reload_requested = Signal(str)
    photo_wanted = Signal(str)

    def __init__(
        self,
        actions: Actions,
        images: PhotoImages,
        in_pool: InPool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("reviewPane")
        self._actions = actions
        self._report: ReviewedReport | None = None
        self._busy = False
        self._errands: tuple[Errand, ...] = ()
        self._taken_back = ""
        self._state = SideLabel(self)
        self._state.setProperty("role", "label")
        self._state.setWordWrap(True)
        self._buttons = {name: self._button(name) for name in (*_DECIDING, "review.open_page")}
        self._buttons["review.publish"].setProperty("role", "primary")
        self._buttons["review.publish"].setIcon(QIcon())
        self.problem = NoticeBar(self.tr("Problem"), self)
        self.note_to_desk = NoticeBar(self.tr("Note to the desk"), self)
        self.on_the_way = PhotosComing(self)
        self.on_the_way.wanted.connect(self.photo_wanted)
        self.waiting = ErrandBar(self)
        self.waiting.taken_back.connect(self._take_back)
        self.ask = ReviewQuestion(self)
        self.browser = ReviewBrowser(images, in_pool, self)
        self._lay_out()
        self.ask.answered.connect(self._answered)
        self.problem.pressed.connect(self._reload)
        actions.bind("review.return", self.ask_return)
        actions.bind("review.approve", self.approve)
        actions.bind("review.publish", self.ask_publish)
        actions.bind("review.open_page", self.open_page)
        self._offer()

    @property
    def report(self) -> ReviewedReport | None:
        """The report that is shown."""
        return self._report

    def show_report(self, report: ReviewedReport, section_name: str = "") -> None:
        """Show ``report``; a note that is being written to it stays, whatever has come since."""
        before, note = self._report, self.ask.written
        self._report = report
        self._busy = False
        self.problem.hide()
        if before is None or before.id != report.id:
            self.ask.close_question()
        elif not self.ask.isHidden() and not self._possible(self.ask.action):
            self.ask.close_question()
            self._keep_note(note)
        elif before.revision_id != report.revision_id:
            said = self.tr("A newer revision has come, and is shown here.")
            self.problem.tell(Notice(f"{said} {self._note_stays(note)}".strip()))
        self.browser.show_report(report, section_name)
        self._tell()
        self._offer()
        self.shown.emit(report.id)

    def _keep_note(self, note: str) -> None:
        if note:
            said = self.tr("The report has moved on at the desk. This is what you were writing:")
            self.problem.tell(Notice(said, (note,), "warning"))

    def _note_stays(self, note: str) -> str:
        return self.tr("What you are writing is kept.") if note else ""

    def show_errands(self, errands: tuple[Errand, ...]) -> None:
        """Say what is wanted with the report that is shown, and is not done."""
        before, self._errands = self._open_decision, errands
        if self._open_decision is not None:
            self._busy = False
            self.ask.close_question()
        elif before is not None:
            # Where it is done, the report stands elsewhere: it is read again before the next.
            ended = before.id == self._taken_back or before.id in {e.id for e in errands}
            self._busy = not ended
        self.waiting.show_errands(
            tuple(errand for errand in errands if errand.kind is not ErrandKind.WANTED),
            self._could_be_sent,
        )
        self._tell_photos()
        self._offer()

    def clear(self) -> None:
        """Show no report."""
        self._report = None
        self.ask.close_question()
        self.browser.clear()
        self._state.clear()
        self.show_errands(())
        self._busy = False
        for bar in (self.problem, self.note_to_desk, self.on_the_way):
            bar.hide()
        self._offer()

    def decision_failed(self, error: Exception) -> None:
        """Say why a decision could not be written down; the note stays where it was written."""
        self._busy = False
        self.problem.tell(Notice(str(error), tone="problem"))
        self._offer()

    @Slot()
    def ask_return(self) -> None:
        """Ask for the note that goes back with the report."""
        if self._possible(Action.RETURN):
            self.ask.ask_for_note()
            self.ask.write()

    @Slot()
    def approve(self) -> None:
        """Approve the revision that is shown."""
        if self._possible(Action.APPROVE):
            self._decide(Action.APPROVE, "")

    @Slot()
    def ask_publish(self) -> None:
        """Ask whether to publish, as it is public at once; of a correction, what it corrects."""
        if self._report is None or not self._possible(self._publishing()):
            return
        if self._publishing() is Action.CORRECT:
            self.ask.ask_correct()
            self.ask.write()
        else:
            self.ask.ask_publish()

    def ask_again(self, action: Action) -> None:
        """Ask for a note that was begun, if it can still be decided so; the keyboard stays."""
        if self.ask.isHidden() and self._possible(action):
            (self.ask.ask_correct if action is Action.CORRECT else self.ask.ask_for_note)()

    @Slot()
    def open_page(self) -> None:
        """Open the published page in the web browser."""
        if self._report and self._report.public_url:
            QDesktopServices.openUrl(QUrl(self._report.public_url))

    def _publishing(self) -> Action:
        published = self._report is not None and self._report.status is Status.PUBLISHED
        return Action.CORRECT if published else Action.PUBLISH

    def _possible(self, action: Action) -> bool:
        report = self._report
        if report is None or self._busy or self._open_decision is not None:
            return False
        if action in {Action.CORRECT, Action.RETURN} and not report.may_be_read_next:
            return False
        # The desk's server refuses to publish what is not whole.
        if action in {Action.CORRECT, Action.PUBLISH} and report.photos_coming:
            return False
        return allowed(report.status, action)

    @property
    def _open_decision(self) -> Errand | None:
        decisions = (e for e in self._errands if e.kind is ErrandKind.DECISION and e.is_open)
        return next(decisions, None)

    def _could_be_sent(self, errand: Errand) -> bool:
        """Tell whether one that came too late could be sent on the revision that is shown."""
        if errand.kind is ErrandKind.DECISION and errand.action is not None:
            return self._possible(errand.action)
        return self._report is not None

    def _decide(self, action: Action, note: str) -> None:
        self._busy = True
        self.problem.hide()
        self._offer()
        self.decided.emit(action, note)

    def _offer(self) -> None:
        for name, action in _DECIDING.items():
            what = self._publishing() if action is Action.PUBLISH else action
            self._actions.action(name).setEnabled(self._possible(what))
        has_page = self._report is not None and bool(self._report.public_url)
        self._actions.action("review.open_page").setEnabled(has_page)
        for name, button in self._buttons.items():
            button.setEnabled(self._actions.action(name).isEnabled())
        self._buttons["review.open_page"].setVisible(has_page)
        correcting = self._report is not None and self._report.is_correction
        text = self.tr("Publish the correction…") if correcting else self.tr("Publish…")
        self._buttons["review.publish"].setText(text)
        self.ask.setEnabled(not self._busy)

    def _tell(self) -> None:
        report = self._report
        if report is None:
            return
        waits = report.status is Status.FILED
        status = self.tr("Waiting for the desk") if waits else status_word(report.status)
        if report.is_correction:
            status = self.tr("Published; this correction waits for the desk")
        filed = self.tr("Revision %1, filed by %2 on %3").replace("%1", str(report.number))
        filed = filed.replace("%3", full_moment_word(report.filed_at, self.locale()))
        self._state.setText(f"{status} · {filed.replace('%2', report.author)}")
        if report.offline:
            self._tell_offline(report)
        note = report.content.note_to_desk.strip()
        self.note_to_desk.hide()
        if note:
            who = self.tr("%1 writes to the desk:").replace("%1", report.author)
            self.note_to_desk.tell(Notice(who, tuple(note.splitlines()), closable=False))
        self._tell_photos()

    def _tell_offline(self, report: ReviewedReport) -> None:
        seen = self.tr("What you decide is sent as soon as there is a connection.")
        age = as_of_word(report.seen_at, utc_now()) if report.seen_at else ""
        said = " ".join(part for part in (report.offline, age, seen) if part)
        again = self.tr("Try again")
        self.problem.tell(Notice(said, tone="warning", button=again, closable=False), quietly=True)

    def _tell_photos(self) -> None:
        if self._report is None:
            return
        wishes = [errand.photos for errand in self._errands if errand.kind is ErrandKind.WANTED]
        public = allowed(self._report.status, Action.PUBLISH) or self._report.is_correction
        first = wishes[-1] if wishes else self._report.wanted
        self.on_the_way.show_report(self._report, first, waits=public)

    def _button(self, name: str) -> QPushButton:
        action = self._actions.action(name)
        button = QPushButton(action.icon(), action.text().replace("&", ""), self)
        button.setToolTip(action.toolTip())
        button.clicked.connect(action.trigger)
        return button

    def _lay_out(self) -> None:
        self._buttons["review.return"].setText(self.tr("Return…"))
        self._buttons["review.open_page"].setText(self.tr("Open the page"))
        bar = QFrame(self)
        bar.setObjectName("deskBar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self._state, 1)
        for name in ("review.open_page", *_DECIDING):
            row.addWidget(self._buttons[name])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        for widget in (
            self.problem,
            self.waiting,
            self.ask,
            self.on_the_way,
            self.note_to_desk,
        ):
            column.addWidget(widget)
        column.addWidget(self.browser, 1)

    @Slot(object, str)
    def _answered(self, action: Action, note: str) -> None:
        self._decide(action, note)

    @Slot(str)
    def _take_back(self, errand_id: str) -> None:
        self._taken_back = errand_id

    @Slot()
    def _reload(self) -> None:
        if self._report is not None:
            self.reload_requested.emit(self._report.id)

"""What can be done with one report's delivery: chosen in the outbox, or open in the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.delivery import Delivery
from reporterdesk.domain.errors import ReporterDeskError
from reporterdesk.domain.sending import SendPolicy
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.background import Background
from reporterdesk.ui.controllers.receipts import ReceiptRoom
from reporterdesk.ui.controllers.resizing import ResizeProgress, Resizing
from reporterdesk.ui.controllers.resizing_all import ResizingAll
from reporterdesk.ui.outbox.detail import DetailWords
from reporterdesk.ui.outbox.model import OutboxModel
from reporterdesk.ui.outbox.panel import OutboxPanel
from reporterdesk.ui.outbox.standing import Outlook, ReadFacts, ReportFacts
from reporterdesk.ui.outbox.times import NOT_WORTH_IT, expected_words
from reporterdesk.ui.outbox.words import detail_words
from reporterdesk.ui.widgets.notice_bar import Notice
from reporterdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from reporterdesk.store.store import Store
    from reporterdesk.ui.photo_images import PhotoImages
    from reporterdesk.workflow.resizing import ResizePlan


class SendingCommands(QObject):
    """Knows the facts of the one or two reports in sight, and carries commands out on them.

    Lives on the UI thread.

    :ivar policy_wanted: emits the :class:`SendPolicy` that the person wants from now on.
    :ivar filed_anew: emits the id of a report that was filed with other sizes of its photos.
    :ivar looked: emitted when more is known of what can be done.
    """

    policy_wanted = Signal(object)
    filed_anew = Signal(str)
    looked = Signal()

    def __init__(
        self,
        window: MainWindow,
        actions: Actions,
        background: Background,
        panel: OutboxPanel,
        model: OutboxModel,
        outlook: Outlook,
        *,
        clock: Clock,
    ) -> None:
        super().__init__(window)
        self._window, self._actions = window, actions
        self._panel, self._model, self._outlook = panel, model, outlook
        self._background, self._clock = background, clock
        self._facts: dict[str, ReportFacts] = {}
        self._asked: set[str] = set()
        self._stale: set[str] = set()
        self.images: PhotoImages | None = None
        """Pictures for choosing photos; without them there are words only."""
        self.receipts = ReceiptRoom(window, background, clock=clock)
        self.resizing = Resizing(background, clock=clock, parent=self)
        self.all = ResizingAll(
            actions, background, panel, model, outlook, self.resizing, clock=clock
        )
        self._resume = QAction(self.tr("Resume"), self)
        self._resume.triggered.connect(self._resume_sending)
        self._cancel = QAction(self.tr("Cancel"), self)
        self._cancel.triggered.connect(self.all.stop)
        self._cancel.triggered.connect(self.resizing.cancel)
        self._connect()
        self._bind()
        self._offer()

    def forget(self) -> None:
        """Read the facts of what is in sight anew when they are next wanted.

        Until then they count: a button that can be pressed does something.
        """
        self._stale.update(self._facts)

    def look_again(self, news: Mapping[str, Delivery]) -> None:
        """Show what is in sight as it is now; where ``news`` matters, its facts are read anew."""
        for report_id in self._in_sight():
            facts, delivery = self._facts.get(report_id), news.get(report_id)
            stale = report_id in self._stale
            if (
                facts is None
                or stale
                or (delivery is not None and _moved_on(facts.delivery, delivery))
            ):
                self._read(report_id)
        self._show_chosen()
        self._offer()
        self.all.look()

    def outlook_of(self, delivery: Delivery) -> tuple[str, tuple[str, ...]]:
        """Return what is to be said of an open report's delivery, and the actions that help."""
        expected = self._model.expected(delivery.report_id)
        conditions = self._outlook.conditions(self._clock())
        plan = self._plan(delivery.report_id, expected, conditions.now)
        smaller = None
        if plan is not None and expected is not None:
            smaller = self._outlook.at_smaller(expected, plan, conditions.now)
        words = detail_words(delivery, conditions, expected, smaller)
        offered = [("sync.smaller", plan is not None)]
        offered.append(("sync.receipt", delivery.text_at is not None))
        return words, tuple(name for name, here in offered if here)

    def close(self) -> None:
        """Close the dialogs, and stop what is being made."""
        self.all.stop()
        self.resizing.cancel()
        self.receipts.close()

    def _connect(self) -> None:
        panel, detail = self._panel, self._panel.detail
        panel.chosen.connect(self._chosen)
        self._window.content.currentChanged.connect(self._turned)
        self._window.pane.standing_changed.connect(self._stands)
        detail.smaller_requested.connect(self.resizing.begin)
        detail.photos_requested.connect(self.choose_photos)
        detail.receipt_requested.connect(self.receipts.show_receipt)
        detail.sign_in_requested.connect(self._actions.action("account.sign_in").trigger)
        self.resizing.progressed.connect(self._resizing)
        self.resizing.filed.connect(self._resized)
        self.resizing.cancelled.connect(self._not_resized)
        self.resizing.failed.connect(self._failed)

    def _bind(self) -> None:
        actions = self._actions
        actions.action("sync.pause").toggled.connect(self._pause)
        actions.action("sync.text_only").toggled.connect(self._text_only)
        actions.bind("sync.send_now", self._say_if_paused)
        for name, what in (
            ("sync.smaller", self.resizing.begin),
            ("sync.choose_photos", self.choose_photos),
            ("sync.receipt", self.receipts.show_receipt),
            ("sync.originals", self.send_originals),
        ):
            actions.bind(name, _OnTarget(self, what))

    @property
    def target(self) -> str:
        """The report that commands are about, or ``""``."""
        if self._window.content.currentWidget() is self._window.deliveries:
            return self._panel.chosen_id
        if self._window.content.currentWidget() is self._window.pane:
            return self._window.pane.report_id or ""
        return ""

    @Slot(str)
    def choose_photos(self, report_id: str) -> None:
        """Ask which photos of a report are to be sent now."""
        facts, images = self._facts.get(report_id), self.images
        if facts is None or images is None or not facts.left:
            return
        from reporterdesk.ui.outbox.photo_choice import PhotoChoice

        ticked = self._outlook.policy.only_photos
        dialog = PhotoChoice(facts.left, ticked, images, self._window)
        dialog.chosen.connect(self._photos_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def send_originals(self, report_id: str) -> None:
        """Send the photos in full that the desk has smaller."""
        filing = _FileOriginals(report_id, self._clock)
        self._background.in_store(filing, self._refiled, self._failed)

    @Slot(object)
    def _photos_chosen(self, chosen: frozenset[str]) -> None:
        self._decide(only_photos=chosen)

    @Slot(bool)
    def _pause(self, paused: bool) -> None:
        self._decide(paused=paused)

    @Slot()
    def _say_if_paused(self) -> None:
        """Say why *Send now* sends nothing, and offer what helps."""
        if self._outlook.policy.paused:
            said = self.tr("Sending is paused. Nothing leaves this laptop until you resume.")
            self._window.messages.tell(Notice(said, tone="warning"), [self._resume])

    @Slot()
    def _resume_sending(self) -> None:
        self._window.messages.hide()
        self._decide(paused=False)

    @Slot(bool)
    def _text_only(self, text_only: bool) -> None:
        self._decide(text_only_on_metered=text_only)

    def _decide(self, **changed: bool | frozenset[str]) -> None:
        self.policy_wanted.emit(replace(self._outlook.policy, **changed))  # type: ignore[arg-type]  # one name

    def show_policy(self, policy: SendPolicy) -> None:
        """Let the menu say what holds now; nothing is emitted."""
        for name, on in (
            ("sync.pause", policy.paused),
            ("sync.text_only", policy.text_only_on_metered),
        ):
            action = self._actions.action(name)
            blocked = action.blockSignals(True)
            action.setChecked(on)
            action.blockSignals(blocked)

    @Slot(str)
    def _chosen(self, report_id: str) -> None:
        if report_id:
            self.look_again({})

    @Slot(int)
    def _turned(self, _number: int) -> None:
        self.look_again({})

    @Slot(object)
    def _stands(self, _report: object) -> None:
        self.look_again({})

    def _in_sight(self) -> tuple[str, ...]:
        known = (self._panel.chosen_id, self._window.pane.report_id or "")
        return tuple(dict.fromkeys(report_id for report_id in known if report_id))

    def _read(self, report_id: str) -> None:
        if report_id not in self._asked:
            self._asked.add(report_id)
            self._background.in_store(ReadFacts(report_id), self._facts_read, self._not_read)

    def _facts_read(self, facts: ReportFacts) -> None:
        self._asked.discard(facts.report_id)
        self._stale.discard(facts.report_id)
        in_sight = self._in_sight()
        self._facts = {name: each for name, each in self._facts.items() if name in in_sight}
        self._facts[facts.report_id] = facts
        self._show_chosen()
        self._offer()
        self.looked.emit()

    def _not_read(self, _error: Exception) -> None:
        self._asked.clear()  # the next news asks again

    def _show_chosen(self) -> None:
        panel, model = self._panel, self._model
        number = model.row_of(panel.chosen_id)
        row = None if number is None else model.row(number)
        if row is None:
            return
        facts = self._facts.get(row.delivery.report_id)
        conditions = self._outlook.conditions(self._clock())
        plan = self._plan(row.delivery.report_id, row.expected, conditions.now)
        smaller = None
        if plan is not None and row.expected is not None:
            smaller = self._outlook.at_smaller(row.expected, plan, conditions.now)
        button = ""
        if plan is not None and self.resizing.report_id != row.delivery.report_id:
            button = self.tr("Send at 1,600 px")
            if smaller is not None:
                when = expected_words(smaller, conditions.now)
                button = self.tr("Send at 1,600 px: %1").replace("%1", when)
        panel.detail.show_words(
            DetailWords(
                row.delivery,
                model.headline(row),
                detail_words(row.delivery, conditions, row.expected, smaller),
                button,
                len(facts.left) if facts else 0,
            )
        )

    def _plan(self, report_id: str, expected: datetime | None, now: datetime) -> ResizePlan | None:
        """Return what sending smaller would be, where it is worth to be offered."""
        facts = self._facts.get(report_id)
        if facts is None or (expected is not None and expected - now < NOT_WORTH_IT):
            return None
        return facts.plan

    def _offer(self) -> None:
        """Enable what can be done with the report that commands are about."""
        facts = self._facts.get(self.target)
        busy = bool(self.resizing.report_id)
        enable = self._actions.enable
        enable(facts is not None and facts.plan is not None and not busy, "sync.smaller")
        enable(facts is not None and len(facts.left) > 1, "sync.choose_photos")
        enable(facts is not None and facts.has_receipt, "sync.receipt")
        enable(facts is not None and facts.originals, "sync.originals")

    @Slot(object)
    def _resizing(self, progress: ResizeProgress) -> None:
        said = self.all.progress_words(progress)
        self._window.messages.tell(Notice(said, closable=False), [self._cancel])
        self._show_chosen()
        self._offer()

    @Slot(object)
    def _resized(self, delivery: Delivery) -> None:
        said = self.tr(
            "The photos that had not arrived go out at 1,600 px. The originals stay on this laptop."
        )
        if not self.all.busy:
            self._window.messages.tell(Notice(said, tone="good"))
        self._refiled(delivery)

    def _refiled(self, delivery: Delivery) -> None:
        self._facts.pop(delivery.report_id, None)
        self.filed_anew.emit(delivery.report_id)

    @Slot(str)
    def _not_resized(self, _report_id: str) -> None:
        self._window.messages.hide()
        self.look_again({})

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        if isinstance(error, ReporterDeskError):
            self._window.messages.tell(Notice(str(error), tone="problem"))
        self.forget()
        self.look_again({})


def _moved_on(before: Delivery | None, now: Delivery) -> bool:
    """Tell whether what can be done may be something else; single bytes do not count."""
    if before is None:
        return True
    return (before.revision_id, before.state, before.photos_delivered) != (
        now.revision_id,
        now.state,
        now.photos_delivered,
    )


@dataclass(frozen=True, slots=True)
class _FileOriginals:
    report_id: str
    clock: Clock

    def __call__(self, store: Store) -> Delivery:
        from reporterdesk.workflow.resizing import file_originals

        return file_originals(store, self.report_id, clock=self.clock)


@dataclass(frozen=True, slots=True)
class _OnTarget:
    """Does something with the report that commands are about; an action's slot."""

    commands: SendingCommands
    what: Callable[[str], None]

    def __call__(self) -> None:
        if self.commands.target:
            self.what(self.commands.target)

"""Above a report: what its editor wants done with it, and has not been done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QWidget

from reporterdesk.domain.errands import Errand, ErrandKind, ErrandState
from reporterdesk.ui.errand_words import errand_line, errand_word
from reporterdesk.ui.widgets.notice_bar import Notice, NoticeBar

_SOON_MS = 500
"""What is done within this time is not spoken of."""


class ErrandBar(NoticeBar):
    """Speaks of one :class:`Errand`: one that waits, or one that came too late, with its note.

    :ivar taken_back: emits the id of one that is not to be sent.
    :ivar sent_again: emits the id of one that is to be sent on the revision shown.
    :ivar dismissed: emits the id of one that came too late or was refused, and was read.
    """

    taken_back = Signal(str)
    sent_again = Signal(str)
    dismissed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Waiting for the desk"))
        self._errand: Errand | None = None
        self._possible: Callable[[Errand], bool] = lambda _errand: False
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._tell_waiting)
        self._close.clicked.connect(self._dismiss)
        self._actions_of = {
            name: self._action(text, slot)
            for name, text, slot in (
                ("back", self.tr("Take it back"), self._take_back),
                ("copy", self.tr("Copy the note"), self._copy),
                ("again", self.tr("Send it again"), self._send_again),
            )
        }

    @property
    def errand(self) -> Errand | None:
        """What it speaks of."""
        return self._errand

    def show_errands(self, errands: tuple[Errand, ...], possible: Callable[[Errand], bool]) -> None:
        """Speak of the first that came too late or was refused, else of what waits.

        :param possible: tells whether an errand could be sent again for what is shown.
        """
        ordered = sorted(errands, key=lambda errand: (errand.is_open, not _is_decision(errand)))
        chosen = ordered[0] if ordered else None
        if chosen == self._errand:
            return
        self._errand, self._possible = chosen, possible
        if chosen is None:
            self._soon.stop()
            self.hide()
        elif not chosen.is_open:
            self._tell_closed(chosen)
        elif chosen.why or not self.isHidden():
            self._tell_waiting()
        elif not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _tell_waiting(self) -> None:
        errand = self._errand
        if errand is None or not errand.is_open:
            return
        said = f"{errand_line(errand)}."
        if errand.why and errand.state is ErrandState.ATTEMPTING:
            said += " " + self.tr("It may have arrived: nothing is done twice.")
        waits = errand.state is ErrandState.WAITING and bool(errand.why)
        actions = [self._actions_of["back"]] if waits else []
        self.tell(Notice(said, tone="warning", closable=False), actions, quietly=True)

    def _tell_closed(self, errand: Errand) -> None:
        self._soon.stop()
        lines = []
        if errand.note:
            lines.append(self.tr("Your note is kept: “%1”").replace("%1", _short(errand.note)))
        said = errand.why or errand_line(errand)
        if errand.state is ErrandState.REFUSED:
            said = f"{errand_word(errand)}: {errand.why}"
        actions = [self._actions_of["copy"]] if errand.note else []
        if self._possible(errand):
            actions.append(self._actions_of["again"])
        self.tell(Notice(said, tuple(lines), tone="problem"), actions)

    @Slot()
    def _take_back(self) -> None:
        if self._errand is not None:
            self.taken_back.emit(self._errand.id)

    @Slot()
    def _send_again(self) -> None:
        if self._errand is not None:
            self.sent_again.emit(self._errand.id)

    @Slot()
    def _copy(self) -> None:
        if self._errand is not None:
            QGuiApplication.clipboard().setText(self._errand.note)

    @Slot()
    def _dismiss(self) -> None:
        if self._errand is not None and not self._errand.is_open:
            self.dismissed.emit(self._errand.id)

    def _action(self, text: str, slot: Callable[[], None]) -> QAction:
        made = QAction(text, self)
        made.triggered.connect(slot)
        return made


def _is_decision(errand: Errand) -> bool:
    return errand.kind is ErrandKind.DECISION


def _short(note: str) -> str:
    line = " ".join(note.split())
    return line if len(line) <= 160 else f"{line[:159]}…"

"""Both versions side by side: only what both have changed is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.ui.announcing import announce
from reporterdesk.ui.conflict.card import QuestionCard
from reporterdesk.ui.conflict.questions import Asked
from reporterdesk.ui.widgets.plain_words import dialog_button, plain_label
from reporterdesk.workflow.questions import Answer
from reporterdesk.workflow.replies import Reply

_AT_ONCE = 4
"""Cards that are made in one go: some milliseconds each."""


@dataclass(frozen=True, slots=True)
class Versions:
    """What stands over both columns: the report's headline, and who wrote when.

    ``agree`` is what the button says that does it.
    """

    headline: str
    mine: str
    theirs: str
    agree: str


class ConflictDialog(QDialog):
    """Asks what both changed, one below the other. Lives on the UI thread.

    Nothing is written before :attr:`agreed`: to close it leaves everything as it is.

    :param asked: the questions, each made when it is shown; ``total`` is how many there are.
    :param replies: what was said to the first of them before, when they were shown last.
    :ivar agreed: emitted when all is chosen and it is to be done.
    :ivar replied: emitted whenever another answer was chosen or written.
    :ivar cards: the questions, from top to bottom; many of them are made one after the other.
    """

    agreed = Signal()
    replied = Signal()

    def __init__(
        self,
        versions: Versions,
        asked: Iterator[Asked],
        total: int,
        parent: QWidget | None = None,
        *,
        replies: Sequence[Reply] = (),
    ) -> None:
        super().__init__(parent)
        self.setObjectName("conflictDialog")
        self.setWindowTitle(self.tr("Put both versions together"))
        self._list = QWidget(self)
        self._list.setObjectName("questionList")
        self.cards: list[QuestionCard] = []
        self._rows = QVBoxLayout(self._list)
        self._waiting, self._total = asked, total
        self._before = tuple(replies)
        self._more = QTimer(self, interval=0)
        self._more.timeout.connect(self._add_cards)
        self._scroll = QScrollArea(self)
        self._count = QLabel(self)
        self._count.setProperty("role", "hint")
        self.agree_button = dialog_button(self, versions.agree, default=True)
        self.cancel_button = dialog_button(self, self.tr("Cancel"))
        self._lay_out(versions)
        self._add_cards()
        self._more.start()
        self._tell_count()
        self.setMinimumSize(520, 320)
        self.resize(860, 620)
        if self.cards:
            self.cards[0].keep_mine.setFocus()

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What was chosen or written, for every question that was answered."""
        return tuple(card.answer for card in self.cards if card.answer is not None)

    @property
    def replies(self) -> tuple[Reply, ...]:
        """All that was said so far, from the first question on."""
        return (*(card.reply for card in self.cards), *self._before[len(self.cards) :])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring the whole question into sight that has the keyboard, also when it has grown."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            for card in self.cards:
                if card.isAncestorOf(watched):
                    self._show_card(card)
        elif event.type() == QEvent.Type.Resize and isinstance(watched, QuestionCard):
            focused = self.focusWidget()
            if focused is not None and watched.isAncestorOf(focused):
                self._show_card(watched)
        return super().eventFilter(watched, event)

    def _show_card(self, card: QuestionCard) -> None:
        at = card.mapTo(self._list, QPoint(0, 0)).y()
        self._scroll.ensureVisible(0, at, 0, 8)
        self._scroll.ensureVisible(0, at + card.height(), 0, 8)

    def _lay_out(self, versions: Versions) -> None:
        headline = versions.headline.strip() or self.tr("Report without a headline")
        title = plain_label(self, f"“{headline[:120]}”", "title")
        asked = self.tr(
            "You and the desk have changed the same places. Everything else is put together "
            "already. Both versions are kept, whatever you choose."
        )
        columns = QGridLayout()
        columns.setHorizontalSpacing(12)
        for number, words in enumerate((versions.mine, versions.theirs)):
            columns.addWidget(plain_label(self, words, "label"), 0, number)
            columns.setColumnStretch(number, 1)
        self._rows.setContentsMargins(24, 12, 24, 0)
        self._rows.setSpacing(12)
        self._rows.addStretch(1)
        self._scroll.setAccessibleName(self.tr("What is to be chosen"))
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setWidget(self._list)
        head = QVBoxLayout()
        head.setContentsMargins(24, 16, 24, 8)
        head.setSpacing(4)
        head.addWidget(title)
        head.addWidget(plain_label(self, asked, "note"))
        over = QHBoxLayout()  # the scroll bar's room is on the other side for some scripts
        over.setContentsMargins(24, 0, 24, 0)
        over.addLayout(columns, 1)
        over.addSpacing(12)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 12, 24, 16)
        foot.setSpacing(12)
        buttons = QDialogButtonBox(self)
        buttons.addButton(self.agree_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.cancel_button, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._agree)
        buttons.rejected.connect(self.reject)
        foot.addWidget(self._count, 1)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(over)
        column.addWidget(self._scroll, 1)
        column.addLayout(foot)

    @Slot()
    def _add_cards(self) -> None:
        """Make the next cards; hundreds at once would hold the window for seconds."""
        for question in islice(self._waiting, _AT_ONCE):
            card = QuestionCard(question, self._list)
            self._rows.insertWidget(len(self.cards), card)
            if len(self.cards) < len(self._before):
                card.take(self._before[len(self.cards)])
            self.cards.append(card)
            card.chosen.connect(self._chosen)
            card.chosen.connect(self.replied)
            card.installEventFilter(self)
            for control in card.controls:
                control.installEventFilter(self)
        if self._before:
            self._tell_count()
        if len(self.cards) == self._total:
            self._more.stop()

    @Slot()
    def _chosen(self) -> None:
        before = self._count.text()
        self._tell_count()
        if self._count.text() != before:
            announce(self, self._count.text())

    @Slot()
    def _agree(self) -> None:
        if len(self.answers) == self._total:
            self.accept()
            self.agreed.emit()

    def _tell_count(self) -> None:
        total, left = self._total, self._total - len(self.answers)
        if left:
            said = self.tr("%1 of %2 to choose").replace("%1", self.locale().toString(left))
            said = said.replace("%2", self.locale().toString(total))
        else:
            said = self.tr("All is chosen.")
        self._count.setText(said)
        self.agree_button.setEnabled(left == 0)

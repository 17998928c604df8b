"""One question: what both changed, side by side, and the buttons that choose."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.text.merge import Choice
from reporterdesk.ui.conflict.own_words import OwnWords
from reporterdesk.ui.conflict.questions import Asked
from reporterdesk.ui.conflict.side import VersionSide
from reporterdesk.ui.widgets.plain_words import plain_label
from reporterdesk.workflow.questions import Answer, can_be_worded
from reporterdesk.workflow.replies import Reply


class QuestionCard(QFrame):
    """Shows one question. Lives on the UI thread.

    :ivar chosen: emitted whenever another answer was chosen or written; see :attr:`answer`.
    :ivar own: the field for words of one's own.
    """

    chosen = Signal()

    def __init__(self, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("questionCard")
        self.setAccessibleName(asked.title)
        self._choice: Choice | None = None
        self._is_own = False
        self._mine = VersionSide(asked.mine, asked.mine_empty, self.tr("Yours"), self)
        self._theirs = VersionSide(asked.theirs, asked.theirs_empty, self.tr("The desk’s"), self)
        # No QButtonGroup: it would leave out all buttons but one on the way of the Tab key.
        self._choices: dict[Choice, QPushButton] = {}
        self.keep_mine = self._button(self.tr("Keep mine"), Choice.MINE, asked.title)
        self.keep_theirs = self._button(self.tr("Keep theirs"), Choice.THEIRS, asked.title)
        self.keep_both = self._button(self.tr("Keep both"), Choice.BOTH, asked.title)
        self.keep_both.setToolTip(self.tr("Yours first, and the desk’s after it"))
        self.keep_both.setVisible(asked.both_fit)
        self.write_own = self._choice_button(self.tr("Write my own"), asked.title)
        self.write_own.setToolTip(self.tr("Another wording, which starts from yours"))
        self.write_own.setVisible(can_be_worded(asked.question))
        self.write_own.clicked.connect(self._write_own)
        self.own = OwnWords(asked, self)
        self.own.edited.connect(self.chosen)
        self._lay_out(asked)

    @property
    def answer(self) -> Answer | None:
        """What was chosen or written; ``None`` where that is still to be done."""
        if not self._is_own:
            return self._choice
        return None if self.own.unfit else self.own.field.words()

    @property
    def reply(self) -> Reply:
        """All that was said here; see :meth:`take`."""
        return Reply(self._choice, self._is_own, self.own.field.words())

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard."""
        return (*self._choices.values(), self.write_own, self.own.field)

    def _button(self, text: str, choice: Choice, title: str) -> QPushButton:
        button = self._choice_button(text, title)
        button.clicked.connect(_Choose(self, choice))
        self._choices[choice] = button
        return button

    def _choice_button(self, text: str, title: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setProperty("role", "choice")
        button.setAccessibleName(f"{title}: {text}")
        return button

    def _lay_out(self, asked: Asked) -> None:
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addWidget(plain_label(self, asked.title, "notice"))
        if asked.context:
            head.addWidget(plain_label(self, asked.context, "hint"))
        sides = QGridLayout()
        sides.setHorizontalSpacing(12)
        sides.setVerticalSpacing(8)
        sides.addWidget(self._mine, 0, 0)
        sides.addWidget(self._theirs, 0, 1)
        sides.setColumnStretch(0, 1)
        sides.setColumnStretch(1, 1)
        for number, button in enumerate((self.keep_mine, self.keep_theirs)):
            under = QHBoxLayout()
            under.addWidget(button)
            under.addStretch(1)
            sides.addLayout(under, 1, number)
        more = QHBoxLayout()
        more.setSpacing(8)
        more.addWidget(self.keep_both)
        more.addWidget(self.write_own)
        more.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(sides)
        column.addLayout(more)
        column.addWidget(self.own)

    def choose(self, choice: Choice) -> None:
        """Take an answer, and show it; words that were written are kept, should they be wanted."""
        self._show(choice, own=False)

    def take(self, reply: Reply) -> None:
        """Show what was said here before."""
        if reply.words:
            self.own.field.set_words(reply.words)
        if reply.own:
            self.own.begin()
        if reply.own or reply.choice is not None:
            self._show(reply.choice, own=reply.own)

    @Slot()
    def _write_own(self) -> None:
        self.own.begin()
        self._show(self._choice, own=True)
        self.own.write()

    def _show(self, choice: Choice | None, *, own: bool) -> None:
        self._choice, self._is_own = choice, own
        for each, button in self._choices.items():
            button.setChecked(each is choice and not own)
        self.write_own.setChecked(own)
        self.own.setVisible(own)
        for side, kept in ((self._mine, Choice.MINE), (self._theirs, Choice.THEIRS)):
            side.set_chosen("yes" if not own and choice in {kept, Choice.BOTH} else "no")
        self.chosen.emit()


@dataclass(frozen=True, slots=True)
class _Choose:
    """Gives a card its answer; a button's slot."""

    card: QuestionCard
    choice: Choice

    def __call__(self) -> None:
        self.card.choose(self.choice)

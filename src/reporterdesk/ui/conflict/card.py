"""One question: what both changed, side by side, and the buttons that choose."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.text.merge import Choice
from reporterdesk.ui.conflict.questions import Asked
from reporterdesk.ui.conflict.side import VersionSide
from reporterdesk.ui.widgets.plain_words import plain_label


class QuestionCard(QFrame):
    """Shows one question. Lives on the UI thread.

    :ivar chosen: emitted whenever another answer was chosen; see :attr:`choice`.
    """

    chosen = Signal()

    def __init__(self, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("questionCard")
        self.setAccessibleName(asked.title)
        self.choice: Choice | None = None
        self._mine = VersionSide(asked.mine, asked.mine_empty, self.tr("Yours"), self)
        self._theirs = VersionSide(asked.theirs, asked.theirs_empty, self.tr("The desk’s"), self)
        # No QButtonGroup: it would leave out all buttons but one on the way of the Tab key.
        self._choices: dict[Choice, QPushButton] = {}
        self.keep_mine = self._button(self.tr("Keep mine"), Choice.MINE, asked.title)
        self.keep_both = self._button(self.tr("Keep both"), Choice.BOTH, asked.title)
        self.keep_theirs = self._button(self.tr("Keep theirs"), Choice.THEIRS, asked.title)
        self.keep_both.setToolTip(self.tr("Yours first, and the desk’s after it"))
        self.keep_both.setVisible(asked.both_fit)
        self._lay_out(asked)

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """The buttons that choose."""
        return tuple(self._choices.values())

    def _button(self, text: str, choice: Choice, title: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setProperty("role", "choice")
        button.setAccessibleName(f"{title}: {text}")
        button.clicked.connect(_Choose(self, choice))
        self._choices[choice] = button
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
        own, other = QHBoxLayout(), QHBoxLayout()
        own.setSpacing(8)
        own.addWidget(self.keep_mine)
        own.addWidget(self.keep_both)
        own.addStretch(1)
        other.addWidget(self.keep_theirs)
        other.addStretch(1)
        sides.addLayout(own, 1, 0)
        sides.addLayout(other, 1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(sides)

    def choose(self, choice: Choice) -> None:
        """Take an answer, and show it."""
        self.choice = choice
        for each, button in self._choices.items():
            button.setChecked(each is choice)
        mine = self.choice in {Choice.MINE, Choice.BOTH}
        theirs = self.choice in {Choice.THEIRS, Choice.BOTH}
        self._mine.set_chosen("yes" if mine else "no")
        self._theirs.set_chosen("yes" if theirs else "no")
        self.chosen.emit()


@dataclass(frozen=True, slots=True)
class _Choose:
    """Gives a card its answer; a button's slot."""

    card: QuestionCard
    choice: Choice

    def __call__(self) -> None:
        self.card.choose(self.choice)

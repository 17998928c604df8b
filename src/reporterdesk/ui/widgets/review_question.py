"""The one question before a decision: a note for who reads it, or a yes for publishing."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from reporterdesk.domain.status import Action
from reporterdesk.ui.widgets.growing_text import GrowingText
from reporterdesk.ui.widgets.side_label import SideLabel

_WITH_NOTE = frozenset({Action.RETURN, Action.CORRECT})


class ReviewQuestion(QFrame):
    """Asks above the page, so that what is decided on can be read meanwhile.

    :ivar answered: emits the :class:`Action` that was agreed to, and its note or ``""``.
    :ivar asked: emits the :class:`Action` to which a note is asked for, to be begun or gone on.
    :ivar written_on: emitted whenever a person has changed the note.
    :ivar put_away: emitted when the person puts the question away, while its note is there.
    """

    answered = Signal(object, str)
    asked = Signal(object)
    written_on = Signal()
    put_away = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("reviewQuestion")
        self._action = Action.RETURN
        self._question = SideLabel(self)
        self._question.setProperty("role", "notice")
        self._question.setWordWrap(True)
        self.note = GrowingText(self.tr("Note to the reporter"), lines=8, many=True, parent=self)
        self.note.setProperty("role", "field")
        self.note.edited.connect(self._note_edited)
        self.note.edited.connect(self.written_on)
        self.yes = QPushButton(self)
        self.yes.setProperty("role", "primary")
        self.yes.clicked.connect(self._yes)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.clicked.connect(self._cancel)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.yes)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._question)
        column.addWidget(self.note)
        column.addLayout(row)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is asked."""
        return self._question.text()

    @property
    def action(self) -> Action:
        """What is asked about."""
        return self._action

    def is_asking(self, action: Action) -> bool:
        """Tell whether the question about ``action`` is open."""
        return not self.isHidden() and self._action is action

    @property
    def written(self) -> str:
        """The note that is being written, ``""`` where there is none."""
        return "" if self.isHidden() or self.note.isHidden() else self.note.words().strip()

    def write(self) -> None:
        """Give the note the keyboard, at the end of its words."""
        self.note.moveCursor(QTextCursor.MoveOperation.End)
        self.note.setFocus()

    def ask_for_note(self) -> None:
        """Ask what the reporter should change."""
        self._ask(
            Action.RETURN,
            self.tr("What should the reporter change? They will read this note."),
            self.tr("Return it"),
        )
        self._begin_note(
            self.tr("Note to the reporter"), self.tr("What should be changed, and why")
        )

    def ask_publish(self) -> None:
        """Ask whether to publish at once."""
        asked = self.tr(
            "Publish this revision? It is on the public site at once. "
            "That cannot be undone; it can only be corrected or withdrawn."
        )
        self._ask(Action.PUBLISH, asked, self._publish_it())
        self.note.hide()
        self.yes.setEnabled(True)
        self.yes.setFocus()

    def ask_correct(self) -> None:
        """Ask what is corrected: readers see the note and its date under the report."""
        asked = self.tr(
            "What does this revision correct? Readers see this note under the report, "
            "and the new text in place of the old one at once."
        )
        self._ask(Action.CORRECT, asked, self._publish_it())
        self._begin_note(
            self.tr("Note to the readers"), self.tr("What was wrong, and how it is right")
        )

    @Slot()
    def close_question(self) -> None:
        """Put the question away, with its note."""
        self.note.set_words("")
        self.hide()

    def _ask(self, action: Action, question: str, yes: str) -> None:
        if action is not self._action:
            self.note.set_words("")  # what was written to the one is not for the other
        self._action = action
        self._question.setText(question)
        self.yes.setText(yes)
        self.show()

    def _begin_note(self, name: str, hint: str) -> None:
        self.note.setAccessibleName(name)
        self.note.setPlaceholderText(hint)
        self.note.show()
        self.asked.emit(self._action)
        self._note_edited()

    def _publish_it(self) -> str:
        return self.tr("Publish it")

    @Slot()
    def _cancel(self) -> None:
        self.put_away.emit()
        self.close_question()

    @Slot()
    def _note_edited(self) -> None:
        needed = self._action in _WITH_NOTE
        self.yes.setEnabled(not needed or bool(self.note.words().strip()))

    @Slot()
    def _yes(self) -> None:
        note = self.note.words().strip() if self._action in _WITH_NOTE else ""
        self.answered.emit(self._action, note)

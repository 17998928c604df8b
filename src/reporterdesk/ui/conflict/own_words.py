"""The field for words of one's own, in the place of either version."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reporterdesk.text.merge import Clash
from reporterdesk.text.wording import Unfit, standing_of
from reporterdesk.ui.conflict.questions import Asked
from reporterdesk.ui.widgets.growing_text import GrowingText
from reporterdesk.ui.widgets.plain_words import plain_label
from reporterdesk.workflow.comparing import Fact
from reporterdesk.workflow.questions import FieldClash, Question, unfit_for, words_of_mine


class OwnWords(QWidget):
    """A field that starts from one's own version. Lives on the UI thread.

    :ivar edited: emitted whenever a person has changed the words.
    :ivar field: where they are written.
    """

    edited = Signal()

    def __init__(self, asked: Asked, parent: QWidget) -> None:
        super().__init__(parent)
        self._question = asked.question
        many = _has_lines(asked.question)
        name = self.tr("%1: your own wording").replace("%1", asked.title)
        self.field = GrowingText(name, lines=10, many=many, parent=self)
        self.field.setProperty("role", "field")
        self.field.edited.connect(self._tell)
        self.field.edited.connect(self.edited)
        self._hint = plain_label(self, "", "hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self._hint)
        self.hide()

    @property
    def unfit(self) -> Unfit | None:
        """Why the words cannot be the answer, ``None`` where they can."""
        return unfit_for(self._question, self.field.words())

    @property
    def said(self) -> str:
        """What stands under the field."""
        return self._hint.text()

    def begin(self, words: str = "") -> None:
        """Show the field with what was written in it before, or with one's own version."""
        self.field.set_words(words or self.field.words() or words_of_mine(self._question))
        self._tell()
        self.show()

    def write(self) -> None:
        """Give the field the keyboard, at the end of the words."""
        self.field.moveCursor(QTextCursor.MoveOperation.End)
        self.field.setFocus()

    @Slot()
    def _tell(self) -> None:
        unfit = self.unfit
        said, role = self._rule(), "hint"
        if unfit is Unfit.EMPTY:
            said, role = self.tr("Write something, or keep one of the versions."), "problem"
        elif unfit is Unfit.PHOTO:
            said = self.tr(
                "A photo can’t be set in here. Take it out of this wording, and put it into the "
                "report afterwards."
            )
            role = "problem"
        if (said, role) != (self._hint.text(), self._hint.property("role")):
            self._hint.setText(said)
            self._hint.setProperty("role", role)
            self._hint.style().unpolish(self._hint)
            self._hint.style().polish(self._hint)
            self.field.setAccessibleDescription(said)
        self._hint.setVisible(bool(said))

    def _rule(self) -> str:
        """Say what is to be known of the words while nothing is wrong with them."""
        if not isinstance(self._question, Clash):
            return ""
        rule = self.tr("An empty line begins a new paragraph.")
        if not standing_of(self._question):
            return rule
        return rule + " " + self.tr("Photos of both versions stay, after your words.")


def _has_lines(question: Question) -> bool:
    """Tell whether Enter makes a new line, as in the field that it is about."""
    return isinstance(question, Clash) or (
        isinstance(question, FieldClash) and question.field is Fact.NOTE_TO_DESK
    )

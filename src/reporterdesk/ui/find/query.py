"""The fields for what is looked for, with its options, and for what replaces it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QToolButton, QWidget

from reporterdesk.text.pattern import LONGEST, Options


class WordsField(QLineEdit):
    """A field in which Enter, Shift+Enter and Alt+Enter do different things.

    :ivar entered: Enter was pressed.
    :ivar entered_back: Shift+Enter was pressed.
    :ivar entered_all: Alt+Enter was pressed.
    """

    entered = Signal()
    entered_back = Signal()
    entered_all = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setMaxLength(LONGEST)
        self.setMinimumWidth(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of Enter."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered_back.emit()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.entered_all.emit()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            self.entered.emit()


class QueryField(QWidget):
    """What is looked for, and how: case, whole words, regular expression; and what replaces it.

    :ivar changed: emitted when a person changed what is looked for, or how.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = WordsField(self.tr("Find"), self)
        self.replacement = WordsField(self.tr("Replace with"), self)
        self.match_case = option("Aa", self.tr("Match case and accents"), self)
        self.whole_words = option("ab|", self.tr("Whole words"), self)
        self.expression = option(".*", self.tr("Regular expression"), self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.words, 0, 0)
        grid.addWidget(self.replacement, 1, 0)
        for column, button in enumerate(
            (self.match_case, self.whole_words, self.expression), start=1
        ):
            grid.addWidget(button, 0, column)
            button.toggled.connect(self._asked)
        self.words.textChanged.connect(self._asked)
        self.setFocusProxy(self.words)

    def options(self) -> Options:
        """Return how it is looked for."""
        return Options(
            match_case=self.match_case.isChecked(),
            whole_words=self.whole_words.isChecked(),
            expression=self.expression.isChecked(),
        )

    def tell_wrong(self, *, wrong: bool) -> None:
        """Show whether what is looked for cannot be read or is not there."""
        if self.words.property("wrong") != wrong:
            self.words.setProperty("wrong", wrong)
            self.words.style().unpolish(self.words)
            self.words.style().polish(self.words)

    @Slot()
    def _asked(self) -> None:
        self.changed.emit()


def option(text: str, name: str, parent: QWidget) -> QToolButton:
    """Return a button that is on or off, and can be reached by Tab."""
    button = QToolButton(parent)
    button.setText(f"\u200e{text}\u200e")  # the signs stand so in any direction
    button.setCheckable(True)
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.setProperty("role", "option")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button

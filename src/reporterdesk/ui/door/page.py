"""What every page of the door has: a title, sentences, what went wrong, progress, and buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.ui.widgets.plain_words import dialog_button, plain_label


class DoorPage(QWidget):
    """One thing that is asked or told. Subclasses add their fields with :meth:`add`.

    Its buttons read from the most likely one on; the first is what Enter does.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = plain_label(self, "", "title")
        self._problem = plain_label(self, "", "problem")
        self._problem.setAccessibleName(self.tr("What went wrong"))
        self._problem.hide()
        self._busy = QProgressBar(self)
        self._busy.setTextVisible(False)
        self._busy.setFixedHeight(4)
        self._busy.setAccessibleName(self.tr("Working"))
        self._busy.hide()
        self._fields: list[QWidget] = []
        self._body = QVBoxLayout()
        self._body.setSpacing(12)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._links = QVBoxLayout()
        self._links.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addLayout(self._body)
        column.addWidget(self._problem)
        column.addWidget(self._busy)
        column.addLayout(self._buttons)
        column.addLayout(self._links)

    @property
    def title(self) -> str:
        """What the page is about."""
        return self._title.text()

    def set_title(self, title: str) -> None:
        """Name what the page is about."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def say(self, sentence: str, role: str = "note") -> QLabel:
        """Add a sentence, and return its label."""
        label = plain_label(self, sentence, role)
        self._body.addWidget(label)
        return label

    def add(self, field: QWidget, *, named: bool = False) -> None:
        """Add a field, which is switched off while the page is busy.

        :param named: put its accessible name above it.
        """
        if named:
            name = QLabel(field.accessibleName(), self)
            name.setBuddy(field)
            self._body.addWidget(name)
            self._body.setSpacing(8)
        self._body.addWidget(field)
        self._fields.append(field)

    def button(
        self, text: str, slot: Callable[[], object], *, primary: bool = False
    ) -> QPushButton:
        """Add a button; the ``primary`` one is what Enter presses."""
        button = dialog_button(self, text, default=primary)
        button.clicked.connect(slot)
        self._buttons.addWidget(button)
        self._fields.append(button)
        return button

    def link(self, text: str, slot: Callable[[], object]) -> QPushButton:
        """Add another way on, below the buttons."""
        link = QPushButton(text, self)
        link.setProperty("role", "link")
        link.setFlat(True)
        link.setAutoDefault(False)
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.clicked.connect(slot)
        row = QHBoxLayout()
        row.addWidget(link)
        row.addStretch(1)
        self._links.addLayout(row)
        self._fields.append(link)
        return link

    def finish(self) -> None:
        """Give the buttons their place, once all are there."""
        self._buttons.addStretch(1)

    def tell_problem(self, sentence: str) -> None:
        """Say what went wrong; ``""`` takes it back."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        if sentence:
            self.set_busy(busy=False)

    @property
    def problem(self) -> str:
        """What is said to have gone wrong."""
        return "" if self._problem.isHidden() else self._problem.text()

    def set_busy(self, *, busy: bool) -> None:
        """Show that it works, for as long as it takes; nothing can be changed meanwhile."""
        self._busy.setRange(0, 0)
        self._busy.setVisible(busy)
        if busy:
            self._problem.hide()
        for field in self._fields:
            field.setEnabled(not busy)

    def show_progress(self, part: float) -> None:
        """Show how far it is, from 0 to 1."""
        self._busy.setRange(0, 1000)
        self._busy.setValue(round(part * 1000))
        self._busy.show()

    def take_focus(self) -> None:
        """Put the keyboard where the page wants it."""
        for field in self._fields:
            if not isinstance(field, QPushButton) or field.isDefault():
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.setFocus()

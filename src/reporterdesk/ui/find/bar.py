"""The bar below the text in which one finds and replaces."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from reporterdesk.ui.announcing import announce
from reporterdesk.ui.find.query import QueryField, option
from reporterdesk.ui.icons import icon


class FindBar(QFrame):
    """Two rows: what is looked for and where one is in it; what replaces it. On the UI thread.

    :ivar closed: emitted at Escape and by the cross.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.setAccessibleName(self.tr("Find and replace in this report"))
        self.query = QueryField(self)
        self.within = option("[ ]", self.tr("Only in the selection"), self)
        self.count = QLabel(self)
        self.count.setObjectName("findCount")
        self.count.setProperty("role", "hint")
        self.count.setMinimumWidth(72)
        self.back = self._arrow("up", self.tr("Previous (Shift+Enter)"))
        self.forth = self._arrow("down", self.tr("Next (Enter)"))
        self.close_button = self._arrow("close", self.tr("Close (Escape)"))
        self.close_button.clicked.connect(self.closed)
        self.words = self.query.replacement
        self.one = QPushButton(self.tr("Replace"), self)
        self.one.setToolTip(self.tr("Replace this one and go to the next (Enter)"))
        self.all = QPushButton(self.tr("Replace all"), self)
        self.all.setToolTip(self.tr("Replace everything that is found (Alt+Enter)"))
        self._note = QLabel(self)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self.undo = QPushButton(self.tr("Undo"), self)
        self.undo.setProperty("role", "link")
        self._lay_out()
        self.offer_replacing(offered=False)
        self.tell("")
        self.hide()

    def offer_replacing(self, *, offered: bool) -> None:
        """Show the second row or not."""
        self.words.setVisible(offered)
        self._buttons.setVisible(offered)

    @property
    def replacing(self) -> bool:
        """Whether the second row is there."""
        return not self.words.isHidden()

    def tell(self, sentence: str, *, problem: bool = False, undo: bool = False) -> None:
        """Say something below the rows; nothing for ``""``."""
        self._note.setText(sentence)
        self._note.setProperty("role", "problem" if problem else "hint")
        self._note.style().unpolish(self._note)
        self._note.style().polish(self._note)
        self._note.setVisible(bool(sentence))
        self.undo.setVisible(undo)
        if sentence:
            announce(self, sentence)

    @property
    def note(self) -> str:
        """What is said."""
        return self._note.text()

    @property
    def trouble(self) -> bool:
        """Whether that is a problem."""
        return bool(self.note) and self._note.property("role") == "problem"

    def tell_count(self, words: str) -> None:
        """Say where one is in what was found."""
        if words != self.count.text():
            self.count.setText(words)
            if words:
                announce(self.count, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close at Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _arrow(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name))
        button.setAccessibleName(tip.partition(" (")[0])
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _lay_out(self) -> None:
        self._steps = QWidget(self)
        steps = QHBoxLayout(self._steps)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.setSpacing(4)
        for widget in (self.within, self.count):
            steps.addWidget(widget)
        steps.addStretch(1)
        for widget in (self.back, self.forth, self.close_button):
            steps.addWidget(widget)
        self._buttons = QWidget(self)
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(8)
        buttons.addWidget(self.one)
        buttons.addWidget(self.all)
        buttons.addStretch(1)
        told = QHBoxLayout()
        told.setSpacing(8)
        told.addWidget(self._note, 1)
        told.addWidget(self.undo)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 8, 12, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.query, 0, 0, 2, 1)
        grid.addWidget(self._steps, 0, 1)
        grid.addWidget(self._buttons, 1, 1)
        grid.addLayout(told, 2, 0, 1, 2)
        self._order()

    def _order(self) -> None:
        """Let Tab go from what is found to what replaces it before it goes to the buttons."""
        query = self.query
        chain = (query.words, self.words, query.match_case, query.whole_words, query.expression)
        more = (self.within, self.back, self.forth, self.one, self.all, self.undo)
        order = (*chain, *more, self.close_button)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

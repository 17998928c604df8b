"""The window in which one finds and replaces in all reports."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.ui.find.hit_tree import HitTree
from reporterdesk.ui.find.query import QueryField
from reporterdesk.ui.widgets.choice import Choice
from reporterdesk.ui.widgets.plain_words import dialog_button, plain_label
from reporterdesk.workflow.library.looking import Looked

_PAUSE_MS = 350
"""After so long a pause in typing it is looked for."""
_SIZE = (760, 620)
_CHANGEABLE = "changeable"


class AllReportsDialog(QDialog):
    """What is looked for and where, what was found, and a tick for each. Lives on the UI thread.

    :ivar look_wanted: emitted when all reports are to be looked through, again or anew.
    :ivar replace_wanted: emitted when what is ticked is to be replaced.
    :ivar undo_wanted: emitted when the last replacing is to be taken back.
    :ivar stop_wanted: emitted when what is being done is to be stopped.
    """

    look_wanted = Signal()
    replace_wanted = Signal()
    undo_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Find and replace in all reports"))
        self._busy = False
        self.query = QueryField(self)
        self.words = self.query.replacement
        self.where = Choice(
            self.tr("Where"),
            (
                (_CHANGEABLE, self.tr("Drafts and returned reports")),
                ("all", self.tr("All reports but the trash")),
            ),
            self,
        )
        self.where.set_code(_CHANGEABLE)
        self.tree = HitTree(self)
        self._said = plain_label(self, "", "note")
        self._progress = QProgressBar(self)
        self._progress.setAccessibleName(self.tr("Progress"))
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(4)
        self.undo = dialog_button(self, self.tr("Undo replace"))
        self.stop = dialog_button(self, self.tr("Stop"))
        self.close_button = dialog_button(self, self.tr("Close"))
        self.replace_button = dialog_button(self, self.tr("Replace"), default=True)
        self.replace_button.setDefault(False)  # Enter belongs to the fields
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._lay_out()
        self._connect()
        self.offer_undo(offered=False)
        self.tell_idle(self.tr("Filed and published reports are never changed."))
        self.resize(*_SIZE)

    @property
    def only_changeable(self) -> bool:
        """Whether reports that cannot be changed are left out."""
        return self.where.code() == _CHANGEABLE

    @property
    def said(self) -> str:
        """What is said below the list."""
        return self._said.text()

    def show_found(self, looked: Looked) -> None:
        """Show what was found."""
        self.tree.show_found(looked)

    def tell_busy(self, sentence: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done, and how far it is."""
        self._busy = True
        self._say(sentence, problem=False)
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._progress.show()
        self.stop.show()
        self._offer()

    def tell_idle(self, sentence: str, *, problem: bool = False) -> None:
        """Say what came of it."""
        self._busy = False
        self._progress.hide()
        self.stop.hide()
        self._say(sentence, problem=problem)
        self._offer()

    def offer_undo(self, *, offered: bool) -> None:
        """Offer to take back what was replaced, or not."""
        self.undo.setVisible(offered)

    def _say(self, sentence: str, *, problem: bool) -> None:
        role = "problem" if problem else "note"
        if self._said.property("role") != role:
            self._said.setProperty("role", role)
            self._said.style().unpolish(self._said)
            self._said.style().polish(self._said)
        self._said.setText(sentence)
        self.tree.setAccessibleDescription(sentence)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        rows = (
            (self.tr("Find"), self.query.words),
            (self.tr("Replace with"), self.words),
            (self.tr("In"), self.where),
        )
        for row, (name, buddy) in enumerate(rows):
            label = QLabel(name, self)
            label.setProperty("role", "label")
            label.setBuddy(buddy)
            grid.addWidget(label, row, 0)
        grid.addWidget(self.query, 0, 1, 2, 1)
        grid.addWidget(self.where, 2, 1)
        hint = self.tr("Headlines, standfirsts, texts and photo captions are looked through.")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.undo)
        buttons.addStretch(1)
        for button in (self.stop, self.close_button, self.replace_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addLayout(grid)
        column.addWidget(plain_label(self, hint, "hint"))
        column.addWidget(self.tree, 1)
        column.addWidget(self._progress)
        column.addWidget(self._said)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.query.changed.connect(self._asked)
        self._soon.timeout.connect(self.look_wanted)
        self.query.words.entered.connect(self._look_now)
        self.words.entered.connect(self._look_now)
        self.where.chosen.connect(self._look_now)
        self.tree.ticked.connect(self._offer)
        self.replace_button.clicked.connect(self.replace_wanted)
        self.undo.clicked.connect(self.undo_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self.close_button.clicked.connect(self.reject)

    @Slot()
    def _asked(self) -> None:
        """What is shown is not what is looked for any more."""
        if self.tree.topLevelItemCount():
            self.tree.forget()
        self._soon.start()

    @Slot()
    def _look_now(self) -> None:
        self._soon.stop()
        self.look_wanted.emit()

    @Slot()
    def _offer(self) -> None:
        ticked = sum(len(task.chosen) for task in self.tree.tasks())
        self.replace_button.setEnabled(ticked > 0 and not self._busy)
        self.undo.setEnabled(not self._busy)
        number = self.locale().toString(ticked)
        words = self.tr("Replace %1").replace("%1", number) if ticked else self.tr("Replace")
        self.replace_button.setText(words)
        for field in (self.query, self.words, self.where, self.tree):
            field.setEnabled(not (self._busy and self._changing))

    _changing = False

    def set_changing(self, *, changing: bool) -> None:
        """Let nothing be asked for while reports are being changed."""
        self._changing = changing
        if changing:
            self.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self._offer()

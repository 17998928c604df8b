"""Under the page: from change to change, and what takes them back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from reporterdesk.ui.history.words import restore_word, told
from reporterdesk.ui.icons import icon
from reporterdesk.workflow.restoring import AnyChange

_MOST_TOLD = 4_000


class ChangeBar(QWidget):
    """Goes through the changes of a page by keyboard, and says each in words.

    :ivar gone_to: emits the number of a change, from 0.
    :ivar restore_requested: emits the number of the change that is to be taken back.
    :ivar restore_all_requested: emitted when all of them are.
    """

    gone_to = Signal(int)
    restore_requested = Signal(int)
    restore_all_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("changeBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._changes: tuple[AnyChange, ...] = ()
        self._at = -1
        self._before = self._arrow("left", self.tr("Previous change"))
        self._after = self._arrow("right", self.tr("Next change"))
        self.place = QLabel(self)
        self.place.setTextFormat(Qt.TextFormat.PlainText)
        self.restore = QPushButton(self)
        self.restore_all = QPushButton(self.tr("Restore all"), self)
        self.restore_all.setToolTip(self.tr("Bring the whole report back to this moment"))
        self.look_only = QLabel(
            self.tr("This report can only be read now: look at it, or copy from it."), self
        )
        self.look_only.setProperty("role", "hint")
        self.look_only.setWordWrap(True)
        steps = QHBoxLayout()
        steps.setSpacing(8)
        for widget in (self._before, self._after, self.place):
            steps.addWidget(widget)
        steps.addStretch(1)
        doings = QHBoxLayout()
        doings.setSpacing(8)
        doings.addWidget(self.restore)
        doings.addWidget(self.look_only, 1)
        doings.addStretch(1)
        doings.addWidget(self.restore_all)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(16, 8, 16, 8)
        self._row.setSpacing(8)
        self._row.addLayout(steps)
        self._row.addLayout(doings, 1)
        self._before.clicked.connect(self._go_back)
        self._after.clicked.connect(self._go_on)
        self.restore.clicked.connect(self._restore)
        self.restore_all.clicked.connect(self.restore_all_requested)

    @property
    def all_told(self) -> str:
        """All changes in words, for those who hear the page; a long list is cut off."""
        words = " ".join(map(told, self._changes))
        return words if len(words) <= _MOST_TOLD else words[:_MOST_TOLD] + "…"

    @property
    def at(self) -> int:
        """The number of the change that was gone to last, or -1."""
        return self._at

    def show_changes(
        self, changes: tuple[AnyChange, ...], *, restoring: bool, keep_place: bool = False
    ) -> None:
        """Go through ``changes``; without ``restoring`` they can only be looked at.

        :param keep_place: go on where the changes shown before were left.
        """
        self._changes = changes
        self._at = min(self._at, len(changes) - 1) if keep_place else -1
        self.setVisible(bool(changes))
        for button in (self.restore, self.restore_all):
            button.setVisible(restoring)
        self.look_only.setVisible(not restoring)
        self._tell()

    def set_narrow(self, *, narrow: bool) -> None:
        """Stand in two rows, or in one."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(down if narrow else across)

    def tab_chain(self) -> tuple[QWidget, ...]:
        """Return what Tab visits, in order."""
        return (self._before, self._after, self.restore, self.restore_all)

    @Slot()
    def _go_back(self) -> None:
        self._go(max(0, self._at - 1))

    @Slot()
    def _go_on(self) -> None:
        self._go(min(len(self._changes) - 1, self._at + 1))

    @Slot()
    def _restore(self) -> None:
        if 0 <= self._at < len(self._changes):
            self.restore_requested.emit(self._at)

    def _go(self, number: int) -> None:
        if not 0 <= number < len(self._changes):
            return
        self._at = number
        self._tell()
        self._announce()
        self.gone_to.emit(number)

    def _tell(self) -> None:
        total = len(self._changes)
        there = 0 <= self._at < total
        number = self.tr("Change %1 of %2").replace("%2", self.locale().toString(total))
        number = number.replace("%1", self.locale().toString(self._at + 1))
        one = self.tr("One change")
        many = self.tr("%1 changes").replace("%1", self.locale().toString(total))
        self.place.setText(number if there else one if total == 1 else many)
        self.restore.setEnabled(there)
        self.restore.setText(
            restore_word(self._changes[self._at]) if there else self.tr("Restore this change")
        )
        self.restore.setAccessibleDescription(told(self._changes[self._at]) if there else "")
        self._before.setEnabled(self._at > 0)
        self._after.setEnabled(self._at + 1 < total)

    def _announce(self) -> None:
        """Let the change be read aloud."""
        from PySide6.QtGui import QAccessible, QAccessibleEvent

        self.place.setAccessibleName(f"{self.place.text()}: {told(self._changes[self._at])}")
        QAccessible.updateAccessibility(QAccessibleEvent(self.place, QAccessible.Event.Alert))

    def _arrow(self, name: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name))
        button.setAccessibleName(text)
        button.setToolTip(text)
        return button

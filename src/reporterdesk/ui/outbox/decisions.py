"""What the person has decided about sending, as long as it holds something back."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from reporterdesk.domain.sending import SendPolicy
from reporterdesk.ui.outbox.words import limit_words, only_photos_words, paused_words
from reporterdesk.ui.widgets.side_label import SideLabel


class DecisionsBar(QFrame):
    """A line for each decision in force, each with the button that ends it; else it is hidden.

    :ivar changed: emits the :class:`SendPolicy` without the decision that was ended.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noticeBar")
        self.setProperty("tone", "warning")
        self.setAccessibleName(self.tr("What is held back"))
        self._policy = SendPolicy()
        self._paused = _Line(self.tr("Resume"), self)
        self._only = _Line(self.tr("Send all photos"), self)
        self._limit = _Line(self.tr("No limit"), self)
        self._paused.ended.connect(self._resume)
        self._only.ended.connect(self._send_all)
        self._limit.ended.connect(self._lift)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 8)
        column.setSpacing(8)
        for line in (self._paused, self._only, self._limit):
            column.addWidget(line)
        self.show_policy(self._policy)

    def show_policy(self, policy: SendPolicy, *, arrived: bool = False) -> None:
        """Say what of ``policy`` holds anything back.

        :param arrived: the desk has the photos that were chosen to go alone.
        """
        self._policy = policy
        self._paused.tell(paused_words(policy))
        self._only.tell(only_photos_words(policy, arrived=arrived))
        self._limit.tell(limit_words(policy))
        lines = (self._paused, self._only, self._limit)
        self.setVisible(any(not line.isHidden() for line in lines))

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """The buttons, in the order in which they are read."""
        return tuple(line.end for line in (self._paused, self._only, self._limit))

    @Slot()
    def _resume(self) -> None:
        self.changed.emit(replace(self._policy, paused=False))

    @Slot()
    def _send_all(self) -> None:
        self.changed.emit(replace(self._policy, only_photos=frozenset()))

    @Slot()
    def _lift(self) -> None:
        self.changed.emit(replace(self._policy, bytes_a_second=None))


class _Line(QWidget):
    ended = Signal()

    def __init__(self, end: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = SideLabel(self, role="note")
        self._words.setWordWrap(True)
        self.end = QPushButton(end, self)
        self.end.clicked.connect(self.ended)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(self.end)

    def tell(self, words: str) -> None:
        """Say ``words``, or nothing."""
        self._words.setText(words)
        self.end.setAccessibleDescription(words)
        self.setVisible(bool(words))

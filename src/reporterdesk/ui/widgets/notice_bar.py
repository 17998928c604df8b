"""A calm bar that tells what happened and offers what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.ui.icons import icon
from reporterdesk.ui.widgets.side_label import SideLabel

_MOST_LINES = 2
"""Beside the buttons; where a sentence would take more, the buttons stand below it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a bar says. ``tone`` is ``calm``, ``good``, ``warning`` or ``problem``.

    ``lines`` follow the sentence, one below the other; ``button`` is the text of the one thing
    that can be done, or ``""``.
    """

    sentence: str
    lines: tuple[str, ...] = ()
    tone: str = "calm"
    button: str = ""
    closable: bool = True


class NoticeBar(QFrame):
    """Shows one :class:`Notice`, or nothing.

    :ivar pressed: emitted when the notice's button was pressed.
    """

    pressed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noticeBar")
        self.setAccessibleName(name)
        self._sentence = _plain_label(self)
        self._sentence.setProperty("role", "notice")
        self._lines = _plain_label(self)
        self._button = QPushButton(self)
        self._button.clicked.connect(self.pressed)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        self._close = QToolButton(self)
        self._close.setIcon(icon("close"))
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.setToolTip(self.tr("Close this message"))
        self._close.clicked.connect(self.hide)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._sentence)
        words.addWidget(self._lines)
        self._ways = QHBoxLayout()
        self._ways.setSpacing(8)
        self._ways.addWidget(self._button)
        self._ways.addLayout(self._actions)
        self._ways.addStretch()
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(12)
        self._body.addLayout(words, 1)
        self._body.addLayout(self._ways)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        row.addLayout(self._body, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def tell(
        self, notice: Notice, actions: Sequence[QAction] = (), *, quietly: bool = False
    ) -> None:
        """Show ``notice``, with a button for each of ``actions`` (their text, state and slot).

        :param quietly: a screen reader does not read it out; it can be gone to all the same.
        """
        self._sentence.setText(notice.sentence)
        self._lines.setText("\n".join(notice.lines))
        self._lines.setVisible(bool(notice.lines))
        self._button.setText(notice.button)
        self._button.setVisible(bool(notice.button))
        self._close.setVisible(notice.closable)
        self._offer(actions)
        self._stand(self.width())
        self.setProperty("tone", notice.tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        self.setAccessibleDescription(notice.sentence)
        if not quietly:
            self._announce()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the words where both do not fit side by side (called by Qt)."""
        super().resizeEvent(event)
        self._stand(event.size().width())

    def pass_by(self) -> None:
        """Close a message that was only news: nothing went wrong, and nothing is offered."""
        if self.property("tone") in {"calm", "good"} and self._button.isHidden():
            self.hide()

    @property
    def sentence(self) -> str:
        """What the bar says now, or ``""`` where it is closed."""
        return "" if self.isHidden() else self._sentence.text()

    def _offer(self, actions: Sequence[QAction]) -> None:
        while (item := self._actions.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        before: QWidget = self._button
        for action in actions:
            button = QPushButton(action.text().replace("&", ""), self)
            button.setToolTip(action.toolTip())
            button.clicked.connect(action.trigger)
            self._actions.addWidget(button)
            self.setTabOrder(before, button)
            before = button
        self.setTabOrder(before, self._close)

    def _stand(self, width: int) -> None:
        row, end = self.layout(), 16 if self._close.isHidden() else 8
        if row is not None:  # a cross has its own air around it
            right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            row.setContentsMargins(end if right else 16, 8, 16 if right else end, 8)
        room = width - self._ways.sizeHint().width() - self._close.sizeHint().width() - 3 * 16
        metrics, said = self._sentence.fontMetrics(), (self._sentence.text(), self._lines.text())
        longest = max(metrics.horizontalAdvance(line) for part in said for line in part.split("\n"))
        below = longest > room * _MOST_LINES
        side = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        if self._body.direction() != side:
            self._body.setDirection(side)
            self._body.setSpacing(8 if below else 12)

    def _announce(self) -> None:
        from PySide6.QtGui import QAccessible, QAccessibleEvent

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


def _plain_label(parent: QWidget) -> QLabel:
    label = SideLabel(parent)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label

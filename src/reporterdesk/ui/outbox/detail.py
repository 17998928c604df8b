"""The delivery that is chosen in the outbox: all that is known of it, and what can be done."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.ui.announcing import announce
from reporterdesk.ui.models.row_look import plain_tip
from reporterdesk.ui.outbox.flow import FlowLayout
from reporterdesk.ui.widgets.side_label import SideLabel

_BEFORE_THE_DESK = frozenset(
    {
        DeliveryState.WAITING,
        DeliveryState.SIGN_IN,
        DeliveryState.REFUSED,
        DeliveryState.CONFLICT,
    }
)


@dataclass(frozen=True, slots=True)
class DetailWords:
    """What is shown of the delivery that is chosen.

    ``smaller`` are the words of the button for sending at 1,600 pixels, ``""`` where that is not
    offered; ``photos_left`` how many photos are still to be sent.
    """

    delivery: Delivery
    headline: str
    sentence: str
    smaller: str = ""
    photos_left: int = 0


class DeliveryDetail(QFrame):
    """A sentence about one delivery, and its buttons. Lives on the UI thread.

    Each signal emits the report's id.
    """

    open_requested = Signal(str)
    recall_requested = Signal(str)
    smaller_requested = Signal(str)
    photos_requested = Signal(str)
    receipt_requested = Signal(str)
    merge_requested = Signal(str)
    sign_in_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("deliveryDetail")
        self.setAccessibleName(self.tr("The report that is chosen"))
        self._report_id = self._headline_words = ""
        self._state: tuple[str, DeliveryState] | None = None
        self._shown: DetailWords | None = None
        self._headline = SideLabel(self, role="notice")
        self._headline.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._sentence = SideLabel(self)
        self._sentence.setWordWrap(True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._smaller = self._button("", self.smaller_requested)
        self._smaller.setToolTip(
            self.tr(
                "Photos that have not arrived are sent with 1,600 pixels on their longer side. "
                "The originals stay on this laptop."
            )
        )
        self._photos = self._button(self.tr("Only these photos…"), self.photos_requested)
        self._photos.setToolTip(self.tr("Choose the photos that are sent now; the others wait"))
        self._receipt = self._button(self.tr("Receipt…"), self.receipt_requested)
        self._receipt.setToolTip(self.tr("What the desk’s server says that it holds"))
        self._merge = self._button(self.tr("Put both together"), self.merge_requested)
        self._merge.setToolTip(self.tr("Your version and the desk’s; you choose where they differ"))
        self._recall = self._button(self.tr("Take back"), self.recall_requested)
        self._recall.setToolTip(self.tr("Make it a draft again before the desk has it"))
        self._open = self._button(self.tr("Open"), self.open_requested)
        self._open.setToolTip(self.tr("Open this report"))
        self._sign_in = QPushButton(self.tr("Sign in…"), self)
        self._sign_in.clicked.connect(self.sign_in_requested)
        self._lay_out()

    def show_words(self, words: DetailWords) -> None:
        """Show a delivery, or how it has changed; a new state is said to those who hear."""
        if words == self._shown:
            return
        self._shown, delivery = words, words.delivery
        self._report_id = delivery.report_id
        self._headline_words = words.headline
        self._elide()
        if self._sentence.text() != words.sentence:
            self._sentence.setText(words.sentence)
            self.setAccessibleDescription(words.sentence)
        before, self._state = self._state, (delivery.report_id, delivery.state)
        if before is not None and before != self._state and before[0] == delivery.report_id:
            announce(self, words.sentence)
        waits = delivery.state in _BEFORE_THE_DESK
        self._smaller.setText(words.smaller)
        self._smaller.setVisible(bool(words.smaller))
        self._photos.setVisible(words.photos_left > 1)
        self._receipt.setVisible(delivery.text_at is not None)
        self._merge.setVisible(delivery.state is DeliveryState.CONFLICT)
        self._recall.setVisible(waits and delivery.text_at is None)
        self._sign_in.setVisible(delivery.state is DeliveryState.SIGN_IN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the headline as fits."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = max(80, self._headline.width())
        metrics = self._headline.fontMetrics()
        words = self._headline_words
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        self._headline.setText(shown)
        self._headline.setToolTip("" if shown == words else plain_tip(words))
        self._headline.setAccessibleName(words[:200])

    @property
    def report_id(self) -> str:
        """Whose delivery is shown."""
        return self._report_id

    def _button(self, text: str, signal: SignalInstance) -> QPushButton:
        button = QPushButton(text, self)
        button.clicked.connect(_Asked(self, signal))
        return button

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """The buttons, in the order in which they are read."""
        return (
            self._sign_in,
            self._merge,
            self._smaller,
            self._photos,
            self._open,
            self._recall,
            self._receipt,
        )

    def _lay_out(self) -> None:
        flow = FlowLayout(8)
        for button in self.buttons:
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 16)
        column.setSpacing(4)
        column.addWidget(self._headline)
        column.addWidget(self._sentence)
        column.addSpacing(8)
        column.addLayout(flow)


class _Asked:
    """Emits a signal of the detail with its report; a button's slot."""

    def __init__(self, detail: DeliveryDetail, signal: SignalInstance) -> None:
        self._detail, self._signal = detail, signal

    def __call__(self) -> None:
        self._signal.emit(self._detail.report_id)

"""The outbox in words: per report what waits and why, and what can be done."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.ui.icons import icon


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """One report in the outbox, as the panel shows it."""

    delivery: Delivery
    headline: str


class DeliveryPanel(QFrame):
    """Shows every delivery that is not complete.

    :ivar send_requested: emitted when *Send now* was pressed.
    :ivar recall_requested: emits the id of a report to be taken back.
    :ivar open_requested: emits the id of a report to be shown.
    :ivar sign_in_requested: emitted when a delivery waits for a sign-in and its button was pressed.
    """

    send_requested = Signal()
    recall_requested = Signal(str)
    open_requested = Signal(str)
    sign_in_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("deliveryPanel")
        self.setAccessibleName(self.tr("Deliveries"))
        self._rows: dict[str, _DeliveryRow] = {}
        self._title = QLabel(self)
        self._title.setProperty("role", "title")
        self._connection = QLabel(self)
        self._connection.setProperty("role", "hint")
        self._connection.setWordWrap(True)
        self._send = QPushButton(icon("send"), self.tr("Send now"), self)
        self._send.clicked.connect(self.send_requested)
        self._list = QWidget(self)
        self._list.setObjectName("deliveryList")
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setAccessibleName(self.tr("What waits in the outbox"))
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._list)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._title)
        words.addWidget(self._connection)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(self._send, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(scroll, 1)
        self.show_deliveries(())

    def show_deliveries(self, lines: tuple[DeliveryLine, ...]) -> None:
        """Show these deliveries; rows that stay keep their place and focus."""
        wanted = {line.delivery.report_id: line for line in lines}
        for report_id in tuple(self._rows):
            if report_id not in wanted:
                row = self._rows.pop(report_id)
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
        for index, (report_id, line) in enumerate(wanted.items()):
            if report_id not in self._rows:
                self._rows[report_id] = self._row(report_id)
            self._column.removeWidget(self._rows[report_id])
            self._column.insertWidget(index, self._rows[report_id])
            self._rows[report_id].show_line(line)
            self._rows[report_id].show()
        self._send.setEnabled(bool(lines))
        if not lines:
            self._title.setText(self.tr("Nothing waits. The desk has everything you filed."))
        elif len(lines) == 1:
            self._title.setText(self.tr("One report waits to be delivered"))
        else:
            title = self.tr("%1 reports wait to be delivered")
            self._title.setText(title.replace("%1", str(len(lines))))

    def show_delivery(self, delivery: Delivery) -> None:
        """Show how one delivery has changed, where it is in the list."""
        row = self._rows.get(delivery.report_id)
        if row:
            row.show_line(DeliveryLine(delivery, row.headline))

    def show_connection(self, online: bool, why: str) -> None:
        """Say whether there is a connection. Being offline is not an error."""
        offline = why or self.tr("Offline. What you file is sent as soon as there is a connection.")
        self._connection.setText(self.tr("Connected to the desk.") if online else offline)

    def _row(self, report_id: str) -> _DeliveryRow:
        row = _DeliveryRow(report_id, self._list)
        row.recall_requested.connect(self.recall_requested)
        row.open_requested.connect(self.open_requested)
        row.sign_in_requested.connect(self.sign_in_requested)
        return row


class _DeliveryRow(QFrame):
    recall_requested = Signal(str)
    open_requested = Signal(str)
    sign_in_requested = Signal()

    def __init__(self, report_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("deliveryRow")
        self._report_id = report_id
        self.headline = self._shown = ""
        self._headline = QPushButton(self)
        self._headline.setProperty("role", "link")
        self._headline.setFlat(True)
        self._headline.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._headline.setToolTip(self.tr("Open this report"))
        self._headline.clicked.connect(self._open)
        self._sentence = QLabel(self)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setWordWrap(True)
        self._progress = QProgressBar(self)
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(4)
        self._progress.setAccessibleName(self.tr("Sent so far"))
        self._recall = QPushButton(self.tr("Take back"), self)
        self._recall.setToolTip(self.tr("Make it a draft again before the desk has it"))
        self._recall.clicked.connect(self._take_back)
        self._sign_in = QPushButton(self.tr("Sign in…"), self)
        self._sign_in.clicked.connect(self.sign_in_requested)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._headline)
        words.addWidget(self._sentence)
        words.addWidget(self._progress)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self._sign_in)
        row.addWidget(self._recall)

    def show_line(self, line: DeliveryLine) -> None:
        """Show the delivery's state in a sentence, and its bytes as a bar."""
        delivery = line.delivery
        self.headline = line.headline
        shown = line.headline or self.tr("Report without a headline")
        self._shown = shown
        self._elide()
        self._headline.setAccessibleName(shown[:200])
        self.setAccessibleName(f"{shown[:200]}. {delivery.sentence()}")
        self._sentence.setText(delivery.sentence())
        some = 0 < delivery.bytes_delivered < delivery.bytes_total
        self._progress.setVisible(some)
        if some:
            self._progress.setRange(0, 1000)
            self._progress.setValue(delivery.bytes_delivered * 1000 // delivery.bytes_total)
        self._recall.setVisible(
            delivery.state in {DeliveryState.WAITING, DeliveryState.SIGN_IN, DeliveryState.REFUSED}
        )
        self._sign_in.setVisible(delivery.state is DeliveryState.SIGN_IN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the headline as fits."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = max(80, self._headline.width() - 8)
        metrics = self._headline.fontMetrics()
        self._headline.setText(metrics.elidedText(self._shown, Qt.TextElideMode.ElideRight, room))

    @Slot()
    def _open(self) -> None:
        self.open_requested.emit(self._report_id)

    @Slot()
    def _take_back(self) -> None:
        self.recall_requested.emit(self._report_id)

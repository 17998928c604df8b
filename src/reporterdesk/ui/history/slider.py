"""A slider over the moments of a report, one step a moment, with a scale of days."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QWidget

from reporterdesk.domain.history import LASTING, SnapshotInfo
from reporterdesk.ui.colours import Colours, colours
from reporterdesk.ui.history.words import day_word, moment_words
from reporterdesk.ui.wording import clock_word

_HANDLE = 8.0
_EDGE = 14.0
_RAIL = 14.0
"""The rail's distance from the top, in pixels."""
_SHORT, _LONG = 5.0, 9.0
_BETWEEN_WORDS = 14.0


class MomentSlider(QSlider):
    """Chooses one of some moments; the newest stands where reading ends. Lives on the UI thread.

    Moments stand at equal distances, for an afternoon of writing would be one dot on a scale of
    weeks. Days are named below, and the hours where there is only one day.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._moments: tuple[SnapshotInfo, ...] = ()
        self._now: datetime | None = None
        self.setAccessibleName(self.tr("Moment"))
        self.setPageStep(5)
        self.setMouseTracking(True)
        self.setRange(0, 0)
        self.valueChanged.connect(self._tell)

    def show_moments(self, moments: tuple[SnapshotInfo, ...], now: datetime) -> None:
        """Show ``moments``, the oldest first, as seen at ``now``; emits nothing."""
        self._moments, self._now = moments, now
        self.blockSignals(True)
        self.setRange(0, max(0, len(moments) - 1))
        self.blockSignals(False)
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the rail, its scale and one line of words."""
        return QSize(240, round(_RAIL + _HANDLE + _LONG + self.fontMetrics().height() + 8))

    def minimumSizeHint(self) -> QSize:
        """Allow a narrow window."""
        return QSize(120, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Say which moment the pointer is over."""
        if isinstance(event, QHelpEvent) and self._moments and self._now is not None:
            at = self._value_at(event.pos().x())
            self.setToolTip(moment_words(self._moments[at], self._now))
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the moment that was pressed."""
        if event.button() == Qt.MouseButton.LeftButton and self._moments:
            self.setSliderDown(True)
            self.setValue(self._value_at(event.position().x()))
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer while it is down."""
        if self.isSliderDown():
            self.setValue(self._value_at(event.position().x()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Stay where it was let go."""
        self.setSliderDown(False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw rail, scale, days and handle."""
        if not self._moments:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = colours(self.palette())
        self._paint_rail(painter, theme)
        self._paint_words(painter, theme)
        self._paint_handle(painter, theme)
        painter.end()

    def _paint_rail(self, painter: QPainter, theme: Colours) -> None:
        painter.setPen(QPen(QColor(theme.field_line), 2))
        first, last = self._x(0), self._x(self.maximum())
        painter.drawLine(QPointF(first, _RAIL), QPointF(last, _RAIL))
        top = _RAIL + _HANDLE + 2
        for number, moment in enumerate(self._moments):
            lasting = moment.reason in LASTING
            pen = QPen(QColor(theme.accent if lasting else theme.muted), 2 if lasting else 1)
            painter.setPen(pen)
            x = self._x(number)
            painter.drawLine(QPointF(x, top), QPointF(x, top + (_LONG if lasting else _SHORT)))

    def _paint_words(self, painter: QPainter, theme: Colours) -> None:
        """Name each new day that has room, from the newest back: the last days matter most."""
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        metrics = painter.fontMetrics()
        baseline = _RAIL + _HANDLE + _LONG + 4 + metrics.ascent()
        taken: list[tuple[float, float]] = []
        for number, words in self._scale():
            width = metrics.horizontalAdvance(words)
            left = min(max(self._x(number) - width / 2, 0.0), self.width() - float(width))
            if any(left < right and start < left + width for start, right in taken):
                continue
            taken.append((left - _BETWEEN_WORDS, left + width + _BETWEEN_WORDS))
            painter.drawText(QPointF(left, baseline), words)

    def _scale(self) -> list[tuple[int, str]]:
        """Return where words stand and which, the most wanted first."""
        now = self._now
        if now is None:
            return []
        days = [moment.taken_at.astimezone().date() for moment in self._moments]
        if len(set(days)) == 1:
            words = [(n, clock_word(m.taken_at)) for n, m in enumerate(self._moments)]
            return [words[-1], words[0], *words[1:-1]] if len(words) > 1 else words
        begins = [n for n, day in enumerate(days) if not n or day != days[n - 1]]
        return [(n, day_word(self._moments[n].taken_at, now)) for n in reversed(begins)]

    def _paint_handle(self, painter: QPainter, theme: Colours) -> None:
        middle = QPointF(self._x(self.value()), _RAIL)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.hasFocus():
            painter.setBrush(QColor(theme.chosen))
            painter.drawEllipse(middle, _HANDLE + 4, _HANDLE + 4)
        painter.setBrush(QColor(theme.accent))
        painter.drawEllipse(middle, _HANDLE, _HANDLE)
        painter.setBrush(QColor(theme.on_accent))
        painter.drawEllipse(QRectF(middle.x() - 2.5, middle.y() - 2.5, 5, 5))

    def _x(self, number: int) -> float:
        """Return where a moment stands, in pixels from the left."""
        room = self.width() - 2 * _EDGE
        share = number / self.maximum() if self.maximum() else 0.5
        return _EDGE + room * (1 - share if self.isRightToLeft() else share)

    def _value_at(self, x: float) -> int:
        return min(range(self.maximum() + 1), key=lambda number: abs(self._x(number) - x))

    @Slot()
    def _tell(self) -> None:
        """Tell those who hear the window which moment is chosen."""
        if self._moments and self._now is not None:
            words = moment_words(self._moments[self.value()], self._now)
            of = self.tr("%1 of %2").replace("%2", str(len(self._moments)))
            self.setAccessibleDescription(f"{words}, {of.replace('%1', str(self.value() + 1))}")

"""Draws one line of the list of reports."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.domain.report import ReportSummary
from reporterdesk.domain.searching import Hit, Marks
from reporterdesk.domain.status import Status
from reporterdesk.text.direction import text_direction
from reporterdesk.ui.colours import Colours, colours
from reporterdesk.ui.models import row_look
from reporterdesk.ui.models.report_list import HIT, SUMMARY
from reporterdesk.ui.wording import date_word, detail_word, excerpt_word, moment_word, status_word

_SIDE, _TOP, _GAP, _CHIP = 16, 11, 4, 8
_EXCERPT_LINES = 2


class ReportDelegate(QStyledItemDelegate):
    """Headline, status, section and event date, when it was changed, and how its delivery stands.

    :ivar section_names: what to write for a section's slug.
    """

    def __init__(self, parent: QObject | None = None, *, clock: Clock = utc_now) -> None:
        super().__init__(parent)
        self.section_names: dict[str, str] = {}
        self._clock = clock

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """See Qt: as many lines as there is to say."""
        summary = index.data(SUMMARY)
        line = QFontMetrics(row_look.small(option.font)).height() + _GAP
        head = QFontMetrics(row_look.bold(option.font)).height() + _GAP
        lines = 2 if isinstance(summary, ReportSummary) and detail_word(summary) else 1
        lines_of_hit = _excerpt_lines(index.data(HIT), option, _width(option))
        room = lines_of_hit * (line - _GAP) + _GAP if lines_of_hit else 0
        return QSize(220, _TOP * 2 + head + line * lines + room)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """See Qt."""
        summary = index.data(SUMMARY)
        if not isinstance(summary, ReportSummary):
            return
        shown = colours(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row_look.draw_ground(painter, option, shown, _SIDE)
        box = QRect(option.rect).adjusted(_SIDE, _TOP, -_SIDE, -_TOP)
        line = _Line(painter, box, option.direction)
        moment = moment_word(summary.changed_at, self._clock())
        headline = summary.headline.strip()
        line.write(moment, row_look.small(option.font), shown.muted, at_end=True)
        hit = index.data(HIT)
        if isinstance(hit, Hit) and hit.headline:
            line.write_marked(
                headline, _stripped(hit, summary), row_look.bold(option.font), shown.text, shown
            )
        else:
            line.write(
                headline or str(index.data(Qt.ItemDataRole.DisplayRole)),
                row_look.bold(option.font) if headline else _italic(option.font),
                shown.text if headline else shown.muted,
            )
        line.next()
        _chip(painter, line, status_word(summary.status), _tone(summary.status, shown), option.font)
        line.write(self._facts(summary), row_look.small(option.font), shown.muted)
        detail = detail_word(summary)
        if detail:
            line.next()
            line.write(detail, row_look.small(option.font), shown.muted)
        lines = _excerpt_lines(hit, option, box.width())
        if lines:
            line.next()
            text, marks = excerpt_word(hit)
            line.write_marked(
                text, marks, row_look.small(option.font), shown.muted, shown, lines=lines
            )
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Say what was cut short (called by Qt)."""
        summary = index.data(SUMMARY)
        if not isinstance(summary, ReportSummary):
            return False
        bold, small = row_look.bold(option.font), row_look.small(option.font)
        room = option.rect.width() - 2 * _SIDE
        moment = moment_word(summary.changed_at, self._clock())
        taken = QFontMetrics(small).horizontalAdvance(moment) + 2 + _CHIP
        lines = (
            (summary.headline.strip(), bold, room - taken),
            (detail_word(summary), small, room),
        )
        return row_look.tell_whole(event, view, lines)

    def _facts(self, summary: ReportSummary) -> str:
        # Signed out, only the slug is known: “civic-life” is read as “Civic life”.
        known = summary.section.replace("-", " ").capitalize()
        section = self.section_names.get(summary.section, known)
        return " · ".join(part for part in (section, date_word(summary.event_date)) if part)


class _Line:
    """Writes on one line after another, from the reading side, or from its end."""

    def __init__(self, painter: QPainter, box: QRect, direction: Qt.LayoutDirection) -> None:
        self._painter, self._left, self._right = painter, box.left(), box.right()
        self._start, self._end = box.left(), box.right()
        self._top, self._height = box.top(), 0
        self.mirrored = direction == Qt.LayoutDirection.RightToLeft

    def next(self) -> None:
        """Go to the next line."""
        self._top += self._height + _GAP
        self._start, self._end, self._height = self._left, self._right, 0

    def take(self, width: int, height: int, *, at_end: bool) -> QRect:
        """Take room on this line."""
        width = max(0, min(width, self._end - self._start))
        left = self._end - width if at_end != self.mirrored else self._start
        if at_end != self.mirrored:
            self._end = left - _CHIP
        else:
            self._start += width + _CHIP
        self._height = max(self._height, height)
        return QRect(left, self._top, width, height)

    def write(self, text: str, font: QFont, colour: str, *, at_end: bool = False) -> None:
        """Write ``text``, cut short where there is no room."""
        metrics = QFontMetrics(font)
        room = self.take(
            metrics.horizontalAdvance(text) + 2 if at_end else self._end,
            metrics.height(),
            at_end=at_end,
        )
        self._painter.setFont(font)
        self._painter.setPen(QColor(colour))
        # The words' own direction: what is cut off, and the dots for it, stand at their end.
        from_right = text_direction(text) == "rtl"
        self._painter.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if from_right else Qt.LayoutDirection.LeftToRight
        )
        side = (
            Qt.AlignmentFlag.AlignRight if at_end != self.mirrored else Qt.AlignmentFlag.AlignLeft
        )
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | side
        self._painter.drawText(room, flags, cut)

    def write_marked(
        self,
        text: str,
        marks: Marks,
        font: QFont,
        colour: str,
        shown: Colours,
        *,
        lines: int = 0,
    ) -> None:
        """Write ``text`` with what was searched for marked in it.

        :param lines: of a paragraph, which stands where reading it begins; 0 for a headline.
        """
        from reporterdesk.ui.models.marked_text import draw_marked

        room = self.take(self._end, QFontMetrics(font).height() * max(1, lines), at_end=False)
        draw_marked(
            self._painter,
            room,
            text,
            marks,
            font=font,
            colour=colour,
            shown=shown,
            to_right=None if lines else self.mirrored,
            lines=max(1, lines),
        )


def _excerpt_lines(hit: object, option: QStyleOptionViewItem, width: int) -> int:
    """Return on how many lines of ``width`` the excerpt of a hit stands."""
    if not isinstance(hit, Hit) or not hit.excerpt:
        return 0
    needed = QFontMetrics(row_look.small(option.font)).horizontalAdvance(excerpt_word(hit)[0])
    return 1 if needed <= width else _EXCERPT_LINES


def _width(option: QStyleOptionViewItem) -> int:
    """Return how wide the words of a row may be."""
    view = option.widget
    room = view.viewport() if isinstance(view, QAbstractItemView) else None
    return (room.width() if room is not None else option.rect.width()) - 2 * _SIDE


def _stripped(hit: Hit, summary: ReportSummary) -> Marks:
    """Return the marks of a headline that is shown without the space before it."""
    space = len(summary.headline) - len(summary.headline.lstrip())
    return tuple((start - space, end - space) for start, end in hit.headline)


def _chip(painter: QPainter, line: _Line, text: str, colour: str, font: QFont) -> None:
    """Draw the status at the end of the line: a coloured dot and the word."""
    small = row_look.small(font)
    metrics = QFontMetrics(small)
    line.write(text, small, colour, at_end=True)
    room = line.take(_CHIP, metrics.height(), at_end=True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    size = 7.0
    top = QRectF(room).center().y() - size / 2
    nearest = room.left() if line.mirrored else room.right() + 1 - size  # to the word
    painter.drawEllipse(QRectF(nearest, top, size, size))


def _tone(status: Status, shown: Colours) -> str:
    return {
        Status.DRAFT: shown.muted,
        Status.OUTBOX: shown.warning,
        Status.FILED: shown.accent,
        Status.RETURNED: shown.problem,
        Status.APPROVED: shown.good,
        Status.PUBLISHED: shown.good,
        Status.SPIKED: shown.muted,
        Status.WITHDRAWN: shown.muted,
    }[status]


def _italic(font: QFont) -> QFont:
    italic = QFont(font)
    italic.setItalic(True)
    return italic

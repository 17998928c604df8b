"""The places that were found, by report, each with a tick."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from reporterdesk.ui.colours import colours
from reporterdesk.ui.models.marked_text import draw_marked
from reporterdesk.ui.wording import place_word
from reporterdesk.workflow.library.looking import FoundReport, Looked, ShownHit
from reporterdesk.workflow.library.replacing import Task
from reporterdesk.workflow.library.words import Part

_MARKS = Qt.ItemDataRole.UserRole
_WORDS, _WHERE = range(2)
_UNFOLDED = 30
"""So many reports are unfolded at once; a longer list is looked through by its headlines."""

_Index = QModelIndex | QPersistentModelIndex


class HitTree(QTreeWidget):
    """Reports, and under each what was found in it. Lives on the UI thread.

    :ivar ticked: emitted when a person ticked or unticked something.
    """

    ticked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reports: tuple[FoundReport, ...] = ()
        self._filling = False
        self.setAccessibleName(self.tr("Found places"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setAllColumnsShowFocus(True)
        self.setUniformRowHeights(True)
        self.setItemDelegateForColumn(_WORDS, _HitDelegate(self))
        self.setItemDelegateForColumn(_WHERE, _WhereDelegate(self))
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_WORDS, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_WHERE, QHeaderView.ResizeMode.ResizeToContents)
        self.itemChanged.connect(self._changed)

    def show_found(self, looked: Looked) -> None:
        """Show what was found; all that can be changed is ticked."""
        self._filling = True
        self.clear()
        self._reports = looked.reports
        self.addTopLevelItems([self._report_item(report) for report in looked.reports])
        if len(looked.reports) <= _UNFOLDED:
            self.expandAll()
        self._filling = False
        self.ticked.emit()

    def forget(self) -> None:
        """Show nothing."""
        self.show_found(Looked((), 0))

    def tasks(self) -> tuple[Task, ...]:
        """Return what is ticked."""
        found = []
        for number, report in enumerate(self._reports):
            chosen = self._chosen(self.topLevelItem(number))
            if report.changeable and chosen:
                found.append(Task(report.report_id, report.headline, report.fingerprint, chosen))
        return tuple(found)

    @staticmethod
    def _chosen(item: QTreeWidgetItem | None) -> frozenset[int]:
        if item is None or item.checkState(_WORDS) is Qt.CheckState.Unchecked:
            return frozenset()
        hits = (item.child(number) for number in range(item.childCount()))
        return frozenset(
            number
            for number, hit in enumerate(hits)
            if hit is not None and hit.checkState(_WORDS) is Qt.CheckState.Checked
        )

    def _report_item(self, report: FoundReport) -> QTreeWidgetItem:
        headline = report.headline.strip() or self.tr("No headline yet")
        where = place_word(report.place)
        if not report.changeable:
            where = self.tr("%1 · cannot be changed").replace("%1", where)
        item = QTreeWidgetItem([headline, where])
        font = item.font(_WORDS)
        font.setBold(True)
        item.setFont(_WORDS, font)
        item.setToolTip(_WORDS, headline)
        item.addChildren([self._hit_item(hit, report) for hit in report.hits])
        if report.changeable:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsAutoTristate)
            item.setCheckState(_WORDS, Qt.CheckState.Checked)
        return item

    def _hit_item(self, hit: ShownHit, report: FoundReport) -> QTreeWidgetItem:
        item = QTreeWidgetItem([hit.excerpt.text, self._part_word(hit.part)])
        item.setData(_WORDS, _MARKS, hit.excerpt.marks)
        if report.changeable:
            item.setCheckState(_WORDS, Qt.CheckState.Checked)
        return item

    def _part_word(self, part: Part) -> str:
        return {
            Part.HEADLINE: self.tr("Headline"),
            Part.STANDFIRST: self.tr("Standfirst"),
            Part.BODY: "",
            Part.CAPTION: self.tr("Caption"),
        }[part]

    @Slot(QTreeWidgetItem, int)
    def _changed(self, _item: QTreeWidgetItem, _column: int) -> None:
        if not self._filling:
            self.ticked.emit()


class _HitDelegate(QStyledItemDelegate):
    """Draws what was found as a mark in its line."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one line (called by Qt)."""
        marks = index.data(_MARKS)
        if not marks:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        words, option.text = option.text, " "
        widget = option.widget
        style = widget.style() if widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        room = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, widget)
        shown = colours(QGuiApplication.palette())
        draw_marked(
            painter,
            room.adjusted(2, 0, -2, 0),
            words,
            tuple(tuple(mark) for mark in marks),
            font=option.font,
            colour=shown.text,
            shown=shown,
            to_right=None,
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Ask for no more width than there is (called by Qt)."""
        return QSize(80, super().sizeHint(option, index).height())


class _WhereDelegate(QStyledItemDelegate):
    """Draws what a line is out of, less strong than the line, in the colours of the moment."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        """Choose the colour (called by Qt)."""
        super().initStyleOption(option, index)
        muted = QColor(colours(QGuiApplication.palette()).muted)
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, muted)

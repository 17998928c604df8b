"""The list of reports in the middle of the window, with its search field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QStackedWidget, QVBoxLayout, QWidget

from reporterdesk.ui.icons import icon
from reporterdesk.ui.models.report_delegate import ReportDelegate
from reporterdesk.ui.models.report_list import ReportListModel
from reporterdesk.ui.widgets.empty_place import EmptyPlace, EmptyWords


class ReportList(QWidget):
    """Search field above, rows below; an empty list says what to do.

    :ivar opened: emits the id of a report that is to be shown.
    :ivar entered: emitted by Enter: the keyboard is to go into the report.
    :ivar trash_requested: emits the id of the report on which Delete was pressed.
    :ivar searched: emits what stands in the search field.
    :ivar end_reached: emitted when the list was scrolled near its end.
    """

    opened = Signal(str)
    entered = Signal()
    trash_requested = Signal(str)
    searched = Signal(str)
    end_reached = Signal()

    def __init__(self, model: ReportListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("listSide")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._model = model
        self._selecting = False
        self.search = QLineEdit(self)
        self.search.setObjectName("searchField")
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search reports"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.delegate = ReportDelegate(self)
        self.rows = QListView(self)
        self.rows.setObjectName("reportList")
        self.rows.setAccessibleName(self.tr("Reports"))
        self.rows.setModel(model)
        self.rows.setItemDelegate(self.delegate)
        self.rows.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setMouseTracking(True)
        self.empty = EmptyPlace(self.tr("Empty list"), self)
        self._told = QLabel(self)
        self._told.setProperty("role", "hint")
        self._told.setWordWrap(True)
        self._told.setContentsMargins(16, 0, 16, 4)
        self._told.hide()
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.rows)
        self._stack.addWidget(self.empty)
        self._lay_out()
        self._connect()

    def show_fill(self, rows: int, words: EmptyWords, action: QAction | None) -> None:
        """Show the rows, or what an empty list says."""
        if rows:
            self._stack.setCurrentWidget(self.rows)
        else:
            self.empty.tell(words, action)
            self._stack.setCurrentWidget(self.empty)

    def tell(self, sentence: str) -> None:
        """Say something about the whole list, or nothing."""
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))

    def select(self, report_id: str | None) -> None:
        """Mark a report as the one that is open; nothing is emitted."""
        self._selecting = True
        row = self._model.row_of(report_id) if report_id else None
        self.rows.setCurrentIndex(self._model.index(row) if row is not None else QModelIndex())
        self._selecting = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys of the search field move in the list, and Delete trash a report."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.search and event.key() == Qt.Key.Key_Down:
                self.rows.setFocus(Qt.FocusReason.TabFocusReason)
                if not self.rows.currentIndex().isValid() and self._model.rowCount():
                    self.rows.setCurrentIndex(self._model.index(0))
                return True
            if watched is self.rows and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
                summary = self._model.summary(self.rows.currentIndex().row())
                if summary is not None:
                    self.trash_requested.emit(summary.id)
                return True
            if watched is self.rows and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.entered.emit()
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(12, 12, 12, 10)
        head.addWidget(self.search)
        column.addLayout(head)
        column.addWidget(self._told)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.searched)
        self.search.installEventFilter(self)
        self.rows.installEventFilter(self)
        self.rows.selectionModel().currentChanged.connect(self._current_changed)
        # A click on the row that is current already opens its report, too.
        self.rows.clicked.connect(self._clicked)
        self.rows.verticalScrollBar().valueChanged.connect(self._scrolled)

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        summary = self._model.summary(current.row())
        if summary is not None and not self._selecting:
            self.opened.emit(summary.id)

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        self._current_changed(index, index)

    @Slot(int)
    def _scrolled(self, value: int) -> None:
        bar = self.rows.verticalScrollBar()
        if value >= bar.maximum() - bar.pageStep():
            self.end_reached.emit()

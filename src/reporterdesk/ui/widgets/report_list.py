"""The list of reports in the middle of the window, with its search field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QListView, QStackedWidget, QVBoxLayout, QWidget

from reporterdesk.domain.places import Place
from reporterdesk.domain.searching import Filters, Order, Search
from reporterdesk.ui.models.report_delegate import ReportDelegate
from reporterdesk.ui.models.report_list import ReportListModel
from reporterdesk.ui.widgets.empty_place import EmptyPlace, EmptyWords
from reporterdesk.ui.widgets.search_field import SearchField
from reporterdesk.ui.widgets.side_label import SideLabel

if TYPE_CHECKING:
    from reporterdesk.ui.widgets.search_filters import SearchFilters


class ReportList(QWidget):
    """Search field above, rows below; an empty list says what to do.

    :ivar opened: emits the id of a report that is to be shown.
    :ivar entered: emitted by Enter: the keyboard is to go into the report.
    :ivar trash_requested: emits the id of the report on which Delete was pressed.
    :ivar searched: emits the :class:`Search` that is asked for, and whether everywhere.
    :ivar end_reached: emitted when the list was scrolled near its end.
    """

    opened = Signal(str)
    entered = Signal()
    trash_requested = Signal(str)
    searched = Signal(object, bool)
    end_reached = Signal()

    def __init__(self, model: ReportListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("listSide")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._model = model
        self._selecting = False
        self._filters: SearchFilters | None = None
        self._place = Place.DRAFTS
        self._sections: Mapping[str, str] = {}
        self.search = SearchField(self.tr("Search reports"), self)
        self.search.setObjectName("searchField")
        self.search.setPlaceholderText(self.tr("Search"))
        self.delegate = ReportDelegate(self)
        self.rows = QListView(self)
        self.rows.setObjectName("reportList")
        self.rows.setAccessibleName(self.tr("Reports"))
        self.rows.setModel(model)
        self.rows.setItemDelegate(self.delegate)
        self.rows.setResizeMode(QListView.ResizeMode.Adjust)  # excerpts take the lines they need
        self.rows.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setMouseTracking(True)
        self.empty = EmptyPlace(self.tr("Empty list"), self)
        self._told = SideLabel(self)
        self._told.setProperty("role", "hint")
        self._told.setWordWrap(True)
        self._told.setContentsMargins(16, 0, 16, 4)
        self._told.hide()
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.rows)
        self._stack.addWidget(self.empty)
        self._lay_out()
        self._connect()

    @property
    def filters(self) -> SearchFilters:
        """What a search is narrowed by; it is made when the first search begins."""
        if self._filters is None:
            from reporterdesk.ui.widgets.search_filters import SearchFilters

            self._filters = SearchFilters(self)
            self._filters.show_place(self._place)
            self._filters.offer_sections(self._sections)
            self._filters.changed.connect(self._ask)
            self._head.addWidget(self._filters)
            self._filters.hide()
            QWidget.setTabOrder(self.search, self._filters)
            for child in self._filters.findChildren(QWidget):
                child.installEventFilter(self)
        return self._filters

    def show_fill(
        self, rows: int, words: EmptyWords, action: QAction | None, more: QAction | None = None
    ) -> None:
        """Show the rows, or what an empty list says."""
        if rows:
            self._stack.setCurrentWidget(self.rows)
        else:
            self.empty.tell(words, action, more)
            self._stack.setCurrentWidget(self.empty)

    def show_place(self, place: Place, *, everywhere: bool) -> None:
        """Say which place a search is of; nothing is emitted."""
        self._place = place
        if self._filters is not None:
            self._filters.show_place(place)
            self._filters.set_everywhere(everywhere=everywhere)

    def offer_sections(self, names: Mapping[str, str]) -> None:
        """Offer these sections to narrow a search by, by their slugs."""
        self._sections = names
        if self._filters is not None:
            self._filters.offer_sections(names)

    @Slot(object)
    def tell_found(self, found: int | None) -> None:
        """Say how many a search has found."""
        if self._filters is not None:
            self._filters.tell_found(found)

    @Slot()
    def begin_search(self) -> None:
        """Let a person type what to search for."""
        self.filters.show()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @Slot()
    def search_everywhere(self) -> None:
        """Search every place but the trash for what is searched for."""
        self.filters.show()
        self.filters.set_everywhere(everywhere=True)
        self._ask()
        if not self.search.text().strip():
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def clear_filters(self) -> None:
        """Search among all reports again."""
        self.filters.clear()

    @Slot()
    def clear_search(self) -> None:
        """Show the whole list again."""
        if self._filters is not None:
            self._filters.clear()
            self._filters.set_everywhere(everywhere=False)
            self._filters.hide()
        self.search.clear()
        self._ask()

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
            if event.key() == Qt.Key.Key_Escape and watched is not self.rows:
                self._escape()
                return True
            if event.key() == Qt.Key.Key_Escape and self.searching:
                self.clear_search()
                return True
        return super().eventFilter(watched, event)

    @property
    def searching(self) -> bool:
        """Whether the list is not the whole one."""
        return self._asked().active

    def _escape(self) -> None:
        """Clear the search, and then leave it."""
        if self.searching or self.search.text():
            self.clear_search()
            self.search.setFocus()
        else:
            self.clear_search()
            self.rows.setFocus()

    def _asked(self) -> Search:
        if self._filters is None:
            return Search(self.search.text(), Filters(), Order.NEWEST)
        return Search(self.search.text(), self._filters.filters(), self._filters.chosen_order())

    @Slot()
    def _ask(self) -> None:
        """Tell what is searched for now."""
        search = self._asked()
        if search.active:
            self.filters.show()
        everywhere = self._filters is not None and self._filters.is_everywhere()
        self.searched.emit(search, everywhere)

    @Slot(str)
    def _typed(self, text: str) -> None:
        if not text and not self.searching and self._filters is not None:
            self._filters.set_everywhere(everywhere=False)
            self._filters.hide()
        self._ask()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = QVBoxLayout()
        self._head.setContentsMargins(12, 12, 12, 10)
        self._head.setSpacing(6)
        self._head.addWidget(self.search)
        column.addLayout(self._head)
        column.addWidget(self._told)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._typed)
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

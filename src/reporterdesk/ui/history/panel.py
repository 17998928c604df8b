"""A report's history: a slider over its moments, the moment's text, and what restores it."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.domain.history import SnapshotInfo
from reporterdesk.ui.history.change_bar import ChangeBar
from reporterdesk.ui.history.page import Page
from reporterdesk.ui.history.paper import HistoryPaper
from reporterdesk.ui.history.slider import MomentSlider
from reporterdesk.ui.history.words import count_word, moment_words
from reporterdesk.ui.photo_images import PhotoImages
from reporterdesk.ui.widgets.empty_place import EmptyPlace, EmptyWords

_NARROW = 600
"""Pixels in which title and choices, or the buttons below, no longer stand side by side."""


class HistoryPanel(QWidget):
    """Shows moments that are read elsewhere, and asks for what a person wants. On the UI thread.

    :ivar chosen: emits the number of the :class:`SnapshotInfo` that a person chose.
    :ivar restore_requested: emits the page and the change that is to be taken back, or ``None``
        for all of them.
    :ivar closed: emitted when a person wants to go back to the report.
    """

    chosen = Signal(int)
    restore_requested = Signal(object, object)
    closed = Signal()

    def __init__(self, images: PhotoImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("historyPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._moments: tuple[SnapshotInfo, ...] = ()
        self._now: datetime | None = None
        self._page: Page | None = None
        self._restoring = self._busy = False
        self.slider = MomentSlider(self)
        self.title = QLabel(self)
        self.title.setProperty("role", "title")
        self.count = QLabel(self)
        self.count.setProperty("role", "hint")
        self.only_changes = QCheckBox(self.tr("Show only what changed"), self)
        self.back = QPushButton(self.tr("Back to the report"), self)
        self.paper = HistoryPaper(images, self)
        self.empty = EmptyPlace(self.tr("Nothing to show"), self)
        self.bar = ChangeBar(self)
        self._stack = QStackedWidget(self)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._connect_parts()

    @property
    def page(self) -> Page | None:
        """The moment that is shown."""
        return self._page

    @property
    def wanted(self) -> int | None:
        """The number of the moment that is chosen, shown already or not."""
        return self._moments[self.slider.value()].number if self._moments else None

    def show_moments(self, moments: tuple[SnapshotInfo, ...], now: datetime) -> None:
        """Offer these moments, the oldest first; what is chosen stays chosen, or is the newest."""
        wanted = self.wanted
        self._moments, self._now = moments, now
        self.slider.show_moments(moments, now)
        numbers = [moment.number for moment in moments]
        place = numbers.index(wanted) if wanted in numbers else len(moments) - 1
        self.slider.blockSignals(True)
        self.slider.setValue(max(0, place))
        self.slider.blockSignals(False)
        for widget in (self.slider, self.title, self.count, self.only_changes):
            widget.setVisible(bool(moments))
        if not moments:
            self._page = None
        elif self._page is None or self._page.moment.number != self.wanted:
            self._choose()
        else:
            self._title(self._page.moment)

    def take_focus(self) -> None:
        """Bring the keyboard here."""
        (self.slider if self._moments else self.back).setFocus()

    def show_page(self, page: Page, *, restoring: bool) -> None:
        """Show a moment; ``restoring`` says whether the report can be written on."""
        same = self._page is not None and self._page.moment.number == page.moment.number
        self._page, self._restoring, self._busy = page, restoring, False
        self._title(page.moment)
        self.count.setText(count_word(len(page.changes)))
        self._stack.setCurrentWidget(self.paper)
        self.bar.show_changes(page.changes, restoring=restoring, keep_place=same)
        self._write()

    def show_words(self, title: str, words: str = "") -> None:
        """Show a sentence or two in place of the text."""
        self._page = None
        self.paper.clear_page()
        self.count.clear()
        self.bar.hide()
        self.empty.tell(EmptyWords(title, words, "history"))
        self.empty.setAccessibleDescription(f"{title} {words}")
        self._stack.setCurrentWidget(self.empty)

    def set_busy(self) -> None:
        """Take no further wish until a page is shown again."""
        self._busy = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay what stands side by side below each other in a narrow window."""
        narrow = self.width() < _NARROW
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._head.setDirection(down if narrow else across)
        self.bar.set_narrow(narrow=narrow)
        super().resizeEvent(event)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.count)
        choices = QHBoxLayout()
        choices.setSpacing(16)
        choices.addWidget(self.only_changes, 1)
        choices.addWidget(self.back)
        self._head.setSpacing(8)
        self._head.addLayout(words, 1)
        self._head.addLayout(choices)
        top = QVBoxLayout()
        top.setContentsMargins(16, 12, 16, 8)
        top.setSpacing(8)
        top.addLayout(self._head)
        top.addWidget(self.slider)
        self._stack.addWidget(self.paper)
        self._stack.addWidget(self.empty)
        self._stack.setObjectName("historyStack")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        column.addWidget(self.bar)
        order = (self.slider, self.only_changes, self.back, self.paper, *self.bar.tab_chain())
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect_parts(self) -> None:
        self.slider.valueChanged.connect(self._choose)
        self.only_changes.toggled.connect(self._write)
        self.back.clicked.connect(self.closed)
        self.paper.restore_requested.connect(self._restore)
        self.bar.gone_to.connect(self.paper.go_to)
        self.bar.restore_requested.connect(self._restore)
        self.bar.restore_all_requested.connect(self._restore_all)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)

    def _title(self, moment: SnapshotInfo) -> None:
        if self._now is not None:
            self.title.setText(moment_words(moment, self._now))

    @Slot()
    def _choose(self) -> None:
        moment = self._moments[self.slider.value()]
        self._title(moment)
        self.chosen.emit(moment.number)

    @Slot()
    def _write(self) -> None:
        page = self._page
        if page is None:
            return
        only = self.only_changes.isChecked()
        self.paper.show_page(page, restoring=self._restoring, only_changes=only)
        self.paper.setAccessibleDescription(self.bar.all_told)
        if self.bar.at >= 0:
            self.paper.go_to(self.bar.at)

    @Slot(int)
    def _restore(self, number: int) -> None:
        page = self._page
        if page is not None and not self._busy and 0 <= number < len(page.changes):
            self.restore_requested.emit(page, page.changes[number])

    @Slot()
    def _restore_all(self) -> None:
        if self._page is not None and not self._busy and self._page.changes:
            self.restore_requested.emit(self._page, None)

"""The one window: places, list, and the report that is open. It lays out and connects."""

from __future__ import annotations

import base64
from collections.abc import Callable

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFocusEvent
from PySide6.QtWidgets import (
    QLabel,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.ui.actions import Actions
from reporterdesk.ui.icons import app_icon
from reporterdesk.ui.models.report_list import ReportListModel
from reporterdesk.ui.widgets.empty_place import EmptyPlace
from reporterdesk.ui.widgets.notice_bar import NoticeBar
from reporterdesk.ui.widgets.places import Places
from reporterdesk.ui.widgets.report_list import ReportList
from reporterdesk.ui.widgets.report_pane import ReportPane
from reporterdesk.ui.widgets.safety_button import SafetyButton
from reporterdesk.ui.widgets.side_label import SideLabel

_WIDTHS = (176, 296, 808)
_SMALLEST = (760, 520)
_TITLE_LENGTH = 80


class MainWindow(QMainWindow):
    """Holds the parts; what happens between them is the business of the rooms beside it.

    Each part is made in the place where it stays: to move a widget that has been made elsewhere
    costs all the style sheet's rules again.

    :param make_pane: makes the report's pane in the parent it is given.
    :ivar closing: emitted when a person wants to close the window. It stays until
        :meth:`let_close` has been called: everything is to be saved first.
    """

    closing = Signal()

    def __init__(
        self,
        actions: Actions,
        model: ReportListModel,
        make_pane: Callable[[QWidget], ReportPane],
    ) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowIcon(app_icon())
        self.setWindowTitle("ReporterDesk")
        self.menus = actions.fill_menu_bar(self.menuBar())
        for name in actions.names():
            self.addAction(actions.action(name))
        self._may_close = False
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.places = Places(actions.action("report.new"), self._splitter)
        self.list = ReportList(model, self._splitter)
        self._right = QWidget(self._splitter)
        self.content = QStackedWidget(self._right)
        self.empty = EmptyPlace(self.tr("Nothing is open"), self.content)
        self.pane = make_pane(self.content)
        self.deliveries = _Room(self.content)  # the outbox, which the first screen does without
        for widget in (self.empty, self.pane, self.deliveries):
            self.content.addWidget(widget)
        self.messages = NoticeBar(self.tr("Message"), self._right)
        self.messages.setProperty("edge", "below")
        self.messages.hide()
        self.connection = self._status_label(self.tr("Connection"))
        self.person = self._status_label(self.tr("Signed in as"))
        self.safety = SafetyButton(self)
        self._lay_out()

    def show_content(self, widget: QWidget) -> None:
        """Show ``widget`` at the right; one that is new there is added."""
        if self.content.indexOf(widget) < 0:
            self.content.addWidget(widget)
        self.content.setCurrentWidget(widget)

    def show_title(self, headline: str) -> None:
        """Name what is open in the window's title; ``""`` where nothing is."""
        words = " ".join(headline.split())
        if len(words) > _TITLE_LENGTH:
            words = words[: _TITLE_LENGTH - 1].rstrip() + "…"
        self.setWindowTitle(f"{words} – ReporterDesk" if words else "ReporterDesk")

    def geometry_text(self) -> str:
        """Return size, place and the splitter's state, as text to be kept."""
        parts = (self.saveGeometry(), self._splitter.saveState())
        return " ".join(base64.b64encode(part.data()).decode("ascii") for part in parts)

    def restore_geometry_text(self, text: str) -> None:
        """Take the size and place that were kept; what makes no sense is passed over."""
        parts = text.split(" ")
        if len(parts) != 2:
            return
        try:
            geometry, splitter = (base64.b64decode(part, validate=True) for part in parts)
        except ValueError:
            return
        self.restoreGeometry(QByteArray(geometry))
        self._splitter.restoreState(QByteArray(splitter))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let everything be saved first."""
        event.setAccepted(self._may_close)
        if not self._may_close:
            self.closing.emit()

    def let_close(self) -> None:
        """Close, whatever is unsaved."""
        self._may_close = True
        self.close()

    def _status_label(self, name: str) -> QLabel:
        label = SideLabel(self)
        label.setAccessibleName(name)
        return label

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.content, 1)
        column.addWidget(self.messages)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(2, 1)
        self._splitter.setHandleWidth(1)
        self._splitter.setSizes(list(_WIDTHS))
        self.places.setMinimumWidth(150)
        self.list.setMinimumWidth(220)
        self.setCentralWidget(self._splitter)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self.connection, 1)
        self.statusBar().addPermanentWidget(self.safety)
        self.statusBar().addPermanentWidget(self.person)
        self.setMinimumSize(*_SMALLEST)
        self.resize(sum(_WIDTHS), 820)


class _Room(QWidget):
    """Leads the keyboard on to what fills it.

    A focus proxy would do so, too, but let the Tab key skip all that stands before its target.
    """

    def focusInEvent(self, event: QFocusEvent) -> None:
        """See Qt."""
        layout = self.layout()
        item = layout.itemAt(0) if layout is not None else None
        inside = item.widget() if item is not None else None
        if inside is not None:
            inside.setFocus(event.reason())

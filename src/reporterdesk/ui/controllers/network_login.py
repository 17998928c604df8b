"""A network that wants a login: says so, opens its page, and tries again afterwards."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from reporterdesk.ui.actions import Actions
from reporterdesk.ui.widgets.notice_bar import Notice
from reporterdesk.ui.windows.main_window import MainWindow

ACTION = "sync.login_page"


class NetworkLogin(QObject):
    """Offers the page as long as it answers in the desk's place. Lives on the UI thread.

    :param page_to_open: returns what a browser is to open for the address that was found.
    :ivar may_be_logged_in: the person is back from the page: what waits is to be tried.
    """

    may_be_logged_in = Signal()

    def __init__(
        self, window: MainWindow, actions: Actions, page_to_open: Callable[[str], QUrl]
    ) -> None:
        super().__init__(window)
        self._window, self._action = window, actions.action(ACTION)
        self._page_to_open = page_to_open
        self._address = ""
        self._opened = False
        self._said = self.tr(
            "This network wants you to log in before it lets anything through. "
            "Your reports are safe here and are sent afterwards."
        )
        self._action.setVisible(False)
        actions.bind(ACTION, self.open)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._state_changed)

    @Slot(str)
    def found(self, address: str) -> None:
        """Offer the page at ``address``; ``""``: nothing stands in the way any more."""
        self._address = address
        self._action.setVisible(bool(address))
        messages = self._window.messages
        if address:
            messages.tell(Notice(self._said, tone="warning"), (self._action,))
        elif messages.sentence == self._said:
            messages.hide()

    @Slot()
    def open(self) -> None:
        """Open the page in the web browser."""
        if self._address:
            self._opened = True
            QDesktopServices.openUrl(self._page_to_open(self._address))

    @Slot(Qt.ApplicationState)
    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if self._opened and state == Qt.ApplicationState.ApplicationActive:
            self._opened = False
            self.may_be_logged_in.emit()

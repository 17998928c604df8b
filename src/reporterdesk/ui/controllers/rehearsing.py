"""*Rehearse a bad connection*: sends the account’s calls through a bad link, and says so."""

from __future__ import annotations

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup

from reporterdesk.domain.people import Account
from reporterdesk.publishing.route import Route
from reporterdesk.ui.action_table import ACTIONS
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.rehearsal.badge import RehearsalBadge
from reporterdesk.ui.rehearsal.link import RehearsalLink
from reporterdesk.ui.widgets.notice_bar import Notice
from reporterdesk.ui.windows.main_window import MainWindow

OFF = "off"
_PREFIX = "rehearse."
_HERE = "127.0.0.1"


class Rehearsing(QObject):
    """Switches the link on, to another kind, and off; it is off at each start. On the UI thread.

    :ivar way_changed: the calls go by another way now: what waits is to be tried.
    """

    way_changed = Signal()

    def __init__(self, window: MainWindow, actions: Actions, route: Route) -> None:
        super().__init__(window)
        self._window, self._actions, self._route = window, actions, route
        self._server_url = self._stands_before = ""
        self._chosen = OFF
        self._link = RehearsalLink(self)
        self._link.ready.connect(self._ready)
        self._link.ended.connect(self._ended)
        self._names = [spec.name for spec in ACTIONS if spec.name.startswith(_PREFIX)]
        group = QActionGroup(self)
        for name in self._names:
            group.addAction(actions.action(name))
        group.triggered.connect(self._triggered)
        self._badge = RehearsalBadge(group.actions(), window)
        window.statusBar().insertPermanentWidget(1, self._badge)  # after what the connection says
        self._show()
        self.set_account(None)

    @property
    def on(self) -> bool:
        """Whether the calls go through the link."""
        return self._route.link is not None

    @Slot(object)
    def set_account(self, account: Account | None) -> None:
        """Stand before the server of whoever is signed in; without one there is nothing to do."""
        server_url = account.server_url if account else ""
        if server_url == self._server_url:
            return
        self._server_url = server_url
        self._actions.enable(bool(server_url), *self._names)
        if self._chosen != OFF:
            self.choose(self._chosen if server_url else OFF)

    def choose(self, name: str) -> None:
        """Rehearse the link called ``name``; ``off`` takes the real connection again."""
        self._chosen = name
        if name == OFF:
            self.close()
            self.way_changed.emit()
        elif self._link.runs and self._stands_before == self._server_url:
            self._link.use(name)
            self.way_changed.emit()
        else:
            self._stands_before = self._server_url
            self._link.start(self._server_url, name)
        self._show()

    def let_happen(self, what: str) -> None:
        """Let the link ``stall``, be ``down``, or ``heal`` now: for who shows what comes of it."""
        self._link.tell(what)

    def close(self) -> None:
        """Go the straight way, and end the process."""
        self._route.link = None
        self._link.stop()

    def page_to_open(self, address: str) -> QUrl:
        """Return where a browser finds the page that a network answers with.

        The browser does not go through the link; what the link plays is asked for directly.
        """
        link = self._route.link
        return QUrl(f"http://{link[0]}:{link[1]}/" if link else address)

    @Slot(QAction)
    def _triggered(self, action: QAction) -> None:
        self.choose(action.objectName().removeprefix(_PREFIX))

    @Slot(int)
    def _ready(self, port: int) -> None:
        self._route.link = (_HERE, port)
        self.way_changed.emit()

    @Slot()
    def _ended(self) -> None:
        self._chosen = OFF
        self._route.link = None
        self._show()
        said = self.tr("The rehearsal has ended by itself. The real connection is used again.")
        self._window.messages.tell(Notice(said, tone="warning"))
        self.way_changed.emit()

    def _show(self) -> None:
        action = self._actions.action(f"{_PREFIX}{self._chosen}")
        action.setChecked(True)
        self._badge.tell("" if self._chosen == OFF else action.text().replace("&", ""))

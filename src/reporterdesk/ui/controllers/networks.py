"""What has to do with the network one is in: a bad one to rehearse with, one that wants a login."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reporterdesk.publishing.route import Route
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.controllers.account import AccountRoom
from reporterdesk.ui.controllers.network_login import NetworkLogin
from reporterdesk.ui.controllers.rehearsing import Rehearsing
from reporterdesk.ui.sync_bridge import SyncBridge
from reporterdesk.ui.windows.main_window import MainWindow


class Networks(QObject):
    """Builds both, and lets the engine look again when either changes. Lives on the UI thread.

    :ivar rehearsing: the bad connection.
    :ivar login: the page of the network.
    """

    def __init__(
        self,
        window: MainWindow,
        actions: Actions,
        account: AccountRoom,
        bridge: SyncBridge,
        route: Route,
    ) -> None:
        super().__init__(window)
        self.rehearsing = Rehearsing(window, actions, route)
        self.rehearsing.way_changed.connect(bridge.send_now)
        account.changed.connect(self.rehearsing.set_account)
        self.login = NetworkLogin(window, actions, self.rehearsing.page_to_open)
        self.login.may_be_logged_in.connect(bridge.send_now)
        bridge.login_page_found.connect(self.login.found)

    def close(self) -> None:
        """End the rehearsal."""
        self.rehearsing.close()

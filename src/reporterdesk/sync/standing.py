"""What all calls together say of the connection: one word for the window, from several threads."""

from __future__ import annotations

import threading

from reporterdesk.publishing.connector import Connector
from reporterdesk.sync.listener import SyncListener


class Standing:
    """Whether the desk answers, and whether anybody is signed in. Safe from any thread.

    Deliveries and listening each have a :class:`~reporterdesk.sync.link.Link` of their own, which
    counts its failures; both tell of one network, and the last word counts. The listener hears of
    a change once, and in their order.
    """

    def __init__(self, listener: SyncListener) -> None:
        self._listener = listener
        self._lock = threading.Lock()
        self._online: bool | None = None
        self._why = ""
        self._refused: Connector | None = None
        self._nobody_signed_in = False
        self._login_page = ""

    @property
    def online(self) -> bool | None:
        """Whether the desk answers; ``None`` until a call has told."""
        return self._online

    @property
    def nobody_signed_in(self) -> bool:
        """Whether the last call found no account or a refused token."""
        return self._nobody_signed_in

    def answered(self) -> bool:
        """A call succeeded; return whether the connection has just come back."""
        with self._lock:
            came_back = self._online is False
            self._nobody_signed_in = False
            self._say(online=True, why="")
        return came_back

    def silent(self, why: str, login_page: str = "") -> None:
        """There is no connection; what answered instead has its page at ``login_page``."""
        with self._lock:
            if login_page != self._login_page:
                self._login_page = login_page
                self._listener.login_page_found(login_page)
            self._say(online=False, why=why)

    def refused(self, connector: Connector) -> None:
        """The desk answered that this connection's token is not good any more."""
        with self._lock:
            self._refused = connector
            self._say(online=True, why="")
            self._signed_out()

    def signed_out(self) -> None:
        """Nobody is signed in; it is said once."""
        with self._lock:
            self._signed_out()

    def was_refused(self, connector: Connector | None) -> bool:
        """Tell whether this connection's token was refused: then it is not tried again."""
        return connector is not None and connector is self._refused

    def _signed_out(self) -> None:
        if not self._nobody_signed_in:
            self._nobody_signed_in = True
            self._listener.sign_in_needed()

    def _say(self, *, online: bool, why: str) -> None:
        if online and self._login_page:
            self._login_page = ""
            self._listener.login_page_found("")
        if (online, why) != (self._online, self._why):
            self._online, self._why = online, why
            self._listener.connection_changed(online, why)

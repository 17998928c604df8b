"""Is there a connection to the desk, and is anybody signed in?"""

from __future__ import annotations

from reporterdesk.publishing.connector import Connector
from reporterdesk.sync.failures import Failure, Kind
from reporterdesk.sync.listener import SyncListener


class Link:
    """What the last calls said of the connection as a whole. Lives on the engine's thread.

    :ivar failures: how often in a row everything had to wait.
    :ivar nobody_signed_in: the last call found no account or a refused token.
    """

    def __init__(self, listener: SyncListener) -> None:
        self._listener = listener
        self._online: bool | None = None
        self._why = ""
        self._silences = 0
        self._refused: Connector | None = None
        self.failures = 0
        self.nobody_signed_in = False

    def answered(self) -> bool:
        """A call succeeded; return whether the connection has just come back."""
        came_back = self._online is False
        self._silences = 0
        self.nobody_signed_in = False
        self.failures = 0
        self._say(online=True, why="")
        return came_back

    def failed(self, connector: Connector, failure: Failure, *, small: bool = False) -> bool:
        """A call failed; return whether everything has to wait.

        One silence may be the fault of one report that is too large for the link; two in a row
        are the network's, and so is the silence after a ``small`` question.
        """
        if failure.kind is Kind.SIGN_IN:
            self._refused = connector
            self._say(online=True, why="")
            self.signed_out()
            return True
        if failure.kind is Kind.NO_ANSWER:
            self._silences += 1
            if self._silences < 2 and not small:
                return False
        elif failure.kind is not Kind.ALL_WAIT:
            self._silences = 0
            return False
        self.failures += 1
        # A server that asks to wait is there; only silence and strangers are "no connection".
        if failure.wait is None:
            self._say(online=False, why=failure.why)
        return True

    def signed_out(self) -> None:
        """Nobody is signed in; it is said once."""
        if not self.nobody_signed_in:
            self.nobody_signed_in = True
            self._listener.sign_in_needed()

    def was_refused(self, connector: Connector | None) -> bool:
        """Tell whether this connection's token was refused: then it is not tried again."""
        return connector is not None and connector is self._refused

    def forget(self) -> None:
        """Another network: what was known of the old one does not count."""
        self._silences = 0
        self.failures = 0

    def _say(self, *, online: bool, why: str) -> None:
        if (online, why) != (self._online, self._why):
            self._online, self._why = online, why
            self._listener.connection_changed(online, why)

"""Is there a connection to the desk, and is anybody signed in?"""

from __future__ import annotations

from reporterdesk.publishing.connector import Connector
from reporterdesk.sync.failures import Failure, Kind
from reporterdesk.sync.standing import Standing

_DISBELIEF, _LONGEST_DISBELIEF = 10.0, 300.0
"""Seconds."""


class Link:
    """What the last calls of one thread said of the connection. Lives on that thread.

    :param standing: what all threads know together.
    :ivar failures: how often in a row everything had to wait.
    """

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._silences = 0
        self._believed = 0
        self._disbelieved_until = 0.0
        self.failures = 0

    @property
    def nobody_signed_in(self) -> bool:
        """Whether the last call found no account or a refused token."""
        return self._standing.nobody_signed_in

    def answered(self) -> bool:
        """A call succeeded; return whether the connection has just come back."""
        self.forget()
        return self._standing.answered()

    def failed(self, connector: Connector, failure: Failure, *, small: bool = False) -> bool:
        """A call failed; return whether everything has to wait.

        One silence may be the fault of one report that is too large for the link; two in a row
        are the network's, and so is the silence after a ``small`` question.
        """
        if failure.kind is Kind.SIGN_IN:
            self._standing.refused(connector)
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
            self._standing.silent(failure.why, failure.login_page)
        return True

    def believes_others(self, now: float) -> bool:
        """Tell whether it is worth trying at once because a call of another thread was answered.

        A network may let one kind of call pass and no other. So news that led to nothing is
        believed again only after a while, and then after twice as long.

        :param now: seconds of a stopwatch.
        """
        if self.failures and now < self._disbelieved_until:
            return False
        self._disbelieved_until = now + min(_DISBELIEF * 2.0**self._believed, _LONGEST_DISBELIEF)
        self._believed = min(self._believed + 1, 16)
        return True

    def signed_out(self) -> None:
        """Nobody is signed in; it is said once."""
        self._standing.signed_out()

    def was_refused(self, connector: Connector | None) -> bool:
        """Tell whether this connection's token was refused: then it is not tried again."""
        return self._standing.was_refused(connector)

    def forget(self) -> None:
        """Another network: what was known of the old one does not count."""
        self._silences = 0
        self._believed = 0
        self._disbelieved_until = 0.0
        self.failures = 0

"""A publishing API to sign in to without a network, and with every way to fail."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from reporterdesk.domain.errors import WrongPassword
from reporterdesk.publishing.connector import Connector
from reporterdesk.publishing.memory import MemoryDesk
from reporterdesk.ui.controllers.account import Desk
from reporterdesk.vault import MemoryVault, Vault
from reporterdesk.wire.messages import SignInAnswer

ADDRESS, EMAIL, PASSWORD = "https://desk.example.org", "sam@example.org", "a good password"


@dataclass
class DoorKeeper:
    """Signs in to one :class:`MemoryDesk`; ``fault`` is raised in place of an answer.

    :ivar gate: an answer waits until this is set.
    """

    desk: MemoryDesk = field(default_factory=MemoryDesk)
    vault: Vault = field(default_factory=MemoryVault)
    fault: Exception | None = None
    gate: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    def sign_in(self, server_url: str, email: str, password: str, device: str) -> SignInAnswer:
        """See :class:`reporterdesk.publishing.connector.SignIn`."""
        self.gate.wait(30)
        if self.fault is not None:
            raise self.fault
        if password != PASSWORD:
            raise WrongPassword
        return SignInAnswer(token="token-1", person=self.desk.me().person)

    def connect(self, server_url: str, token: str) -> Connector:
        """See :class:`reporterdesk.publishing.connector.SignIn`."""
        return self.desk

    def as_desk(self) -> Desk:
        """Return it as the app wants it."""
        return Desk(lambda: self, lambda: self.vault)

"""Who is signed in, and the connection that goes with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from reporterdesk.publishing.route import Route
from reporterdesk.ui.background import Background

if TYPE_CHECKING:
    from reporterdesk.domain.errors import ReporterDeskError
    from reporterdesk.domain.people import Account
    from reporterdesk.publishing.connector import Connector, SignIn
    from reporterdesk.vault import Vault
    from reporterdesk.workflow.signing_in import Restored, SignedIn


@dataclass(frozen=True, slots=True)
class Desk:
    """How to reach publishing APIs and where tokens are kept; made when first needed.

    ``route`` is the way that its calls go.
    """

    sign_in: Callable[[], SignIn]
    vault: Callable[[], Vault]
    route: Route = field(default_factory=Route)


def reference_desk() -> Desk:
    """Return the desk of an ordinary start: the reference API, and the system's keyring."""
    route = Route()

    def sign_in() -> SignIn:
        from reporterdesk.publishing.reference import ReferenceSignIn

        return ReferenceSignIn(route=route)

    def vault() -> Vault:
        from reporterdesk.vault import KeyringVault

        return KeyringVault()

    return Desk(sign_in, vault, route)


class AccountRoom(QObject):
    """Restores, makes and ends the sign-in. Lives on the UI thread, and never waits there.

    :ivar changed: emits the :class:`Account`, or ``None``, when it is known or has changed.
    :ivar connected: emitted when there is a connection to use: the outbox may be looked at.
    :ivar no_keyring: emits the error where tokens cannot be kept.
    :ivar sign_in_wanted: emitted at a start where somebody has to sign in again.
    """

    changed = Signal(object)
    connected = Signal()
    no_keyring = Signal(object)
    sign_in_wanted = Signal()

    def __init__(self, background: Background, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._desk = desk
        self._connector: Connector | None = None
        self._account: Account | None = None

    @property
    def account(self) -> Account | None:
        """Who is signed in on this laptop, with a token or without."""
        return self._account

    def connect_now(self) -> Connector | None:
        """Return the signed-in connection, the same as long as it holds. From any thread."""
        return self._connector

    def restore(self) -> None:
        """Find out who was signed in here, and whether the token is still kept."""
        self._background.in_pool(self._restoring, self._restored)

    def signing_in(self, server_url: str, email: str, password: str) -> SignedIn:
        """Sign in; blocks, and is called in the pool.

        :raises ReporterDeskError: why it did not succeed; whoever was signed in still is.
        """
        import platform

        from reporterdesk.workflow.signing_in import sign_in

        device = platform.node() or "laptop"
        run = self._background.store_thread.run
        service, vault = self._desk.sign_in(), self._desk.vault()
        return sign_in(service, vault, run, server_url, email, password, device)

    @Slot(object)
    def take(self, signed_in: SignedIn) -> None:
        """Use a new sign-in from now on."""
        if self._connector is not None:
            self._connector.close()
        self._account, self._connector = signed_in.account, signed_in.connector
        self.changed.emit(self._account)
        self.connected.emit()
        if signed_in.vault_problem is not None:
            self.no_keyring.emit(signed_in.vault_problem)

    @Slot(object)
    def abandon(self, signed_in: SignedIn) -> None:
        """Sign out again: the person had cancelled when the answer came."""
        self._background.in_pool(_SigningOut(self, signed_in.connector), _ignore, _ignore)

    @Slot()
    def sign_out(self) -> None:
        """Sign this laptop out; drafts and the outbox stay."""
        connector, self._connector, self._account = self._connector, None, None
        self._background.in_pool(_SigningOut(self, connector), self._signed_out)
        self.changed.emit(None)

    def close(self) -> None:
        """Close kept connections."""
        if self._connector is not None:
            self._connector.close()

    def _restoring(self) -> Restored:
        from reporterdesk.workflow.signing_in import restore

        return restore(self._desk.sign_in(), self._desk.vault(), self._background.store_thread.run)

    def _restored(self, restored: Restored) -> None:
        if self._connector is not None:  # somebody was quicker and signed in
            return
        self._account, self._connector = restored.account, restored.connector
        self.changed.emit(self._account)
        if restored.connector is not None:
            self.connected.emit()
            self._background.in_pool(self._refreshing, self._refreshed, _ignore)
        elif restored.account is not None:
            if restored.vault_problem is not None:
                self.no_keyring.emit(restored.vault_problem)
            self.sign_in_wanted.emit()

    def _refreshing(self) -> Account | None:
        from reporterdesk.workflow.signing_in import refresh

        if self._connector is None:
            return None
        return refresh(self._connector, self._background.store_thread.run)

    def _refreshed(self, account: Account | None) -> None:
        if account is not None and account != self._account:
            self._account = account
            self.changed.emit(account)

    def signing_out(self, connector: Connector | None) -> tuple[ReporterDeskError, ...]:
        """Sign out, on the calling thread, which is one of the pool."""
        from reporterdesk.workflow.signing_in import sign_out

        return sign_out(connector, self._desk.vault(), self._background.store_thread.run)

    def _signed_out(self, problems: tuple[ReporterDeskError, ...]) -> None:
        for problem in problems:
            self.no_keyring.emit(problem)


@dataclass(frozen=True, slots=True)
class _SigningOut:
    room: AccountRoom
    connector: Connector | None

    def __call__(self) -> tuple[ReporterDeskError, ...]:
        return self.room.signing_out(self.connector)


def _ignore(_result: object) -> None:
    """The engine tells of the network; what could not be asked is asked at the next start."""

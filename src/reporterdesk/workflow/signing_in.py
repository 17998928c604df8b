"""Signing this device in and out. The token goes to the vault and nowhere else.

These functions block: they are called on a network thread.
"""

from __future__ import annotations

from dataclasses import dataclass

from reporterdesk.domain.errors import (
    DeliveryError,
    NoConnection,
    ReporterDeskError,
    VaultUnavailable,
)
from reporterdesk.domain.people import Account
from reporterdesk.publishing.addresses import normal_server_url, token_name
from reporterdesk.publishing.connector import Connector, SignIn
from reporterdesk.store.store import Store
from reporterdesk.vault import Vault
from reporterdesk.wire.convert import person_of, section_of
from reporterdesk.wire.messages import MeAnswer
from reporterdesk.workflow.running import RunInStore


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A device that is signed in until the app quits, at least.

    ``vault_problem`` is set where there is no keyring: the person is told that they will be asked
    again at each start.
    """

    account: Account
    connector: Connector
    vault_problem: VaultUnavailable | None = None


@dataclass(frozen=True, slots=True)
class Restored:
    """What is known at a start.

    ``account`` without ``connector``: the person has to sign in again; drafts and the outbox are
    as they were. ``vault_problem`` says why, where it is the keyring.
    """

    account: Account | None
    connector: Connector | None = None
    vault_problem: VaultUnavailable | None = None


def sign_in(
    service: SignIn,
    vault: Vault,
    run: RunInStore,
    server_url: str,
    email: str,
    password: str,
    device: str,
) -> SignedIn:
    """Sign in, and remember the account; a missing keyring does not stop it.

    :raises DeliveryError: one of its kinds; whoever was signed in still is.
    :raises StoreError: the account could not be remembered.
    """
    url = normal_server_url(server_url)
    try:
        answer = service.sign_in(url, email, password, device)
        connector = service.connect(url, answer.token)
        try:
            account = _account(url, connector.me())
            run(lambda store: _remember(store, account))
        except BaseException:
            connector.close()
            raise
    except NoConnection as error:
        raise _not_signed_in(error) from None
    try:
        vault.set(token_name(url, account.person.email), answer.token)
    except VaultUnavailable as problem:
        return SignedIn(account, connector, problem)
    return SignedIn(account, connector)


def restore(service: SignIn, vault: Vault, run: RunInStore) -> Restored:
    """Return who was signed in here, connected if the vault has the token. Makes no call.

    :raises StoreError: the account cannot be read.
    """
    account = run(lambda store: store.account.get())
    if account is None:
        return Restored(None)
    try:
        token = vault.get(token_name(account.server_url, account.person.email))
    except VaultUnavailable as problem:
        return Restored(account, vault_problem=problem)
    if token is None:
        return Restored(account)
    return Restored(account, service.connect(account.server_url, token))


def refresh(connector: Connector, run: RunInStore) -> Account | None:
    """Ask the desk what this person may do now, and remember it; ``None`` if nobody is signed in.

    :raises DeliveryError: one of its kinds; what was known stays.
    """
    me = connector.me()

    def write(store: Store) -> Account | None:
        known = store.account.get()
        if known is None or known.person.id != me.person.id:
            return None
        account = _account(known.server_url, me)
        if account != known:
            store.account.set(account)
        return account

    return run(write)


def sign_out(
    connector: Connector | None, vault: Vault, run: RunInStore
) -> tuple[ReporterDeskError, ...]:
    """Sign this device out. It always succeeds here; drafts and the outbox stay.

    :returns: what could not be done besides: the token revoked at the desk, or deleted from the
        keyring. An empty tuple when all was done.
    :raises StoreError: the account could not be forgotten.
    """
    problems: list[ReporterDeskError] = []
    account = run(lambda store: store.account.get())
    if connector is not None:
        try:
            connector.sign_out()
        except DeliveryError as error:
            problems.append(error)
        connector.close()
    if account is not None:
        try:
            vault.delete(token_name(account.server_url, account.person.email))
        except VaultUnavailable as problem:
            problems.append(problem)
    run(_forget)
    return tuple(problems)


def _account(server_url: str, me: MeAnswer) -> Account:
    return Account(server_url, person_of(me.person), tuple(map(section_of, me.sections)))


def _remember(store: Store, account: Account) -> None:
    with store.transaction():
        known = store.account.get()
        if known is None or (known.server_url, known.person.id) != (
            account.server_url,
            account.person.id,
        ):
            # The queue and the cursor were another's.
            store.desk.clear()
        store.account.set(account)


def _forget(store: Store) -> None:
    with store.transaction():
        store.account.clear()
        store.desk.clear()


def _not_signed_in(error: NoConnection) -> NoConnection:
    """Say it as it is for a person who is signing in: nothing is waiting to be sent."""
    if error.next_step == NoConnection.next_step:
        error.next_step = "Try again when there is one; you can write without signing in."
    return error

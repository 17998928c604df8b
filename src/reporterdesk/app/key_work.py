"""The work on keys behind the door: each function blocks, and imports what it needs when called.

Not for the UI's thread.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reporterdesk.domain.errors import ChangeCancelled, ReporterDeskError, VaultUnavailable
from reporterdesk.store.key import StoreKey
from reporterdesk.store.protection import Guard
from reporterdesk.workflow.unlocking import DoorKind, door

if TYPE_CHECKING:
    from reporterdesk.domain.clock import Clock
    from reporterdesk.domain.people import Account
    from reporterdesk.store.backup_list import Backup
    from reporterdesk.store.restoring import Restored
    from reporterdesk.ui.errand import Errand
    from reporterdesk.vault import Vault


def protect_new(
    home: Path, vault: Callable[[], Vault], guard: Guard = Guard.KEYRING, passphrase: str = ""
) -> StoreKey | None:
    """Protect a new store; return its key, ``None`` where it is to be plain."""
    from reporterdesk.workflow import protecting

    return protecting.protect_new(home, guard, vault=vault(), passphrase=passphrase)


def convert(
    home: Path,
    key: StoreKey | None,
    guard: Guard,
    vault: Callable[[], Vault],
    passphrase: str,
    errand: Errand,
) -> StoreKey | None:
    """Encrypt a plain store, or the other way round; return the key that holds from then on."""
    from reporterdesk.workflow import protecting

    return protecting.convert(
        home,
        key,
        guard,
        vault=vault(),
        passphrase=passphrase,
        progress=errand.tell_progress,
        cancelled=errand.is_cancelled,
    )


def key_of_keyring(home: Path, vault: Callable[[], Vault]) -> StoreKey:
    """Return the key that the keyring has."""
    from reporterdesk.workflow.unlocking import key_from_keyring

    return key_from_keyring(home, vault())


def key_of_passphrase(home: Path, passphrase: str, vault: Callable[[], Vault]) -> StoreKey:
    """Return the key that the passphrase opens; the store is closed."""
    from reporterdesk.workflow.unlocking import forget_retired, key_from_passphrase

    key = key_from_passphrase(home, passphrase)
    forget_retired(home, vault())
    return key


def key_of_code(home: Path, words: str, vault: Callable[[], Vault]) -> tuple[StoreKey, bool]:
    """Return the key, and whether the keyring has it from now on."""
    from reporterdesk.workflow.unlocking import keep_in_keyring, key_from_recovery

    key = key_from_recovery(home, words)
    if door(home).kind is DoorKind.PASSPHRASE:
        return key, False
    try:
        keep_in_keyring(home, key, vault())
    except VaultUnavailable:
        return key, False
    return key, True


def set_passphrase(home: Path, key: StoreKey, passphrase: str) -> None:
    """Let a passphrase open the store from now on."""
    from reporterdesk.workflow import protecting

    protecting.set_passphrase(home, key, passphrase)


def choose_plain(home: Path) -> None:
    """Write down that a store which is plain is to stay so."""
    from reporterdesk.domain.ids import new_id
    from reporterdesk.store.protection import Protection, write_protection

    write_protection(home, Protection(Guard.NONE, store_id=new_id()))


def rotate(
    home: Path, key: StoreKey, vault: Callable[[], Vault], passphrase: str, errand: Errand
) -> StoreKey:
    """Encrypt everything with a new key; return it."""
    from reporterdesk.workflow import protecting

    return protecting.rotate_key(
        home,
        key,
        vault=vault(),
        passphrase=passphrase,
        progress=errand.tell_progress,
        cancelled=errand.is_cancelled,
    )


def erase(
    home: Path, vault: Callable[[], Vault], account: Account | None, _errand: Errand
) -> tuple[ReporterDeskError, ...]:
    """Destroy the key, then every file, then the token; return what could not be done besides."""
    from contextlib import suppress

    from reporterdesk.publishing.addresses import token_name
    from reporterdesk.workflow.erasing import erase_store

    problems = erase_store(home, vault=vault())
    if account is not None:
        with suppress(VaultUnavailable):
            vault().delete(token_name(account.server_url, account.person.email))
    return problems


def restore(
    home: Path, key: StoreKey | None, backup: Backup, clock: Clock, errand: Errand
) -> Restored:
    """Put a backup in the place of the drafts, which are set aside."""
    from reporterdesk.paths import lock_file
    from reporterdesk.store.lock import ProfileLock
    from reporterdesk.store.reading import Stopped
    from reporterdesk.store.restoring import restore_backup

    with ProfileLock(lock_file(home)):
        try:
            return restore_backup(home, key, backup, now=clock(), cancelled=errand.is_cancelled)
        except Stopped:
            raise ChangeCancelled from None

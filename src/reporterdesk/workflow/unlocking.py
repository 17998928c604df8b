"""What stands before the drafts at a start, and the ways to their key.

Everything here may take its time (a keyring asks a person, a passphrase costs a fifth of a
second): not for the UI's thread.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from reporterdesk.domain.errors import (
    ProtectionDamaged,
    ReporterDeskError,
    StoreLocked,
    StoreTooNew,
    VaultUnavailable,
    WrongPassphrase,
    WrongRecoveryCode,
    WrongStoreKey,
)
from reporterdesk.domain.ids import new_id
from reporterdesk.paths import lock_file
from reporterdesk.store.belonging import opens, seems_encrypted, store_files
from reporterdesk.store.key import StoreKey
from reporterdesk.store.lock import ProfileLock
from reporterdesk.store.protection import Guard, Protection, read_protection, write_protection
from reporterdesk.store.replacing import finish_replacement, is_unfinished
from reporterdesk.vault import Vault


class DoorKind(StrEnum):
    """What has to be done before the drafts can be read."""

    NEW = "new"
    """Nothing is here yet; how to protect it is to be chosen."""
    PLAIN_BEFORE = "plain_before"
    """A store from before there was encryption; nobody has chosen that it be plain."""
    PLAIN_CHOSEN = "plain_chosen"
    """The person chose not to encrypt."""
    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a door
    LOST = "lost"
    """Encrypted, and nothing says how: only the recovery code opens it."""


@dataclass(frozen=True, slots=True)
class Door:
    """What stands before the drafts. ``protection`` is missing where nothing says it."""

    kind: DoorKind
    protection: Protection | None = None


def door(home: Path) -> Door:
    """Return what stands before the drafts of the profile ``home``.

    A change of the whole store that was interrupted is finished first. Quick otherwise: one small
    file is read, and the beginning of another.

    :raises StoreInUse: another ReporterDesk is changing the store at this moment.
    :raises StoreTooNew: a newer ReporterDesk has protected it.
    :raises StoreError: an interrupted change cannot be finished, or a file may not be read.
    """
    if is_unfinished(home):
        with ProfileLock(lock_file(home)):
            finish_replacement(home)
    try:
        protection = read_protection(home)
    except ProtectionDamaged:
        protection = None
    if protection is None:
        return Door(_unprotected(home))
    if protection.guard is Guard.NONE:
        return Door(DoorKind.LOST if seems_encrypted(home) else DoorKind.PLAIN_CHOSEN, protection)
    keyring = protection.guard is Guard.KEYRING
    return Door(DoorKind.KEYRING if keyring else DoorKind.PASSPHRASE, protection)


def keyring_name(protection: Protection, key_id: str | None = None) -> str:
    """Return the name of the store's key in the keyring, or that of another key of the store."""
    return f"draft store {protection.store_id} {protection.key_id if key_id is None else key_id}"


def key_from_keyring(home: Path, vault: Vault) -> StoreKey:
    """Fetch the key from the keyring. May wait for a person who is asked to unlock it.

    :raises StoreLocked: the keyring has no such key, or the store has none.
    :raises WrongStoreKey: what it has is not the key of this store.
    :raises VaultUnavailable: the keyring is missing, locked or broken.
    :raises StoreError: ``protection.json`` cannot be read.
    """
    protection = read_protection(home)
    if protection is None or not protection.key_id:
        raise StoreLocked
    try:
        kept = vault.get(keyring_name(protection))
    except VaultUnavailable as error:
        raise _no_keyring() from error
    if kept is None:
        raise StoreLocked
    try:
        key = StoreKey(bytes.fromhex(kept))
    except ValueError:
        raise WrongStoreKey from None
    if key.check() != protection.check:
        raise WrongStoreKey
    if protection.retired:
        forget_retired(home, vault)
    return key


def key_from_passphrase(home: Path, passphrase: str) -> StoreKey:
    """Return the key that the passphrase locks.

    :raises WrongPassphrase: it does not.
    :raises StoreLocked: no passphrase was set.
    :raises ProtectionDamaged: what is locked makes no sense.
    :raises StoreError: ``protection.json`` cannot be read.
    """
    from reporterdesk.store.wrapping import unwrap_key

    protection = read_protection(home)
    if protection is None or protection.passphrase is None:
        raise StoreLocked(
            "No passphrase was set for these drafts.", next_step="Enter your recovery code."
        )
    key = unwrap_key(protection.passphrase, passphrase)
    if key.check() != protection.check:
        raise WrongPassphrase
    return key


def key_from_recovery(home: Path, words: str) -> StoreKey:
    """Return the key that a recovery code says, as a person types it.

    Where ``protection.json`` is lost, damaged or another's, the key is tried on the drafts.
    Afterwards :func:`keep_in_keyring`, or ``protecting.set_passphrase``, makes it good again.

    :raises WrongRecoveryCode: mistyped, or the code of another store, or an older one.
    :raises StoreError: the files may not be read.
    """
    from reporterdesk.store.recovery import key_of_words

    key = key_of_words(words)
    with suppress(StoreTooNew):
        if known_protection(home, key) is not None:
            return key
    files = store_files(home)
    if not files or not opens(files[0], key):
        key.forget()
        raise WrongRecoveryCode
    return key


def keep_in_keyring(home: Path, key: StoreKey, vault: Vault) -> None:
    """Keep ``key`` in the keyring, which guards the store from then on.

    What else is known of the protection stays: a passphrase, and whether the code is kept. The
    store may be open.

    :raises VaultUnavailable: the keyring is missing, locked or broken; nothing was changed.
    :raises StoreError: ``protection.json`` cannot be written.
    """
    known = known_protection(home, key) or new_protection(key)
    put_in_vault(vault, keyring_name(known), key)
    retired = "" if known.retired == known.key_id else known.retired
    write_protection(home, replace(known, guard=Guard.KEYRING, retired=retired))


def forget_retired(home: Path, vault: Vault) -> None:
    """Take a key out of the keyring that a crash has left there; it opens nothing any more.

    The store must be closed: while it is open here, nothing happens. Where that cannot be done
    now, it is done another time.
    """
    with suppress(ReporterDeskError):
        protection = read_protection(home)
        if protection is None or not protection.retired:
            return
    # Under the lock: elsewhere, a change of the store may be about to need that key.
    with suppress(ReporterDeskError), ProfileLock(lock_file(home)):
        finish_replacement(home)
        let_go_of_retired(home, vault)


def let_go_of_retired(home: Path, vault: Vault) -> None:
    """Do as :func:`forget_retired`, for somebody who holds the profile's lock.

    :raises VaultUnavailable: the keyring is missing, locked or broken; try another time.
    :raises StoreError: ``protection.json`` cannot be read or written.
    """
    protection = read_protection(home)
    if protection is None or not protection.retired:
        return
    if protection.retired != protection.key_id or protection.guard is not Guard.KEYRING:
        vault.delete(keyring_name(protection, protection.retired))
    write_protection(home, replace(protection, retired=""))


def known_protection(home: Path, key: StoreKey) -> Protection | None:
    """Return what ``protection.json`` says if it is about ``key``, ``None`` if it is not.

    :raises StoreUnreadable: it may not be read.
    :raises StoreTooNew: a newer ReporterDesk wrote it.
    """
    try:
        protection = read_protection(home)
    except ProtectionDamaged:
        return None
    return protection if protection is not None and protection.check == key.check() else None


def new_protection(key: StoreKey, store_id: str = "") -> Protection:
    """Return the protection of a store by ``key``, in the keyring, under new names there."""
    return Protection(
        guard=Guard.KEYRING, store_id=store_id or new_id(), key_id=new_id(), check=key.check()
    )


def put_in_vault(vault: Vault, name: str, key: StoreKey) -> None:
    """Put ``key`` into the keyring and look whether it is there.

    :raises VaultUnavailable: it is not.
    """
    secret = key.data.hex()
    try:
        vault.set(name, secret)
        kept = vault.get(name)
    except VaultUnavailable as error:
        raise _no_keyring() from error
    if kept != secret:
        raise _no_keyring()


def _unprotected(home: Path) -> DoorKind:
    """Tell a new profile from a store that nothing is written about."""
    if seems_encrypted(home):
        return DoorKind.LOST
    return DoorKind.PLAIN_BEFORE if store_files(home) else DoorKind.NEW


def _no_keyring() -> VaultUnavailable:
    return VaultUnavailable(
        "This system’s keyring does not answer, and the key of your drafts belongs there.",
        safe="Nothing was changed.",
        next_step="Unlock the keyring and try again, or use your passphrase or recovery code.",
    )

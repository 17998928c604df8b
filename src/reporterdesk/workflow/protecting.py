"""How the drafts are protected: chosen for a new store, and changed later.

Everything here may take its time: not for the UI's thread. Where the key changes or goes, the
order is always the same: the new key is kept, then the store changes, then the old key is let go.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reporterdesk.domain.errors import StoreLocked
from reporterdesk.domain.ids import new_id
from reporterdesk.paths import lock_file
from reporterdesk.store.belonging import store_files
from reporterdesk.store.key import StoreKey
from reporterdesk.store.lock import ProfileLock
from reporterdesk.store.protection import Guard, Protection, read_protection, write_protection
from reporterdesk.store.replacing import finish_replacement
from reporterdesk.store.wrapping import RECOMMENDED, WrapCost, wrap_key
from reporterdesk.vault import Vault
from reporterdesk.workflow.unlocking import (
    keep_in_keyring,
    keyring_name,
    known_protection,
    new_protection,
    put_in_vault,
)


def protect_new(
    home: Path,
    guard: Guard,
    *,
    vault: Vault,
    passphrase: str = "",
    cost: WrapCost = RECOMMENDED,
) -> StoreKey | None:
    """Decide how the store that is about to be made is protected; return its key, if it has one.

    :param passphrase: needed where it guards the key; beside the keyring, it unlocks the app.
    :raises VaultUnavailable: the keyring is to guard the key, and is missing, locked or broken.
        Nothing was decided.
    :raises StoreInUse: another ReporterDesk is running here.
    :raises StoreError: ``protection.json`` cannot be written.
    :raises ValueError: there is a store already, or no passphrase to guard the key.
    """
    with ProfileLock(lock_file(home)):
        finish_replacement(home)
        if store_files(home):
            raise ValueError("There is a store already: convert it.")
        if guard is Guard.NONE:
            write_protection(home, Protection(Guard.NONE, store_id=new_id()))
            return None
        key = StoreKey.new()
        protection = guarded(new_protection(key), key, guard, passphrase, cost)
        if guard is Guard.KEYRING:
            put_in_vault(vault, keyring_name(protection), key)
        write_protection(home, protection)
        return key


def change_guard(home: Path, key: StoreKey, guard: Guard, *, vault: Vault) -> None:
    """Let the keyring or the passphrase guard the same key from now on.

    The store may be open. Set the passphrase before it alone is to guard the key.

    :raises VaultUnavailable: the keyring is to guard it, and is missing, locked or broken.
    :raises StoreLocked: the passphrase is to guard it, and none was set.
    :raises StoreError: ``protection.json`` cannot be read or written.
    :raises ValueError: nobody is to guard it: that is a conversion.
    """
    if guard is Guard.NONE:
        raise ValueError("Without a guard, the store must be converted.")
    if guard is Guard.KEYRING:
        keep_in_keyring(home, key, vault)
        return
    known = known_protection(home, key)
    if known is None or known.passphrase is None:
        raise StoreLocked("No passphrase was set for these drafts.", next_step="Set one first.")
    write_protection(home, replace(known, guard=Guard.PASSPHRASE, retired=known.key_id))
    vault.delete(keyring_name(known))
    write_protection(home, replace(known, guard=Guard.PASSPHRASE, retired=""))


def set_passphrase(
    home: Path, key: StoreKey, passphrase: str, *, cost: WrapCost = RECOMMENDED
) -> None:
    """Let ``passphrase`` open the store from now on, in place of an older one; it may be open.

    Where it was not known how the store is protected, as after a recovery, the passphrase guards
    the key alone.

    :raises StoreError: ``protection.json`` cannot be written; the older passphrase still stands.
    :raises ValueError: the passphrase is empty.
    """
    wrapped = wrap_key(key, passphrase, cost)
    known = known_protection(home, key)
    if known is None:
        known = replace(new_protection(key), guard=Guard.PASSPHRASE)
    write_protection(home, replace(known, passphrase=wrapped))


def remove_passphrase(home: Path) -> None:
    """Let no passphrase open the store any more; the store may be open.

    :raises StoreError: ``protection.json`` cannot be read or written.
    :raises StoreLocked: the passphrase alone guards the key.
    """
    protection = read_protection(home)
    if protection is None or protection.passphrase is None:
        return
    if protection.guard is Guard.PASSPHRASE:
        raise StoreLocked(
            "Without the passphrase, nothing would open these drafts.",
            next_step="Let the keyring keep the key first.",
        )
    write_protection(home, replace(protection, passphrase=None))


def recovery_words(key: StoreKey) -> tuple[str, ...]:
    """Return the recovery code: 24 words that open the store when everything else is gone."""
    from reporterdesk.store.recovery import words_of_key

    return words_of_key(key)


def confirm_recovery_kept(home: Path) -> None:
    """Write down that the person keeps the recovery code; the store may be open.

    :raises StoreError: ``protection.json`` cannot be read or written.
    """
    protection = read_protection(home)
    if protection is not None:
        write_protection(home, replace(protection, recovery_kept=True))


def guarded(
    protection: Protection, key: StoreKey, guard: Guard, passphrase: str, cost: WrapCost
) -> Protection:
    """Return ``protection`` with its guard, and with the key wrapped if there is a passphrase.

    :raises ValueError: there is none, and it is to guard the key.
    """
    if guard is Guard.PASSPHRASE and not passphrase:
        raise ValueError("A passphrase is to guard the key, and there is none.")
    wrapped = wrap_key(key, passphrase, cost) if passphrase else None
    return replace(protection, guard=guard, passphrase=wrapped)

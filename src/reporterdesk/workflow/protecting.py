"""How the drafts are protected: chosen for a new store, and changed later.

Everything here may take its time: not for the UI's thread. Where the key changes or goes, the
order is always the same: the new key is kept, then the store changes, then the old key is let go.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from reporterdesk.domain.errors import StoreLocked, WrongPassphrase
from reporterdesk.domain.ids import new_id
from reporterdesk.paths import lock_file
from reporterdesk.store.belonging import store_files
from reporterdesk.store.key import StoreKey
from reporterdesk.store.lock import ProfileLock
from reporterdesk.store.protection import Guard, Protection, read_protection, write_protection
from reporterdesk.store.reading import never
from reporterdesk.store.replacing import finish_replacement
from reporterdesk.store.wrapping import RECOMMENDED, WrapCost, wrap_key
from reporterdesk.vault import Vault
from reporterdesk.workflow.key_change import begin, carry_out
from reporterdesk.workflow.unlocking import (
    keep_in_keyring,
    key_from_passphrase,
    keyring_name,
    known_protection,
    new_protection,
    put_in_vault,
)


def _quietly(_done: float) -> None:
    """Where nobody looks at the progress."""


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
        protection = with_guard(new_protection(key), key, guard, passphrase, cost)
        if guard is Guard.KEYRING:
            put_in_vault(vault, keyring_name(protection), key)
        write_protection(home, protection)
        return key


def convert(
    home: Path,
    key: StoreKey | None,
    guard: Guard,
    *,
    vault: Vault,
    passphrase: str = "",
    progress: Callable[[float], None] = _quietly,
    cancelled: Callable[[], bool] = never,
    cost: WrapCost = RECOMMENDED,
) -> StoreKey | None:
    """Encrypt a plain store, or, chosen explicitly, make an encrypted one plain; return its key.

    The store must be closed. Backups and what is set aside are converted with it. Whatever comes
    between, a crash, a full disk or the person, the store is as it was, or is converted.

    :param key: that of the store as it is; ``None`` for a plain one.
    :param guard: what guards the new key; ``Guard.NONE`` for a plain store.
    :param passphrase: needed where it guards the key; beside the keyring, it unlocks the app.
    :param progress: told how much is done, from 0 to 1, on this thread.
    :param cancelled: asked again and again, on this thread, until nothing can go wrong any more.
    :raises ChangeCancelled: ``cancelled`` has said so; nothing was changed.
    :raises StoreFull: there is no room for a copy of everything; it says how much is needed.
    :raises StoreInUse: the store is open, here or elsewhere.
    :raises StoreUnreadable: the store is damaged, or ``key`` is not its key.
    :raises VaultUnavailable: the keyring is to keep the key, and does not. Nothing was changed.
    :raises ValueError: an encrypted store is to be encrypted, or a plain one made plain; or there
        is no passphrase to guard the key.
    """
    if (key is None) == (guard is Guard.NONE):
        raise ValueError("There is nothing to convert.")
    with ProfileLock(lock_file(home)):
        before = begin(home, key, vault)
        store_id = new_id() if before.protection is None else before.protection.store_id
        if guard is Guard.NONE:
            fresh, after = None, Protection(Guard.NONE, store_id)
        else:
            fresh = StoreKey.new()
            after = with_guard(new_protection(fresh, store_id), fresh, guard, passphrase, cost)
        carry_out(home, before, fresh, after, vault=vault, progress=progress, cancelled=cancelled)
        return fresh


def rotate_key(
    home: Path,
    key: StoreKey,
    *,
    vault: Vault,
    passphrase: str = "",
    progress: Callable[[float], None] = _quietly,
    cancelled: Callable[[], bool] = never,
    cost: WrapCost = RECOMMENDED,
) -> StoreKey:
    """Encrypt the store anew with a new key, which is returned; the old one opens nothing then.

    As :func:`convert`, and with its errors. There is a new recovery code afterwards.

    :param passphrase: the one that was set, where one was: it opens the new key, too.
    :raises WrongPassphrase: it is another one; nothing was changed.
    """
    with ProfileLock(lock_file(home)):
        before = begin(home, key, vault)
        old = before.protection or new_protection(key)
        if old.passphrase is not None and key_from_passphrase(home, passphrase) != key:
            raise WrongPassphrase
        fresh = StoreKey.new()
        after = with_guard(new_protection(fresh, old.store_id), fresh, old.guard, passphrase, cost)
        carry_out(home, before, fresh, after, vault=vault, progress=progress, cancelled=cancelled)
        return fresh


def change_guard(home: Path, key: StoreKey, guard: Guard, *, vault: Vault) -> None:
    """Let the keyring or the passphrase guard the same key from now on.

    The store may be open. Set the passphrase before it alone is to guard the key.

    :raises VaultUnavailable: the keyring is missing, locked or broken. Where it was to let go of
        the key, the passphrase guards it now, and the keyring still has it:
        :func:`~reporterdesk.workflow.unlocking.forget_retired` tries again.
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
    the key alone. Who knows the older passphrase and has an older copy of ``protection.json`` still
    gets the key: rotate it against them.

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


def with_guard(
    protection: Protection, key: StoreKey, guard: Guard, passphrase: str, cost: WrapCost
) -> Protection:
    """Return ``protection`` with its guard, and with the key wrapped if there is a passphrase.

    :raises ValueError: there is none, and it is to guard the key.
    """
    if guard is Guard.PASSPHRASE and not passphrase:
        raise ValueError("A passphrase is to guard the key, and there is none.")
    wrapped = wrap_key(key, passphrase, cost) if passphrase else None
    return replace(protection, guard=guard, passphrase=wrapped)

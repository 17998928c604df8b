"""The one order in which a store's key changes, whichever way it goes.

1. the new key is kept, in the keyring or wrapped with the passphrase;
2. the store changes, as a whole or not at all (:mod:`reporterdesk.store.re_encrypting`);
3. the old key is let go.

A crash after 1 leaves a key in the keyring that opens nothing, one after 2 the old key:
``protection.json`` names it as ``retired`` meanwhile, and the next start takes it out.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from reporterdesk.domain.errors import ProtectionDamaged, ReporterDeskError, VaultUnavailable
from reporterdesk.store.key import StoreKey
from reporterdesk.store.protection import Guard, Protection, read_protection, write_protection
from reporterdesk.store.re_encrypting import change_key
from reporterdesk.store.replacing import finish_replacement, is_replacing
from reporterdesk.vault import Vault
from reporterdesk.workflow.unlocking import keyring_name, let_go_of_retired, put_in_vault


@dataclass(frozen=True, slots=True)
class Side:
    """A store before the change, or after it: its key, and how it is protected.

    A store from before there was encryption has no protection.
    """

    key: StoreKey | None
    protection: Protection | None


def begin(home: Path, key: StoreKey | None, vault: Vault) -> Side:
    """Finish what was interrupted before, and return the store as it is.

    The caller holds the profile's lock.

    :raises StoreError: what was interrupted cannot be finished; or ``protection.json`` may not be
        read, or is of a newer version.
    """
    finish_replacement(home)
    with suppress(ReporterDeskError):
        let_go_of_retired(home, vault)
    try:
        return Side(key, read_protection(home))
    except ProtectionDamaged:
        return Side(key, None)


def carry_out(
    home: Path,
    before: Side,
    key: StoreKey | None,
    after: Protection,
    *,
    vault: Vault,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> None:
    """Change the store to ``key``, protected as ``after``. The caller holds the profile's lock.

    :raises VaultUnavailable: the keyring is to keep the new key, and does not. Nothing was changed.
    :raises ChangeCancelled: nothing was changed.
    :raises StoreError: as :func:`~reporterdesk.store.re_encrypting.change_key` says.
    """
    old = before.protection
    if old is not None and old.guard is Guard.KEYRING:
        after = replace(after, retired=old.key_id)
    try:
        if key is not None and after.guard is Guard.KEYRING:
            if old is not None:
                write_protection(home, replace(old, retired=after.key_id))
            put_in_vault(vault, keyring_name(after), key)
        change_key(home, before.key, key, after, progress=progress, cancelled=cancelled)
    except BaseException:
        if not _decided(home, after):
            _take_back(home, old, after, vault)
        if key is not None:
            key.forget()
        raise
    # What cannot be let go now is let go at the next start.
    with suppress(ReporterDeskError):
        let_go_of_retired(home, vault)


def _decided(home: Path, after: Protection) -> bool:
    """Return whether the new key counts, or may count: then nothing of it is taken back."""
    if is_replacing(home):
        return True
    try:
        now = read_protection(home)
    except ReporterDeskError:
        return True
    return now is not None and (now.guard, now.key_id) == (after.guard, after.key_id)


def _take_back(home: Path, old: Protection | None, after: Protection, vault: Vault) -> None:
    """Take the new key out of the keyring; where that fails now, the next start does it."""
    if after.guard is not Guard.KEYRING:
        return
    with suppress(VaultUnavailable):
        vault.delete(keyring_name(after))
        if old is not None:
            with suppress(ReporterDeskError):
                write_protection(home, old)

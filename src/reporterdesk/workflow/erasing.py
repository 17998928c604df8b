"""Erasing this laptop's store: the key first, then the files."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from reporterdesk.domain.errors import ReporterDeskError, StoreError, VaultUnavailable
from reporterdesk.paths import lock_file
from reporterdesk.store.erasure import begin_erasure, finish_erasure
from reporterdesk.store.faults import known_os_error
from reporterdesk.store.lock import ProfileLock
from reporterdesk.store.protection import Guard, Protection, read_protection
from reporterdesk.store.replacing import finish_replacement
from reporterdesk.vault import Vault
from reporterdesk.workflow.unlocking import keyring_name


def erase_store(home: Path, *, vault: Vault) -> tuple[ReporterDeskError, ...]:
    """Erase every draft, photo and backup of the profile ``home``, and the key that opens them.

    The store must be closed. Once it has begun, it is finished at the next start whatever comes
    between. What was filed stays with the desk; the person's settings stay here. The sign-in is
    not the store's: sign out before.

    :returns: what could not be done besides: where the keyring does not let go of the key, the
        name of it there. An empty tuple when all was done.
    :raises StoreInUse: the store is open, here or elsewhere.
    :raises StoreError: it could not be begun, and everything is as it was; or a file could not be
        deleted, which is tried again at the next start.
    """
    with ProfileLock(lock_file(home)):
        # A change that was interrupted may be about to bring another key.
        with suppress(StoreError):
            finish_replacement(home)
        try:
            protection = read_protection(home)
        except StoreError:
            protection = None
        try:
            begin_erasure(home)
            problems = _destroy_keys(protection, vault)
            finish_erasure(home)
        except OSError as error:
            raise known_os_error(error, Path(error.filename or home)) from error
    return problems


def _destroy_keys(protection: Protection | None, vault: Vault) -> tuple[ReporterDeskError, ...]:
    if protection is None:
        return ()
    problems: list[ReporterDeskError] = []
    for key_id in filter(None, (protection.key_id, protection.retired)):
        name = keyring_name(protection, key_id)
        try:
            vault.delete(name)
        except VaultUnavailable:
            if protection.guard is Guard.KEYRING:
                problems.append(_still_there(name))
    return tuple(problems)


def _still_there(name: str) -> VaultUnavailable:
    return VaultUnavailable(
        "This system’s keyring did not let go of the key of your drafts.",
        safe="The drafts themselves were erased.",
        next_step=f"Delete the entry “{name}” in your keyring yourself.",
    )

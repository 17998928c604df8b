"""Vaults as they fail: gone, forgetful, and one that dies with its process."""

from __future__ import annotations

from reporterdesk.domain.errors import VaultUnavailable
from reporterdesk.vault import MemoryVault


class NoVault:
    """A system without a keyring, or with a locked one."""

    def get(self, name: str) -> str | None:
        raise VaultUnavailable

    def set(self, name: str, secret: str) -> None:
        raise VaultUnavailable

    def delete(self, name: str) -> None:
        raise VaultUnavailable


class ForgetfulVault(MemoryVault):
    """Says yes, and keeps nothing."""

    def set(self, name: str, secret: str) -> None:
        return


class GrudgingVault(MemoryVault):
    """Keeps, and does not delete."""

    def delete(self, name: str) -> None:
        raise VaultUnavailable

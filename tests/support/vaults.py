"""Vaults as they fail: gone, forgetful, and one that dies with its process."""

from __future__ import annotations

from reporterdesk.domain.errors import VaultUnavailable
from reporterdesk.vault import MemoryVault
from support.dying import Steps


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


class MortalVault(MemoryVault):
    """Outlives the process whose steps it counts; a dead process changes nothing in it."""

    def __init__(self, kept: dict[str, str] | None = None) -> None:
        super().__init__()
        self._secrets.update(kept or {})
        self.steps: Steps | None = None

    @property
    def kept(self) -> dict[str, str]:
        """What it holds."""
        return self._secrets

    def set(self, name: str, secret: str) -> None:
        self._take()
        super().set(name, secret)

    def delete(self, name: str) -> None:
        self._take()
        super().delete(name)

    def _take(self) -> None:
        if self.steps is not None:
            self.steps.take()

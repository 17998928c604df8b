"""Where secrets are kept: the system's keyring, and nowhere else.

``keyring`` is imported when it is first used: it takes 0.2 s that start-up does not have.
"""

from __future__ import annotations

from typing import Protocol

from reporterdesk.domain.errors import VaultUnavailable

SERVICE = "ReporterDesk"


class Vault(Protocol):
    """Keeps secrets, each by its name.

    Calls may block, as long as the system asks the person to unlock the keyring: never made on
    the UI's thread.
    """

    def get(self, name: str) -> str | None:
        """Return the secret, or ``None`` where there is none.

        :raises VaultUnavailable: the keyring is missing, locked or broken.
        """
        ...

    def set(self, name: str, secret: str) -> None:
        """Keep a secret, in place of an older one of this name.

        :raises VaultUnavailable: the keyring is missing, locked or broken.
        """
        ...

    def delete(self, name: str) -> None:
        """Forget the secret; nothing happens where there is none.

        :raises VaultUnavailable: the keyring is missing, locked or broken.
        """
        ...


class MemoryVault:
    """Keeps secrets until the app quits; for demos, and where somebody agreed to be asked again."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        """Return the secret, or ``None`` where there is none."""
        return self._secrets.get(name)

    def set(self, name: str, secret: str) -> None:
        """Keep a secret until the app quits."""
        self._secrets[name] = secret

    def delete(self, name: str) -> None:
        """Forget the secret."""
        self._secrets.pop(name, None)


class KeyringVault:
    """Keeps secrets in the operating system's keyring, through the ``keyring`` package.

    A backend that keeps nothing (``fail``, ``null``) or that ``keyring`` itself does not
    recommend (a priority below 1, such as a plain file) counts as no keyring at all.
    """

    def get(self, name: str) -> str | None:
        """Return the secret, or ``None`` where there is none."""
        backend = _backend()
        try:
            return backend.get_password(SERVICE, name)
        except Exception:  # noqa: BLE001 - a backend may raise whatever its system raises
            raise VaultUnavailable from None

    def set(self, name: str, secret: str) -> None:
        """Keep a secret, in place of an older one of this name."""
        backend = _backend()
        try:
            backend.set_password(SERVICE, name, secret)
        except Exception:  # noqa: BLE001 - as above; and its message may hold the secret
            raise VaultUnavailable from None

    def delete(self, name: str) -> None:
        """Forget the secret; nothing happens where there is none."""
        backend = _backend()
        from keyring.errors import PasswordDeleteError

        try:
            backend.delete_password(SERVICE, name)
        except PasswordDeleteError:
            # Some backends say this of a locked keyring, too.
            if self.get(name) is not None:
                raise VaultUnavailable from None
        except Exception:  # noqa: BLE001 - as above
            raise VaultUnavailable from None


class _Backend(Protocol):
    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


def _backend() -> _Backend:
    """Return the system's keyring."""
    try:
        import keyring
        from keyring.backends import fail, null

        backend = keyring.get_keyring()
        worthless = isinstance(backend, fail.Keyring | null.Keyring) or backend.priority < 1
    except Exception:  # noqa: BLE001 - finding a backend loads the system's own modules
        raise VaultUnavailable from None
    if worthless:
        raise VaultUnavailable
    return backend

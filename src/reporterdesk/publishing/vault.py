"""Where a device's token is kept: the system's keyring, and nowhere else."""

from __future__ import annotations

from typing import Protocol

from reporterdesk.domain.errors import VaultUnavailable

SERVICE = "ReporterDesk"


class Vault(Protocol):
    """Keeps one token for each account. Calls may block: never made on the UI's thread."""

    def get(self, server_url: str, email: str) -> str | None:
        """Return the token, or ``None`` where there is none.

        :raises VaultUnavailable: the keyring is missing, locked or broken.
        """
        ...

    def set(self, server_url: str, email: str, token: str) -> None:
        """Keep a token, in place of an older one.

        :raises VaultUnavailable: the keyring is missing, locked or broken.
        """
        ...

    def delete(self, server_url: str, email: str) -> None:
        """Forget the token; nothing happens where there is none.

        :raises VaultUnavailable: the keyring is missing, locked or broken.
        """
        ...


class MemoryVault:
    """Keeps tokens for this session only; for a person who agreed to be asked at each start."""

    def __init__(self) -> None:
        self._tokens: dict[str, str] = {}

    def get(self, server_url: str, email: str) -> str | None:
        """Return the token, or ``None`` where there is none."""
        return self._tokens.get(account_name(server_url, email))

    def set(self, server_url: str, email: str, token: str) -> None:
        """Keep a token until the app quits."""
        self._tokens[account_name(server_url, email)] = token

    def delete(self, server_url: str, email: str) -> None:
        """Forget the token."""
        self._tokens.pop(account_name(server_url, email), None)


class KeyringVault:
    """Keeps tokens in the operating system's keyring, through the ``keyring`` package.

    A backend that keeps nothing (``fail``, ``null``) or that ``keyring`` itself does not
    recommend (a priority below 1, such as a plain file) counts as no keyring at all.
    """

    def get(self, server_url: str, email: str) -> str | None:
        """Return the token, or ``None`` where there is none."""
        backend = _backend()
        try:
            return backend.get_password(SERVICE, account_name(server_url, email))
        except Exception:  # noqa: BLE001 - a backend may raise whatever its system raises
            raise VaultUnavailable from None

    def set(self, server_url: str, email: str, token: str) -> None:
        """Keep a token, in place of an older one."""
        backend = _backend()
        try:
            backend.set_password(SERVICE, account_name(server_url, email), token)
        except Exception:  # noqa: BLE001 - as above; and its message may hold the token
            raise VaultUnavailable from None

    def delete(self, server_url: str, email: str) -> None:
        """Forget the token; nothing happens where there is none."""
        from keyring.errors import PasswordDeleteError

        backend = _backend()
        try:
            backend.delete_password(SERVICE, account_name(server_url, email))
        except PasswordDeleteError:
            return
        except Exception:  # noqa: BLE001 - as above
            raise VaultUnavailable from None


class _Backend(Protocol):
    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


def account_name(server_url: str, email: str) -> str:
    """Return the name under which the keyring shows the token, for a person to recognise."""
    return f"{email.strip().lower()} at {server_url}"


def _backend() -> _Backend:
    """Return the system's keyring; imported here, as it takes 0.2 s that start-up does not have."""
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

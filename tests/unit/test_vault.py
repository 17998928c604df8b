"""The vault keeps secrets in a working keyring, and says so where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError

from reporterdesk.domain.errors import VaultUnavailable
from reporterdesk.publishing.addresses import token_name
from reporterdesk.vault import SERVICE, KeyringVault, MemoryVault, Vault

NAME = "ada@desk.example at https://desk.example"


class Working(KeyringBackend):
    """A keyring that works, in memory."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError
        del self.kept[service, username]


class Locked(Working):
    """A keyring that stays locked."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError(f"cannot keep {password}")

    delete_password = get_password  # type: ignore[assignment]


class PlainFile(Working):
    """What ``keyring`` itself does not recommend."""

    priority = 0.5  # type: ignore[assignment]


@pytest.fixture
def use() -> Iterator[Any]:
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


@pytest.mark.parametrize("kind", ["keyring", "memory"])
def test_a_secret_is_kept_and_forgotten(kind: str, use: Any) -> None:
    use(Working())
    vault: Vault = KeyringVault() if kind == "keyring" else MemoryVault()
    assert vault.get(NAME) is None
    vault.set(NAME, "one")
    vault.set(NAME, "two")
    assert vault.get(NAME) == "two"
    assert vault.get("ada@desk.example at https://other.example") is None
    vault.delete(NAME)
    vault.delete(NAME)
    assert vault.get(NAME) is None


def test_the_keyring_shows_a_name_that_a_person_recognises(use: Any) -> None:
    backend = Working()
    use(backend)
    KeyringVault().set(token_name("https://desk.example", " Ada@desk.example"), "token")
    assert list(backend.kept) == [(SERVICE, NAME)]


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring, Locked, PlainFile])
def test_no_working_keyring_is_said_and_never_worked_around(backend: Any, use: Any) -> None:
    use(backend())
    vault = KeyringVault()
    for call in (
        lambda: vault.get(NAME),
        lambda: vault.set(NAME, "the-token"),
        lambda: vault.delete(NAME),
    ):
        with pytest.raises(VaultUnavailable) as caught:
            call()
        assert "the-token" not in repr(caught.value)
        assert caught.value.__cause__ is None


def test_the_vault_module_does_not_import_keyring_before_it_is_used() -> None:
    import subprocess
    import sys

    code = "import sys, reporterdesk.vault; sys.exit('keyring' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

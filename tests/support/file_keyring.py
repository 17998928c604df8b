"""A keyring for tests: the real ``keyring`` package with a backend that outlives the process.

Chosen by ``PYTHON_KEYRING_BACKEND=support.file_keyring.FileKeyring``; what it keeps is in the file
named by ``$REPORTERDESK_TEST_KEYRING``. Never for a real laptop: it keeps secrets in the clear.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class FileKeyring(KeyringBackend):
    """Keeps secrets in a JSON file."""

    priority = 5.0

    def get_password(self, service: str, username: str) -> str | None:
        return self._read().get(f"{service}\n{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write(self._read() | {f"{service}\n{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        secrets = self._read()
        if secrets.pop(f"{service}\n{username}", None) is None:
            raise PasswordDeleteError(username)
        self._write(secrets)

    def _path(self) -> Path:
        return Path(os.environ["REPORTERDESK_TEST_KEYRING"])

    def _read(self) -> dict[str, str]:
        try:
            return json.loads(self._path().read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}

    def _write(self, secrets: dict[str, str]) -> None:
        self._path().write_text(json.dumps(secrets), encoding="utf-8")

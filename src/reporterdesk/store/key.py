"""The key of the draft store."""

from __future__ import annotations

import hmac
import secrets
from typing import Self

KEY_BYTES = 32
"""SQLCipher's AES-256 takes 256 bits (https://www.zetetic.net/sqlcipher/design/)."""

_CHECKED = b"ReporterDesk key check"
_CHECK_BYTES = 8


class StoreKey:
    """256 random bits that open ``drafts.db`` and ``photos.db``. It never shows itself.

    Any thread may use it. Python keeps copies where it likes; :meth:`forget` wipes the one that
    lives as long as the store is open.
    """

    __slots__ = ("_bytes",)

    def __init__(self, data: bytes) -> None:
        """Take 32 bytes.

        :raises ValueError: they are more, or fewer.
        """
        if len(data) != KEY_BYTES:
            raise ValueError("A store key has 32 bytes.")
        self._bytes = bytearray(data)

    @classmethod
    def new(cls) -> Self:
        """Return a key that nobody has had before."""
        return cls(secrets.token_bytes(KEY_BYTES))

    @property
    def data(self) -> bytes:
        """Return its 32 bytes.

        :raises ValueError: it was forgotten.
        """
        if not self._bytes:
            raise ValueError("This key was forgotten.")
        return bytes(self._bytes)

    def literal(self) -> str:
        """Return it as SQLCipher takes a raw key: ``x'…'`` with 64 hexadecimal digits."""
        return f"x'{self.data.hex()}'"

    def check(self) -> str:
        """Return 16 hexadecimal digits by which a wrong key is told from a damaged file.

        They say nothing about the key: 64 bits of HMAC-SHA-256 over a constant.
        """
        return hmac.digest(self.data, _CHECKED, "sha256")[:_CHECK_BYTES].hex()

    def forget(self) -> None:
        """Wipe it; it opens nothing any more."""
        for index in range(len(self._bytes)):
            self._bytes[index] = 0
        self._bytes.clear()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StoreKey) and hmac.compare_digest(self._bytes, other._bytes)

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        return "StoreKey(…)"

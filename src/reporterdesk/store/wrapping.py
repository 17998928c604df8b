"""The store's key, wrapped with a passphrase.

Argon2id (RFC 9106) makes a key of the passphrase, slowly and with much memory; AES key wrap
(RFC 3394) locks the store's key with it, and tells a wrong passphrase by its integrity check.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass

from reporterdesk.domain.errors import ProtectionDamaged, WrongPassphrase
from reporterdesk.store.key import KEY_BYTES, StoreKey
from reporterdesk.store.protection import WrappedKey

_SALT_BYTES = 16
_WRAPPED_BYTES = KEY_BYTES + 8  # RFC 3394, section 2.2.1: one block of 64 bits more
_MOST_MEMORY = 1024 * 1024
_MOST_ITERATIONS = 64
_MOST_LANES = 64


@dataclass(frozen=True, slots=True)
class WrapCost:
    """What trying one passphrase costs; ``memory`` in KiB.

    The defaults are the second recommended option of RFC 9106, section 4: 64 MiB, three passes,
    four lanes. That takes a fifth of a second on a laptop.
    """

    iterations: int = 3
    lanes: int = 4
    memory: int = 64 * 1024


RECOMMENDED = WrapCost()


def wrap_key(key: StoreKey, passphrase: str, cost: WrapCost = RECOMMENDED) -> WrappedKey:
    """Lock ``key`` with ``passphrase``. Slow: not for the UI's thread.

    :raises ValueError: the passphrase is empty.
    """
    from cryptography.hazmat.primitives.keywrap import aes_key_wrap

    if not passphrase:
        raise ValueError("An empty passphrase locks nothing.")
    salt = secrets.token_bytes(_SALT_BYTES)
    wrapped = aes_key_wrap(_stretched(passphrase, salt, cost), key.data)
    return WrappedKey(salt.hex(), wrapped.hex(), cost.iterations, cost.lanes, cost.memory)


def unwrap_key(wrapped: WrappedKey, passphrase: str) -> StoreKey:
    """Return the key that ``passphrase`` locks. Slow: not for the UI's thread.

    :raises WrongPassphrase: it does not.
    :raises ProtectionDamaged: what is wrapped makes no sense.
    """
    from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

    salt, locked, cost = _checked(wrapped)
    try:
        return StoreKey(aes_key_unwrap(_stretched(passphrase, salt, cost), locked))
    except InvalidUnwrap:
        raise WrongPassphrase from None


def _stretched(passphrase: str, salt: bytes, cost: WrapCost) -> bytes:
    """Return the key that a passphrase stands for, however this keyboard composes its letters.

    NFC as in RFC 8265, section 4.2.2.
    """
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    derive = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory,
    ).derive
    return derive(unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass"))


def _checked(wrapped: WrappedKey) -> tuple[bytes, bytes, WrapCost]:
    """Return salt, wrapped key and cost, none of them beyond what a sound file says."""
    try:
        salt, locked = bytes.fromhex(wrapped.salt), bytes.fromhex(wrapped.wrapped)
    except ValueError:
        raise ProtectionDamaged from None
    sound = (
        len(salt) == _SALT_BYTES
        and len(locked) == _WRAPPED_BYTES
        and 1 <= wrapped.iterations <= _MOST_ITERATIONS
        and 1 <= wrapped.lanes <= _MOST_LANES
        and 8 * wrapped.lanes <= wrapped.memory <= _MOST_MEMORY  # RFC 9106, section 3.1
    )
    if not sound:
        raise ProtectionDamaged
    return salt, locked, WrapCost(wrapped.iterations, wrapped.lanes, wrapped.memory)

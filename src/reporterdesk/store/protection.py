"""How a profile's store is protected: the file ``protection.json`` beside it.

It is read before the store is opened and holds nothing secret: which guard keeps the key, a check
value by which a wrong key is told from a damaged file, and the key wrapped with a passphrase where
the person chose one.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from reporterdesk.domain.errors import StoreUnreadable
from reporterdesk.paths import protection_file
from reporterdesk.store.faults import known_os_error

_FORMAT = 1


class Guard(StrEnum):
    """Who keeps the key between two starts."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a guard
    NONE = "none"
    """Nobody: the person chose not to encrypt."""


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """The key, wrapped by AES key wrap (RFC 3394) with Argon2id (RFC 9106) of the passphrase.

    ``salt`` and ``wrapped`` are hexadecimal, ``memory`` is in KiB.
    """

    salt: str
    wrapped: str
    iterations: int
    lanes: int
    memory: int


@dataclass(frozen=True, slots=True)
class Protection:
    """What ``protection.json`` says.

    ``store_id`` and ``key_id`` are UUIDs and name the key in the keyring; a rotated key has a new
    ``key_id``. ``check`` is :meth:`~reporterdesk.store.key.StoreKey.check`. ``recovery_kept`` says
    whether the person confirmed that they keep the recovery code.
    """

    guard: Guard
    store_id: str
    key_id: str = ""
    check: str = ""
    passphrase: WrappedKey | None = None
    recovery_kept: bool = False


def read_protection(home: Path) -> Protection | None:
    """Return how the store in ``home`` is protected, ``None`` where nothing was chosen yet.

    :raises StoreUnreadable: the file is damaged, of a newer version, or may not be read.
    """
    file = protection_file(home)
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise known_os_error(error, file) from error
    except ValueError:
        raise _damaged(file) from None
    try:
        return _from_json(json.loads(text))
    except (ValueError, KeyError, TypeError):
        raise _damaged(file) from None


def write_protection(home: Path, protection: Protection) -> None:
    """Write it down, at once and for good: a crash leaves the old file or the new one.

    :raises StoreError: the disk is full, or the folder may not be written.
    """
    file = protection_file(home)
    fresh = file.with_name(file.name + ".new")
    text = json.dumps({"format": _FORMAT, **asdict(protection)}, indent=1)
    try:
        home.mkdir(parents=True, exist_ok=True)
        with fresh.open("w", encoding="utf-8") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        fresh.replace(file)
        sync_folder(home)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise known_os_error(error, file) from error


def sync_folder(folder: Path) -> None:
    """Make renames in ``folder`` durable, where the system can (Windows does it by itself)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _from_json(found: dict[str, object]) -> Protection:
    if found.pop("format") != _FORMAT:
        raise ValueError("Another format.")
    wrapped = found.pop("passphrase")
    guard = Guard(str(found.pop("guard")))
    slot = None if wrapped is None else WrappedKey(**wrapped)  # type: ignore[arg-type]
    return Protection(guard=guard, passphrase=slot, **found)  # type: ignore[arg-type]


def _damaged(file: Path) -> StoreUnreadable:
    return StoreUnreadable(
        f"The file “{file}” is damaged, so it is not known how these drafts are encrypted.",
        next_step="Enter your recovery code to open them.",
    )

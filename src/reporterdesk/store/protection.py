"""How a profile's store is protected: the file ``protection.json`` beside it.

It is read before the store is opened and holds nothing secret: which guard keeps the key, a check
value by which a wrong key is told from a damaged file, and the key wrapped with a passphrase where
the person chose one.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path

from reporterdesk.domain.errors import ProtectionDamaged, StoreTooNew
from reporterdesk.durable import sync_folder
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
    whether the person confirmed that they keep the recovery code. ``retired`` is the ``key_id`` of
    a key that is to leave the keyring: one that was replaced, or never came to be used.
    """

    guard: Guard
    store_id: str
    key_id: str = ""
    check: str = ""
    passphrase: WrappedKey | None = None
    recovery_kept: bool = False
    retired: str = ""


def read_protection(home: Path) -> Protection | None:
    """Return how the store in ``home`` is protected, ``None`` where nothing was chosen yet.

    :raises ProtectionDamaged: the file makes no sense.
    :raises StoreUnreadable: it may not be read.
    :raises StoreTooNew: a newer ReporterDesk wrote it.
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
        return protection_from_json(json.loads(text))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _damaged(file) from None


def write_protection(home: Path, protection: Protection) -> None:
    """Write it down, at once and for good: a crash leaves the old file or the new one.

    :raises StoreError: the disk is full, or the folder may not be written.
    """
    file = protection_file(home)
    fresh = file.with_name(file.name + ".new")
    text = json.dumps(protection_to_json(protection), indent=1)
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


def protection_to_json(protection: Protection) -> dict[str, object]:
    """Return it as the file holds it."""
    return {"format": _FORMAT, **asdict(protection)}


def protection_from_json(found: dict[str, object]) -> Protection:
    """Return what :func:`protection_to_json` has made.

    :raises ValueError, KeyError, TypeError: it is something else.
    :raises StoreTooNew: it has the format of a newer ReporterDesk.
    """
    found = dict(found)
    version = found.pop("format")
    if not isinstance(version, int) or version < 1:
        raise ValueError("No format.")
    if version > _FORMAT:
        raise StoreTooNew
    wrapped = found.pop("passphrase")
    guard = Guard(str(found.pop("guard")))
    slot = None if wrapped is None else WrappedKey(**wrapped)  # type: ignore[arg-type]
    protection = Protection(guard=guard, passphrase=slot, **found)  # type: ignore[arg-type]
    _check_types(protection)
    if slot is not None:
        _check_types(slot)
    return protection


def _check_types(told: Protection | WrappedKey) -> None:
    """Refuse values of another type than the field's own.

    :raises TypeError: there is one.
    """
    kinds = {"str": str, "int": int, "bool": bool}
    for field in fields(told):
        kind = kinds.get(str(field.type))
        if kind is not None and type(getattr(told, field.name)) is not kind:
            raise TypeError(field.name)


def _damaged(file: Path) -> ProtectionDamaged:
    return ProtectionDamaged(
        f"The file “{file}” is damaged, so it is not known how these drafts are encrypted."
    )

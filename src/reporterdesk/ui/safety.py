"""How safe the drafts on this laptop are: what the window and the settings tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reporterdesk.store.protection import Guard, Protection


@dataclass(frozen=True, slots=True)
class Safety:
    """How the open store is protected.

    ``can_lock`` says that there is a passphrase to unlock it with; ``code_kept`` that the person
    has confirmed to have the recovery code.
    """

    guard: Guard = Guard.NONE
    can_lock: bool = False
    code_kept: bool = True

    @property
    def encrypted(self) -> bool:
        """Whether the store is encrypted."""
        return self.guard is not Guard.NONE


def safety_of(protection: Protection | None) -> Safety:
    """Return what ``protection.json`` says; a store without that file is a plain one."""
    if protection is None or protection.guard is Guard.NONE:
        return Safety()
    return Safety(protection.guard, protection.passphrase is not None, protection.recovery_kept)


class Wish(StrEnum):
    """What a person may want to change of it; all of it is done while the store is closed."""

    SET_PASSPHRASE = "set passphrase"  # noqa: S105 - the name of a wish
    REMOVE_PASSPHRASE = "remove passphrase"  # noqa: S105
    ROTATE = "rotate"
    ENCRYPT = "encrypt"
    DECRYPT = "decrypt"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class SafetyWish:
    """One wish. ``passphrase`` is the new one, or the present one where it has to be wrapped anew.

    ``then`` is what follows once it is fulfilled: ``"lock"``, ``"code"`` or nothing.
    """

    wish: Wish
    passphrase: str = ""
    then: str = ""

    def __repr__(self) -> str:
        return f"SafetyWish({self.wish.value}, then={self.then!r})"

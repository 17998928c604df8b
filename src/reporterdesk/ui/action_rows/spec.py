"""One row of the table of actions."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One row of the table.

    ``text`` is what the menu shows, with its mnemonic; ``menu`` the menu it stands in; ``shortcut``
    the platform's standard key, or a portable key sequence where no platform has one; ``icon`` a
    file in ``resources/icons``; ``tip`` a short sentence. A change of ``group`` within a menu
    draws a separator. ``submenu`` names the one in which it stands there.
    """

    name: str
    text: str
    menu: str
    shortcut: QKeySequence.StandardKey | str | None = None
    icon: str = ""
    checkable: bool = False
    tip: str = ""
    group: int = 0
    submenu: str = ""


def row(
    name: str,
    text: str,
    tip: str = "",
    key: QKeySequence.StandardKey | str | None = None,
    *,
    icon: str = "",
    checkable: bool = False,
    group: int = 0,
    menu: str = "",
) -> ActionSpec:
    """Return a row; it stands in the menu that its name begins with, unless ``menu`` is given."""
    return ActionSpec(name, text, menu or name.partition(".")[0], key, icon, checkable, tip, group)

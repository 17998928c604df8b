"""Which keys an action may have, so that typing and the system keep theirs."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

_Key, _Mod = Qt.Key, Qt.KeyboardModifier

_CARET = frozenset(
    {_Key.Key_Left, _Key.Key_Right, _Key.Key_Up, _Key.Key_Down, _Key.Key_Home, _Key.Key_End}
    | {_Key.Key_PageUp, _Key.Key_PageDown, _Key.Key_Backspace, _Key.Key_Delete, _Key.Key_Insert}
    | {_Key.Key_Tab, _Key.Key_Backtab, _Key.Key_Escape, _Key.Key_Menu, _Key.Key_Space}
)
"""They move, delete or leave, whatever is held down with them."""
_ENTER = frozenset({_Key.Key_Return, _Key.Key_Enter})
_F1, _F35 = int(_Key.Key_F1), int(_Key.Key_F35)
_SPECIAL = range(int(_Key.Key_Back), 0x01001000)
"""Keys of some keyboards that write nothing: New, Save, Play; beyond are those that compose."""
_Std = QKeySequence.StandardKey
_EDITING = (_Std.Undo, _Std.Redo, _Std.Cut, _Std.Copy, _Std.Paste, _Std.SelectAll)
"""Every text field has these by itself, so they cannot mean anything else."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of keys: why they are refused, or what to know of them; ``""`` is fine."""

    refused: str = ""
    warning: str = ""


def judge(keys: QKeySequence, *, platform: str = sys.platform) -> Verdict:
    """Say whether an action may have ``keys``: one key, and what is held down with it.

    Needs a QGuiApplication, which knows the platform.
    """
    if keys.isEmpty() or keys.count() > 1 or pressed(keys).key() == _Key.Key_unknown:
        return Verdict(_tr("Press one key, together with Ctrl or another such key."))
    why = _refusal(keys, platform)
    if why:
        named = keys.toString(QKeySequence.SequenceFormat.NativeText)
        return Verdict(why.replace("%1", named))
    return Verdict(warning=_warning(pressed(keys).keyboardModifiers(), platform))


def pressed(keys: QKeySequence) -> QKeyCombination:
    """Return the first key of ``keys``, which are not empty, with what is held down."""
    first: QKeyCombination = keys[0]  # type: ignore[index]  # the stubs do not know it
    return first


def _refusal(keys: QKeySequence, platform: str) -> str:
    """Return why not, ``%1`` for the keys; ``""`` where nothing is against them."""
    first = pressed(keys)
    key, held = first.key(), first.keyboardModifiers()
    if key in _CARET or (key in _ENTER and not held & (_Mod.ControlModifier | _Mod.AltModifier)):
        return _tr("%1 is needed for moving and writing.")
    if _of_the_system(first, platform):
        return _tr("%1 belongs to the system.")
    if any(keys in QKeySequence.keyBindings(standard) for standard in _EDITING):
        return _tr("%1 is for editing, in every field.")
    if _F1 <= int(key) <= _F35 or int(key) in _SPECIAL:
        return ""
    if key in _ENTER or held & (_Mod.ControlModifier | _Mod.MetaModifier):
        return ""
    alone = _tr("%1 is needed for typing. Add Ctrl.")
    with_alt = _tr("%1 types a character or opens a menu. Add Ctrl.")
    return with_alt if held & _Mod.AltModifier else alone


def _of_the_system(first: QKeyCombination, platform: str) -> bool:
    key, held = first.key(), first.keyboardModifiers()
    if platform != "darwin" and held & _Mod.MetaModifier:
        return True
    if key == _Key.Key_F4 and held == _Mod.AltModifier:
        return True
    return key == _Key.Key_F10 and held == _Mod.ShiftModifier  # opens the context menu


def _warning(held: Qt.KeyboardModifier, platform: str) -> str:
    both = _Mod.ControlModifier | _Mod.AltModifier
    if platform == "win32" and held & both == both:
        return _tr(
            "On Windows, Ctrl+Alt is AltGr: with some keyboards these keys type a character."
        )
    return ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("KeyRules", text)

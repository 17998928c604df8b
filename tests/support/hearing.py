"""A window as a screen reader has it: the tree of QAccessible interfaces, walked as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

_Role, _Text = QAccessible.Role, QAccessible.Text

PRESSED = {_Role.Button, _Role.ButtonMenu, _Role.ButtonDropDown, _Role.Link, _Role.MenuItem}
CHECKED = {_Role.CheckBox, _Role.RadioButton}
VALUED = {_Role.Slider, _Role.SpinBox, _Role.ProgressBar}
HOLDING = {_Role.List, _Role.Tree, _Role.Table, _Role.ComboBox}
WRITTEN = {_Role.EditableText}
CONTROLS = PRESSED | CHECKED | VALUED | HOLDING | WRITTEN
_DEEPEST = 40
_ITEMS = {_Role.ListItem, _Role.TreeItem, _Role.Cell, _Role.ColumnHeader, _Role.RowHeader}


@dataclass(frozen=True)
class Heard:
    """One thing of a window: what a screen reader is told of it."""

    role: QAccessible.Role
    name: str
    description: str
    value: str
    label: str
    states: frozenset[str]
    where: str


def heard(window: QWidget) -> list[Heard]:
    """Return everything of ``window`` that can be seen, from the outside in."""
    interface = QAccessible.queryAccessibleInterface(window)
    assert interface is not None, window
    return list(_walk(interface, "", 0))


def complaints(window: QWidget) -> list[str]:
    """Return what is wrong with the controls of ``window``: no name, or no value or state."""
    said = []
    for thing in heard(window):
        if thing.role in CONTROLS and not thing.name.strip():
            said.append(f"{thing.role.name} without a name in {thing.where}")
        if thing.role is _Role.ComboBox and not thing.label.strip():
            said.append(f"nothing says what {thing.name!r} is chosen for in {thing.where}")
        if thing.role is _Role.NoRole:
            said.append(f"no role: {thing.name!r} in {thing.where}")
        if "focusable" in thing.states and not (thing.name.strip() or thing.role in _ITEMS):
            said.append(f"{thing.role.name} takes the keyboard without a name in {thing.where}")
        if thing.role in VALUED and not thing.value.strip():
            said.append(f"{thing.role.name} {thing.name!r} without a value")
        if thing.role in CHECKED and "checkable" not in thing.states:
            said.append(f"{thing.role.name} {thing.name!r} without a state")
        if "\ufffc" in thing.name:
            said.append(f"{thing.role.name} is called by an object sign")
    return said


def _walk(interface: QAccessibleInterface, where: str, depth: int) -> Iterator[Heard]:
    state = interface.state()
    if state.invisible or depth > _DEEPEST:
        return
    made = interface.object()
    kind = type(made).__name__ if made is not None else interface.role().name
    if made is not None and made.objectName().startswith("qt_"):
        return  # a part that Qt made of a control
    here = f"{where}/{kind}"
    yield Heard(
        interface.role(),
        interface.text(_Text.Name),
        interface.text(_Text.Description),
        _value(interface),
        _label(interface),
        frozenset(
            name
            for name in ("checkable", "checked", "focusable", "focused", "disabled", "readOnly")
            if getattr(state, name)
        ),
        here,
    )
    if interface.role() in {_Role.ComboBox, _Role.SpinBox}:
        return  # its parts are Qt's own
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None and child.isValid():
            yield from _walk(child, here, depth + 1)


def _label(interface: QAccessibleInterface) -> str:
    """Return what is said of a thing beside its name, which is a combo box's choice on Linux."""
    labels = [
        other.text(_Text.Name)
        for other, relation in interface.relations(QAccessible.RelationFlag.Label)
        if relation & QAccessible.RelationFlag.Label
    ]
    return " ".join([*labels, interface.text(_Text.Description)])


def _value(interface: QAccessibleInterface) -> str:
    value = interface.valueInterface()
    if value is not None and value.currentValue() is not None:
        return str(value.currentValue())
    return interface.text(_Text.Value)

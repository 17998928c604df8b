"""The QActions of the window, built from the one table in :mod:`reporterdesk.ui.action_table`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from reporterdesk.ui.action_table import ACTIONS, MENUS, SUBMENUS, ActionSpec
from reporterdesk.ui.icons import icon

_CONTEXT = "Actions"

_ROLES = {
    "app.settings": QAction.MenuRole.PreferencesRole,
    "app.quit": QAction.MenuRole.QuitRole,
    "app.about": QAction.MenuRole.AboutRole,
}


def key_sequences(spec: ActionSpec) -> list[QKeySequence]:
    """Return the keys of ``spec`` on this platform; needs a QGuiApplication."""
    if spec.shortcut is None:
        return []
    if isinstance(spec.shortcut, str):
        return [QKeySequence(spec.shortcut)]
    return QKeySequence.keyBindings(spec.shortcut)


def usual_keys() -> dict[str, list[QKeySequence]]:
    """Return the keys that every action comes with, by its name."""
    return {spec.name: key_sequences(spec) for spec in ACTIONS}


class Actions(QObject):
    """The QActions of one window, built from :data:`ACTIONS`. Lives on the UI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = {spec.name: self._build(spec) for spec in ACTIONS}

    def action(self, name: str) -> QAction:
        """Return the action called ``name``.

        :raises KeyError: the table has no such row.
        """
        return self._actions[name]

    def bind(self, name: str, slot: Callable[[], object]) -> None:
        """Call ``slot`` without arguments whenever the action is triggered."""
        self._actions[name].triggered.connect(slot)

    def names(self) -> Iterator[str]:
        """Iterate over the names, in the order of the menus."""
        return iter(self._actions)

    def enable(self, enabled: bool, *names: str) -> None:
        """Enable or disable several actions at once."""
        for name in names:
            self._actions[name].setEnabled(enabled)

    def show(self, visible: bool, *names: str) -> None:
        """Show or hide several actions at once; hidden actions have no shortcut either."""
        for name in names:
            self._actions[name].setVisible(visible)

    def use_keys(self, chosen: Mapping[str, str]) -> None:
        """Let actions have the keys that a person chose; menus and tips show them at once.

        :param chosen: what differs from the usual, as :attr:`Settings.shortcuts` has it.
        """
        keys = usual_keys()
        if chosen:  # hardly anybody: nothing of it is needed for the first screen
            from reporterdesk.ui.keys.assigning import assigned

            keys = assigned(keys, chosen)
        for spec in ACTIONS:
            action = self._actions[spec.name]
            if action.shortcuts() != keys[spec.name]:
                self._give_keys(action, spec, keys[spec.name])

    def changed_keys(self) -> dict[str, str]:
        """Return what stands in the place of usual keys that hold no more.

        By each usual key in portable writing: the first key of its action now, as the system
        writes it, ``""`` for none.
        """
        changed: dict[str, str] = {}
        for spec in ACTIONS:
            held = self._actions[spec.name].shortcuts()
            now = held[0].toString(QKeySequence.SequenceFormat.NativeText) if held else ""
            for each in key_sequences(spec):
                if each not in held:
                    changed[each.toString(QKeySequence.SequenceFormat.PortableText)] = now
        return changed

    def fill_menu_bar(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Build the menus into ``bar`` and return them by name."""
        menus: dict[str, QMenu] = {}
        for name, title in MENUS:
            menu = bar.addMenu(QCoreApplication.translate(_CONTEXT, title))
            menu.setToolTipsVisible(True)
            self._fill(menu, name)
            menus[name] = menu
        return menus

    def _fill(self, menu: QMenu, name: str) -> None:
        group = None
        for spec in (spec for spec in ACTIONS if spec.menu == name):
            if group not in {None, spec.group}:
                menu.addSeparator()
            group = spec.group
            place = self._submenu(menu, spec.submenu) if spec.submenu else menu
            place.addAction(self._actions[spec.name])

    @staticmethod
    def _submenu(menu: QMenu, name: str) -> QMenu:
        """Return the menu called ``name`` within ``menu``; it is made when first asked for."""
        made = menu.findChild(QMenu, name, Qt.FindChildOption.FindDirectChildrenOnly)
        if made is None:
            made = menu.addMenu(QCoreApplication.translate(_CONTEXT, SUBMENUS[name]))
            made.setObjectName(name)
            made.setToolTipsVisible(True)
        return made

    def _build(self, spec: ActionSpec) -> QAction:
        action = QAction(QCoreApplication.translate(_CONTEXT, spec.text), self)
        action.setObjectName(spec.name)
        action.setCheckable(spec.checkable)
        action.setMenuRole(_ROLES.get(spec.name, QAction.MenuRole.NoRole))
        action.setIconVisibleInMenu(False)
        if spec.icon:
            action.setIcon(icon(spec.icon))
        action.setStatusTip(QCoreApplication.translate(_CONTEXT, spec.tip))
        self._give_keys(action, spec, key_sequences(spec))
        return action

    def _give_keys(self, action: QAction, spec: ActionSpec, keys: list[QKeySequence]) -> None:
        action.setShortcuts(keys)
        tip = QCoreApplication.translate(_CONTEXT, spec.tip)
        key = keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
        action.setToolTip(f"{tip} ({key})" if key else tip)

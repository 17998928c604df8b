"""The table of commands and their keys, all of them or those that are looked for."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QKeyCombination,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QFont, QKeySequence

from reporterdesk.text.folding import fold
from reporterdesk.ui.action_table import ACTIONS, ActionSpec, menu_title
from reporterdesk.ui.keys.assigning import Choice
from reporterdesk.ui.keys.rules import pressed

NAME = Qt.ItemDataRole.UserRole
_NATIVE = QKeySequence.SequenceFormat.NativeText
_NO_INDEX = QModelIndex()


def command_text(spec: ActionSpec) -> str:
    """Return what the menu calls an action, without the sign for its letter."""
    return QCoreApplication.translate("Actions", spec.text).replace("&", "")


def keys_text(keys: list[QKeySequence]) -> str:
    """Return keys as the system writes them, without those of few keyboards (Save, Undo)."""
    common = [each for each in keys if each.count() and not _is_rare(pressed(each))]
    return ", ".join(each.toString(_NATIVE) for each in common or keys)


def _is_rare(first: QKeyCombination) -> bool:
    f1, f35 = int(Qt.Key.Key_F1), int(Qt.Key.Key_F35)
    bare = first.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
    return bare and not f1 <= int(first.key()) <= f35


def _menu(spec: ActionSpec) -> str:
    return QCoreApplication.translate("Actions", menu_title(spec)).replace("&", "")


class KeysModel(QAbstractTableModel):
    """Every action with its menu and its keys, in the order of the menus. On the UI thread."""

    def __init__(self, choice: Choice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headers = (self.tr("Command"), self.tr("Menu"), self.tr("Keys"))
        self._choice = choice
        self._keys = choice.keys
        self._rows = list(ACTIONS)

    def show_choice(self, choice: Choice) -> None:
        """Show other keys."""
        self._choice, self._keys = choice, choice.keys
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 2))

    def look_for(self, typed: str) -> None:
        """List only what has these words in its line, whatever their case and accents."""
        words = fold(typed).split()
        self.beginResetModel()
        self._rows = [
            spec
            for spec in ACTIONS
            if all(word in fold(" ".join(self._line(spec))) for word in words)
        ]
        self.endResetModel()

    def row_of(self, name: str) -> int | None:
        """Return where a command is listed; ``None`` where it is not."""
        names = [spec.name for spec in self._rows]
        return names.index(name) if name in names else None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        """See Qt."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        """See Qt."""
        return 0 if parent.isValid() else len(self._headers)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """See Qt."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._headers[section]
        return None

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """See Qt."""
        spec = self._rows[index.row()]
        changed = self._choice.is_changed(spec.name)
        if role == NAME:
            return spec.name
        if role == Qt.ItemDataRole.DisplayRole:
            return self._line(spec)[index.column()]
        if role == Qt.ItemDataRole.FontRole and changed and index.column() == 2:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 2:
            return keys_text(self._keys[spec.name]) or self.tr("no keys")
        if role == Qt.ItemDataRole.ToolTipRole and changed:
            usual = keys_text(self._choice.usual(spec.name)) or self.tr("none")
            return self.tr("Usually: %1").replace("%1", usual)
        return None

    def _line(self, spec: ActionSpec) -> tuple[str, str, str]:
        return command_text(spec), _menu(spec), keys_text(self._keys[spec.name])

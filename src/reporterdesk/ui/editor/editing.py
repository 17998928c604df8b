"""Binds the edit actions to one editor while no other text field has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from reporterdesk.ui.editor.formatting import ActionLookup

_COMMANDS = {
    "edit.undo": "undo",
    "edit.redo": "redo",
    "edit.cut": "cut",
    "edit.copy": "copy",
    "edit.paste": "paste",
    "edit.paste_plain": "paste_plain",
    "edit.select_all": "selectAll",
}
_READING = frozenset({"copy", "selectAll"})
"""What can be done in a text that can only be read."""


class EditActions(QObject):
    """Undo, redo, cut, copy, both kinds of paste, and select all. Lives on the UI thread.

    The keys of these reach the field that has the keyboard by themselves; the menu asks here, and
    the command goes to that field, or else to the body.
    """

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._actions: dict[str, QAction] = {}

    def bind(self, actions: ActionLookup) -> None:
        """Let the ``edit.*`` actions work."""
        for name in _COMMANDS:
            action = actions.action(name)
            self._actions[name] = action
            action.triggered.connect(self._trigger)

    @Slot()
    def _trigger(self) -> None:
        sender = self.sender()
        for name, action in self._actions.items():
            if action is sender:
                target, command = self._target(), _COMMANDS[name]
                # Qt undoes in a text that can only be read, too.
                if command in _READING or not target.isReadOnly():
                    # A field that knows bare words only pastes them either way.
                    getattr(target, command, target.paste)()

    def _target(self) -> QLineEdit | QPlainTextEdit | QTextEdit:
        focused = QApplication.focusWidget()
        if isinstance(focused, QLineEdit | QPlainTextEdit | QTextEdit):
            return focused
        return self._editor

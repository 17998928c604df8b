"""The formatting toolbar over the body."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolBar, QToolButton, QWidget

from reporterdesk.ui.editor.formatting import ActionLookup

GROUPS: tuple[tuple[str, ...], ...] = (
    ("format.bold", "format.italic", "format.link"),
    ("format.paragraph", "format.heading2", "format.heading3", "format.quote"),
    ("format.bullets", "format.numbers", "format.outdent", "format.indent"),
    ("format.rule", "format.figure"),
)
"""The names of the actions in their order, in groups with a line between."""


class FormatToolbar(QToolBar):
    """Shows the format actions as buttons. Lives on the UI thread."""

    def __init__(self, actions: ActionLookup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Formatting"))
        self.setAccessibleName(self.tr("Formatting"))
        self.setObjectName("format-toolbar")
        self.setMovable(False)
        self.setFloatable(False)
        self.setIconSize(QSize(18, 18))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        for index, group in enumerate(GROUPS):
            if index:
                self.addSeparator()
            for name in group:
                self._add(actions, name)

    def _add(self, actions: ActionLookup, name: str) -> None:
        action = actions.action(name)
        self.addAction(action)
        button = self.widgetForAction(action)
        button.setAccessibleName(action.text().replace("&", "").removesuffix("…"))
        button.setAccessibleDescription(action.statusTip())
        # The caret stays in the text when a button is clicked; Tab still reaches the buttons.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if isinstance(button, QToolButton) and action.icon().isNull():
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)

"""The settings' page on keys: every command with its keys, to be found and changed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.ui.action_table import ACTIONS
from reporterdesk.ui.actions import usual_keys
from reporterdesk.ui.announcing import announce
from reporterdesk.ui.keyboard.key_field import KeyField
from reporterdesk.ui.keyboard.model import NAME, KeysModel, command_text, keys_text
from reporterdesk.ui.keys.assigning import FIXED, Choice
from reporterdesk.ui.keys.rules import judge
from reporterdesk.ui.widgets.search_field import SearchField

_WIDE, _TALL = 600, 320


class KeyboardPage(QWidget):
    """Changes the keys of commands; each change holds at once. Lives on the UI thread.

    :ivar chosen: emits the keys that differ from the usual ones, as the settings keep them.
    """

    chosen = Signal(object)

    def __init__(self, shortcuts: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = Choice(usual_keys(), shortcuts)
        self._texts = {spec.name: command_text(spec).rstrip("…") for spec in ACTIONS}
        self._asked: tuple[str, list[QKeySequence]] | None = None
        self._model = KeysModel(self._choice, self)
        self._search = SearchField(self.tr("Find a command"), self)
        self._search.setPlaceholderText(self.tr("Find a command or its keys"))
        self._table = self._build_table()
        self._of = QLabel(self)
        self._field = KeyField(self)
        self._of.setBuddy(self._field)
        self._none = self._button(self.tr("No keys"))
        self._usual = self._button(self.tr("Usual keys"))
        self._all = self._button(self.tr("Reset all"))
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._take = self._button(self.tr("Take them"))
        self._leave = self._button(self.tr("Leave them"))
        self.setMinimumWidth(_WIDE)
        self._lay_out()
        self._connect()
        self._table.setCurrentIndex(self._model.index(0, 0))

    def _build_table(self) -> QTreeView:
        table = QTreeView(self)
        table.setAccessibleName(self.tr("Commands and their keys"))
        table.setModel(self._model)
        table.setRootIsDecorated(False)
        table.setAllColumnsShowFocus(True)
        table.setMinimumHeight(_TALL)
        header = table.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return table

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._search)
        column.addWidget(self._table, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._of)
        row.addWidget(self._field, 1)
        for button in (self._none, self._usual):
            row.addWidget(button)
        column.addLayout(row)
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self._said, 1)
        for button in (self._take, self._leave, self._all):
            said.addWidget(button)
        column.addLayout(said)
        self._tell("")

    def _connect(self) -> None:
        self._search.textChanged.connect(self._look_for)
        for widget in (self._search, self._table):
            widget.installEventFilter(self)
        self._table.selectionModel().currentChanged.connect(self._stand_at)
        self._table.doubleClicked.connect(self._begin)
        self._field.pressed.connect(self._pressed)
        self._field.left.connect(self._give_up)
        self._none.clicked.connect(self._no_keys)
        self._usual.clicked.connect(self._usual_keys)
        self._all.clicked.connect(self._reset_all)
        self._take.clicked.connect(self._take_away)
        self._leave.clicked.connect(self._give_up)

    @property
    def _name(self) -> str:
        """The command that is chosen in the table, ``""`` for none."""
        return str(self._table.currentIndex().siblingAtColumn(0).data(NAME) or "")

    @Slot(str)
    def _look_for(self, typed: str) -> None:
        name = self._name
        self._model.look_for(typed)
        row = self._model.row_of(name) if name else None
        if self._model.rowCount():
            self._table.setCurrentIndex(self._model.index(row or 0, 0))
        self._stand_at()

    @Slot()
    def _stand_at(self) -> None:
        """Show the keys of the command that is chosen."""
        name = self._name
        self._asked = None
        self._tell("")
        held = self._choice.keys.get(name, [])
        text = self._texts.get(name, "")
        self._of.setText(text)
        label = self.tr("Keys of %1").replace("%1", text)
        self._field.tell(label, held[0] if held else QKeySequence())
        free = bool(name) and name not in FIXED
        self._field.setEnabled(free)
        self._none.setEnabled(free and bool(held))
        self._usual.setEnabled(free and self._choice.is_changed(name))
        self._all.setEnabled(self._choice.chosen != self._choice.reset().chosen)
        if name in FIXED:
            self._tell(self.tr("These keys work in every field and stay as they are."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep Enter from closing the dialog: it leads on, to the table and to the new keys."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._begin() if watched is self._table else self._table.setFocus()
                return True
            if event.key() == Qt.Key.Key_Down and watched is self._search:
                self._table.setFocus()
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _begin(self) -> None:
        """Let the new keys be pressed: Enter, or a double click."""
        if self._field.isEnabled():
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _pressed(self, keys: QKeySequence) -> None:
        verdict = judge(keys)
        if verdict.refused and keys not in self._choice.usual(self._name):
            self._stand_at()
            self._tell(verdict.refused, "problem")
            return
        self._wish([keys], verdict.warning)

    def _wish(self, keys: list[QKeySequence], warning: str = "") -> None:
        """Give the command these keys, once it is clear whose they are."""
        name = self._name
        other = self._choice.owner(name, keys)
        if other is None:
            self._give(name, keys)
            self._tell(warning)
        elif other in FIXED:
            self._stand_at()
            self._tell(judge(keys[0]).refused, "problem")
        else:
            self._asked = (name, keys)
            said = self.tr("%1 belongs to “%2”. Take it away there?")
            said = said.replace("%1", keys_text(keys)).replace("%2", self._texts[other])
            self._tell(said, "warning", ask=True)
            self._leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self, name: str, keys: list[QKeySequence]) -> None:
        self._take_choice(self._choice.give(name, keys))

    def _take_choice(self, choice: Choice) -> None:
        self._choice = choice
        self._model.show_choice(choice)
        self._stand_at()
        self.chosen.emit(dict(choice.chosen))

    @Slot()
    def _take_away(self) -> None:
        if self._asked is not None:
            name, keys = self._asked
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._give(name, keys)

    @Slot()
    def _give_up(self) -> None:
        """Leave the keys as they are, and go back to the table."""
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._stand_at()

    @Slot()
    def _no_keys(self) -> None:
        self._give(self._name, [])

    @Slot()
    def _usual_keys(self) -> None:
        self._wish(self._choice.usual(self._name))

    @Slot()
    def _reset_all(self) -> None:
        self._take_choice(self._choice.reset())
        self._tell(self.tr("All commands have their usual keys."))

    def _tell(self, words: str, role: str = "hint", *, ask: bool = False) -> None:
        """Say something below the table, aloud as well."""
        self._said.setProperty("role", "note" if role == "warning" else role)
        self._said.style().unpolish(self._said)
        self._said.style().polish(self._said)
        self._said.setText(words)
        for button in (self._take, self._leave):
            button.setVisible(ask)
        self._all.setVisible(not ask)
        if words and self.isVisible():
            announce(self._said, words, at_once=role == "problem")

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        return button

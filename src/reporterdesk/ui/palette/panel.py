"""The command palette: a field and a list over the window, that give the keyboard back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QListView,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from reporterdesk.ui.announcing import announce
from reporterdesk.ui.colours import is_dark
from reporterdesk.ui.palette.delegate import PaletteDelegate
from reporterdesk.ui.palette.entries import Command, Commands, FoundReport, Row
from reporterdesk.ui.palette.model import PaletteModel
from reporterdesk.ui.widgets.search_field import SearchField

_WIDTH, _ROWS, _TOP, _EDGE = 640, 11, 48, 24
_MOST_TYPED = 200
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Backtab: -1}


class CommandPalette(QWidget):
    """Lies over the whole window while it is open. Lives on the UI thread.

    :ivar chosen: emits the :class:`Command` or :class:`FoundReport` that was chosen, once the
        keyboard is back where it was.
    :ivar typed: emits what is typed, to look for reports.
    """

    chosen = Signal(object)
    typed = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.hide()
        self._window = window
        self._application = cast("QApplication", QApplication.instance())
        self._before: QWidget | None = None
        self._commands = Commands(())
        self._toggles: list[QKeySequence] = []
        self._card = QFrame(self)
        self._card.setObjectName("commandPalette")
        self._field = SearchField(self.tr("Commands and reports"), self._card, clears=False)
        self._field.setObjectName("commandField")
        self._field.setAccessibleDescription(
            self.tr("Type a few letters; the up and down keys choose, Enter runs, Escape leaves.")
        )
        self._field.setPlaceholderText(self.tr("Type a command or a headline"))
        self._field.setMaxLength(_MOST_TYPED)
        self._model = PaletteModel(self)
        self._list = QListView(self._card)
        self._list.setObjectName("commandList")
        self._list.setAccessibleName(self.tr("What fits"))
        self._list.setModel(self._model)
        self._list.setItemDelegate(PaletteDelegate(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = QLabel(self.tr("Nothing fits. Try fewer letters."), self._card)
        self._nothing.setProperty("role", "hint")
        self._nothing.setContentsMargins(16, 8, 16, 12)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(0)
        for widget in (self._field, self._list, self._nothing):
            column.addWidget(widget)
        self._field.textChanged.connect(self._type)
        self._field.installEventFilter(self)
        self._list.clicked.connect(self._clicked)
        self._list.selectionModel().currentChanged.connect(self._tell_current)

    @property
    def current(self) -> Row | None:
        """The row that Enter would run."""
        return self._model.row(self._list.currentIndex().row())

    def begin(
        self, commands: Sequence[Command], recent: Sequence[str], toggles: list[QKeySequence]
    ) -> None:
        """Open it, empty, over the window; ``toggles`` are the keys that close it again."""
        self._before = QApplication.focusWidget()
        self._toggles = toggles
        self._commands = Commands(commands, recent)
        self._field.clear()
        self._model.show_reports(())
        self._show_rows()
        self._window.installEventFilter(self)
        self._lie_over()
        self.show()
        self.raise_()
        # As by a popup: fields keep their selection and are not taken for left.
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)
        self._application.focusChanged.connect(self._focus_changed)

    def show_reports(self, typed: str, reports: Sequence[FoundReport]) -> None:
        """Show the reports found for ``typed``; what came too late is dropped."""
        if self.isVisible() and typed == self._field.text():
            was_empty = self._model.rowCount() == 0
            self._model.show_reports(reports)
            self._fit()
            if was_empty and reports:
                self._choose(0)

    @Slot()
    def leave(self) -> None:
        """Close it; the keyboard goes back exactly where it was."""
        before, self._before = self._before, None
        if not self._end():
            return
        # It may be gone with what it was in.
        there = before is not None and isValid(before)
        if before is not None and there and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Read the keys before the field does, and keep up with the window's size."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._lie_over()
        if watched is self._field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # no command of the window runs behind the palette
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._key(event)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave it by a click beside it."""
        event.accept()
        self.leave()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Let the window step back a little (called by Qt)."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 90 if is_dark(self.palette()) else 36))
        painter.end()

    def _key(self, event: QKeyEvent) -> bool:
        """Do what a key means here; ``True`` where the field must not have it."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape or self._is_toggle(event):
            self.leave()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._run(self.current)
        elif key in _MOVES:
            back = key == Qt.Key.Key_Tab and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            step = -1 if back else _MOVES[key]
            self._choose(self._list.currentIndex().row() + step, around=True)
        elif key in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            step = _ROWS - 1 if key == Qt.Key.Key_PageDown else 1 - _ROWS
            self._choose(self._list.currentIndex().row() + step)
        else:
            return False
        return True

    def _is_toggle(self, event: QKeyEvent) -> bool:
        pressed = QKeySequence(event.keyCombination())
        return pressed in self._toggles

    def _choose(self, number: int, *, around: bool = False) -> None:
        """Choose a row, none beyond the ends; by single steps it goes around."""
        count = self._model.rowCount()
        if count:
            number = number % count if around else max(0, min(number, count - 1))
            self._list.selectionModel().setCurrentIndex(
                self._model.index(number), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self._list.scrollTo(self._list.currentIndex())

    def _run(self, row: Row | None) -> None:
        if row is None:
            return
        if isinstance(row.entry, Command) and row.entry.off:
            announce(self._field, row.entry.off, at_once=True)
            return
        self.leave()
        self.chosen.emit(row.entry)

    @Slot(str)
    def _type(self, typed: str) -> None:
        self._show_rows()
        self.typed.emit(typed)

    def _show_rows(self) -> None:
        rows = self._commands.rows(self._field.text())
        self._model.show_commands(rows)
        if not self._field.text().strip():
            self._model.show_reports(())
        self._choose(0)
        self._fit()
        if not self._model.rowCount() and self.isVisible():
            announce(self._field, self._nothing.text())

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        self._run(self._model.row(index.row()))

    @Slot()
    def _tell_current(self) -> None:
        """Say which row is chosen: the keyboard stays in the field."""
        row = self.current
        if row is not None and self.isVisible():
            announce(self._field, self._model.spoken(row))

    @Slot(QWidget, QWidget)
    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Go away where something else takes the keyboard, a dialog or a notice."""
        if now is not None and now is not self._field and now.window() is self._window:
            self._before = None
            if self._end():
                self.hide()

    def _end(self) -> bool:
        """Stop listening; ``False`` where it was closed already."""
        if not self.isVisible():
            return False
        self._application.focusChanged.disconnect(self._focus_changed)
        self._window.removeEventFilter(self)
        return True

    def _lie_over(self) -> None:
        self.setGeometry(self._window.rect())
        self._fit()

    def _fit(self) -> None:
        """Give the card its place, and the list the height of what it has."""
        count = self._model.rowCount()
        self._list.setVisible(count > 0)
        self._nothing.setVisible(count == 0)
        row = self._list.sizeHintForRow(0) if count else 0
        room = self.height() - _TOP - _EDGE - self._field.sizeHint().height() - 12
        height = min(count, _ROWS) * row + self._list.contentsMargins().top() + 8
        self._list.setFixedHeight(max(0, min(height, max(row, room))))
        width = min(_WIDTH, self.width() - 2 * _EDGE)
        self._card.setFixedWidth(max(0, width))
        self._card.adjustSize()
        self._card.move((self.width() - width) // 2, _TOP)

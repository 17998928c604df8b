"""Binds the format and edit actions to one editor, and keeps their state with the caret."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QTextCharFormat
from PySide6.QtWidgets import QTextEdit

from reporterdesk.text.lines import (
    BULLET,
    HEADING_2,
    HEADING_3,
    NUMBER,
    PARAGRAPH,
    QUOTE,
    LineStyle,
)
from reporterdesk.text.tree import Rule
from reporterdesk.ui.editor.block_commands import (
    can_indent,
    can_outdent,
    indent,
    insert_standing,
    is_standing,
    outdent,
    same_kind,
    selected_blocks,
    set_kind,
)
from reporterdesk.ui.editor.formats import style_of
from reporterdesk.ui.editor.inline_commands import (
    link_at,
    selection_is,
    set_bold,
    set_italic,
)
from reporterdesk.ui.editor.link_editing import LinkEditing
from reporterdesk.ui.editor.moving_blocks import can_move, move_blocks
from reporterdesk.ui.pacing import AFTER_PAINT_MS


class ActionLookup(Protocol):
    """Where the actions come from."""

    def action(self, name: str) -> QAction:
        """Return the action called ``name``."""
        ...


STYLES: dict[str, LineStyle] = {
    "format.paragraph": PARAGRAPH,
    "format.heading2": HEADING_2,
    "format.heading3": HEADING_3,
    "format.bullets": BULLET,
    "format.numbers": NUMBER,
    "format.quote": QUOTE,
}
"""The actions that give a block its style."""

OTHERS = (
    "format.bold",
    "format.italic",
    "format.indent",
    "format.outdent",
    "format.link",
    "format.rule",
    "format.figure",
)
"""The other actions of a body of text."""

MOVES = ("format.move_up", "format.move_down")
"""The actions that let blocks change places."""


class Formatting(QObject):
    """The format commands of one editor. Lives on the UI thread."""

    figure_requested = Signal()
    """The person wants a photo at the caret."""

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._actions: dict[str, QAction] = {}
        self._shown: tuple[int, int, int, QTextCharFormat, bool] | None = None
        """What was followed last: revision, anchor, position, format, whether it is read only."""
        self._soon = QTimer(self, singleShot=True, interval=AFTER_PAINT_MS)
        self._soon.timeout.connect(self._follow)
        self.links = LinkEditing(editor)

    def bind(self, actions: ActionLookup) -> None:
        """Let the ``format.*`` actions work on this editor and show its state."""
        commands: dict[str, Callable[[], None]] = {
            "format.paragraph": self.paragraph,
            "format.heading2": self.heading2,
            "format.heading3": self.heading3,
            "format.bullets": self.bullets,
            "format.numbers": self.numbers,
            "format.quote": self.quote,
            "format.bold": self.bold,
            "format.italic": self.italic,
            "format.indent": self.indent,
            "format.outdent": self.outdent,
            "format.link": self.link,
            "format.rule": self.rule,
            "format.figure": self._request_figure,
            "format.move_up": self.move_up,
            "format.move_down": self.move_down,
        }
        for name, command in commands.items():
            action = actions.action(name)
            action.triggered.connect(command)
            action.destroyed.connect(self._unbind)
            self._actions[name] = action
        self._editor.cursorPositionChanged.connect(self._refresh_once)
        self._editor.selectionChanged.connect(self._refresh_once)
        self._editor.currentCharFormatChanged.connect(self._refresh_once)
        self._editor.textChanged.connect(self._refresh_once)
        self.refresh()

    @Slot()
    def _unbind(self) -> None:
        """Forget the actions: they went first, at the end of the app."""
        self._actions.clear()

    @Slot()
    def refresh(self) -> None:
        """Bring the actions' checks and whether they can be used up to the caret."""
        self._shown = None
        self._soon.stop()
        if not self._actions:
            return
        editor, cursor = self._editor, self._editor.textCursor()
        writable = not editor.isReadOnly()
        blocks = selected_blocks(cursor)
        style = style_of(blocks[0])
        words = writable and not all(map(is_standing, blocks))
        for name, wanted in STYLES.items():
            self._show(name, words, same_kind(style, wanted))
        self._show("format.bold", words, self._is_on("bold"))
        self._show("format.italic", words, self._is_on("italic"))
        self._show("format.link", words, link_at(cursor) is not None)
        self._show("format.indent", writable and can_indent(cursor))
        self._show("format.outdent", writable and can_outdent(cursor))
        self._show("format.rule", writable)
        self._show("format.figure", writable)
        self._show("format.move_up", writable and can_move(cursor, up=True))
        self._show("format.move_down", writable and can_move(cursor, up=False))

    @Slot()
    def _refresh_once(self) -> None:
        """Follow what Qt tells several times of each key: of the caret, the text, the format.

        What is typed is painted first; a caret that moves alone is followed at once.
        """
        if self._soon.isActive():
            return
        state = self._state()
        if state == self._shown:
            return
        if self._shown is not None and state[0] != self._shown[0]:
            self._soon.start()
        else:
            self._follow()

    @Slot()
    def settle(self) -> None:
        """Follow at once what was typed: an action may be about to be asked for."""
        if self._soon.isActive():
            self._follow()

    @Slot()
    def _follow(self) -> None:
        self.refresh()
        self._shown = self._state()

    def _state(self) -> tuple[int, int, int, QTextCharFormat, bool]:
        cursor = self._editor.textCursor()
        place = cursor.document().revision(), cursor.anchor(), cursor.position()
        return *place, self._editor.currentCharFormat(), self._editor.isReadOnly()

    def _show(self, name: str, enabled: bool, checked: bool = False) -> None:
        action = self._actions[name]
        action.setEnabled(enabled)
        if action.isCheckable():
            action.setChecked(enabled and checked)

    def _is_on(self, attribute: str) -> bool:
        cursor = self._editor.textCursor()
        if cursor.hasSelection():
            return selection_is(cursor, attribute)
        made = self._editor.currentCharFormat()
        return made.fontItalic() if attribute == "italic" else made.fontWeight() >= 600

    @Slot()
    def bold(self) -> None:
        """Make the selection, or what is typed next, bold; or no longer."""
        set_bold(self._editor, on=not self._is_on("bold"))
        self.refresh()

    @Slot()
    def italic(self) -> None:
        """Make the selection, or what is typed next, italic; or no longer."""
        set_italic(self._editor, on=not self._is_on("italic"))
        self.refresh()

    @Slot()
    def paragraph(self) -> None:
        """Make the selected lines ordinary paragraphs."""
        self._set_kind(PARAGRAPH)

    @Slot()
    def heading2(self) -> None:
        """Make the selected lines headings, or paragraphs again."""
        self._set_kind(HEADING_2)

    @Slot()
    def heading3(self) -> None:
        """Make the selected lines subheadings, or paragraphs again."""
        self._set_kind(HEADING_3)

    @Slot()
    def bullets(self) -> None:
        """Make the selected lines a bullet list, or paragraphs again."""
        self._set_kind(BULLET)

    @Slot()
    def numbers(self) -> None:
        """Make the selected lines a numbered list, or paragraphs again."""
        self._set_kind(NUMBER)

    @Slot()
    def quote(self) -> None:
        """Make the selected lines a quote, or paragraphs again."""
        self._set_kind(QUOTE)

    def _set_kind(self, style: LineStyle) -> None:
        set_kind(self._editor.textCursor(), style)
        self.refresh()

    @Slot()
    def indent(self) -> None:
        """Nest the selected items one step deeper."""
        indent(self._editor.textCursor())
        self.refresh()

    @Slot()
    def outdent(self) -> None:
        """Bring the selected items out by one step."""
        outdent(self._editor.textCursor())
        self.refresh()

    @Slot()
    def rule(self) -> None:
        """Put a rule at the caret."""
        cursor = self._editor.textCursor()
        insert_standing(cursor, Rule())
        self._editor.setTextCursor(cursor)
        self.refresh()

    @Slot()
    def move_up(self) -> None:
        """Let the selected blocks and the one above change places."""
        self._move(up=True)

    @Slot()
    def move_down(self) -> None:
        """Let the selected blocks and the one below change places."""
        self._move(up=False)

    def _move(self, *, up: bool) -> None:
        cursor = self._editor.textCursor()
        if not self._editor.isReadOnly() and move_blocks(cursor, up=up):
            self._editor.setTextCursor(cursor)
            self._editor.ensureCursorVisible()
            self.refresh()

    @Slot()
    def _request_figure(self) -> None:
        self.figure_requested.emit()

    @Slot()
    def link(self) -> None:
        """Ask for a link for the selection, or change or remove the link at the caret."""
        self.links.edit()

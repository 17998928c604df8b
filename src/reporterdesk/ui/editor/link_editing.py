"""Makes and changes links in the text of one editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QTextCursor
from PySide6.QtWidgets import QTextEdit

from reporterdesk.ui.editor.inline_commands import insert_link, link_at, select_link, set_link

if TYPE_CHECKING:
    from reporterdesk.ui.editor.link_popover import LinkPopover


class LinkEditing(QObject):
    """Shows the sheet for a link and does what it answers. Lives on the UI thread."""

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._popover: LinkPopover | None = None
        self._before = self._target = QTextCursor()
        self._words: str | None = None

    @Slot()
    def edit(self) -> None:
        """Ask for a link for the selection, or for the link at the caret, or for a new one."""
        from reporterdesk.ui.editor.link_popover import LinkPopover

        self.close()
        editor = self._editor
        self._before = editor.textCursor()
        self._target = editor.textCursor()
        if not self._target.hasSelection():
            select_link(self._target)
        self._words = self._target.selectedText() if _in_one_block(self._target) else None
        if self._popover is None:
            self._popover = LinkPopover(editor)
            self._popover.kept.connect(self._keep)
            self._popover.removed.connect(self._remove)
            self._popover.opened.connect(self._open)
            self._popover.left.connect(self._left)
            editor.verticalScrollBar().valueChanged.connect(self._follow)
        self._popover.ask(self._words, link_at(self._target))
        editor.setTextCursor(self._target)
        self._place(self._popover)

    @Slot()
    def close(self) -> None:
        """Leave the sheet, if there is one: its text is another one, or can only be read."""
        if self._popover is not None:
            self._popover.leave(back=False)

    @Slot()
    def _follow(self) -> None:
        if self._popover is not None and not self._popover.isHidden():
            self._place(self._popover)

    def _place(self, popover: LinkPopover) -> None:
        popover.show_under(self._place_of_words(), self._editor.contentsRect())

    def _place_of_words(self) -> QRect:
        """Return where the target stands, in the editor's coordinates."""
        ends = []
        for position in (self._target.selectionStart(), self._target.selectionEnd()):
            cursor = QTextCursor(self._target)
            cursor.setPosition(position)
            ends.append(self._editor.cursorRect(cursor))
        words = ends[0].united(ends[1])
        words.moveTopLeft(self._editor.viewport().mapTo(self._editor, words.topLeft()))
        return words

    @Slot(str, str)
    def _keep(self, words: str, url: str) -> None:
        target = self._target
        if target.hasSelection() and self._words in {None, words}:
            set_link(target, url)
        else:
            insert_link(target, words, url)
        self._go_on_after()

    @Slot()
    def _remove(self) -> None:
        set_link(self._target, None)
        self._go_on_after()

    def _go_on_after(self) -> None:
        after = QTextCursor(self._target)
        after.setPosition(self._target.selectionEnd())
        self._editor.setTextCursor(after)

    @Slot(str)
    def _open(self, url: str) -> None:
        QDesktopServices.openUrl(QUrl(url))

    @Slot(bool)
    def _left(self, back: bool) -> None:
        if self._editor.textCursor() == self._target:  # else the person has put it elsewhere
            self._editor.setTextCursor(self._before)
        if back:
            self._editor.setFocus()


def _in_one_block(cursor: QTextCursor) -> bool:
    document = cursor.document()
    return document.findBlock(cursor.selectionStart()) == document.findBlock(cursor.selectionEnd())

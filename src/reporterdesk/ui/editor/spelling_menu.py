"""The menu of a misspelled word: what it may have been meant to be, and how to have it let be."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit

from reporterdesk.spelling.accepted import without_possessive
from reporterdesk.ui.editor.spelling import SpellChecker, replace_word

_PATIENCE_MS = 600
"""So long the menu waits for suggestions; it does not change under the pointer afterwards."""


class SpellingMenu(QObject):
    """Puts its lines before those of the editor's own menu. Lives on the UI thread.

    The editor opens its menu by :meth:`takes`.

    :param personal: tells the words of the personal dictionary.
    :param mistake_at: tells the misspelled word at a place; without it, the checker does.
    :ivar add_wanted: emits a word for the personal dictionary.
    :ivar remove_wanted: emits a word that is to leave it.
    :ivar ignore_wanted: emits a word to be ignored in this report.
    """

    add_wanted = Signal(str)
    remove_wanted = Signal(str)
    ignore_wanted = Signal(str)

    def __init__(
        self,
        editor: QTextEdit,
        checker: SpellChecker,
        personal: Callable[[], frozenset[str]],
        mistake_at: Callable[[int], QTextCursor | None] | None = None,
    ) -> None:
        super().__init__(editor)
        self._editor, self._checker, self._personal = editor, checker, personal
        self._mistake_at = mistake_at or checker.mistake_at
        self._word: QTextCursor | None = None
        self._place = QPoint()
        self._menu: QMenu | None = None
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._timer.timeout.connect(self._open_without)
        checker.suggested.connect(self._suggested)

    @property
    def menu(self) -> QMenu | None:
        """The menu that is open."""
        return self._menu

    def open_for(self, word: QTextCursor, place: QPoint | None = None) -> None:
        """Open the menu of the selected ``word`` at ``place`` on the screen, or under the word."""
        self._word, self._place = word, place or self._under(word)
        self._timer.start()
        self._checker.suggest(word.selectedText())

    def takes(self, event: QContextMenuEvent) -> bool:
        """Open the menu of a misspelled word, asked for by mouse or key; return if there is one."""
        editor, by_key = self._editor, event.reason() == QContextMenuEvent.Reason.Keyboard
        if editor.isReadOnly():
            return False
        here = editor.textCursor() if by_key else editor.cursorForPosition(event.pos())
        at = here.selectionStart() if by_key else here.position()
        place = None if by_key else event.globalPos()
        wrong = self._mistake_at(at)
        if wrong is not None:
            self.open_for(wrong, place)
            return True
        here.select(QTextCursor.SelectionType.WordUnderCursor)
        word = without_possessive(here.selectedText())
        if word in self._personal():
            self._show([self._removing(word)], place or self._under(here))
            return True
        return False

    @Slot(str, object)
    def _suggested(self, word: str, words: tuple[str, ...]) -> None:
        if self._word is not None and self._word.selectedText() == word:
            self._open(words)

    @Slot()
    def _open_without(self) -> None:
        self._open(())

    def _open(self, suggestions: tuple[str, ...]) -> None:
        word, self._word = self._word, None
        self._timer.stop()
        if word is None or self._editor.isReadOnly():
            return
        lines = [self._replacing(word, text) for text in suggestions]
        if not lines:
            nothing = QAction(self.tr("No suggestions"), self)
            nothing.setEnabled(False)
            lines.append(nothing)
        bare = without_possessive(word.selectedText())
        add = self._line(self.tr("&Add “%1” to the dictionary"), bare)
        add.triggered.connect(partial(self.add_wanted.emit, bare))
        ignore = self._line(self.tr("&Ignore “%1” in this report"), bare)
        ignore.triggered.connect(partial(self.ignore_wanted.emit, bare))
        gap = QAction(self)
        gap.setSeparator(True)
        self._show([*lines, gap, add, ignore], self._place)

    def _show(self, lines: list[QAction], place: QPoint) -> None:
        """Open the editor's own menu with ``lines`` before it."""
        menu = self._editor.createStandardContextMenu()
        first = menu.actions()[0]  # it has always some, though they may be disabled
        menu.insertActions(first, lines)
        menu.insertSeparator(first)
        for line in lines:
            line.setParent(menu)
        menu.setAccessibleName(self.tr("Spelling"))
        menu.aboutToHide.connect(self._closed)
        self._menu = menu
        menu.popup(place)
        if lines[0].isEnabled():
            menu.setActiveAction(lines[0])

    @Slot()
    def _closed(self) -> None:
        menu, self._menu = self._menu, None
        if menu is not None:
            menu.deleteLater()

    def _replacing(self, word: QTextCursor, text: str) -> QAction:
        line = QAction(text.replace("&", "&&"), self)
        font = line.font()
        font.setBold(True)
        line.setFont(font)
        line.triggered.connect(partial(self._replace, word, word.selectedText(), text))
        return line

    def _removing(self, word: str) -> QAction:
        line = self._line(self.tr("&Remove “%1” from the dictionary"), word)
        line.triggered.connect(partial(self.remove_wanted.emit, word))
        return line

    def _line(self, text: str, word: str) -> QAction:
        return QAction(text.replace("%1", word.replace("&", "&&")), self)

    def _replace(self, word: QTextCursor, before: str, text: str, _checked: bool = False) -> None:
        """Replace the word, unless it has become another one meanwhile."""
        if word.selectedText() == before and not self._editor.isReadOnly():
            replace_word(word, text)
            word.clearSelection()
            self._editor.setTextCursor(word)

    def _under(self, word: QTextCursor) -> QPoint:
        first = QTextCursor(word)
        first.setPosition(word.selectionStart())
        return self._editor.viewport().mapToGlobal(self._editor.cursorRect(first).bottomLeft())

"""Marks misspelled words in the short fields around the text: headline, standfirst, captions.

They are checked by the same process as the text, with the same dictionaries and accepted words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from reporterdesk.ui.editor.palette import inks
from reporterdesk.ui.editor.spelling import AFTER_MS, SpellChecker
from reporterdesk.ui.editor.spelling_menu import SpellingMenu
from reporterdesk.ui.models.marked_text import utf16_ranges
from reporterdesk.ui.widgets.growing_text import GrowingText

_WAVE = QTextCharFormat.UnderlineStyle.WaveUnderline


class SpelledField(QObject):
    """The marks of one field, and where its menu asks. Lives on the UI thread, with the field."""

    def __init__(self, field: GrowingText, wait: Callable[[], None]) -> None:
        super().__init__(field)
        self.field, self._wait = field, wait
        self.menu: SpellingMenu | None = None
        """What is offered for its mistakes."""
        self._wrong: list[QTextCursor] = []
        self._typed = False
        self.waits = True
        """Whether it is still to be checked."""
        field.textChanged.connect(self._changed)
        field.cursorPositionChanged.connect(self._caret_moved)
        field.look_changed.connect(self._look_changed)

    def mistake_at(self, position: int) -> QTextCursor | None:
        """Return the misspelled word at ``position``, selected."""
        for word in self._wrong:
            if word.hasSelection() and word.selectionStart() <= position <= word.selectionEnd():
                return QTextCursor(word)
        return None

    def mistake_from(self, start: int) -> QTextCursor | None:
        """Return the first misspelled word at ``start`` or behind it, selected."""
        words = (word for word in self._wrong if word.hasSelection())
        behind = (word for word in words if word.selectionStart() >= start)
        word = min(behind, key=QTextCursor.selectionStart, default=None)
        return None if word is None or self.field.isReadOnly() else QTextCursor(word)

    def words(self) -> str | None:
        """Return what is to be checked now; ``None`` where nothing is."""
        if self.field.isReadOnly():
            return None
        self.waits = False
        return self.field.toPlainText()

    def take(self, text: str, mistakes: Sequence[tuple[int, int]]) -> None:
        """Mark what is wrong in ``text``, unless the field has other words by now."""
        if text != self.field.toPlainText():
            self.waits = True
            return
        self._wrong = [self._stretch(*one) for one in utf16_ranges(text, tuple(mistakes))]
        self._draw()

    def clear(self) -> None:
        """Take all marks away; they come back with the next check."""
        self._wrong, self.waits = [], True
        self._draw()

    def _stretch(self, start: int, length: int) -> QTextCursor:
        cursor = QTextCursor(self.field.document())
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _draw(self) -> None:
        self.field.setExtraSelections(list(self._marks()))

    def _marks(self) -> Iterator[QTextEdit.ExtraSelection]:
        """Yield all marks but that of the word that is being written."""
        caret = self.field.textCursor().position() if self._typed else -1
        # Not the field's own palette, whose ground is as clear as a style sheet makes it.
        ink = inks(QGuiApplication.palette()).wrong
        for word in self._wrong:
            if not word.selectionStart() <= caret <= word.selectionEnd():
                mark = QTextEdit.ExtraSelection()
                mark.cursor = word
                mark.format.setUnderlineStyle(_WAVE)
                mark.format.setUnderlineColor(ink)
                yield mark

    @Slot()
    def _changed(self) -> None:
        self._typed = self.field.hasFocus()
        self.waits = True
        self._wait()

    @Slot()
    def _caret_moved(self) -> None:
        if self._typed and not self.waits:  # else it moves because of what is typed
            self._typed = False
            self._draw()

    @Slot()
    def _look_changed(self) -> None:
        if self.field.isReadOnly():
            self.clear()
        elif self.waits:
            self._wait()
        else:
            self._draw()


class FieldSpelling(QObject):
    """Has fields checked, those that changed, a moment after they did. Lives on the UI thread.

    :param made: is called with the menu of each field, to connect what it offers.
    """

    def __init__(
        self,
        checker: SpellChecker,
        personal: Callable[[], frozenset[str]],
        made: Callable[[SpellingMenu], None],
        *,
        after_ms: int = AFTER_MS,
    ) -> None:
        super().__init__(checker)
        self._checker, self._personal, self._made = checker, personal, made
        self._fields: list[SpelledField] = []
        self._timer = QTimer(self, singleShot=True, interval=after_ms)
        self._timer.timeout.connect(self._look)
        checker.judged_anew.connect(self._check_again)

    @property
    def working(self) -> bool:
        """Whether something is still to be checked."""
        return self._timer.isActive() or self._checker.asks_others

    def watch(self, field: GrowingText) -> SpellingMenu:
        """Check ``field`` from now on, as long as it lives; return its menu."""
        spelled = SpelledField(field, self._wait)
        menu = SpellingMenu(field, self._checker, self._personal, spelled.mistake_at)
        field.takes_menu, spelled.menu = menu.takes, menu
        self._fields.append(spelled)
        self._made(menu)
        self._wait()
        return menu

    def living(self) -> list[SpelledField]:
        """Return the fields that are still there."""
        self._fields = [each for each in self._fields if shiboken6.isValid(each)]
        return self._fields

    @Slot()
    def _wait(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _check_again(self) -> None:
        """Judge by what is right now; while nothing is checked, mark nothing."""
        for each in self.living():
            if self._checker.ready:
                each.waits = True
            else:
                each.clear()
        self._wait() if self._checker.ready else self._timer.stop()

    @Slot()
    def _look(self) -> None:
        if not self._checker.ready:
            return
        asked = [(each, each.words()) for each in self.living() if each.waits]
        texts = [(each, text) for each, text in asked if text is not None]
        if texts:
            done = partial(self._take, texts)
            self._checker.check_others([text for _, text in texts], done)

    def _take(
        self,
        asked: Sequence[tuple[SpelledField, str]],
        mistakes: Sequence[Sequence[tuple[int, int]]],
    ) -> None:
        for (each, text), wrong in zip(asked, mistakes, strict=True):
            if shiboken6.isValid(each):
                each.take(text, wrong)
                if each.waits:
                    self._wait()

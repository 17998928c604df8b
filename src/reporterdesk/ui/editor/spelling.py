"""Checks the spelling of one editor's text, in view and changed blocks first, beside the typing.

A key costs the UI thread nothing but a note that its block waits. What is checked, is checked by
another process (:mod:`reporterdesk.spelling`); its answers come as queued signals.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QTextBlock, QTextCursor

from reporterdesk.spelling.service import Answer, Begun, Checked, GaveUp, SpellingService, Suggested
from reporterdesk.ui.editor.block_commands import one_step
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.mistakes import BlockState, Stretch
from reporterdesk.ui.models.marked_text import utf16_ranges

Mistaken: TypeAlias = Sequence[Sequence[tuple[int, int]]]
"""Of each text, where its misspelled words begin and end, in characters."""
AFTER_MS = 250
"""So long after a change, its block is checked; the next change does not put it off."""
_BLOCKS_AT_ONCE = 24
_CHARACTERS_AT_ONCE = 6_000
_log = logging.getLogger(__name__)


class SpellChecker(QObject):
    """Marks misspelled words in an editor that can be written in. Lives on the UI thread.

    :param folders: tells where dictionaries are, when spelling is switched on.
    :ivar begun: emits a :class:`Begun` when it is known whether there is a dictionary.
    :ivar suggested: emits a word and a tuple of what it may have been meant to be.
    :ivar found: emits the mistake that :meth:`find_next` has found, ``None`` without any.
    :ivar judged_anew: emitted when other words may be right than before, or nothing is checked.
    """

    begun = Signal(object)
    suggested = Signal(str, object)
    found = Signal(object)
    judged_anew = Signal()
    _answered = Signal(object)

    def __init__(
        self,
        editor: BodyEditor,
        folders: Callable[[], Iterable[Path]],
        *,
        after_ms: int = AFTER_MS,
    ) -> None:
        super().__init__(editor)
        self._editor, self._folders = editor, folders
        self._service: SpellingService | None = None
        self._asked: tuple[str, tuple[str, ...], frozenset[str]] | None = None
        self._ready = False
        self._number = 0
        self._batch: list[tuple[int, BlockState, str]] = []
        self._others: dict[int, Callable[[Mistaken], None]] = {}
        self._others_asked = 0
        self._finding: int | None = None
        self._timer = QTimer(self, singleShot=True, interval=after_ms)
        self._timer.timeout.connect(self._look)
        self._answered.connect(self._take, Qt.ConnectionType.QueuedConnection)
        editor.mistakes.waiting.connect(self._wait)
        editor.cursorPositionChanged.connect(self._caret_moved)
        editor.verticalScrollBar().valueChanged.connect(self._wait)
        editor.read_only_changed.connect(self._writable)

    @property
    def ready(self) -> bool:
        """Whether words are being checked."""
        return self._ready

    @property
    def asks_others(self) -> bool:
        """Whether :meth:`check_others` is still to be answered, or will be able to ask."""
        return bool(self._others) or (self._on and not self._ready)

    @property
    def working(self) -> bool:
        """Whether something is still to be checked."""
        return bool(self._batch) or self._timer.isActive() or (self._on and not self._ready)

    def begin(self, language: str, preferred: Sequence[str], accepted: Iterable[str]) -> None:
        """Check in ``language`` from now on; what is ``accepted`` is right in any case.

        :param preferred: the person's own languages, as BCP 47 tags.
        """
        self._asked = (language, tuple(preferred), frozenset(accepted))
        self._start()

    def accept(self, words: Iterable[str]) -> None:
        """Take these words for right from now on, and no others but the dictionaries' own."""
        if self._asked is None or self._asked[2] == frozenset(words):
            return
        self._asked = (*self._asked[:2], frozenset(words))
        if self._service is not None and self._on:
            self._service.accept(self._asked[2])
            self._forget_questions()
            self._editor.mistakes.check_again()
            self.judged_anew.emit()

    def end(self) -> None:
        """Take all marks away, and check no more until :meth:`begin`."""
        self._asked = None
        self._stop()

    @Slot()
    def close(self) -> None:
        """End the process and its thread; the next :meth:`begin` looks for dictionaries anew."""
        self.end()
        service, self._service = self._service, None
        self._others.clear()
        if service is not None:
            service.close()

    def suggest(self, word: str) -> None:
        """Look for what ``word`` may have been meant to be; :attr:`suggested` tells."""
        if self._service is not None:
            self._service.suggest(word)

    def check_others(self, texts: Sequence[str], done: Callable[[Mistaken], None]) -> None:
        """Check texts that stand elsewhere; ``done`` is called with the mistakes in each."""
        if self._service is not None and self._ready:
            self._others_asked -= 1  # the blocks' own questions count upwards
            self._others[self._others_asked] = done
            self._service.check(self._others_asked, texts)

    def mistake_at(self, position: int) -> QTextCursor | None:
        """Return the misspelled word at ``position`` of the document, selected."""
        block = self._editor.text_document.findBlock(position)
        column = position - block.position()
        for start, length in self._editor.mistakes.wrong(block.blockNumber()):
            if start <= column <= start + length:
                return _selected(block, (start, length))
        return None

    def find_next(self, start: int) -> None:
        """Find the first misspelled word at ``start``, a place in the document, or behind it.

        :attr:`found` tells, at once or when the text up to there has been checked.
        """
        self._finding = start
        self._find(start)

    def _find(self, start: int) -> None:
        document, mistakes = self._editor.text_document, self._editor.mistakes
        here = document.findBlock(min(start, document.characterCount() - 1))
        first, count = here.blockNumber(), document.blockCount()
        for number in range(first, count) if self._on else ():
            state = mistakes.state(number)
            if state is not None and not state.checked:
                self._look()
                return
            for stretch in mistakes.wrong(number):
                if number > first or here.position() + stretch[0] >= start:
                    self._finding = None
                    self.found.emit(_selected(document.findBlockByNumber(number), stretch))
                    return
        self._finding = None
        self.found.emit(None)

    @Slot()
    def _writable(self) -> None:
        """Mark nothing in a text that can only be read."""
        self._stop() if self._editor.isReadOnly() else self._start()

    @property
    def _on(self) -> bool:
        return self._asked is not None and not self._editor.isReadOnly()

    def _start(self) -> None:
        if self._asked is None or self._editor.isReadOnly():
            return
        if self._service is None:
            self._service = SpellingService(self._tell, self._folders())
        self._ready = False
        self._service.begin(*self._asked)
        self._forget_questions()
        self._editor.draw_marks_again(self._editor.mistakes.end())
        self._editor.mistakes.begin()

    def _forget_questions(self) -> None:
        """Let answers pass by that are still to come."""
        self._number += 1
        self._batch = []

    def _stop(self) -> None:
        self._forget_questions()
        self._ready, self._finding = False, None
        self._timer.stop()
        self._editor.draw_marks_again(self._editor.mistakes.end())
        self.judged_anew.emit()

    def _tell(self, answer: Answer) -> None:
        """Hand an answer over to the UI thread. Runs on the service's thread."""
        with suppress(RuntimeError):  # the editor is gone, and its Qt objects with it
            self._answered.emit(answer)

    @Slot()
    def _wait(self) -> None:
        if not self._timer.isActive() and not self._batch:
            self._timer.start()

    @Slot()
    def _look(self) -> None:
        """Have the next blocks checked."""
        if not self._ready or self._batch or self._service is None:
            return
        document, characters = self._editor.text_document, 0
        for number, state in self._editor.mistakes.unchecked(*self._in_view()):
            text = document.findBlockByNumber(number).text()
            characters += len(text)
            if self._batch and characters > _CHARACTERS_AT_ONCE:
                break
            self._batch.append((number, state, text))
            if len(self._batch) == _BLOCKS_AT_ONCE:
                break
        if self._batch:
            self._number += 1
            self._service.check(self._number, [text for *_, text in self._batch])

    def _in_view(self) -> tuple[int, int]:
        """Return the numbers of the first and the last block that are wanted first."""
        if self._finding is not None:
            here = self._editor.text_document.findBlock(self._finding).blockNumber()
            return max(here, 0), max(here, 0)
        view = self._editor.viewport().rect()
        corners = (view.topLeft(), view.bottomRight())
        first, last = (self._editor.cursorForPosition(at).blockNumber() for at in corners)
        return first, last

    @Slot(object)
    def _take(self, answer: Answer) -> None:
        """Take an answer of the service."""
        match answer:
            case _ if self._service is None:
                return
            case Begun():
                self._begun(answer)
            case Checked(number, mistakes) if number == self._number:
                self._put(mistakes)
            case Checked(number, mistakes) if number in self._others:
                self._others.pop(number)(mistakes)
            case Suggested(word, words):
                self.suggested.emit(word, words)
            case GaveUp():
                self.close()

    def _begun(self, answer: Begun) -> None:
        if self._asked is None or answer.language != self._asked[0]:
            return
        self.begun.emit(answer)
        # Without a dictionary of its own, paragraphs in another script may still have one.
        self._ready = self._on
        self.judged_anew.emit()
        self._look()

    def _put(self, mistakes: tuple[tuple[tuple[int, int], ...], ...]) -> None:
        batch, self._batch = self._batch, []
        cursor, again = self._editor.textCursor(), list[int]()
        for (number, state, text), wrong in zip(batch, mistakes, strict=True):
            caret = cursor.positionInBlock() if number == cursor.blockNumber() else None
            stretches = tuple(utf16_ranges(text, wrong))
            changed = self._editor.mistakes.put(number, state, stretches, caret)
            if changed is not None:
                again.append(changed)
        self._editor.draw_marks_again(again)
        if self._finding is not None:
            self._find(self._finding)
            return
        waits = next(self._editor.mistakes.unchecked(*self._in_view()), None)
        if waits is not None and waits[1].typed:
            self._timer.start()  # it is just being written: not at each key
        else:
            self._look()

    @Slot()
    def _caret_moved(self) -> None:
        mistakes = self._editor.mistakes
        if mistakes.holds:
            cursor = self._editor.textCursor()
            again = mistakes.leave(cursor.blockNumber(), cursor.positionInBlock())
            if again is not None:
                self._editor.draw_marks_again((again,))


def replace_word(word: QTextCursor, text: str) -> None:
    """Put ``text`` in the place of the selected ``word``, in its format, as one step to undo."""
    first = QTextCursor(word)
    first.setPosition(word.selectionStart() + 1)  # the format of a character is asked for behind it
    with one_step(word):
        word.insertText(text, first.charFormat())


def _selected(block: QTextBlock, stretch: Stretch) -> QTextCursor:
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + stretch[0])
    cursor.setPosition(block.position() + sum(stretch), QTextCursor.MoveMode.KeepAnchor)
    return cursor

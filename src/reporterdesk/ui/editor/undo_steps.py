"""Where one step of undo ends and the next begins, while words are typed or erased.

Left to itself, Qt makes one command of everything that is typed in one go (``tryMerge`` in
qtextdocument_p.cpp), so that one undo takes a whole paragraph away. Here each key is an edit block:
it joins the block before it while a word goes on, and begins one of its own where a word starts,
after a pause, after punctuation of scripts without spaces, and wherever the caret has been
elsewhere or something else has changed the text. Within one block Qt still merges neighbouring
characters into one command, so a step costs the same whether it is one letter or a long word.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

PAUSE = 1.0
"""Seconds without a key after which a new step begins."""

LONGEST = 80
"""Characters one step takes at most, in scripts and addresses without spaces."""

# After these a step ends though no space follows: the scripts they belong to put none there, or the
# space is often left out (CJK, Arabic, Devanagari, Armenian, Ethiopic, Myanmar punctuation).
_ENDS = frozenset("。、，．！？；：」』）》〉…؟،؛۔।॥։።၊။")


_NOWHERE = (-1, -1)


@dataclass(frozen=True, slots=True)
class Swap:
    """Characters just before the caret that stand in place of what was typed.

    ``typed`` and ``shown`` have no character outside the Basic Multilingual Plane.
    """

    typed: str
    shown: str

    def show(self, cursor: QTextCursor) -> None:
        """Put ``shown`` in place of ``typed`` before ``cursor``, in the same format."""
        made = cursor.charFormat()
        end = cursor.position()
        cursor.setPosition(end - len(self.typed), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(self.shown, made)


@dataclass(frozen=True, slots=True)
class _Last:
    """What the last key did, and where it left the text."""

    way: int
    """1: it typed; -1: it erased backwards; -2: forwards."""
    text: str
    length: int
    """Characters in the step so far."""
    at: float
    place: tuple[int, int]
    """The document's revision and the caret's position."""


class UndoSteps(QObject):
    """Gathers the keys of one editor into steps to undo. Lives on the UI thread."""

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._last: _Last | None = None
        self._within = False
        """Whether the caret moves by what is typed."""
        self._swap: tuple[Swap, tuple[int, int]] | None = None
        self.now: Callable[[], float] = time.monotonic
        """A clock that never goes back, in seconds."""
        editor.cursorPositionChanged.connect(self._caret_moved)

    @contextmanager
    def typing(self, text: str) -> Iterator[None]:
        """Make the characters ``text``, inserted inside, part of the right step."""
        last = self._last
        swapped = self._settle(text)
        goes_on = (
            last is not None
            and (swapped or self._follows(last))
            and last.way == 1
            and self.now() - last.at < PAUSE
            and last.length + len(text) <= LONGEST
            and not _starts(last.text, text)
        )
        length = last.length if goes_on and last is not None else 0
        with self._step(joined=goes_on):
            yield
        self._remember(1, text, length + len(text))

    @contextmanager
    def erasing(self, *, forwards: bool) -> Iterator[None]:
        """Make the character that is erased inside part of the right step."""
        last, way = self._last, -2 if forwards else -1
        cursor = self._editor.textCursor()
        edge = cursor.atBlockEnd() if forwards else cursor.atBlockStart()
        whole = cursor.hasSelection() or edge
        character = "" if whole else _beside(cursor, forwards=forwards)
        goes_on = (
            character != ""
            and last is not None
            and last.way == way
            and self._follows(last)
            and self.now() - last.at < PAUSE
            and last.length < LONGEST
            and (last.text.isspace() or not character.isspace())
        )
        length = last.length if goes_on and last is not None else 0
        with self._step(joined=goes_on):
            yield
        if character:
            self._remember(way, character, length + 1)
        else:
            self.forget()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Make what is done inside a step of its own."""
        with self._step(joined=False):
            yield
        self.forget()

    @contextmanager
    def swapping(self, swap: Swap) -> Iterator[None]:
        """Make ``swap``, shown inside, a step of its own until something is typed after it.

        So one undo right after it gives what was typed; later it belongs to the word.
        """
        last = self._last
        with self._step(joined=False):
            yield
        self._swap = swap, self._place()
        self._last = last and replace(last, place=self._place())

    def settle(self) -> None:
        """Make a swap that has just been shown part of the step it was typed in."""
        self._settle("")

    def forget(self) -> None:
        """Begin a new step with the next key."""
        self._last = self._swap = None

    @Slot()
    def _caret_moved(self) -> None:
        # A caret that comes back has been away; it also moves with what is typed, before that is
        # remembered.
        if self._last is not None and not self._within and self._last.place != self._place():
            self._last = None

    def _settle(self, text: str) -> bool:
        """Join a swap that stands before the caret to the step before; return whether one did."""
        found, self._swap = self._swap, None
        if found is None or found[1] != self._place():
            return False
        swap = found[0]
        cursor = self._editor.textCursor()
        made = cursor.charFormat()  # what was chosen for the words to come
        typed_to = cursor.position() - len(swap.shown) + len(swap.typed)
        cursor.document().undo()
        cursor.setPosition(typed_to)  # undo leaves carets before what it brings back
        # A third hyphen makes another dash of all three: they stay as they were typed until then.
        if not (text == "-" and swap.typed == "--"):
            cursor.joinPreviousEditBlock()
            swap.show(cursor)
            cursor.endEditBlock()
        cursor.setCharFormat(made)
        self._editor.setTextCursor(cursor)
        return True

    @contextmanager
    def _step(self, *, joined: bool) -> Iterator[None]:
        cursor = self._editor.textCursor()
        if joined:
            cursor.joinPreviousEditBlock()
        else:
            cursor.beginEditBlock()
        self._within = True
        try:
            yield
        finally:
            cursor.endEditBlock()
            self._within = False

    def _follows(self, last: _Last | None) -> bool:
        return last is not None and last.place == self._place() != _NOWHERE

    def _remember(self, way: int, text: str, length: int) -> None:
        self._last = _Last(way, text, length, self.now(), self._place())

    def _place(self) -> tuple[int, int]:
        cursor = self._editor.textCursor()
        if cursor.hasSelection():
            return _NOWHERE
        return cursor.document().revision(), cursor.position()


def _starts(before: str, text: str) -> bool:
    """Return whether ``text`` begins something new after ``before``."""
    if before[-1:].isspace():
        return not text[:1].isspace()
    return before[-1:] in _ENDS


def _beside(cursor: QTextCursor, *, forwards: bool) -> str:
    at = cursor.position() - (0 if forwards else 1)
    return str(cursor.document().characterAt(at))

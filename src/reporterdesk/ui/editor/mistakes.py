"""Where the misspelled words of a document are, kept in step with every change of it.

It is told of a change before the ink is, which then draws the marks where their words are now. A
change costs what the list of one block's marks costs; no text is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QTextDocument

Stretch: TypeAlias = tuple[int, int]
"""Start and length in a block, as Qt counts: in UTF-16 units."""


@dataclass(slots=True, eq=False)
class BlockState:
    """What is known of a block. Each change of the block gives it another one, so that an answer
    about how it was before finds no place any more."""

    wrong: tuple[Stretch, ...] = ()
    checked: bool = False
    typed: bool = False
    """Whether somebody has written in it."""


class Mistakes(QObject):
    """The marks of one document. Lives on the UI thread.

    :ivar waiting: emitted when a block has to be checked.
    """

    waiting = Signal()

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._on = False
        self._blocks: list[BlockState] = []
        self._held: tuple[BlockState, Stretch] | None = None
        document.contentsChange.connect(self._contents_changed)

    @property
    def holds(self) -> bool:
        """Whether a mark is held back because its word is being written."""
        return self._held is not None

    def begin(self) -> None:
        """Wait for all blocks of a text to be checked; none has any marks."""
        self._on, self._held = True, None
        self._blocks = [BlockState() for _ in range(self._document.blockCount())]
        self.waiting.emit()

    def check_again(self) -> None:
        """Wait for all blocks to be checked again; until then, their marks stay."""
        held = self._held
        for number, state in enumerate(self._blocks):
            fresh = self._blocks[number] = BlockState(state.wrong, typed=state.typed)
            if held is not None and held[0] is state:
                self._held = fresh, held[1]
        self.waiting.emit()

    def end(self) -> list[int]:
        """Forget all marks; return the numbers of the blocks that had any."""
        had = [number for number, state in enumerate(self._blocks) if state.wrong]
        self._on, self._blocks, self._held = False, [], None
        return had

    def shown(self, number: int) -> Sequence[Stretch]:
        """Return the marks to draw in the block of this number."""
        if number >= len(self._blocks):
            return ()
        return self._drawn(self._blocks[number])

    def wrong(self, number: int) -> Sequence[Stretch]:
        """Return all that is wrong in the block of this number, drawn or held back."""
        return self._blocks[number].wrong if number < len(self._blocks) else ()

    def state(self, number: int) -> BlockState | None:
        """Return what is known of the block of this number; ``None`` while nothing is checked."""
        return self._blocks[number] if number < len(self._blocks) else None

    def unchecked(self, first: int, last: int) -> Iterator[tuple[int, BlockState]]:
        """Yield what waits to be checked: from ``first`` to ``last``, then on, then from the top.

        The numbers are those of blocks.
        """
        blocks = self._blocks
        for number in (*range(first, len(blocks)), *range(min(first, len(blocks)))):
            if not blocks[number].checked:
                yield number, blocks[number]
            elif number == last and all(state.checked for state in blocks):
                return

    def put(
        self, number: int, state: BlockState, wrong: tuple[Stretch, ...], caret: int | None
    ) -> int | None:
        """Take what is wrong in the block that had ``state`` when it stood at ``number``.

        The mark of a word that is being written at ``caret`` (its place in the block, if it is in
        this one) is held back.

        :returns: the number of the block if it has to be drawn again.
        """
        at = self._find(number, state)
        if at is None:
            return None
        before = self._drawn(state)
        state.wrong, state.checked = wrong, True
        if self._held is not None and self._held[0] is state:
            self._held = None
        if caret is not None and state.typed:
            touched = (one for one in wrong if one[0] <= caret <= one[0] + one[1])
            word = next(touched, None)
            self._held = self._held if word is None else (state, word)
        return at if self._drawn(state) != before else None

    def leave(self, number: int, caret: int) -> int | None:
        """Show the mark that was held back once the caret is elsewhere; it is at ``caret`` of
        the block ``number``.

        :returns: the number of the block to draw again.
        """
        if self._held is None:
            return None
        state, (start, length) = self._held
        if self.state(number) is state and start <= caret <= start + length:
            return None
        self._held = None
        return self._find(number, state)

    def _drawn(self, state: BlockState) -> tuple[Stretch, ...]:
        if self._held is None or self._held[0] is not state:
            return state.wrong
        held = self._held[1]
        return tuple(stretch for stretch in state.wrong if stretch != held)

    def _find(self, number: int, state: BlockState) -> int | None:
        if self.state(number) is state:
            return number
        return next((at for at, other in enumerate(self._blocks) if other is state), None)

    @Slot(int, int, int)
    def _contents_changed(self, position: int, removed: int, added: int) -> None:
        if not self._on:
            return
        document, blocks = self._document, self._blocks
        block, last = document.findBlock(position), document.findBlock(position + added)
        first = block.blockNumber()
        end = last.blockNumber() if last.isValid() else document.blockCount() - 1
        more = document.blockCount() - len(blocks)
        old = blocks[first : end - more + 1]
        if removed == added and more == 0:  # it looks different, or as good as nothing has changed
            fresh = [BlockState(state.wrong, typed=True) for state in old]
        else:
            fresh = [BlockState(typed=True) for _ in range(first, end + 1)]
            column = position - block.position()
            if old and len(old) == len(fresh) == 1:
                fresh[0].wrong = tuple(_moved(old[0].wrong, column, removed, added))
            elif old:
                fresh[0].wrong = tuple(one for one in old[0].wrong if one[0] + one[1] < column)
        blocks[first : end - more + 1] = fresh
        if self._held is not None and self._held[0] in old:
            self._held = None
        self.waiting.emit()


def _moved(wrong: Sequence[Stretch], at: int, removed: int, added: int) -> Iterator[Stretch]:
    """Yield the marks that a change left alone, where they are now."""
    for start, length in wrong:
        if start + length < at:
            yield start, length
        elif start > at + removed:
            yield start + added - removed, length

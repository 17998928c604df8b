"""What became of a block, laid out as the lines that a page shows. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reporterdesk.text.difference import BlockChange, Change, WordChange, Words
from reporterdesk.text.lines import PARAGRAPH, LineStyle, StandingLine, TextLine, lines_of
from reporterdesk.text.tree import Block, Document, Embed, Figure, Rule


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line of words, each with its fate; or a thing, with the fate of its block."""

    style: LineStyle
    words: Words = ()
    thing: Rule | Figure | Embed | None = None
    change: Change = Change.KEPT


def marked_lines(block: BlockChange) -> tuple[MarkedLine, ...]:
    """Return the lines of a block, old words and new ones together.

    A block that became a thing, or was one, is shown twice: as it was, and as it is.
    """
    before, after = block.before, block.after
    if block.change is Change.CHANGED and before is not None and after is not None:
        if isinstance(before, Embed) or isinstance(after, Embed):
            return (*_whole(before, Change.REMOVED), *_whole(after, Change.ADDED))
        return tuple(_Weaver(before, after).lines(block.words))
    shown = before if after is None else after
    return () if shown is None else tuple(_whole(shown, block.change))


def _whole(block: Block, change: Change) -> Iterator[MarkedLine]:
    for line in lines_of(Document((block,))):
        if isinstance(line, StandingLine):
            yield MarkedLine(PARAGRAPH, thing=line.block, change=change)
        else:
            words = tuple(WordChange(change, run) for run in line.runs)
            yield MarkedLine(line.style, words, change=change)


class _Side:
    """Goes through the lines of one of two blocks, character by character."""

    def __init__(self, block: Block) -> None:
        lines = lines_of(Document((block,)))
        self._lines = [line for line in lines if isinstance(line, TextLine)]
        self._at = 0
        self._left = self._length()

    @property
    def style(self) -> LineStyle:
        """The style of the line that is gone through."""
        return self._lines[self._at].style if self._at < len(self._lines) else PARAGRAPH

    def pass_words(self, length: int) -> None:
        """Go on by so many characters of the line."""
        self._left -= length

    def pass_break(self) -> bool:
        """Go on by a break; return whether it was the end of the line."""
        if self._left > 0:
            self._left -= 1
            return False
        self._at += 1
        self._left = self._length()
        return True

    def _length(self) -> int:
        if self._at >= len(self._lines):
            return 0
        return sum(len(run.text) for run in self._lines[self._at].runs)


class _Weaver:
    """Parts the words of a changed block into its lines.

    A break among the words is either one inside a line or the step to the next item or quoted
    paragraph; only the blocks know which.
    """

    def __init__(self, before: Block, after: Block) -> None:
        self._before, self._after = _Side(before), _Side(after)
        self._style: LineStyle | None = None
        self._words: list[WordChange] = []

    def lines(self, words: Words) -> Iterator[MarkedLine]:
        """Yield the lines, from top to bottom."""
        for word in words:
            for number, piece in enumerate(word.run.text.split("\n")):
                if number and self._break(word.change):
                    yield self._line()
                elif number:
                    self._add(word, "\n")
                if piece:
                    if self._is_another_kind(word.change):
                        yield self._line()
                    self._add(word, piece)
                    for side in self._sides(word.change):
                        side.pass_words(len(piece))
        if self._words:
            yield self._line()

    def _sides(self, change: Change) -> tuple[_Side, ...]:
        if change is Change.ADDED:
            return (self._after,)
        if change is Change.REMOVED:
            return (self._before,)
        return (self._before, self._after)

    def _break(self, change: Change) -> bool:
        """Go on by a break; where both sides have it, the later one says what it is."""
        return [side.pass_break() for side in self._sides(change)][-1]

    def _is_another_kind(self, change: Change) -> bool:
        """Return whether a line of old words only is followed by new ones of another style."""
        return (
            change is Change.ADDED
            and self._style not in {None, self._after.style}
            and all(word.change is Change.REMOVED for word in self._words)
        )

    def _add(self, word: WordChange, text: str) -> None:
        if self._style is None:
            self._style = self._sides(word.change)[-1].style
        self._words.append(replace(word, run=replace(word.run, text=text)))

    def _line(self) -> MarkedLine:
        line = MarkedLine(self._style or PARAGRAPH, tuple(self._words), change=Change.CHANGED)
        self._style, self._words = None, []
        return line

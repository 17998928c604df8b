"""Replacing in a document: in its words only, never in the targets of links nor in photo ids.

The words of a line (a paragraph, a heading, an item, a quoted paragraph) are one text, whatever is
bold or linked in it; nothing is found across lines. Every function is pure and may be called on any
thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from reporterdesk.text.normal import normalise
from reporterdesk.text.pattern import Found, Patience, Pattern
from reporterdesk.text.tree import (
    Block,
    Document,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Run,
    Runs,
)

_Change = Callable[[Runs], Runs]


@dataclass(frozen=True, slots=True)
class LineHit:
    """Something found in the words of line ``line``, counted from 0 without photos and the like."""

    line: int
    found: Found


@dataclass(frozen=True, slots=True)
class NewWords:
    """``words`` are to stand in line ``line`` from ``start`` to ``end``."""

    line: int
    start: int
    end: int
    words: str


def words_of(runs: Runs) -> str:
    """Return the words of a line without their formats."""
    return "".join(run.text for run in runs)


def lines_of_words(document: Document) -> Iterator[str]:
    """Yield the words of each line, from top to bottom."""
    for block in document.blocks:
        match block:
            case Paragraph(runs) | Heading(_, runs):
                yield words_of(runs)
            case Quote(paragraphs):
                yield from map(words_of, paragraphs)
            case ListBlock():
                yield from _items(block)


def _items(block: ListBlock) -> Iterator[str]:
    for item in block.items:
        yield words_of(item.runs)
        for nested in item.lists:
            yield from _items(nested)


def find(document: Document, pattern: Pattern, patience: Patience) -> Iterator[LineHit]:
    """Yield where the lines of ``document`` have what is looked for.

    :raises ExpressionTooSlow: the expression has no time left.
    """
    for number, words in enumerate(lines_of_words(document)):
        for found in pattern.found_in(words, patience):
            yield LineHit(number, found)


def replaced(document: Document, new: Sequence[NewWords]) -> Document:
    """Return ``document``, a normal tree, with ``new`` words: a normal tree again.

    New words have the format of the first character that they replace. Lines that are not named
    stay as they are; one in which nothing is left goes.

    :param new: in any order; no two may overlap.
    """
    by_line: dict[int, list[NewWords]] = {}
    for each in new:
        by_line.setdefault(each.line, []).append(each)
    return normalise(_Lines(by_line).document(document)) if by_line else document


def replaced_in_runs(runs: Runs, new: Sequence[NewWords]) -> Runs:
    """Return the runs of one line with ``new`` words in it, not yet in normal form."""
    made: list[Run] = []
    for start, end, words in _cuts(sum(len(run.text) for run in runs), new):
        part = _part(runs, start, end)
        if words is None:
            made.extend(part)
        elif part:
            made.append(replace(part[0], text=words))
    return tuple(made)


def replaced_in_words(text: str, new: Sequence[NewWords]) -> str:
    """Return the plain ``text`` with ``new`` words in it."""
    return "".join(
        text[start:end] if words is None else words for start, end, words in _cuts(len(text), new)
    )


def _cuts(length: int, new: Sequence[NewWords]) -> Iterator[tuple[int, int, str | None]]:
    """Yield begin and end of what stays (without words) and of what is replaced, in order."""
    at = 0
    for each in sorted(new, key=lambda one: one.start):
        yield at, each.start, None
        yield each.start, each.end, each.words
        at = each.end
    yield at, length, None


def _part(runs: Runs, start: int, end: int) -> list[Run]:
    """Return the runs of the characters from ``start`` to ``end``."""
    part: list[Run] = []
    at = 0
    for run in runs:
        words = run.text[max(0, start - at) : max(0, end - at)]
        if words:
            part.append(replace(run, text=words))
        at += len(run.text)
    return part


class _Lines:
    """Goes through a tree and counts its lines."""

    def __init__(self, new: dict[int, list[NewWords]]) -> None:
        self._new = new
        self._line = -1

    def document(self, document: Document) -> Document:
        return Document(tuple(map(self._block, document.blocks)))

    def _block(self, block: Block) -> Block:
        match block:
            case Paragraph(runs) | Heading(_, runs):
                return replace(block, runs=self._runs(runs))
            case Quote(paragraphs):
                return Quote(tuple(map(self._runs, paragraphs)))
            case ListBlock():
                return self._list(block)
            case _:
                return block

    def _list(self, block: ListBlock) -> ListBlock:
        return replace(block, items=tuple(map(self._item, block.items)))

    def _item(self, item: ListItem) -> ListItem:
        runs = self._runs(item.runs)
        return ListItem(runs, tuple(map(self._list, item.lists)))

    def _runs(self, runs: Runs) -> Runs:
        self._line += 1
        new = self._new.get(self._line)
        return replaced_in_runs(runs, new) if new else runs

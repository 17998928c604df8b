"""The tree laid out as lines, one for each block of an editor, and back again.

A :class:`QTextDocument` is a flat row of blocks; the tree nests lists in items and gathers quoted
paragraphs. Between the two stands this module: pure, no Qt, so that the shape is proved without a
window. One line of the tree is one block of the editor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TypeAlias

from reporterdesk.text.normal import MAX_DEPTH
from reporterdesk.text.tree import (
    Block,
    Document,
    Embed,
    Figure,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Runs,
)


class Kind(IntEnum):
    """What a line is. The numbers are kept in block formats."""

    PARAGRAPH = 1
    HEADING = 2
    ITEM = 3
    QUOTE = 4
    STANDING = 5
    """Not words: a rule, a photo or an embed, standing alone."""


@dataclass(frozen=True, slots=True)
class LineStyle:
    """A line's kind and place: ``level`` of headings, ``ordered`` and ``depth`` of list items."""

    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    ordered: bool = False
    depth: int = 0


PARAGRAPH = LineStyle()
QUOTE = LineStyle(Kind.QUOTE)
STANDING = LineStyle(Kind.STANDING)
HEADING_2 = LineStyle(Kind.HEADING, level=2)
HEADING_3 = LineStyle(Kind.HEADING, level=3)
BULLET = LineStyle(Kind.ITEM)
NUMBER = LineStyle(Kind.ITEM, ordered=True)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of words."""

    style: LineStyle
    runs: Runs


@dataclass(frozen=True, slots=True)
class StandingLine:
    """A line that is a thing, not words."""

    block: Rule | Figure | Embed


Line: TypeAlias = TextLine | StandingLine


def lines_of(document: Document) -> Iterator[Line]:
    """Yield the lines of ``document`` from top to bottom."""
    for block in document.blocks:
        match block:
            case Paragraph(runs):
                yield TextLine(PARAGRAPH, runs)
            case Heading(level, runs):
                yield TextLine(LineStyle(Kind.HEADING, level=level), runs)
            case ListBlock():
                yield from _list_lines(block, 0)
            case Quote(paragraphs):
                for runs in paragraphs:
                    yield TextLine(QUOTE, runs)
            case _:
                yield StandingLine(block)


def _list_lines(block: ListBlock, depth: int) -> Iterator[Line]:
    style = LineStyle(Kind.ITEM, ordered=block.ordered, depth=depth)
    for item in block.items:
        yield TextLine(style, item.runs)
        for nested in item.lists:
            yield from _list_lines(nested, depth + 1)


def document_of(lines: Iterable[Line]) -> Document:
    """Gather ``lines`` into a tree.

    Neighbouring items become lists, neighbouring quoted paragraphs one quote. An item nested
    deeper than one step below the item above it is brought up to that step. Empty lines are kept:
    bringing the tree to its normal form is :func:`reporterdesk.text.normal.normalise`'s work.
    """
    blocks: list[Block] = []
    items: list[TextLine] = []
    quoted: list[Runs] = []

    def close() -> None:
        if items:
            blocks.extend(_nest(items))
            items.clear()
        if quoted:
            blocks.append(Quote(tuple(quoted)))
            quoted.clear()

    for line in lines:
        if isinstance(line, StandingLine):
            close()
            blocks.append(line.block)
        elif line.style.kind is Kind.ITEM:
            if quoted:
                close()
            deepest = items[-1].style.depth + 1 if items else 0
            items.append(_not_deeper(line, min(deepest, MAX_DEPTH - 1)))
        elif line.style.kind is Kind.QUOTE:
            if items:
                close()
            quoted.append(line.runs)
        else:
            close()
            blocks.append(_leaf(line))
    close()
    return Document(tuple(blocks))


def _not_deeper(line: TextLine, deepest: int) -> TextLine:
    if line.style.depth <= deepest:
        return line
    return replace(line, style=replace(line.style, depth=deepest))


def _leaf(line: TextLine) -> Block:
    if line.style.kind is Kind.HEADING:
        return Heading(line.style.level, line.runs)
    return Paragraph(line.runs)


def _nest(items: Sequence[TextLine]) -> tuple[ListBlock, ...]:
    lists, _ = _lists_at(items, 0, 0)
    return lists


def _lists_at(
    items: Sequence[TextLine], start: int, depth: int
) -> tuple[tuple[ListBlock, ...], int]:
    """Return the lists that begin at ``start`` with ``depth``, and where they end."""
    gathered: list[tuple[bool, list[ListItem]]] = []
    index = start
    while index < len(items) and items[index].style.depth >= depth:
        line = items[index]
        nested, index = _lists_at(items, index + 1, depth + 1)
        if not gathered or gathered[-1][0] != line.style.ordered:
            gathered.append((line.style.ordered, []))
        gathered[-1][1].append(ListItem(line.runs, nested))
    return tuple(ListBlock(ordered, tuple(parts)) for ordered, parts in gathered), index

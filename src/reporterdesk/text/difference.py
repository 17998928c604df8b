"""What changed between two documents: block by block, and inside a block word by word.

Blocks that are equal stand first, then those that share enough words are taken for one block that
was changed. :func:`undone` takes one change back. Every function is pure and may be called on any
thread; what it costs is bounded also for long documents that have nothing in common.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reporterdesk.text.matching import Effort
from reporterdesk.text.pairing import paired
from reporterdesk.text.tree import (
    Block,
    Document,
    Embed,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Run,
    Runs,
)
from reporterdesk.text.word_difference import (
    Change,
    WordChange,
    Words,
    changed_words,
    joined_runs,
    text_of,
    word_difference,
)

__all__ = [
    "BlockChange",
    "Change",
    "WordChange",
    "Words",
    "block_text",
    "difference",
    "undone",
    "word_difference",
]


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A block and its fate: ``KEPT``, ``ADDED``, ``REMOVED`` or ``CHANGED``.

    ``before`` is ``None`` for one that was added, ``after`` for one that was removed.
    ``before_at`` and ``after_at`` are its places among the blocks of the two documents, or where
    it would stand in the one that lacks it. ``words`` are all its words, also where the block was
    kept, added or removed as a whole; a rule or a figure has none.
    """

    change: Change
    before: Block | None
    after: Block | None
    before_at: int
    after_at: int
    words: Words


def difference(before: Document, after: Document) -> tuple[BlockChange, ...]:
    """Return every block of both documents, in order, with what became of it.

    Where blocks were replaced, the removed ones stand before the added ones. The ``after`` of all
    changes, in order, are the blocks of ``after``; the same holds for ``before``.
    """
    effort = Effort()
    pairs = paired(before.blocks, after.blocks, block_text, effort)
    found: list[BlockChange] = []
    i = j = 0
    for next_i, next_j in (*pairs, (len(before.blocks), len(after.blocks))):
        while i < next_i:
            block = before.blocks[i]
            words = _whole(block, Change.REMOVED)
            found.append(BlockChange(Change.REMOVED, block, None, i, j, words))
            i += 1
        while j < next_j:
            block = after.blocks[j]
            words = _whole(block, Change.ADDED)
            found.append(BlockChange(Change.ADDED, None, block, i, j, words))
            j += 1
        if i < len(before.blocks) and j < len(after.blocks):
            found.append(_compared(before.blocks[i], after.blocks[j], i, j, effort))
            i, j = i + 1, j + 1
    return tuple(found)


def undone(after: Document, change: BlockChange) -> Document:
    """Return ``after`` with one of its changes taken back, and all others as they are."""
    old = () if change.before is None else (change.before,)
    taken = change.after_at + (change.after is not None)
    return Document((*after.blocks[: change.after_at], *old, *after.blocks[taken:]))


def block_text(block: Block) -> str:
    """Return a block's words: its lines, items or quoted paragraphs, each on a line of its own."""
    return text_of(_block_runs(block))


def _compared(before: Block, after: Block, i: int, j: int, effort: Effort) -> BlockChange:
    if before == after:
        return BlockChange(Change.KEPT, before, after, i, j, _whole(after, Change.KEPT))
    words = changed_words(_block_runs(before), _block_runs(after), effort)
    return BlockChange(Change.CHANGED, before, after, i, j, words)


def _whole(block: Block, change: Change) -> Words:
    return tuple(WordChange(change, run) for run in _block_runs(block))


def _block_runs(block: Block) -> Runs:
    """Return all words of a block, with a line break between its parts."""
    runs: list[Run] = []
    for number, part in enumerate(_parts(block)):
        if number:
            runs.append(Run("\n"))
        runs.extend(part)
    return tuple(joined_runs(runs))


def _parts(block: Block) -> Iterator[Runs]:
    match block:
        case Paragraph(runs) | Heading(_, runs):
            yield runs
        case Quote(paragraphs):
            yield from paragraphs
        case ListBlock(_, items):
            for item in items:
                yield item.runs
                for nested in item.lists:
                    yield from _parts(nested)
        case Embed(url):
            yield (Run(url),)
        case _:
            return

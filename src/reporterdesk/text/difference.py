"""What changed between two documents: block by block, and inside a block word by word.

Blocks that are equal stand first, then those that share enough words are taken for one block that
was changed. :func:`undone` takes one change back, :func:`inseparable` says what goes with it. Every
function is pure and may be called on any thread; what it costs is bounded also for long documents
that have nothing in common.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reporterdesk.text.matching import Effort, longest_rising
from reporterdesk.text.normal import joins
from reporterdesk.text.pairing import Places, paired
from reporterdesk.text.tree import (
    Block,
    Document,
    Embed,
    Heading,
    ListBlock,
    ListItem,
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
    "inseparable",
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
    pairs = _with_grown(pairs, before.blocks, after.blocks)
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


def inseparable(changes: Sequence[BlockChange], change: BlockChange) -> Sequence[BlockChange]:
    """Return ``change`` with the changes that must be taken back with it, in order.

    Quotes, and lists of one kind, become one where they are neighbours. Where two that were two
    would meet, what parted them comes back too: else they would be one, and neither of the two
    would be there. A block that is new may join one that comes back; no word of it is lost.

    :param changes: all that :func:`difference` found; ``change`` is one of them.
    """
    first = changes.index(change)
    last = first + 1
    while True:
        left = next((each for each in reversed(changes[:first]) if each.after is not None), None)
        right = next((each for each in changes[last:] if each.after is not None), None)
        blocks = [each.before for each in changes[first:last] if each.before is not None]
        if _meet(left, blocks[0] if blocks else right):
            # Where nothing comes back, what parted the two may stand on either side.
            on_the_right = not blocks and changes[first - 1] is left and changes[last] is not right
            first, last = (first, last + 1) if on_the_right else (first - 1, last)
        elif blocks and _meet(right, blocks[-1]):
            last += 1
        else:
            return changes[first:last]


def _meet(known: BlockChange | None, other: Block | BlockChange | None) -> bool:
    """Return whether a block that was there before would join another one that was."""
    if isinstance(other, BlockChange):
        other = None if other.before is None else other.after
    if known is None or known.before is None or known.after is None or other is None:
        return False
    return joins(known.after, other)


def _with_grown(pairs: Places, before: Sequence[Block], after: Sequence[Block]) -> Places:
    """Add to ``pairs`` what :func:`_grown` finds between them."""
    found: Places = []
    i = j = 0
    for next_i, next_j in (*pairs, (len(before), len(after))):
        found.extend((i + x, j + y) for x, y in _grown(before[i:next_i], after[j:next_j]))
        found.append((next_i, next_j))
        i, j = next_i + 1, next_j + 1
    return found[:-1]


def _grown(before: Sequence[Block], after: Sequence[Block]) -> Places:
    """Return which lists and quotes stand, whole, at an edge of a longer one.

    They are the same ones, also where so much was put beside them that few of its words are theirs.
    """
    places: dict[ListItem | Runs, list[int]] = defaultdict(list)
    for place, block in enumerate(after if before else ()):
        for edge in {*(parts := _joined_parts(block))[:1], *parts[-1:]}:
            places[edge].append(place)
    found: Places = []
    for place, block in enumerate(before if places else ()):
        parts = _joined_parts(block)
        for other in (each for edge in (*parts[:1], *parts[-1:]) for each in places[edge]):
            theirs = _joined_parts(after[other])
            whole = parts in (theirs[: len(parts)], theirs[-len(parts) :])
            if whole and joins(block, after[other]):
                found.append((place, other))
                break
    return longest_rising(found)


def _joined_parts(block: Block) -> tuple[ListItem | Runs, ...]:
    """Return what stands one after the other where blocks have joined; nothing for others."""
    match block:
        case ListBlock(_, items):
            return items
        case Quote(paragraphs):
            return paragraphs
        case _:
            return ()


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

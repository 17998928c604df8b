"""What changed between two documents: block by block, and inside a block word by word.

Blocks that are equal stand first, then those that share enough words are taken for one block that
was changed. :func:`undone` takes one change back. Every function is pure and may be called on any
thread; what it costs is bounded also for long documents that have nothing in common.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TypeAlias

from reporterdesk.text.matching import Effort, longest_rising, matches
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
from reporterdesk.text.words import split_words


class Change(StrEnum):
    """What happened to a block or to some words."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    """A block whose words, formats or kind are not the same."""
    RESTYLED = "restyled"
    """The same words, set otherwise: bold, italic or linked."""


@dataclass(frozen=True, slots=True)
class WordChange:
    """A stretch of words with one fate: ``KEPT``, ``ADDED``, ``REMOVED`` or ``RESTYLED``.

    ``run`` has the format that the words have now, or had where they were removed. ``"\\n"`` in it
    is a line break, or the step from one item or quoted paragraph to the next.
    """

    change: Change
    run: Run


Words: TypeAlias = tuple[WordChange, ...]


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
    pairs = _paired(before.blocks, after.blocks, effort)
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


def word_difference(before: str, after: str) -> Words:
    """Return what changed between two plain texts."""
    plain_before = (Run(before),) if before else ()
    plain_after = (Run(after),) if after else ()
    return _word_changes(plain_before, plain_after, Effort())


def block_text(block: Block) -> str:
    """Return a block's words: its lines, items or quoted paragraphs, each on a line of its own."""
    return "".join(run.text for run in _block_runs(block))


_ALIKE = 0.4
"""The share of common words from which on two blocks are one that was changed (Dice)."""
_RARE = 8
"""A word that stands in more blocks than these says nothing of which is which."""
_CHANCE = 2
"""So many words between two changes may be the same by chance."""

_Places: TypeAlias = list[tuple[int, int]]


def _paired(before: Sequence[Block], after: Sequence[Block], effort: Effort) -> _Places:
    """Return the places of blocks that are equal or alike, both rising."""
    numbers: dict[Block, int] = {}
    equal = matches(
        [numbers.setdefault(block, len(numbers)) for block in before],
        [numbers.setdefault(block, len(numbers)) for block in after],
        effort,
    )
    pairs: _Places = []
    i = j = 0
    for next_i, next_j in (*equal, (len(before), len(after))):
        pairs.extend((i + x, j + y) for x, y in _alike(before[i:next_i], after[j:next_j]))
        pairs.append((next_i, next_j))
        i, j = next_i + 1, next_j + 1
    return pairs[:-1]


def _alike(before: Sequence[Block], after: Sequence[Block]) -> _Places:
    """Return which of these blocks are probably the same, changed; found by their rare words."""
    if not before or not after:
        return []
    bags = [_bag(block) for block in after]
    holders: dict[str, list[int]] = defaultdict(list)
    for place, bag in enumerate(bags):
        for word in bag:
            holders[word].append(place)
    best: _Places = []
    for place, block in enumerate(before):
        bag = _bag(block)
        votes = Counter(
            holder
            for word in bag
            if len(found := holders.get(word, ())) <= _RARE
            for holder in found
        )
        likely = [(_likeness(bag, bags[other]), other) for other, _ in votes.most_common(3)]
        if likely and max(likely)[0] >= _ALIKE:
            best.append((place, max(likely)[1]))
    return longest_rising(best)


def _bag(block: Block) -> Counter[str]:
    return Counter(word for word in split_words(block_text(block)) if not word.isspace())


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / (one.total() + other.total())


def _compared(before: Block, after: Block, i: int, j: int, effort: Effort) -> BlockChange:
    if before == after:
        return BlockChange(Change.KEPT, before, after, i, j, _whole(after, Change.KEPT))
    words = _word_changes(_block_runs(before), _block_runs(after), effort)
    return BlockChange(Change.CHANGED, before, after, i, j, words)


def _whole(block: Block, change: Change) -> Words:
    return tuple(WordChange(change, run) for run in _block_runs(block))


def _word_changes(before: Runs, after: Runs, effort: Effort) -> Words:
    """Return what changed between the words of two blocks, removed words before added ones."""
    old, new = _tokens(before), _tokens(after)
    old_texts, new_texts = [_text(each) for each in old], [_text(each) for each in new]
    pairs = _without_chance(matches(old_texts, new_texts, effort), old_texts, new_texts)
    fates: list[tuple[Change, Runs]] = []
    i = j = 0
    for next_i, next_j in (*pairs, (len(old), len(new))):
        fates.extend((Change.REMOVED, token) for token in old[i:next_i])
        fates.extend((Change.ADDED, token) for token in new[j:next_j])
        if next_i < len(old):
            same = old[next_i] == new[next_j]
            fates.append((Change.KEPT if same else Change.RESTYLED, new[next_j]))
        i, j = next_i + 1, next_j + 1
    return tuple(
        WordChange(change, run)
        for change, tokens in groupby(fates, lambda fate: fate[0])
        for run in _joined(run for _, token in tokens for run in token)
    )


def _without_chance(pairs: _Places, old: Sequence[str], new: Sequence[str]) -> _Places:
    """Drop pairs that only stand between longer changes, as an "a" between two new sentences."""
    kept: _Places = []
    groups = _stretches(pairs)
    i = j = 0  # where the change before the group begins
    for number, group in enumerate(groups):
        (first_i, first_j), (last_i, last_j) = group[0], group[-1]
        more = groups[number + 1 :]
        next_i, next_j = more[0][0] if more else (len(old), len(new))
        words = [old[x] for x, _ in group if not old[x].isspace()]
        changed = min(
            max(_length(old[i:first_i]), _length(new[j:first_j])),
            max(_length(old[last_i + 1 : next_i]), _length(new[last_j + 1 : next_j])),
        )
        if changed and len(words) <= _CHANCE and 2 * _length(words) <= changed:
            continue
        kept.extend(group)
        i, j = last_i + 1, last_j + 1
    return kept


def _stretches(pairs: _Places) -> list[_Places]:
    """Return the pairs in groups that stand next to each other on both sides."""
    groups: list[_Places] = []
    for i, j in pairs:
        if groups and groups[-1][-1] == (i - 1, j - 1):
            groups[-1].append((i, j))
        else:
            groups.append([(i, j)])
    return groups


def _length(words: Sequence[str]) -> int:
    return sum(map(len, words))


def _tokens(runs: Runs) -> list[Runs]:
    """Return the words of ``runs``, each with its formats; a word may have several."""
    tokens: list[Runs] = []
    at, rest = 0, ""
    for word in split_words(_text(runs)):
        token: list[Run] = []
        missing = len(word)
        while missing:
            if not rest:
                rest = runs[at].text
                at += 1
                continue
            piece, rest = rest[:missing], rest[missing:]
            missing -= len(piece)
            run = runs[at - 1]
            token.append(Run(piece, run.bold, run.italic, run.link))
        tokens.append(tuple(token))
    return tokens


def _block_runs(block: Block) -> Runs:
    """Return all words of a block, with a line break between its parts."""
    runs: list[Run] = []
    for number, part in enumerate(_parts(block)):
        if number:
            runs.append(Run("\n"))
        runs.extend(part)
    return tuple(_joined(runs))


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


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Join neighbours of one format."""
    for form, group in groupby(runs, lambda run: (run.bold, run.italic, run.link)):
        text = "".join(run.text for run in group)
        if text:
            yield Run(text, *form)


def _text(runs: Runs) -> str:
    return "".join(run.text for run in runs)

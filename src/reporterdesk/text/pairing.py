"""Which pieces of two texts are the same piece, unchanged or changed.

Every function is pure and may be called on any thread; what it costs is bounded also for long texts
that have nothing in common.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import TypeAlias, TypeVar

from reporterdesk.text.matching import Effort, longest_rising, matches
from reporterdesk.text.words import split_words

ALIKE = 0.4
"""The share of common words from which on two pieces are one that was changed (Dice)."""
_RARE = 8
"""A word that stands in more pieces than these says nothing of which is which."""

Bag: TypeAlias = Counter[str]
Places: TypeAlias = list[tuple[int, int]]
_Piece = TypeVar("_Piece", bound=Hashable)


def paired(
    before: Sequence[_Piece],
    after: Sequence[_Piece],
    words: Callable[[_Piece], str],
    effort: Effort,
) -> Places:
    """Return the places of pieces that are equal or alike, both rising.

    :param words: returns the words of a piece, by which those that changed are known again.
    """
    numbers: dict[_Piece, int] = {}
    equal = matches(
        [numbers.setdefault(piece, len(numbers)) for piece in before],
        [numbers.setdefault(piece, len(numbers)) for piece in after],
        effort,
    )
    pairs: Places = []
    i = j = 0
    for next_i, next_j in (*equal, (len(before), len(after))):
        old = [bag_of(words(piece)) for piece in before[i:next_i]] if j < next_j else []
        new = [bag_of(words(piece)) for piece in after[j:next_j]] if old else []
        pairs.extend((i + x, j + y) for x, y in _alike(old, new))
        pairs.append((next_i, next_j))
        i, j = next_i + 1, next_j + 1
    return pairs[:-1]


def bag_of(text: str) -> Bag:
    """Return how often each word of ``text`` stands in it."""
    return Counter(word for word in split_words(text) if not word.isspace())


def likeness(one: Bag, other: Bag) -> float:
    """Return the share of words that both have (Dice), from 0 to 1; 0 where neither has any."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _alike(before: Sequence[Bag], after: Sequence[Bag]) -> Places:
    """Return which of these pieces are probably the same, changed; by their rare words."""
    if not before or not after:
        return []
    holders: dict[str, list[int]] = defaultdict(list)
    for place, bag in enumerate(after):
        for word in bag:
            holders[word].append(place)
    places = set(range(len(after)))
    best: Places = []
    for place, bag in enumerate(before):
        votes = Counter(
            holder
            for word in bag
            if len(found := holders.get(word, ())) <= _RARE
            for holder in found
        )
        # Where all words are common ones, the same place from the start or the end tells most.
        others = {place, place + len(after) - len(before)} & places
        others.update(other for other, _ in votes.most_common(3))
        likely = [(likeness(bag, after[other]), other) for other in others]
        if likely and max(likely)[0] >= ALIKE:
            best.append((place, max(likely)[1]))
    return longest_rising(best)

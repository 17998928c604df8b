"""What changed between two stretches of words, each word with its formats.

Words are cut as :mod:`~reporterdesk.text.words` does, and matched by
:mod:`~reporterdesk.text.matching`. Every function is pure and may be called on any thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TypeAlias

from reporterdesk.text.matching import Effort, matches
from reporterdesk.text.tree import Run, Runs
from reporterdesk.text.words import split_words

_CHANCE = 2
"""So many words between two longer changes may be the same by chance."""

_Places: TypeAlias = list[tuple[int, int]]


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


def word_difference(before: str, after: str) -> Words:
    """Return what changed between two plain texts."""
    plain_before = (Run(before),) if before else ()
    plain_after = (Run(after),) if after else ()
    return changed_words(plain_before, plain_after, Effort())


def changed_words(before: Runs, after: Runs, effort: Effort) -> Words:
    """Return what changed between two stretches, removed words before added ones.

    :param effort: shared by all that is compared together.
    """
    old, new = _tokens(before), _tokens(after)
    old_texts, new_texts = [text_of(each) for each in old], [text_of(each) for each in new]
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
        for run in joined_runs(run for _, token in tokens for run in token)
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
    for word in split_words(text_of(runs)):
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


def joined_runs(runs: Iterable[Run]) -> Iterator[Run]:
    """Join neighbours of one format, and drop what is empty."""
    for form, group in groupby(runs, lambda run: (run.bold, run.italic, run.link)):
        text = "".join(run.text for run in group)
        if text:
            yield Run(text, *form)


def text_of(runs: Runs) -> str:
    """Return the words without their formats."""
    return "".join(run.text for run in runs)

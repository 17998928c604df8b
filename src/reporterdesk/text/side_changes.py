"""What one side made of a common text, line by line: the half of a three-way merge.

A line is what a person takes for one paragraph: a paragraph, a heading, one item of a list, one
quoted paragraph, a photo. Every function is pure.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TypeAlias

from reporterdesk.text.lines import Line, TextLine
from reporterdesk.text.matching import Effort
from reporterdesk.text.pairing import Bag, bag_of, likeness, paired
from reporterdesk.text.tree import Embed
from reporterdesk.text.word_difference import text_of

Lines: TypeAlias = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """The lines ``start`` to ``end`` of the base became ``lines``; where both are equal, inserted.

    A line that was changed is an edit by itself, also between others that were; one that was
    split, or joined with the next, is one edit.
    """

    start: int
    end: int
    lines: Lines

    @property
    def inserts(self) -> bool:
        """Whether it adds lines and takes none."""
        return self.start == self.end

    @property
    def removes(self) -> bool:
        """Whether it takes lines and adds none."""
        return not self.lines


@dataclass(frozen=True, slots=True)
class SideChanges:
    """All edits of one side, in order, and which lines it only moved.

    ``moved`` has the place in the base of each line that was taken out there and stands, word for
    word, in an insertion elsewhere.
    """

    edits: tuple[Edit, ...]
    moved: dict[Line, int] = field(default_factory=dict)

    def edit_of(self, place: int) -> Edit | None:
        """Return the edit that takes or changes the line at ``place`` of the base."""
        found = bisect_right(self.edits, place, key=lambda edit: edit.end)
        edit = self.edits[found] if found < len(self.edits) else None
        return edit if edit is not None and edit.start <= place else None


def line_words(line: Line) -> str:
    """Return the words of a line; a rule or a photo has none."""
    if isinstance(line, TextLine):
        return text_of(line.runs)
    return line.block.url if isinstance(line.block, Embed) else ""


def side_changes(base: Lines, side: Lines, effort: Effort) -> SideChanges:
    """Return what became of ``base`` in ``side``."""
    edits = _whole_edits(_edits(base, side, paired(base, side, line_words, effort)), base)
    return SideChanges(edits, _moved(base, side, edits))


def _edits(base: Lines, side: Lines, pairs: Sequence[tuple[int, int]]) -> list[Edit]:
    edits: list[Edit] = []
    i = j = 0
    for next_i, next_j in (*pairs, (len(base), len(side))):
        if j < next_j:
            edits.append(Edit(i, next_i, side[j:next_j]))
        else:
            edits.extend(Edit(place, place + 1, ()) for place in range(i, next_i))
        if next_i < len(base) and base[next_i] != side[next_j]:
            edits.append(Edit(next_i, next_i + 1, (side[next_j],)))
        i, j = next_i + 1, next_j + 1
    return edits


def _whole_edits(edits: Sequence[Edit], base: Lines) -> tuple[Edit, ...]:
    """Put together what is one change to one paragraph: a split, or a join.

    The rest of a paragraph that was split in two looks like an insertion, and what was joined
    with the paragraph before like a removal. Apart, half a paragraph could be chosen twice.
    """
    whole: list[Edit] = []
    for edit in edits:
        rest: Edit | None = edit
        if whole and whole[-1].end == edit.start:
            last = whole[-1]
            if _changes(last) and (edit.inserts or edit.removes):
                whole[-1], rest = _with_following(last, edit, base)
            elif _changes(edit) and (last.inserts or last.removes):
                whole.pop()
                left, rest = _with_preceding(last, edit, base)
                whole.extend(filter(None, (left,)))
        whole.extend(filter(None, (rest,)))
    return tuple(whole)


def _changes(edit: Edit) -> bool:
    return not edit.inserts and not edit.removes


def _with_following(edit: Edit, after: Edit, base: Lines) -> tuple[Edit, Edit | None]:
    """Return ``edit`` with what belongs to it of the one after it, and the rest of that."""
    if after.removes:
        joined = replace(edit, end=after.end)
        return (joined, None) if _fit(joined, base) > _fit(edit, base) else (edit, after)
    while after.lines:
        longer = replace(edit, lines=(*edit.lines, after.lines[0]))
        if _fit(longer, base) <= _fit(edit, base):
            return edit, after
        edit, after = longer, replace(after, lines=after.lines[1:])
    return edit, None


def _with_preceding(before: Edit, edit: Edit, base: Lines) -> tuple[Edit | None, Edit]:
    """Return what is left of the one before ``edit``, and ``edit`` with what belongs to it."""
    if before.removes:
        joined = replace(edit, start=before.start)
        return (None, joined) if _fit(joined, base) > _fit(edit, base) else (before, edit)
    while before.lines:
        longer = replace(edit, lines=(before.lines[-1], *edit.lines))
        if _fit(longer, base) <= _fit(edit, base):
            return before, edit
        edit, before = longer, replace(before, lines=before.lines[:-1])
    return None, edit


def _fit(edit: Edit, base: Lines) -> float:
    return likeness(_bag(base[edit.start : edit.end]), _bag(edit.lines))


def _bag(lines: Lines) -> Bag:
    return Counter(chain.from_iterable(bag_of(line_words(line)).elements() for line in lines))


def _moved(base: Lines, side: Lines, edits: Sequence[Edit]) -> dict[Line, int]:
    taken = {base[edit.start]: edit.start for edit in edits if edit.removes}
    if not taken:
        return {}
    put = {line for edit in edits if edit.inserts for line in edit.lines}
    here, there = Counter(base), Counter(side)
    return {
        line: place
        for line, place in taken.items()
        if line in put and here[line] == there[line] == 1
    }

"""Bringing two texts together that were made of one: by paragraph, in three ways.

What only one side changed is taken over. What both changed alike is taken once. Only where both
changed the same paragraph, each in their own way, somebody has to choose: a :class:`Clash`.
Nothing is dropped: whatever a side wrote is in what was agreed on, or in a clash.

The rules, paragraph by paragraph (see :mod:`~reporterdesk.text.side_changes` for what is one):

* changed or removed by one side, untouched by the other: as the one has it;
* changed by both, or changed by one and removed by the other: a clash, unless both did the same;
* inserted by both at one place: both stand there, mine first; the same words only once, and words
  that are alike are a clash;
* moved by one side, changed by the other: the change, at the new place; moved by both: where
  theirs has it; moved by one and removed by the other: a clash at the new place.

Without a common text, every difference between the two is a clash.

The method is that of diff3, as S. Khanna, K. Kunal and B. C. Pierce examine it in "A Formal
Investigation of Diff3" (FSTTCS 2007), save that a paragraph that was changed is matched with what
it became: so two people may work on neighbouring paragraphs. Every function is pure and may be
called on any thread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import TypeAlias

from reporterdesk.text.lines import Line, document_of, lines_of
from reporterdesk.text.matching import Effort
from reporterdesk.text.normal import normalise
from reporterdesk.text.pairing import paired
from reporterdesk.text.side_changes import Edit, Lines, SideChanges, line_words, side_changes
from reporterdesk.text.tree import Document


@dataclass(frozen=True, slots=True)
class Agreed:
    """Paragraphs about which there is nothing to ask."""

    lines: Lines


@dataclass(frozen=True, slots=True)
class Clash:
    """Paragraphs that both sides changed; ``()`` where a side has none of them.

    ``base`` is what they were before, ``()`` also where there is no common text.
    """

    base: Lines
    mine: Lines
    theirs: Lines


Part: TypeAlias = Agreed | Clash


class Choice(StrEnum):
    """What becomes of a clash."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"
    """Mine, and theirs after it."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Two texts brought together: what is agreed, and the clashes in their places."""

    parts: tuple[Part, ...]

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """What is to be chosen, from top to bottom."""
        return tuple(part for part in self.parts if isinstance(part, Clash))

    def settled(self, choices: Sequence[Choice | Document | Lines] = ()) -> Document:
        """Return the whole text in its normal form.

        :param choices: one for each of :attr:`clashes`, in order; a document, or its lines, is
            what was written instead of either (see :mod:`reporterdesk.text.wording`).
        :raises ValueError: there are more or fewer choices than clashes.
        """
        waiting = iter(choices)
        lines: list[Line] = []
        if len(choices) != len(self.clashes):
            raise ValueError("Every clash needs one choice.")
        for part in self.parts:
            lines.extend(part.lines if isinstance(part, Agreed) else _chosen(part, next(waiting)))
        return document(lines)


def merge(base: Document | None, mine: Document, theirs: Document) -> Merge:
    """Bring ``mine`` and ``theirs`` together, which were both made of ``base``.

    :param base: the text that both had, ``None`` where there is none.
    """
    own, other = tuple(lines_of(mine)), tuple(lines_of(theirs))
    effort = Effort()
    if base is None:
        return Merge(_joined(_side_by_side(own, other, effort, ask=True)))
    common = tuple(lines_of(base))
    changes = (side_changes(common, own, effort), side_changes(common, other, effort))
    return Merge(_joined(_ThreeWay(common, *changes, effort).parts()))


def document(lines: Sequence[Line]) -> Document:
    """Return paragraphs as a text in its normal form."""
    return normalise(document_of(lines))


def _chosen(clash: Clash, choice: Choice | Document | Lines) -> Lines:
    match choice:
        case Choice.MINE:
            return clash.mine
        case Choice.THEIRS:
            return clash.theirs
        case Choice.BOTH:
            return (*clash.mine, *clash.theirs)
        case Document():
            return tuple(lines_of(choice))
    return choice


def _joined(parts: Iterator[Part]) -> tuple[Part, ...]:
    """Put what is agreed and stands together into one part."""
    joined: list[Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, Agreed) and isinstance(last, Agreed):
            joined[-1] = Agreed((*last.lines, *part.lines))
        elif isinstance(part, Clash) or part.lines:
            joined.append(part)
    return tuple(joined)


def _side_by_side(mine: Lines, theirs: Lines, effort: Effort, *, ask: bool) -> Iterator[Part]:
    """Yield two texts without a common one: the same once, what is alike as a clash.

    :param ask: whether what stands on one side only is a clash, too; otherwise it stays.
    """
    i = j = 0
    for next_i, next_j in (*_pairs(mine, theirs, effort), (len(mine), len(theirs))):
        own, other = mine[i:next_i], theirs[j:next_j]
        if own or other:
            yield Clash((), own, other) if ask else Agreed((*own, *other))
        if next_i < len(mine):
            same = mine[next_i] == theirs[next_j]
            line = (mine[next_i],)
            yield Agreed(line) if same else Clash((), line, (theirs[next_j],))
        i, j = next_i + 1, next_j + 1


def _pairs(mine: Lines, theirs: Lines, effort: Effort) -> list[tuple[int, int]]:
    """Return what belongs together, the same whichever side is called mine."""
    if repr(mine) <= repr(theirs):
        return paired(mine, theirs, line_words, effort)
    return [(i, j) for j, i in paired(theirs, mine, line_words, effort)]


class _ThreeWay:
    """One merge, from the first line of the common text to its last."""

    def __init__(self, base: Lines, mine: SideChanges, theirs: SideChanges, effort: Effort) -> None:
        self._base, self._effort = base, effort
        self._mine = _inserts(self._moves_settled(mine, theirs, mine_moves=True))
        self._theirs = _inserts(self._moves_settled(theirs, mine, mine_moves=False))
        # Where the other side moved a line, its change went with it.
        own = _without_carried(mine, theirs)
        other = _without_carried(theirs, mine)
        self._edits = sorted(
            [(edit.start, edit.end, 0, edit) for edit in own if not edit.inserts]
            + [(edit.start, edit.end, 1, edit) for edit in other if not edit.inserts],
            key=lambda each: each[:3],
        )

    def parts(self) -> Iterator[Part]:
        place = 0
        for start, end, edits in self._groups():
            for kept in range(place, start):
                yield from self._inserted(kept)
                yield Agreed((self._base[kept],))
            yield from self._inserted(start)
            yield from self._decided(start, end, edits)
            place = end
        for kept in range(place, len(self._base)):
            yield from self._inserted(kept)
            yield Agreed((self._base[kept],))
        yield from self._inserted(len(self._base))

    def _groups(self) -> Iterator[tuple[int, int, list[tuple[int, Edit]]]]:
        """Yield the stretches of the base that were touched, with all that touched them."""
        group: list[tuple[int, Edit]] = []
        start = end = -1
        for edit_start, edit_end, side, edit in self._edits:
            if group and edit_start < end:
                end = max(end, edit_end)
                group.append((side, edit))
                continue
            if group:
                yield start, end, group
            start, end, group = edit_start, edit_end, [(side, edit)]
        if group:
            yield start, end, group

    def _decided(self, start: int, end: int, edits: list[tuple[int, Edit]]) -> Iterator[Part]:
        inside = any(
            place in inserts
            for inserts in (self._mine, self._theirs)
            for place in range(start + 1, end)
        )
        if len({side for side, _ in edits}) == 1 and not inside:
            yield Agreed(edits[0][1].lines)  # of one side, they do not overlap
            return
        mine = self._side_of(start, end, [edit for side, edit in edits if side == 0], self._mine)
        theirs = self._side_of(
            start, end, [edit for side, edit in edits if side == 1], self._theirs
        )
        if mine == theirs:
            yield Agreed(mine)
        else:
            yield Clash(self._base[start:end], mine, theirs)

    def _side_of(
        self, start: int, end: int, edits: list[Edit], inserts: dict[int, tuple[Part, ...]]
    ) -> Lines:
        """Return what one side made of a stretch, with what it inserted inside."""
        lines: list[Line] = []
        by_start = {edit.start: edit for edit in edits}
        place = start
        while place < end:
            if place > start:
                lines.extend(_one_side(inserts.get(place, ())))
            edit = by_start.get(place)
            lines.extend(edit.lines if edit else (self._base[place],))
            place = edit.end if edit else place + 1
        return tuple(lines)

    def _inserted(self, place: int) -> Iterator[Part]:
        mine, theirs = self._mine.get(place, ()), self._theirs.get(place, ())
        if mine and theirs and all(isinstance(part, Agreed) for part in (*mine, *theirs)):
            yield from _side_by_side(_one_side(mine), _one_side(theirs), self._effort, ask=False)
        else:
            yield from mine
            yield from theirs

    def _moves_settled(
        self, side: SideChanges, other: SideChanges, *, mine_moves: bool
    ) -> Iterator[tuple[int, Iterator[Part]]]:
        """Yield where ``side`` inserts what, each moved line as the other side has it."""
        for edit in side.edits:
            if edit.inserts:
                yield (
                    edit.start,
                    chain.from_iterable(
                        self._placed(line, side, other, mine_moves=mine_moves)
                        for line in edit.lines
                    ),
                )

    def _placed(
        self, line: Line, side: SideChanges, other: SideChanges, *, mine_moves: bool
    ) -> Iterator[Part]:
        place = side.moved.get(line)
        edit = None if place is None else other.edit_of(place)
        if edit is None or edit.end - edit.start > 1:
            yield Agreed((line,))
        elif not edit.removes:
            yield Agreed(edit.lines)
        elif line not in other.moved:
            own, gone = ((line,), ()) if mine_moves else ((), (line,))
            yield Clash((line,), own, gone)
        elif not mine_moves:
            yield Agreed((line,))


def _inserts(
    placed: Iterator[tuple[int, Iterator[Part]]],
) -> dict[int, tuple[Part, ...]]:
    found = {place: _joined(parts) for place, parts in placed}
    return {place: parts for place, parts in found.items() if parts}


def _one_side(parts: Sequence[Part]) -> Lines:
    return tuple(
        chain.from_iterable(
            part.lines if isinstance(part, Agreed) else part.mine or part.theirs for part in parts
        )
    )


def _without_carried(side: SideChanges, other: SideChanges) -> list[Edit]:
    """Return the edits of ``side`` but those of lines that ``other`` moved away, changed or not."""
    moved = set(other.moved.values())
    return [
        edit
        for edit in side.edits
        if edit.inserts or edit.removes or edit.end - edit.start > 1 or edit.start not in moved
    ]

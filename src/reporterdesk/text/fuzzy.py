"""How well a few typed letters fit a name: ``nrep`` finds *New report*, ``ecole`` *École*.

Each word that was typed is looked for by itself, in any order: as a part of the name, or letter by
letter from the start of a word on. Case and accents make no difference, as in a search. What fits
better has more points: letters at the starts of words, and letters that follow one another.
"""

from __future__ import annotations

from dataclasses import dataclass

from reporterdesk.domain.searching import Marks
from reporterdesk.text.folding import Folded, fold, fold_keeping_places

_START, _RUN, _LETTER = 10, 6, 1
"""Points for a letter at the start of a word, one right after another, and any other."""
_WHOLE, _FIRST, _ALL = 12, 3, 8
"""Points for being found in one piece, at the very start, and for being the whole name."""
_LONGEST = 120
"""Letters of a name that are looked at, and of a typed word."""
_NONE = -1_000_000


@dataclass(frozen=True, slots=True)
class Fit:
    """How well it fits, and which letters of the name were typed."""

    points: int
    marks: Marks


class Name:
    """A name, folded once, to be compared at each key. Any thread."""

    def __init__(self, text: str) -> None:
        self._folded: Folded = fold_keeping_places(text[:_LONGEST])
        letters = self._folded.text
        self._starts = [
            letter.isalnum() and (at == 0 or not letters[at - 1].isalnum())
            for at, letter in enumerate(letters)
        ]

    def fit(self, typed: str) -> Fit | None:
        """Return how a typed word fits; ``None`` where it does not.

        :param typed: one word, folded by :func:`words_of`.
        """
        letters = self._folded.text
        if not _in_order(typed, letters):
            return None
        whole = self._whole(typed)
        places = self._places(typed) if whole is None else whole
        if places is None:
            return None
        points = sum(self._points(places)) - len(letters) // 16
        points += _WHOLE if whole is not None else 0
        points += (_FIRST if places[0] == 0 else 0) + (_ALL if typed == letters else 0)
        return Fit(points, self._marks(places))

    def _whole(self, typed: str) -> list[int] | None:
        """Return where the name has the word in one piece, best at the start of a word."""
        at = found = self._folded.text.find(typed)
        if found < 0 or (len(typed) == 1 and not any(self._starts)):
            return None
        while at >= 0 and not self._starts[at]:
            at = self._folded.text.find(typed, at + 1)
        if at < 0 and len(typed) == 1:
            return None  # one letter within a word fits nearly anything
        at = found if at < 0 else at
        return list(range(at, at + len(typed)))

    def _places(self, typed: str) -> list[int] | None:
        """Return the best places for each letter in turn, the first at the start of a word."""
        letters, count = self._folded.text, len(self._folded.text)
        best: list[list[int]] = []
        came: list[list[int]] = []
        for number, letter in enumerate(typed):
            row, origin = [_NONE] * count, [-1] * count
            reach, reached = _NONE, -1  # the best end of the letters before, anywhere to the left
            for at in range(count):
                if letters[at] == letter:
                    if number == 0:
                        row[at] = _START if self._starts[at] else _NONE
                    else:
                        run = best[-1][at - 1] + _RUN if at else _NONE
                        jump = reach + (_START if self._starts[at] else _LETTER)
                        row[at], origin[at] = (run, at - 1) if run >= jump else (jump, reached)
                if number and best[-1][at] > reach:
                    reach, reached = best[-1][at], at
            best.append(row)
            came.append(origin)
        end = max(range(count), key=best[-1].__getitem__, default=-1)
        if end < 0 or best[-1][end] <= 0:
            return None
        places = [end]
        for origin in reversed(came[1:]):
            places.append(origin[places[-1]])
        return places[::-1]

    def _points(self, places: list[int]) -> list[int]:
        return [
            _START if self._starts[at] else _RUN if before == at - 1 else _LETTER
            for before, at in zip([-2, *places], places, strict=False)
        ]

    def _marks(self, places: list[int]) -> Marks:
        marks: list[tuple[int, int]] = []
        for at in places:
            start, end = self._folded.span(at, at + 1)
            if marks and marks[-1][1] >= start:
                start = marks.pop()[0]
            marks.append((start, end))
        return tuple(marks)


def words_of(typed: str) -> tuple[str, ...]:
    """Return what was typed, folded, word by word."""
    return tuple(word[:_LONGEST] for word in fold(typed[: _LONGEST * 8]).split())


def joined(fits: list[Fit]) -> Fit:
    """Return the fit of several words in one name together."""
    marks: list[tuple[int, int]] = []
    for start, end in sorted(mark for fit in fits for mark in fit.marks):
        if marks and marks[-1][1] >= start:
            marks[-1] = (marks[-1][0], max(end, marks[-1][1]))
        else:
            marks.append((start, end))
    return Fit(sum(fit.points for fit in fits), tuple(marks))


def _in_order(typed: str, letters: str) -> bool:
    rest = iter(letters)
    return all(letter in rest for letter in typed)

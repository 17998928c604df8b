"""A line out of a long text, around what was looked for in it."""

from __future__ import annotations

from dataclasses import dataclass

from reporterdesk.text.finding import Query, Spans, spans_of
from reporterdesk.text.graphemes import cut_after, cut_before

_BEFORE, _LENGTH, _WORD = 36, 160, 24
"""Characters before the first finding, in all, and how far the end of a word is looked for."""

_SPACES = str.maketrans("\n\t\r", "   ")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some words of a text, in one line, and where they have what was looked for."""

    text: str = ""
    marks: Spans = ()


def excerpt(query: Query, text: str) -> Excerpt:
    """Return the part of ``text`` that shows most of ``query``; empty where nothing is found.

    What is left out before or after is an ellipsis. It is cut between words where there are any
    near, and never within what a reader sees as one character.
    """
    line = " ".join(text.split())
    spans = spans_of(query, line)
    if not spans:
        return Excerpt()
    first = _best(spans)
    start = _start(line, first[0])
    end = _end(line, max(start + _LENGTH, first[1]))
    head, tail = "…" if start else "", "…" if end < len(line) else ""
    shift = len(head) - start
    marks = tuple(
        (max(a, start) + shift, min(b, end) + shift) for a, b in spans if a < end and b > start
    )
    return Excerpt(f"{head}{line[start:end]}{tail}", marks)


def excerpt_around(text: str, start: int, end: int) -> Excerpt:
    """Return the part of ``text`` around ``start`` to ``end``, which are marked."""
    line = text.translate(_SPACES)
    begin = _start(line, start)
    stop = _end(line, max(begin + _LENGTH, min(end, start + _LENGTH)))
    head, tail = "…" if begin else "", "…" if stop < len(line) else ""
    shift = len(head) - begin
    mark = (start + shift, min(end, stop) + shift)
    return Excerpt(f"{head}{line[begin:stop]}{tail}", (mark,))


def _best(spans: Spans) -> tuple[int, int]:
    """Return the finding after which most others follow soon; of several, the first."""
    reach = _LENGTH - _BEFORE

    def rating(one: tuple[int, int]) -> int:
        return sum(end - start for start, end in spans if one[0] <= start < one[0] + reach)

    return max(spans, key=rating)


def _start(line: str, hit: int) -> int:
    wanted = hit - _BEFORE
    if wanted <= _WORD // 2:
        return 0
    space = line.find(" ", wanted - 1, min(hit, wanted + _WORD))
    return space + 1 if space >= 0 else cut_before(line, wanted)


def _end(line: str, wanted: int) -> int:
    if wanted + _WORD // 2 >= len(line):
        return len(line)
    space = line.rfind(" ", wanted - _WORD, wanted + 1)
    return space if space >= 0 else cut_after(line, wanted)

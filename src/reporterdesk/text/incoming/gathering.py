"""Words that come in pieces, gathered into lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from reporterdesk.text.cleaning import is_visible
from reporterdesk.text.lines import PARAGRAPH, Kind, Line, LineStyle, StandingLine, TextLine
from reporterdesk.text.tree import Figure, Rule, Run, Runs

MOST_TEXT = 1_000_000
"""Characters: some 170,000 words. What is longer is cut there."""

_WIDE = re.compile("[ \xa0]{2,}")
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_LONGEST_ROW = 400
"""Characters; a table with longer rows was laid out as a page, not as figures."""
_LONGEST_ITEM = 40
"""Lines; further ones are items of their own."""


class Gatherer:
    """Takes runs and things, and makes the lines of them."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._runs: list[Run] = []
        self._waiting: list[StandingLine] = []
        self._item = self._item_lines = 0
        self._room = MOST_TEXT

    @property
    def cut(self) -> bool:
        """Whether there was more text than is taken."""
        return self._room < 0

    @property
    def has_words(self) -> bool:
        """Whether the line that is being gathered has something to see."""
        return any(is_visible(run.text) for run in self._runs)

    def add(self, run: Run) -> None:
        """Take a run into the line."""
        if self._room > 0 and (self._runs or run.text.strip(" ")):
            self._runs.append(run if len(run.text) < self._room else _cut(run, self._room))
            self._room -= len(run.text)

    def stand(self, thing: Rule | Figure) -> None:
        """Take a thing; in the midst of words it comes after their line."""
        if self.has_words:
            self._waiting.append(StandingLine(thing))
        else:
            self.lines.append(StandingLine(thing))
            self._item = 0

    def end_line(self, style: LineStyle, item: int = 0) -> None:
        """Close the line that is being gathered.

        :param item: which list item it belongs to, or 0; a further line of the same one goes on in
            it after a line break.
        """
        runs, self._runs = _joined(self._runs), []
        if any(is_visible(run.text) for run in runs):
            if style.kind in {Kind.PARAGRAPH, Kind.QUOTE}:
                self.lines.extend(TextLine(style, part) for part in _paragraphs(runs))
            elif item and item == self._item and self._item_lines < _LONGEST_ITEM:
                self._go_on(style, tuple(runs))
            else:
                self.lines.append(TextLine(style, _plain_heading(style, runs)))
                self._item, self._item_lines = item, 1
        if self._waiting:
            self.lines += self._waiting
            self._waiting = []
            self._item = 0

    def join_row(self, cells: Iterable[tuple[int, int]]) -> None:
        """Make one line of the cells of a table’s row, where each is no more than a few words.

        :param cells: begin and end of each among the lines.
        """
        filled = [(start, end) for start, end in cells if end > start]
        if len(filled) < 2 or any(end - start > 1 for start, end in filled):
            return
        start, end = filled[0][0], filled[-1][1]
        row = self.lines[start:end]
        runs: list[Run] = []
        for line in row:
            if not isinstance(line, TextLine) or line.style != PARAGRAPH:
                return
            runs += [Run(" | ")] if runs else []
            runs += line.runs
        if end == len(self.lines) and _short(runs):
            self.lines[start:end] = [TextLine(PARAGRAPH, tuple(runs))]

    def take_words(self, start: int) -> str:
        """Take the lines from ``start`` on away again, and return their words."""
        taken = self.lines[start:]
        del self.lines[start:]
        return " ".join(filter(None, map(words_of, taken)))

    def _go_on(self, style: LineStyle, runs: Runs) -> None:
        line = self.lines[-1]
        if isinstance(line, TextLine) and line.style == style:
            self.lines[-1] = replace(line, runs=(*line.runs, Run("\n"), *runs))
            self._item_lines += 1
        else:
            self.lines.append(TextLine(style, runs))


def words_of(line: Line) -> str:
    """Return the words of a line, on one line."""
    runs = line.runs if isinstance(line, TextLine) else ()
    return " ".join("".join(run.text for run in runs).split())


def _joined(runs: list[Run]) -> list[Run]:
    """Join neighbours of one format; a no-break space beside a space only widens it."""
    if len(runs) < 2:
        return runs
    groups = groupby(runs, key=lambda run: (run.bold, run.italic, run.link))
    return [
        Run(_WIDE.sub(" ", "".join(run.text for run in group)), bold, italic, link)
        for (bold, italic, link), group in groups
    ]


def _cut(run: Run, room: int) -> Run:
    return replace(run, text=run.text[:room])


def _short(runs: list[Run]) -> bool:
    return sum(len(run.text) for run in runs) <= _LONGEST_ROW and not any(
        "\n" in run.text.strip() for run in runs
    )


def _plain_heading(style: LineStyle, runs: list[Run]) -> Runs:
    """Return a line’s runs; a heading that is bold as a whole is a heading, nothing more."""
    if style.kind is Kind.HEADING and all(run.bold for run in runs if is_visible(run.text)):
        return tuple(replace(run, bold=False) for run in runs)
    return tuple(runs)


def _paragraphs(runs: list[Run]) -> Iterator[Runs]:
    """Part ``runs`` where two line breaks or more stand in a row."""
    part: list[Run] = []
    breaks = 0
    for run in runs:
        for number, piece in enumerate(_BLANK_LINES.split(run.text)):
            breaks = 2 if number else breaks
            words = piece.strip()
            if not words:
                breaks += piece.count("\n")
                if piece and part and not breaks:
                    part.append(replace(run, text=piece))
                continue
            breaks += piece.count("\n", 0, piece.index(words))
            if breaks > 1 and part:
                yield tuple(part)
                part = []
            elif breaks and part:
                part.append(Run("\n"))
            part.append(run if piece is run.text else replace(run, text=piece))
            breaks = piece.count("\n", len(piece.rstrip()))
    if part:
        yield tuple(part)

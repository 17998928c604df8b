"""Lists that were typed: lines that begin with a bullet, a dash or a number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from reporterdesk.text.lines import BULLET, NUMBER, PARAGRAPH, Line, LineStyle, TextLine
from reporterdesk.text.tree import Run

_BULLET = re.compile(r"[\s\u200e\u200f]*[•‣⁃▪◦●○■□▸►➤✓✔❖·\uf0b7\uf0a7]\s+(?=\S)")
_DASH = re.compile(r"\s{0,8}[-*–—]\s+(?=\S)")
_NUMBER = re.compile(r"\s{0,8}(\d{1,3})[.)]\s+(?=\S)")
_NUMBERED_MARKER = re.compile(
    r"\(?(?:\w{1,3}|[ivxlcdm]{1,8})[.)\u066b]?(?:\w{1,3}[.)])*", re.IGNORECASE
)


def is_number(marker: str) -> bool:
    """Return whether a list’s marker, as a word processor has written it, counts."""
    marker = marker.strip().strip("\u200e\u200f")
    if marker in {"o", "§", "ü", "Ø", "v", "q", "à", "è", "-"}:  # bullets of Wingdings and Courier
        return False
    return _NUMBERED_MARKER.fullmatch(marker) is not None


def with_lists(lines: Iterable[Line], *, dashes: bool = False) -> list[Line]:
    """Return ``lines`` with those that were typed as a list made one.

    A real bullet is clear by itself. A dash may be a speaker’s, and a number a year: those count
    where two in a row have one, the numbers one after the other.

    :param dashes: whether dashes, asterisks and numbers count too, as in plain text.
    """
    out = list(lines)
    index = 0
    while index < len(out):
        end = _run_of(out, index, _BULLET, 1)
        if end > index:
            _make_items(out, index, end, _BULLET, BULLET)
        elif dashes and (end := _run_of(out, index, _DASH, 2)) > index:
            _make_items(out, index, end, _DASH, BULLET)
        elif dashes and (end := _numbered_from(out, index)) > index:
            _make_items(out, index, end, _NUMBER, NUMBER)
        index = max(end, index + 1)
    return out


def _begin(line: Line) -> str | None:
    """Return the words that an ordinary paragraph begins with."""
    if not isinstance(line, TextLine) or line.style != PARAGRAPH:
        return None
    return "".join(run.text for run in line.runs[:4])


def _run_of(lines: list[Line], start: int, marker: re.Pattern[str], least: int) -> int:
    """Return where the lines with ``marker`` end; ``start`` where they are too few."""
    end = start
    while end < len(lines) and (words := _begin(lines[end])) is not None and marker.match(words):
        end += 1
    return end if end - start >= least else start


def _numbered_from(lines: list[Line], start: int) -> int:
    end = start
    while end < len(lines) and (words := _begin(lines[end])) is not None:
        found = _NUMBER.match(words)
        if found is None or int(found[1]) != end - start + 1:
            break
        end += 1
    return end if end - start >= 2 else start


def _make_items(
    lines: list[Line], start: int, end: int, marker: re.Pattern[str], style: LineStyle
) -> None:
    for index in range(start, end):
        line = lines[index]
        found = marker.match(_begin(line) or "")
        if isinstance(line, TextLine) and found:
            lines[index] = TextLine(style, _without(line.runs, found.end()))


def _without(runs: tuple[Run, ...], count: int) -> tuple[Run, ...]:
    """Return ``runs`` without their first ``count`` characters."""
    rest: list[Run] = []
    for run in runs:
        rest.append(replace(run, text=run.text[count:]))
        count = max(0, count - len(run.text))
    return tuple(rest)

"""What a person looks for, and where a text has it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from reporterdesk.text.folding import fold, fold_keeping_places, is_unspaced, word_spans, words

Spans: TypeAlias = tuple[tuple[int, int], ...]
"""Where something stands in a text: begin and end of each place, in order, apart."""

_LONGEST = 500
_MOST_WORDS = 48
_QUOTES = str.maketrans("“”„‟«»", '""""""')
_PART = re.compile(r'(-?)(?:"([^"]*)("?)|(\S+))')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after the other, folded; with ``open_end`` the last one may go on."""

    words: tuple[str, ...]
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """All of ``wanted`` is to be found in a report, and nothing of ``unwanted``."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is looked for."""
        return bool(self.wanted or self.unwanted)


def read_query(typed: str) -> Query:
    """Return what ``typed`` looks for; any text is a query.

    Each word may go on (``harb`` finds “harbour”). Words in quotation marks stand just so, one
    after the other; a minus before a word or a quotation leaves out what has it.
    """
    wanted: dict[Term, None] = {}
    unwanted: dict[Term, None] = {}
    room = _MOST_WORDS
    for minus, quoted, closed, plain in _PART.findall(typed[:_LONGEST].translate(_QUOTES)):
        found = tuple(words(fold(quoted or plain)))[:room]
        if found:
            # A script without spaces has no half words, and a closed quotation is complete.
            open_end = not (minus or closed or is_unspaced(found[-1]))
            (unwanted if minus else wanted)[Term(found, open_end)] = None
        room -= len(found)
    return Query(tuple(wanted), tuple(unwanted))


def spans_of(query: Query, text: str) -> Spans:
    """Return where ``text`` has what ``query`` wants; accents and case make no difference."""
    if not query.wanted or not text:
        return ()
    folded = fold_keeping_places(text)
    there = word_spans(folded.text)
    found = (
        folded.span(there[first][1], end)
        for term in query.wanted
        for first, end in _places(term, there)
    )
    return _joined(sorted(found), text)


def terms_in(query: Query, folded: str) -> int:
    """Return of how many wanted terms a folded text may have the first word: a quick look."""
    return sum(term.words[0] in folded for term in query.wanted)


def _places(term: Term, there: list[tuple[str, int, int]]) -> list[tuple[int, int]]:
    """Return the first word, as a number, and the end, as a place, of each finding of ``term``."""
    length, last = len(term.words), term.words[-1]
    found = []
    for first in range(len(there) - length + 1):
        if length > 1 and any(there[first + n][0] != term.words[n] for n in range(length - 1)):
            continue
        word, start, end = there[first + length - 1]
        if word == last:
            found.append((first, end))
        elif term.open_end and word.startswith(last):
            found.append((first, start + len(last)))
    return found


def _joined(spans: list[tuple[int, int]], text: str) -> Spans:
    """Return ``spans`` in order, those that touch or have only a space between them as one."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and (start <= joined[-1][1] or text[joined[-1][1] : start].isspace()):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)

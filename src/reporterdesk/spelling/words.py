"""The words of a paragraph that can be looked up, and those that nobody should."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from reporterdesk.text.words import split_words

LONGEST = 64
"""Letters of the longest word that is looked up; what is longer is no word."""

_APOSTROPHES = str.maketrans("’ʼ‘＇", "''''")
_HYPHENS = str.maketrans("‐‑", "--")
_NO_PROSE = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*://\S+"  # an address
    r"|\bwww\.\S+"
    r"|\bmailto:\S+"
    r"|[^\s<>()\[\]\"“”]+@[^\s<>()\[\]\"“”]+"  # an e-mail address
    r"|[@#]\w+"  # a handle, a hashtag
)
_ABBREVIATION = re.compile(r"(?P<letters>\w{2,}?)(?:'?s)?")
_NEVER = re.compile(r"[\d_.,\ud800-\udfff\ufffc]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands, from ``start`` to before ``end`` (in characters), in its paragraph."""

    start: int
    end: int
    text: str


def spelled_words(paragraph: str) -> Iterator[Word]:
    """Yield the words of ``paragraph`` that have a spelling.

    Left out are numbers and words with digits in them, addresses, handles, file names,
    abbreviations in capitals, single letters, and what is written without spaces.
    """
    gaps = [found.span() for found in _NO_PROSE.finditer(paragraph)]
    at = 0
    for token in split_words(paragraph):
        start, at = at, at + len(token)
        if token[0].isalpha() and not _within(gaps, start, at) and has_spelling(token):
            yield Word(start, at, token)


def has_spelling(token: str) -> bool:
    """Tell whether ``token`` is one to look up: see :func:`spelled_words`."""
    if not 1 < len(token) <= LONGEST or _NEVER.search(token):
        return False
    plain = token.translate(_APOSTROPHES)
    abbreviation = _ABBREVIATION.fullmatch(plain)
    return abbreviation is None or not abbreviation["letters"].isupper()


def plain(token: str) -> str:
    """Return a word as dictionaries write it: composed, with plain apostrophes and hyphens.

    Soft hyphens and marks of direction are no part of it; joiners are, of Persian or Hindi.
    """
    composed = unicodedata.normalize("NFC", token).translate(_APOSTROPHES).translate(_HYPHENS)
    if composed.isascii():
        return composed
    return "".join(
        letter
        for letter in composed
        if letter in "\u200c\u200d" or unicodedata.category(letter) != "Cf"
    )


def parts(word: Word) -> tuple[Word, ...]:
    """Return the parts of a word with hyphens that can be looked up each for itself."""
    found, start = [], word.start
    for piece in re.split("([-‐‑])", word.text):
        if has_spelling(piece) and piece[0].isalpha():
            found.append(Word(start, start + len(piece), piece))
        start += len(piece)
    return tuple(found)


def _within(gaps: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(begin < end and start < stop for begin, stop in gaps)

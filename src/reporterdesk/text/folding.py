"""Text as it is compared in a search: without case, accents and other differences of writing.

What is folded, and why: case and compatibility forms (Unicode NFKC and case folding); the accents
of Latin, Greek and Cyrillic; Arabic and Hebrew vowel signs, which are rarely written; letters that
keyboards of one script write in several ways (Arabic, Persian and Urdu yeh, kaf and heh; alef with
and without hamza); the digits of all scripts; and characters that cannot be seen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

# Combining marks of Latin, Greek and Cyrillic; Hebrew points; Arabic harakat, hamza and madda
# above and below, superscript alef, Quranic marks, tatweel; the nukta of Devanagari. Then what has
# no width: soft hyphen, joiners, marks of direction, variation selectors, the byte order mark.
_DROPPED = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u093c"
    "\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069"
    "\ufe00-\ufe0f\ufeff]"
)
# A NUL ends SQLite's strings, and it takes no lone surrogates; U+E000 is the index's own sign.
_NO_TEXT = re.compile("[\x00\ud800-\udfff\ue000]")
_LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n",
        "æ": "ae", "œ": "oe", "þ": "th", "ə": "e", "ʻ": "'", "ʼ": "'", "ʾ": "'", "ʿ": "'",
        "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ڪ": "ك",
        "ہ": "ه", "ە": "ه", "ۃ": "ه", "ة": "ه", "ٔ": "",
    }
)  # fmt: skip
_ASCII_WORD = re.compile("[a-z0-9]+")
# Thai to Myanmar, Khmer, kana, Bopomofo and the ideographs: no spaces between words.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)


def fold(text: str) -> str:
    """Return ``text`` as it is compared. Folding twice is folding once."""
    text = _NO_TEXT.sub(" ", text)
    if text.isascii():
        return text.lower()
    text = _bare(text).casefold().translate(_LETTERS)
    text = unicodedata.normalize("NFKC", _bare(text)).casefold()
    return "".join(map(_ascii_digit, text)) if _has_other_digits(text) else text


def words(folded: str) -> list[str]:
    """Return the words of a folded text, in order.

    In scripts that are written without spaces each character is a word; what is searched there is
    found as a phrase.
    """
    if folded.isascii():
        return _ASCII_WORD.findall(folded)
    return _spaced_word().findall(_unspaced().sub(r" \g<0> ", folded).replace("_", " "))


def word_spans(folded: str) -> list[tuple[str, int, int]]:
    """Return the words of a folded text, each with where it begins and ends."""
    return [(found.group(), *found.span()) for found in _word().finditer(folded)]


def is_unspaced(word: str) -> bool:
    """Tell whether a word is a single character of a script without spaces."""
    return len(word) == 1 and _unspaced().match(word) is not None


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; ``starts`` and ``ends`` say where each of its characters comes from."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original that ``start`` to ``end``, which is not empty, is of."""
        return self.starts[start], self.ends[end - 1]


def fold_keeping_places(text: str) -> Folded:
    """Fold ``text`` a character with its marks at a time, and keep where each came from.

    Slower than :func:`fold`; for a paragraph, not for a book.
    """
    if text.isascii():
        return Folded(fold(text), range(len(text)), range(1, len(text) + 1))
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for found in _cluster().finditer(text):
        start, end = found.span()
        if start > at:  # ASCII letters, that stay as many as they are
            parts.append(fold(text[at:start]))
            starts += range(at, start)
            ends += range(at + 1, start + 1)
        part = _fold_cluster(found.group())
        parts.append(part)
        starts += [start] * len(part)
        ends += [end] * len(part)
        at = end
    parts.append(fold(text[at:]))
    starts += range(at, len(text))
    ends += range(at + 1, len(text) + 1)
    return Folded("".join(parts), starts, ends)


def _bare(text: str) -> str:
    return _DROPPED.sub("", unicodedata.normalize("NFKD", text))


def _has_other_digits(text: str) -> bool:
    return any(found.isdecimal() for found in set(text) if not found.isascii())


def _ascii_digit(character: str) -> str:
    if character.isascii() or not character.isdecimal():
        return character
    return str(unicodedata.decimal(character))


@lru_cache(maxsize=8192)
def _fold_cluster(cluster: str) -> str:
    return fold(cluster)


@cache
def _marks() -> str:
    """Return the inside of a character class of all combining marks (Mn, Mc), made when needed."""
    found = [
        code for code in range(0x300, 0x1F000) if unicodedata.category(chr(code)) in {"Mn", "Mc"}
    ]
    found += range(0xE0100, 0xE01F0)  # the variation selectors of ideographs
    parts, first = [], found[0]
    for code, following in zip(found, [*found[1:], 0], strict=True):
        if following != code + 1:
            parts.append(f"{chr(first)}-{chr(code)}")
            first = following
    return "".join(parts)


@cache
def _cluster() -> re.Pattern[str]:
    """Return the pattern of a character with its marks and joiners, where it is not just ASCII."""
    more = f"[{_marks()}\u0640\u00ad\u200b-\u200f\ufe00-\ufe0f\uff9e\uff9f]"
    return re.compile(f"[\x00-\x7f]{more}+|[^\x00-\x7f]{more}*")


@cache
def _word() -> re.Pattern[str]:
    """Return the pattern of a word: what FTS5's tokenizer takes for one in ``L* N* Mn Mc``."""
    letter = f"(?:[^\\W_]|[{_marks()}])"
    return re.compile(f"(?={letter})[{_UNSPACED}]|(?:(?![{_UNSPACED}]){letter})+")


@cache
def _spaced_word() -> re.Pattern[str]:
    """Return the same for a text without underscores in which the unspaced stand alone."""
    return re.compile(f"[\\w{_marks()}]+")


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(f"[{_UNSPACED}]")

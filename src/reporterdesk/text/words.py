"""Cutting a text into words, spaces and marks, in any script."""

from __future__ import annotations

import re
import unicodedata

# Scripts that put no spaces between words: each character is one (UAX #24 names of the blocks):
# Thai, Lao, Tibetan, Myanmar, Khmer; kana, bopomofo; Han and its extensions.
UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff"
    "\u3005-\u3007\u3040-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f"
    "\uf900-\ufaff\uff66-\uff9f\U0001aff0-\U0001b16f\U00020000-\U0003ffff"
)
"""The inside of a character class of them."""
_unspaced = re.compile(f"[{UNSPACED}]")
_INSIDE = frozenset("'’.,·-‐‑_")
"""They join letters and digits into one word: "l’Aquila", "3,500", "well-being"."""


class _Kinds(dict[int, int]):
    """The kind of each code point, found when it is first asked for.

    ``w`` letter or digit, ``u`` one of a script without spaces, ``m`` what belongs to the
    character before, ``j`` joins two of ``w``, ``z`` joins any two, ``s`` space, ``r`` half of a
    flag, ``p`` anything else.
    """

    def __missing__(self, code: int) -> int:
        kind = self[code] = ord(_kind(chr(code)))
        return kind


_kinds = _Kinds()
_TOKEN = re.compile("w(?:[wmz]|j+(?=w))*|s+|(?:rr?|u|p|j)[mz]*(?:(?<=z)p[mz]*)*|.", re.DOTALL)


def split_words(text: str) -> list[str]:
    """Return the words, white spaces and single marks of ``text``; joined, they are ``text``.

    What people see as one character is never cut: combining marks, joined emoji, flags. Scripts
    without spaces are cut into their characters.
    """
    kinds = text.translate(_kinds)
    return [text[found.start() : found.end()] for found in _TOKEN.finditer(kinds)]


def _kind(character: str) -> str:  # noqa: PLR0911 - one a kind
    category = unicodedata.category(character)
    if category[0] == "M" or "\U0001f3fb" <= character <= "\U0001f3ff":
        return "m"
    if character == "\u200d":
        return "z"
    if category == "Cf":
        return "m"
    if character.isspace():
        return "s"
    if category[0] in "LN":
        return "u" if _unspaced.match(character) else "w"
    if "\U0001f1e6" <= character <= "\U0001f1ff":
        return "r"
    return "j" if character in _INSIDE else "p"

"""Which way a text runs."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, TypeAlias

Direction: TypeAlias = Literal["ltr", "rtl"]

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_RTL_LANGUAGES = frozenset(
    [
        "ar",
        "arc",
        "ckb",
        "dv",
        "fa",
        "he",
        "iw",
        "ji",
        "ks",
        "nqo",
        "ps",
        "sd",
        "syr",
        "ug",
        "ur",
        "yi",
    ]
)
_RTL_SCRIPTS = frozenset(("adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa"))
"""ISO 15924 codes of the scripts that are written from right to left."""


def language_direction(tag: str) -> Direction:
    """Return the direction of a language by its BCP 47 tag; a script in the tag decides."""
    language, *more = re.split("[-_]", tag.strip().lower())
    for part in more:
        if len(part) == 4 and part.isalpha():
            return "rtl" if part in _RTL_SCRIPTS else "ltr"
    return "rtl" if language in _RTL_LANGUAGES else "ltr"


def strong_direction(text: str) -> Direction | None:
    """Return the direction of the first strong character (Unicode UAX #9, rule P2), if any."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            return "ltr"
        if kind in {"R", "AL"}:
            return "rtl"
    return None


def text_direction(text: str) -> Direction:
    """Return the direction of the first strong character; from left to right without one."""
    return strong_direction(text) or "ltr"


def isolated(text: str, around: Direction) -> str:
    """Return ``text`` set apart where it runs another way than the line it is put into.

    Else what follows it in the line would be drawn on its wrong side (Unicode UAX #9, isolates).
    """
    own = strong_direction(text)
    return text if own in {None, around} else f"\u2068{text}\u2069"


def direction(text_or_lang: str) -> Direction:
    """Return the direction of a language tag, or of a text by its first strong character.

    A text that looks like a tag is taken for one; where it can only be text, use
    :func:`text_direction`.
    """
    if _TAG.fullmatch(text_or_lang.strip()):
        return language_direction(text_or_lang)
    return text_direction(text_or_lang)

"""Which typefaces the letters of each script are set in, of those that this computer has.

Left to itself, Qt takes any face that happens to have a letter: a Chinese “one” out of a Nüshu
face, an Arabic headline out of a sans face for screens. Here each script has its own book faces,
and the report's language decides which script comes first: its digits, spaces and quotation marks
then come from the same face as its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

_LATIN = ("Georgia", "Noto Serif", "Source Serif 4", "Liberation Serif")
# Naskh, not Nastaliq, for the Arabic script: Qt sets the words of a Nastaliq line over each other.
_ARABIC = ("Noto Naskh Arabic", "Geeza Pro", "Sakkal Majalla", "Noto Sans Arabic")
_HEBREW = ("Noto Serif Hebrew", "Frank Ruehl CLM", "FrankRuehl", "New Peninim MT")
_DEVANAGARI = ("Noto Serif Devanagari", "Kohinoor Devanagari", "Nirmala UI", "Noto Sans Devanagari")
_BENGALI = ("Noto Serif Bengali", "Kohinoor Bangla", "Nirmala UI", "Noto Sans Bengali")
_CHINESE = ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", "Noto Sans CJK SC")
_TAIWANESE = ("Noto Serif CJK TC", "Source Han Serif TC", "Songti TC", "PMingLiU")
_JAPANESE = ("Noto Serif CJK JP", "Source Han Serif", "Hiragino Mincho ProN", "Yu Mincho")
_KOREAN = ("Noto Serif CJK KR", "AppleMyungjo", "Batang", "Noto Sans CJK KR")
_LAST = ("Droid Sans Fallback", "serif")

_SANS = (
    *("Noto Sans Arabic", "Noto Naskh Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari"),
    *("Noto Sans Bengali", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans CJK KR"),
    "Droid Sans Fallback",
)
"""What a window's words are set in where the system's own face has no letters for them."""

_ARABIC_LANGUAGES = dict.fromkeys(("ar", "ckb", "fa", "ks", "ps", "sd", "ug", "ur"), _ARABIC)
_FIRST: dict[str, tuple[str, ...]] = _ARABIC_LANGUAGES | {
    "he": _HEBREW,
    "yi": _HEBREW,
    "hi": _DEVANAGARI,
    "mr": _DEVANAGARI,
    "ne": _DEVANAGARI,
    "bn": _BENGALI,
    "zh": _CHINESE,
    "zh-hant": _TAIWANESE,
    "zh-tw": _TAIWANESE,
    "zh-hk": _TAIWANESE,
    "ja": _JAPANESE,
    "ko": _KOREAN,
}
_ALL = (*_LATIN, *_ARABIC, *_HEBREW, *_DEVANAGARI, *_BENGALI, *_CHINESE, *_JAPANESE, *_KOREAN)
_LARGER: dict[tuple[str, ...], float] = {_ARABIC: 1.12, _HEBREW: 1.08}
"""The letters of these book faces are smaller than Latin ones of the same size, by about this."""


def book_faces(language: str = "") -> list[str]:
    """Return the families for text in ``language`` (a BCP 47 tag), the best first. UI thread."""
    return list(_present((*_first(language), *_ALL, *_LAST)))


def size_of(language: str) -> float:
    """Return by how much larger text in ``language`` is set, so that it is read as easily."""
    return _LARGER.get(_first(language), 1.0)


def knows_italics(language: str) -> bool:
    """Return whether the letters of ``language`` have slanted forms; else bold stands for them."""
    return not _first(language)


def with_all_scripts(font: QFont) -> QFont:
    """Return a window's ``font``, with a face for each script that it has no letters for."""
    made = QFont(font)
    made.setFamilies([*font.families(), *_present(_SANS)])
    return made


def as_style(families: list[str]) -> str:
    """Return the names as a style sheet has them."""
    return ", ".join(family if family == "serif" else f'"{family}"' for family in families)


def _first(language: str) -> tuple[str, ...]:
    tag = language.strip().lower().replace("_", "-")
    primary, _, rest = tag.partition("-")
    return _FIRST.get(f"{primary}-{rest.partition('-')[0]}") or _FIRST.get(primary, ())


def _present(families: Iterable[str]) -> Iterator[str]:
    """Yield those that are installed, once each: Qt may search long for one that is not."""
    installed = _installed()
    return (one for one in dict.fromkeys(families) if one == "serif" or one in installed)


@cache
def _installed() -> frozenset[str]:
    return frozenset(QFontDatabase.families())

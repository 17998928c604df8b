"""Which script a letter, a paragraph and a language are written in."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

LATIN = "LATIN"

_BY_LANGUAGE = {
    "ARABIC": "ar ckb fa ks ps sd ug ur",
    "ARMENIAN": "hy",
    "BENGALI": "as bn",
    "CJK": "ja yue zh",
    "CYRILLIC": "be bg kk ky mk mn ru sr tg tt uk",
    "DEVANAGARI": "hi kok mai mr ne sa",
    "ETHIOPIC": "am ti",
    "GEORGIAN": "ka",
    "GREEK": "el grc",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "HANGUL": "ko",
    "HEBREW": "he iw ji yi",
    "KANNADA": "kn",
    "KHMER": "km",
    "LAO": "lo",
    "MALAYALAM": "ml",
    "MYANMAR": "my",
    "ORIYA": "or",
    "SINHALA": "si",
    "SYRIAC": "arc syr",
    "TAMIL": "ta",
    "TELUGU": "te",
    "THAANA": "dv",
    "THAI": "th",
    "TIBETAN": "bo dz",
}
_SCRIPTS = {language: name for name, those in _BY_LANGUAGE.items() for language in those.split()}
_CODES = {
    "arab": "ARABIC", "aran": "ARABIC", "cyrl": "CYRILLIC", "deva": "DEVANAGARI", "grek": "GREEK",
    "guru": "GURMUKHI", "hans": "CJK", "hant": "CJK", "hebr": "HEBREW", "latn": LATIN,
}  # fmt: skip
"""ISO 15924 codes that make a difference in a tag (``sr-Latn``, ``pa-Arab``)."""

UNSPACED = frozenset(
    ("BOPOMOFO", "CJK", "HIRAGANA", "KATAKANA", "KHMER", "LAO", "MYANMAR", "THAI", "TIBETAN")
)
"""Scripts whose words no rule can cut: they are not checked."""


@lru_cache(maxsize=4_096)
def script_of(letter: str) -> str:
    """Return the script of one letter, as the first word of its Unicode name; ``""`` of others."""
    if not letter.isalpha():
        return ""
    name = unicodedata.name(letter, "")
    # U+00AA and U+00BA, letters by category, are written in any script.
    return "" if "ORDINAL" in name else name.partition(" ")[0]


def word_script(word: str) -> str:
    """Return the one script that all letters of ``word`` have, ``""`` where they have several."""
    found = {script for letter in word if (script := script_of(letter))}
    return found.pop() if len(found) == 1 else ""


def main_script(words: Iterable[str]) -> str:
    """Return the script of most letters of ``words``, ``""`` without any."""
    letters: Counter[str] = Counter()
    for word in words:
        letters[word_script(word)] += len(word)
    letters.pop("", None)
    return letters.most_common(1)[0][0] if letters else ""


def language_script(tag: str) -> str:
    """Return the script of a language by its BCP 47 tag; a script in the tag decides."""
    language, *more = re.split("[-_]", tag.strip().lower())
    for part in more:
        if len(part) == 4 and part.isalpha():
            return _CODES.get(part, part.upper())
    return _SCRIPTS.get(language, LATIN)

"""What a typed character becomes: quotes, apostrophes, dashes, ellipses and French spaces.

Each rule looks only back, at the words of the line before the caret, and answers what the last
characters become; whoever asks may take it back. Nothing here changes a text that stands already.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reporterdesk.text.quotation import APOSTROPHE, NARROW, NO_BREAK, Quotes, quotes_of

TRIGGERS = frozenset("\"'-. ;:!?»")
"""The only characters after which :func:`typed` can answer anything."""

LOOKS_BACK = 2_000
"""Characters before the caret that are enough for :func:`typed`; more cost time for nothing."""

_OPENS_AFTER = frozenset("([{<–—―/\\¿¡\ufffc")
_ADDRESS = re.compile(r"(?:\S*(?:://|www\.)\S*|mailto:\S*|\S+@\S*)\Z", re.IGNORECASE)
# Feet before inches: 5'10".
_FEET = re.compile(r"\d['’′]\s?\d+\Z")
# Spaces of the French language: thin before these, full before a colon (Lexique des règles
# typographiques en usage à l'Imprimerie nationale).
_FRENCH = {";": NARROW, "!": NARROW, "?": NARROW, "»": NARROW, ":": NO_BREAK}
_HEBREW_LETTER = re.compile("[\u05d0-\u05ea]\\Z")
_GERESH, _GERSHAYIM = "\u05f3", "\u05f4"


@dataclass(frozen=True, slots=True)
class Replacement:
    """The last ``length`` characters before the caret become ``text``."""

    length: int
    text: str


def typed(before: str, language: str) -> Replacement | None:
    """Return what the end of ``before`` becomes; None: it stays.

    ``before`` is the line up to the caret, with the character just typed at its end;
    ``language`` a BCP 47 tag.
    """
    character = before[-1:]
    words, quotes = before[:-1], quotes_of(language)
    if character == '"':
        return _double(words, quotes)
    if character in _FRENCH or character == " ":
        return _french_space(words, character) if quotes.inside == NARROW else None
    if character not in TRIGGERS or _ADDRESS.search(words):
        return None
    if character == "'":
        return _single(words, quotes)
    return _dash(before) if character == "-" else _ellipsis(before)


def _double(words: str, quotes: Quotes) -> Replacement | None:
    levels = _open(words, quotes)
    if words[-1:].isdigit() and (not levels or _FEET.search(words)):
        return None
    if not levels and _HEBREW_LETTER.search(words) and quotes.opening == quotes.closing:
        return Replacement(1, _GERSHAYIM)
    if _opens(words, levels, quotes):
        inner = bool(levels) and not quotes.inner_single
        if inner:
            return Replacement(1, quotes.inner_opening)
        return Replacement(1, quotes.opening + quotes.inside)
    if levels and levels[-1] == "inner" and not quotes.inner_single:
        return Replacement(1, quotes.inner_closing)
    gap = "" if words.endswith((NARROW, NO_BREAK)) else quotes.inside
    return Replacement(1, gap + quotes.closing)


def _single(words: str, quotes: Quotes) -> Replacement | None:
    levels = _open(words, quotes)
    held = "inner" in levels and quotes.inner_single
    if words[-1:].isdigit() and not held:
        return None
    if not held and _HEBREW_LETTER.search(words):
        return Replacement(1, _GERESH)
    if not quotes.inner_single:
        return Replacement(1, APOSTROPHE)
    if not held and _opens(words, levels, quotes, single=True):
        return Replacement(1, quotes.inner_opening)
    return Replacement(1, quotes.inner_closing if held else APOSTROPHE)


def _opens(words: str, levels: list[str], quotes: Quotes, *, single: bool = False) -> bool:
    """Tell whether a quote typed after ``words`` opens."""
    before = words[-1:]
    if before in {NARROW, NO_BREAK} and quotes.inside:
        return not levels or words[-2:-1] == quotes.opening
    if not before or before.isspace() or before in _OPENS_AFTER:
        return True
    if before in {quotes.opening, quotes.inner_opening}:
        # Where both marks look alike, the last one opened only if it is still open.
        return bool(levels)
    if before == APOSTROPHE and not single and not quotes.inner_single:
        return not levels or levels[-1] != "inner"  # l'"Unità"
    wanted = "inner" if single else "outer"
    return not quotes.spaced and wanted not in levels and not (single and before.isascii())


def _open(words: str, quotes: Quotes) -> list[str]:
    """Return the levels of quotes that are open at the end of ``words``, outermost first."""
    levels: list[str] = []
    pairs = (
        ("inner", quotes.inner_opening, quotes.inner_closing),
        ("outer", quotes.opening, quotes.closing),
    )
    for at, character in enumerate(words):
        for level, opening, closing in pairs:
            if character == closing and level in levels and not _apostrophe(words, at):
                while levels.pop() != level:
                    pass
                break
            if character == opening and (opening != closing or _begins(words, at)):
                levels.append(level)
                break
    return levels


def _apostrophe(words: str, at: int) -> bool:
    if words[at] not in "’‘":
        return False
    return words[at - 1 : at].isalnum() and words[at + 1 : at + 2].isalnum()


def _begins(words: str, at: int) -> bool:
    before = words[at - 1 : at]
    return not before or before.isspace() or before in _OPENS_AFTER or before in "”’"


def _ellipsis(before: str) -> Replacement | None:
    three = before.endswith("...") and not before.endswith("....")
    return Replacement(3, "…") if three else None


def _dash(before: str) -> Replacement | None:
    words = before.rstrip("-")
    count = len(before) - len(words)
    if not words.strip():  # three of them alone on a line make a dividing line
        return None
    return {2: Replacement(2, "–"), 3: Replacement(3, "—")}.get(count)


def _french_space(words: str, character: str) -> Replacement | None:
    if character == " ":
        if words.endswith("«" + NARROW):
            return Replacement(1, "")
        return Replacement(1, NARROW) if words.endswith("«") else None
    if not words.endswith(" ") or not words[:-1] or words[-2].isspace():
        return None
    return Replacement(2, _FRENCH[character] + character)

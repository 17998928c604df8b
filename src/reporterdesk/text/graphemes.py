"""Where a text may be cut without taking a character apart that a reader sees as one.

The rules that matter of Unicode UAX #29: marks, joiners, variation selectors and skin tones stay
with what they follow; what follows a zero-width joiner stays; Hangul syllables of single letters,
flags of two letters, and a line's two ends stay together.
"""

from __future__ import annotations

import unicodedata

_JOINER = "\u200d"
_EXTENDING = {"Mn", "Mc", "Me"}


def cut_before(text: str, at: int) -> int:
    """Return the nearest place at or before ``at`` where ``text`` may be cut."""
    at = max(0, min(at, len(text)))
    while 0 < at < len(text) and _together(text, at):
        at -= 1
    return at


def cut_after(text: str, at: int) -> int:
    """Return the nearest place at or after ``at`` where ``text`` may be cut."""
    at = max(0, min(at, len(text)))
    while 0 < at < len(text) and _together(text, at):
        at += 1
    return at


def _together(text: str, at: int) -> bool:
    """Tell whether the characters on both sides of ``at`` belong together."""
    before, after = text[at - 1], text[at]
    if unicodedata.category(after) in _EXTENDING or after in {_JOINER, "\u200c"}:
        return True
    if before == _JOINER or "\U0001f3fb" <= after <= "\U0001f3ff" or before + after == "\r\n":
        return True
    if "\U000e0020" <= after <= "\U000e007f":  # the letters in the flag of a region
        return True
    if _is_flag_letter(before) and _is_flag_letter(after):
        run = 0
        while run < at and _is_flag_letter(text[at - 1 - run]):
            run += 1
        return run % 2 == 1
    return "\u1160" <= after <= "\u11ff" and "\u1100" <= before <= "\u11ff"


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"

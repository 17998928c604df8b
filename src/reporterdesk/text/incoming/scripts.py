"""Raised and lowered digits: the profile has no format for them, Unicode has the characters."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_LONGEST = 12


def raised(text: str) -> str:
    """Return ``text`` raised, where all of it can be; m² and 10⁻³ are not m2 and 10-3."""
    return _changed(text, _RAISED)


def lowered(text: str) -> str:
    """Return ``text`` lowered, where all of it can be."""
    return _changed(text, _LOWERED)


def _changed(text: str, table: dict[int, int]) -> str:
    known = len(text) <= _LONGEST and all(ord(character) in table for character in text)
    return text.translate(table) if known else text

"""Which way a text runs, and what is set apart in a line that runs the other way."""

from __future__ import annotations

import pytest

from reporterdesk.text.direction import Direction, isolated, strong_direction, text_direction


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("", None),
        ("12 – 13!", None),
        ("😀 سلام", "rtl"),
        ("(12) abc שלום", "ltr"),
        ("“שלום” abc", "rtl"),
    ],
)
def test_the_first_strong_letter_decides(text: str, direction: Direction | None) -> None:
    assert strong_direction(text) == direction
    assert text_direction(text) == (direction or "ltr")


@pytest.mark.parametrize(
    ("text", "around", "expected"),
    [
        ("Łódź", "rtl", "\u2068Łódź\u2069"),
        ("Łódź", "ltr", "Łódź"),
        ("لاہور", "rtl", "لاہور"),
        ("لاہور", "ltr", "\u2068لاہور\u2069"),
        ("14", "rtl", "14"),
        ("", "rtl", ""),
    ],
)
def test_only_what_runs_the_other_way_is_set_apart(
    text: str, around: Direction, expected: str
) -> None:
    assert isolated(text, around) == expected

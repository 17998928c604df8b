"""Markdown typed within a line is found when its last character is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporterdesk.text.shortcuts import TRIGGERS, Finished, finished


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("a **b c**", Finished(2, "b c", 2, bold=True)),
        ("*x*", Finished(1, "x", 1, italic=True)),
        ("(***x y***", Finished(3, "x y", 3, bold=True, italic=True)),
        ("[a b](e.org)", Finished(1, "a b", 8, address="e.org")),
        ("[a [b](e.org)", Finished(1, "b", 8, address="e.org")),
        ("[t](e.org/a_(b))", Finished(1, "t", 14, address="e.org/a_(b)")),
        ("https://e.org ", Finished(0, "https://e.org", 0, 1, address="https://e.org")),
        ("(www.e.org/x). ", Finished(0, "www.e.org/x", 0, 3, address="www.e.org/x")),
        ("https://e.org/a_(b) ", Finished(0, "https://e.org/a_(b)", 0, 1, address="https://e.org/a_(b)")),
        ("«https://e.org» ", Finished(0, "https://e.org", 0, 2, address="https://e.org")),
    ],
)  # fmt: skip
def test_a_shortcut_is_finished(before: str, expected: Finished) -> None:
    assert finished(before) == expected


@pytest.mark.parametrize(
    "before",
    [
        "**b*", "2*3*", "2 * 3 *", "* x*", "*x *", "a*b*", "**", "****", "*a**", "**a*", "\\*a*",
        "*a\u2028b*", "*a\ufffcb*", "[t](e.org/a_(b)", "![t](e.org)", "\\[t](e.org)", "[](e.org)",
        "[t]()", "[t](a b)", "t](e.org)", "xhttps://e.org ", "http:// ", "https://e.org", "www. ",
        "e.org ", " ", "", "a", ")",
    ],
)  # fmt: skip
def test_nothing_is_finished(before: str) -> None:
    assert finished(before) is None


@given(st.text("ab *[]()./:htpsw\\", max_size=40))
def test_what_is_found_is_what_stands_there(before: str) -> None:
    found = finished(before)
    if found is None:
        return
    assert before[-1] in TRIGGERS
    until = len(before) - found.after
    closing = until - found.closing
    held = closing - len(found.held)
    assert held - found.opening >= 0
    assert before[held:closing] == found.held
    assert found.held.strip() == found.held != ""
    assert found.bold or found.italic or found.address


@pytest.mark.parametrize("piece", ["*a ", "[a](", "https://", "**", "[", "(", "a*"])
def test_a_long_line_of_anything_is_looked_through_at_once(piece: str) -> None:
    for last in "*) ":
        finished(piece * 700 + last)

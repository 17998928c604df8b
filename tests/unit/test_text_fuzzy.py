"""A few letters find a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporterdesk.text.folding import fold
from reporterdesk.text.fuzzy import Name, joined, words_of


def _marked(name: str, typed: str) -> list[str]:
    fit = Name(name).fit(typed)
    assert fit is not None
    return [name[start:end] for start, end in fit.marks]


@pytest.mark.parametrize(
    ("name", "typed", "marked"),
    [
        ("New report", "nrep", ["N", "rep"]),
        ("New report", "rep", ["rep"]),
        ("École étoilée", "eco", ["Éco"]),
        ("École étoilée", "eet", ["É", "ét"]),
        ("Straße", "strasse", ["Straße"]),
        ("رپورٹ نئی", "نئی", ["نئی"]),
        ("Move to trash", "mtt", ["M", "t", "t"]),
        ("Bold", "bld", ["B", "ld"]),
    ],
)
def test_letters_in_order_from_the_start_of_a_word(
    name: str, typed: str, marked: list[str]
) -> None:
    assert _marked(name, words_of(typed)[0]) == marked


@pytest.mark.parametrize("typed", ["x", "perx", "eport new", "dlob", "e"])
def test_others_do_not_fit(typed: str) -> None:
    assert Name("New report").fit(typed) is None


def test_what_fits_better_has_more_points() -> None:
    def points(name: str, typed: str) -> int:
        fit = Name(name).fit(typed)
        return fit.points if fit else 0

    assert points("Trash", "trash") > points("Move to trash", "trash")
    assert points("Italic", "it") > points("Insert title", "it")
    assert points("List of reports", "rep") > points("Restore spikes", "rep")


def test_several_words_are_marked_together() -> None:
    name = Name("Search everywhere")
    fits = [name.fit(word) for word in words_of("every sea")]
    assert joined([fit for fit in fits if fit]).marks == ((0, 3), (7, 12))


@given(st.text(max_size=40), st.text(min_size=1, max_size=8))
def test_whatever_is_typed_the_marks_hold_it(name: str, typed: str) -> None:
    for word in words_of(typed):
        fit = Name(name).fit(word)
        if fit is not None:
            assert all(0 <= start < end <= len(name) for start, end in fit.marks)
            letters = iter(fold("".join(name[start:end] for start, end in fit.marks)))
            assert all(letter in letters for letter in word)

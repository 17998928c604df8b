"""Folding, what a query means, where it stands in a text, and the line that is quoted."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reporterdesk.text.excerpts import excerpt
from reporterdesk.text.finding import Query, Term, read_query, spans_of
from reporterdesk.text.folding import fold, fold_keeping_places, word_spans, words
from reporterdesk.text.graphemes import cut_after, cut_before

ANY_TEXT = st.text(max_size=60)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("grosse", "große"),
        ("lodz", "Łódź"),
        ("aero", "Ærø"),
        ("istanbul", "İSTANBUL"),
        ("đa nang", "Đà Nẵng"),
        ("διασ", "Διάς"),
        ("елка", "Ёлка"),
        ("احمد", "أَحْمَد"),
        ("كتاب", "کِتـــاب"),
        ("شلوم", "شلوم"),
        ("שלום", "שָׁלוֹם"),
        ("2026", "۲۰۲۶"),
        ("2026", "٢٠٢٦"),
        ("2026", "२०२६"),
        ("ガ", "ｶﾞ"),
        ("fine", "ﬁne"),
        ("harbour", "har\u00adbour"),
    ],
)
def test_what_is_typed_plainly_is_the_same(typed: str, written: str) -> None:
    assert fold(written) == fold(typed)


@given(st.text(max_size=60))
@example("ﬁ½ſẞ")
@example("a\u0345\u0301")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_words_are_the_same_with_and_without_their_places(text: str) -> None:
    folded = fold(text)
    assert [word for word, _, _ in word_spans(folded)] == words(folded)


@given(ANY_TEXT)
def test_each_folded_character_knows_where_it_is_from(text: str) -> None:
    folded = fold_keeping_places(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    for start, end in zip(folded.starts, folded.ends, strict=True):
        assert 0 <= start < end <= len(text)


def test_a_query_has_words_phrases_and_what_is_unwanted() -> None:
    query = read_query('harb “old market” -rain say "the gir')
    assert query.wanted == (
        Term(("harb",), open_end=True),
        Term(("old", "market")),
        Term(("say",), open_end=True),
        Term(("the", "gir"), open_end=True),
    )
    assert query.unwanted == (Term(("rain",)),)
    assert read_query("会議") == Query((Term(("会", "議")),))
    assert read_query('צה"ל') == read_query("צה״ל")
    assert not read_query(' - "" -- !?')


@given(st.text(max_size=80) | st.text('"-“” a会', max_size=60))
def test_any_text_is_a_query(text: str) -> None:
    query = read_query(text)
    assert sum(len(term.words) for term in query.wanted + query.unwanted) <= 48


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("fete", "La Fête, une fe\u0302te", ["Fête", "fe\u0302te"]),
        ("gross", "Ein großes Fest", ["groß"]),
        ("o’br", "Mr O’Brien", ["O’Br"]),
        ('"old market"', "the Old  Market, old markets", ["Old  Market"]),
        ("会議", "東京で会議が", ["会議"]),
        ("مدرسه", "نیا مدرسہ کھلا", ["مدرسہ"]),
        ("harb sch", "school harbour", ["sch", "harb"]),
        ("the school", "the school", ["the school"]),
        ("😀 party", "a 😀 party", ["party"]),
        ("arbour", "harbour", []),
        ("-harbour", "harbour", []),
    ],
)
def test_found_in_a_text(typed: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in spans_of(read_query(typed), text)] == found


@given(st.text("aäe\u0301 会議xم\u064eß", max_size=40), st.text("aäe会mßم ", max_size=6))
def test_places_are_in_order_and_apart(text: str, typed: str) -> None:
    spans = spans_of(read_query(typed), text)
    flat = [place for span in spans for place in span]
    assert flat == sorted(set(flat))
    for start, end in spans:
        assert text[start:end].strip()


def test_an_excerpt_is_cut_between_words_and_keeps_its_marks() -> None:
    text = "Nothing here. " * 30 + "Then the harbour choir sang. " + "And more of it. " * 30
    found = excerpt(read_query("harbour"), text)
    assert found.text.startswith("…")
    assert found.text.endswith("…")
    assert [found.text[a:b] for a, b in found.marks] == ["harbour"]
    assert len(found.text) < 200
    assert not set(found.text.strip("…").split()) - set(text.split())


def test_an_excerpt_shows_the_place_with_the_most() -> None:
    text = "harbour. " + "Nothing here. " * 40 + "The harbour choir sang."
    found = excerpt(read_query("harbour choir"), text)
    assert "harbour choir sang" in found.text


def test_no_excerpt_of_what_has_it_not() -> None:
    assert excerpt(read_query("harbour"), "Nothing here.").text == ""
    assert excerpt(read_query(""), "Nothing here.").text == ""


@given(
    st.lists(
        st.sampled_from(["会", "議", "e\u0301\u0323", "👩‍🚒", "🇨🇭", "👍🏽", "각", "x"]),
        min_size=1,
        max_size=300,
    )
)
def test_an_excerpt_never_cuts_what_is_seen_as_one_character(parts: list[str]) -> None:
    found = excerpt(read_query("会議"), "".join(parts))
    left = found.text.strip("…")
    assert not left or any(left.startswith(part) for part in parts)
    assert not left or any(left.endswith(part) for part in parts)
    assert not left or not unicodedata.combining(left[0])


@given(st.text(max_size=30), st.integers(-2, 40))
def test_cuts_stay_within_the_text(text: str, at: int) -> None:
    assert 0 <= cut_before(text, at) <= cut_after(text, at) <= len(text)

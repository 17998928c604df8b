"""What is found, and what stands in its place."""

from __future__ import annotations

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporterdesk.domain.errors import ExpressionTooSlow, PatternError
from reporterdesk.text.pattern import LONGEST, Options, Patience, read_pattern
from reporterdesk.text.template import read_template

WORDS = Options()
CASE = Options(match_case=True)
WHOLE = Options(whole_words=True)
EXPRESSION = Options(expression=True)


def found(typed: str, text: str, options: Options = WORDS) -> list[str]:
    """Return the parts of ``text`` that are found."""
    pattern = read_pattern(typed, options)
    return [text[each.start : each.end] for each in pattern.found_in(text, Patience())]


def put(typed: str, text: str, new: str, options: Options = EXPRESSION) -> str:
    """Return ``text`` with everything that is found replaced."""
    pattern = read_pattern(typed, options)
    template = read_template(new, pattern, expression=options.expression)
    for each in reversed(pattern.found_in(text, Patience())):
        text = text[: each.start] + template.words(text, each) + text[each.end :]
    return text


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("harbour", "The Harbour, the HARBOUR.", ["Harbour", "HARBOUR"]),
        ("cafe", "Café, cafe, CAFE\u0301", ["Café", "cafe", "CAFE\u0301"]),
        ("Straße", "STRASSE und Straße", ["STRASSE", "Straße"]),
        ("s", "ß", []),  # half of what a reader sees as one
        ("e", "æ", []),
        ("didn't", "It didn’t, it didn't.", ["didn’t", "didn't"]),
        ('"so"', "He said “so” and «so».", ["“so”", "«so»"]),
        ("10 km", "10\u00a0km", ["10\u00a0km"]),
        ("harbour", "har\u00adbour", ["har\u00adbour"]),
        ("aa", "aaaaa", ["aa", "aa"]),
        ("𝔘", "a 𝔘 b", ["𝔘"]),
        ("*", "a * b **", ["*", "*", "*"]),
        ("ي", "علی", ["ی"]),
        ("מים", "הַמַּיִם", ["מַּיִם"]),  # vowel signs are rarely written
        ("会議", "東京の会議は", ["会議"]),
        ("", "anything", []),
        ("\u00ad", "har\u00adbour", ["\u00ad"]),  # nothing is left of it when folded
    ],
)
def test_words_are_found_whatever_their_case_and_accents(
    typed: str, text: str, expected: list[str]
) -> None:
    assert found(typed, text) == expected


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("Harbour", "The Harbour, the harbour", ["Harbour"]),
        ("cafe", "café", []),
        ("e\u0301", "caf\u00e9", ["\u00e9"]),  # one letter, written in two ways
        ("👨", "👨‍👩‍👧 and 👨", ["👨"]),
        ("न", "नि न", ["न"]),
        ("'", "’'", ["'"]),
    ],
)
def test_with_case_words_are_found_letter_by_letter(
    typed: str, text: str, expected: list[str]
) -> None:
    assert found(typed, text, CASE) == expected


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        (
            "port",
            "port, Port-Vila, portal, report, l’port, port’s",
            ["port", "Port", "port", "port"],
        ),
        ("3", "3 of 3,500 and 1.3; 3.", ["3", "3"]),
        ("3,500", "13,500 3,500 3,500,000", ["3,500"]),
        ("会議", "東京の会議は", ["会議"]),
        ("کتاب", "کتابیں اور کتاب", ["کتاب"]),
        ("snake", "snake_case snake", ["snake"]),
        ("(so)", "(so) it is", ["(so)"]),
    ],
)
def test_whole_words(typed: str, text: str, expected: list[str]) -> None:
    assert found(typed, text, WHOLE) == expected


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        (r"\d+", "12 and 345", ["12", "345"]),
        ("a*", "baac", ["aa"]),  # what is empty is not found
        ("(?<=a)b(?=c)", "abc abd", ["b"]),
        ("^", "two\nlines", []),
        ("^.+$", "two\nlines", ["two", "lines"]),
        ("ferry", "Ferry", ["Ferry"]),
        ("e\u0301", "caf\u00e9", ["\u00e9"]),
        (r"\bو", "و کتاب", ["و"]),
        (r"\p{Han}+", "the 会議 was", ["会議"]),
        ("[[a]", "[a", ["[", "a"]),  # of which the library would warn
    ],
)
def test_expressions(typed: str, text: str, expected: list[str]) -> None:
    assert found(typed, text, EXPRESSION) == expected


def test_expressions_know_whole_words_and_case() -> None:
    assert found("a|ab", "ab abc", Options(whole_words=True, expression=True)) == ["ab"]
    assert found("A|AB", "ab AB", Options(match_case=True, expression=True)) == ["A"]


@pytest.mark.parametrize(
    "typed",
    [
        "(", "[", "*", "a)|(b", "(?P<1>a)", r"\p{Nonsense}", "a{999999999}",
        "((a{1000}){1000}){1000}", "(?R)", "(?1)(a)", "(?&x)(?P<x>a)", "(" * 499 + "a" + ")" * 499,
        "a" * (LONGEST + 1),
    ],
)  # fmt: skip
def test_what_is_no_expression_or_would_eat_the_memory_is_refused(typed: str) -> None:
    with pytest.raises(PatternError):
        read_pattern(typed, EXPRESSION)


@pytest.mark.parametrize("typed", ["(?b)(?:xxxxxxxxy){e}", "(x+x+)+y"])
def test_an_expression_that_takes_too_long_is_stopped(typed: str) -> None:
    pattern = read_pattern(typed, EXPRESSION)
    with pytest.raises(ExpressionTooSlow):
        pattern.found_in("x" * 100_000, Patience(0.05))


def test_time_is_one_for_all_the_texts() -> None:
    now = [0.0]
    patience = Patience(1, clock=lambda: now[0])
    pattern = read_pattern("a", EXPRESSION)
    assert len(pattern.found_in("aa", patience)) == 2
    now[0] = 1.0
    with pytest.raises(ExpressionTooSlow, match="Nothing was changed"):
        pattern.found_in("aa", patience)


@pytest.mark.parametrize(
    ("typed", "text", "new", "expected"),
    [
        (r"(\w+) (\w+)", "Ana Ruiz", r"\2 $1", "Ruiz Ana"),
        (r"(?<year>\d{4})", "in 1999", r"\g<year>/${year}/$0/$&", "in 1999/1999/1999/1999"),
        (r"(a)(b)?", "a", r"[$1$2]", "[a]"),
        (r"(a)", "a", "$12", "a2"),
        (r"a", "a", r"$$1 \$1 \\1", r"$1 $1 \1"),
        (r", ", "a, b", r"\n", "a\nb"),
        (r"a", "a", r"\q $ \ ${", r"\q $ \ ${"),
    ],
)
def test_groups_stand_in_the_new_words(typed: str, text: str, new: str, expected: str) -> None:
    assert put(typed, text, new) == expected


@pytest.mark.parametrize("new", ["$2", r"\2", "${who}", r"\g<9>"])
def test_a_group_that_is_not_there_is_refused(new: str) -> None:
    with pytest.raises(PatternError, match="no group"):
        put("(a)", "a", new)


def test_new_words_for_words_are_what_they_are() -> None:
    assert put("a", "a b", r"$0 \1 \n", WORDS) == r"$0 \1 \n b"


@given(st.text(max_size=8), st.text(max_size=40), st.booleans(), st.booleans())
def test_any_words_are_found_in_order_and_apart(
    typed: str, text: str, case: bool, whole: bool
) -> None:
    text = unicodedata.normalize("NFC", text.encode("utf-16", "replace").decode("utf-16"))
    pattern = read_pattern(typed, Options(match_case=case, whole_words=whole))
    at = 0
    for each in pattern.found_in(text, Patience()):
        assert at <= each.start < each.end <= len(text)
        at = each.end


@given(st.text(st.sampled_from("ab(|)*+?[]^$\\d.{},1é"), max_size=12), st.text(max_size=20))
def test_any_expression_is_refused_or_ends(typed: str, text: str) -> None:
    with suppress(PatternError):
        read_pattern(typed, EXPRESSION).found_in(text, Patience(0.2))


@given(st.text(st.sampled_from("abç کا会"), min_size=1, max_size=4), st.data())
def test_words_that_are_there_are_found(word: str, data: st.DataObject) -> None:
    before = data.draw(st.text(st.sampled_from("xyz ."), max_size=5))
    assert word in "".join(found(word, f"{before}{word}{before}", CASE)) or not word.strip()

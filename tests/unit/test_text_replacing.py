"""Replacing in a tree: formats stay, what is not named stays, the result is normal."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporterdesk.text.normal import normalise
from reporterdesk.text.parse import parse
from reporterdesk.text.pattern import Options, Patience, read_pattern
from reporterdesk.text.print import to_markdown
from reporterdesk.text.replacing import NewWords, find, lines_of_words, replaced
from reporterdesk.text.template import read_template
from reporterdesk.text.tree import Document, Paragraph, Quote, Run
from support.trees import documents

QUARTER = settings(max_examples=settings.default.max_examples // 4)  # trees take their time


def changed(document: Document, typed: str, new: str, options: Options | None = None) -> Document:
    """Return ``document`` with everything that is found replaced."""
    options = options or Options()
    pattern = read_pattern(typed, options)
    template = read_template(new, pattern, expression=options.expression)
    lines = list(lines_of_words(document))
    return replaced(
        document,
        [
            NewWords(
                hit.line, hit.found.start, hit.found.end, template.words(lines[hit.line], hit.found)
            )
            for hit in find(document, pattern, Patience())
        ],
    )


def markdown(source: str, typed: str, new: str, options: Options | None = None) -> str:
    return to_markdown(changed(parse(source), typed, new, options))


@pytest.mark.parametrize(
    ("source", "typed", "new", "expected"),
    [
        ("The har**bour** is", "harbour", "port", "The port is"),
        ("The **har**bour is", "harbour", "port", "The **port** is"),
        ("A **big** *old* ship", "big old", "new", "A **new** ship"),
        ("[a port](https://port.org) now", "port", "quay", "[a quay](https://port.org) now"),
        ("See [the port](https://e.org) of", "port of", "x", "See [the x](https://e.org)"),
        ("at the [port](https://e.org)", "the port", "x", "at x"),
        ("gone\n\nstays", "gone", "", "stays"),
        ("> gone\n>\n> stays", "gone", "", "> stays"),
        ("- one\n    - two\n- three", "two", "", "- one\n- three"),
        ("- one\n    - two", "one", "", "- two"),
        ("![](photo:port)\n\n<https://port.org/>\n\nport", "port", "x", "![](photo:port)\n\n<https://port.org/>\n\nx"),
        ("## The port", "port", "a\nb", "## The a b"),
        ("The port", "port", "a\nb", "The a\\\nb"),
        ("one", "one", "# [x](https://e.org) *a*", "# \\[x](https://e.org) \\*a\\*"),
        ("a\\\nb", "a", "c", "c\\\nb"),
        ("بندرگاہ کا **شہر**", "شہر", "گاؤں", "بندرگاہ کا **گاؤں**"),
    ],
)  # fmt: skip
def test_words_are_replaced_where_they_stand(
    source: str, typed: str, new: str, expected: str
) -> None:
    got = markdown(source, typed, new)
    assert parse(got) == parse(expected), got


def test_every_kind_of_line_is_looked_through() -> None:
    source = "p x\n\n## h x\n\n> q x\n>\n> q x\n\n- i x\n    1. i x\n    2. i x\n- i x"
    assert markdown(source, "x", "y") == to_markdown(parse(source.replace(" x", " y")))


def test_characters_that_cannot_be_kept_do_not_come_in() -> None:
    document = changed(parse("one two"), "one", "a\ud800\x00\ufffcb")
    assert document == Document((Paragraph((Run("a\ufffdb two"),)),))


def test_nothing_is_found_across_paragraphs() -> None:
    document = Document((Quote(((Run("one"),), (Run("two"),))),))
    assert changed(document, "one\ntwo", "x") == document
    assert changed(document, r"one\s*two", "x", Options(expression=True)) == document


@QUARTER
@given(documents(), st.text(max_size=4), st.booleans(), st.booleans(), st.text(max_size=4))
def test_the_result_is_normal_and_what_has_no_finding_stays(
    document: Document, typed: str, case: bool, whole: bool, new: str
) -> None:
    options = Options(match_case=case, whole_words=whole)
    hits = list(find(document, read_pattern(typed, options), Patience()))
    made = changed(document, typed, new, options)
    assert made == normalise(made)
    assert parse(to_markdown(made)) == made
    if not hits:
        assert made == document


@QUARTER
@given(documents(), st.sampled_from(("a", "b", "word", "7", "é", "نیا")))
def test_replacing_there_and_back_again_is_nothing(document: Document, typed: str) -> None:
    sign = "Qzq"
    options = Options(match_case=True)
    there = changed(document, typed, sign, options)
    back = changed(there, sign, typed, options)
    # Whatever else a finding covered (a format that changed in it) is one format afterwards.
    assert list(lines_of_words(back)) == list(lines_of_words(document))
    assert (
        typed not in "".join(lines_of_words(there)).replace(sign, "")
        or list(find(there, read_pattern(typed, options), Patience())) == []
    )


@QUARTER
@given(documents())
def test_blocks_without_a_finding_are_the_same_bytes(document: Document) -> None:
    pattern = read_pattern("a", Options())
    touched = [
        any(pattern.found_in(line, Patience()) for line in lines_of_words(Document((block,))))
        for block in document.blocks
    ]
    made = changed(document, "a", "Z")
    assert len(made.blocks) == len(document.blocks)
    for block, other, was_touched in zip(document.blocks, made.blocks, touched, strict=True):
        if not was_touched:
            assert to_markdown(Document((other,))) == to_markdown(Document((block,)))

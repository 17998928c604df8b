"""Two texts made of one are brought together: nothing is dropped, little is asked."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given, settings

from reporterdesk.text.lines import Line, lines_of
from reporterdesk.text.merge import Agreed, Choice, Clash, Merge, document, merge
from reporterdesk.text.normal import normalise
from reporterdesk.text.parse import parse
from reporterdesk.text.print import to_markdown
from reporterdesk.text.side_changes import line_words
from reporterdesk.text.tree import Document, Figure, ListBlock, Paragraph, Run
from support.trees import documents
from support.versions import versions

Versions = tuple[Document, Document, Document]


def told(base: str | None, mine: str, theirs: str) -> str:
    """Return the merge as text, each clash as ``<mine|theirs>``."""
    old = None if base is None else parse(base)
    found = merge(old, parse(mine), parse(theirs))
    return "\n\n".join(_told(part) for part in found.parts)


def _told(part: Agreed | Clash) -> str:
    if isinstance(part, Agreed):
        return to_markdown(document(part.lines))
    mine, theirs = (to_markdown(document(lines)) for lines in (part.mine, part.theirs))
    return f"<{mine}|{theirs}>"


def paragraphs(*texts: str) -> str:
    """Return a Markdown text of these paragraphs."""
    return "\n\n".join(texts)


A = "The hall was full an hour before the doors were to open."
B = "Speakers came from nine cities, most of them by the night train."
C = "A choir of two hundred children closed the evening."
D = "Police counted four thousand people at the gates."
NEW = "Trains ran late into the night, said the stationmaster."


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        pytest.param((A, B), (A + " Yes.", B), (A, B), (A + " Yes.", B), id="mine changed"),
        pytest.param((A, B), (A, B), (A, B + " Yes."), (A, B + " Yes."), id="theirs changed"),
        pytest.param(
            (A, B, C),
            (A + " One.", B, C),
            (A, B + " Two.", C),
            (A + " One.", B + " Two.", C),
            id="neighbours",
        ),
        pytest.param((A, B), (A, B + " Yes."), (A, B + " Yes."), (A, B + " Yes."), id="both alike"),
        pytest.param((A, B, C), (A, C), (A, B, C, D), (A, C, D), id="removed and added"),
        pytest.param((A, B, C), (A, C), (A, C), (A, C), id="both removed"),
        pytest.param((A, C), (A, D, C), (A, NEW, C), (A, D, NEW, C), id="both added, mine first"),
        pytest.param((A, C), (A, D, C), (A, D, C), (A, D, C), id="both added the same"),
        pytest.param((A,), (A, D), (NEW, A), (NEW, A, D), id="one at each end"),
        pytest.param((A, B, C, D), (C, A, B, D), (A, B, C, D), (C, A, B, D), id="moved"),
        pytest.param(
            (A, B, C, D),
            (D, A, B, C),
            (A, B, C, D + " Yes."),
            (D + " Yes.", A, B, C),
            id="moved and changed",
        ),
        pytest.param(
            (A, B, C, D),
            (A, B, C + " Yes.", D),
            (C, A, B, D),
            (C + " Yes.", A, B, D),
            id="changed and moved",
        ),
        pytest.param(
            (A, B, C, D), (D, A, B, C), (A, D, B, C), (A, D, B, C), id="both moved: as theirs"
        ),
        pytest.param((), (A,), (B,), (A, B), id="of nothing"),
    ],
)
def test_what_only_one_changed_is_taken_over(
    base: tuple[str, ...], mine: tuple[str, ...], theirs: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert told(*(paragraphs(*side) for side in (base, mine, theirs))) == paragraphs(*expected)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        pytest.param(
            (A, B), (A + " One.", B), (A + " Two.", B), (f"<{A} One.|{A} Two.>", B), id="changed"
        ),
        pytest.param((A, B), (B,), (A + " Two.", B), (f"<|{A} Two.>", B), id="removed, changed"),
        pytest.param((A, B), (A + " One.", B), (B,), (f"<{A} One.|>", B), id="changed, removed"),
        pytest.param(
            (A,),
            (A, D + " One."),
            (A, D + " Two."),
            (A, f"<{D} One.|{D} Two.>"),
            id="added alike",
        ),
        pytest.param((A, B, C), (C, A, B), (A, B), (f"<{C}|>", A, B), id="moved, removed"),
        pytest.param((A, B, C), (A, B), (C, A, B), (f"<|{C}>", A, B), id="removed, moved"),
    ],
)
def test_who_changed_the_same_paragraph_is_asked(
    base: tuple[str, ...], mine: tuple[str, ...], theirs: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert told(*(paragraphs(*side) for side in (base, mine, theirs))) == paragraphs(*expected)


def test_half_of_a_split_paragraph_is_not_chosen_twice() -> None:
    first, second = "The hall was full an hour before.", "Speakers came from nine cities by train."
    clash = f"<{first}\n\n{second}|{first} {second} More came.>"
    base = f"{first} {second}"
    assert told(base, f"{first}\n\n{second}", f"{base} More came.") == clash
    joined = told(f"{first}\n\n{second}", base, f"{first}\n\n{second} More came.")
    assert joined == f"<{base}|{first}\n\n{second} More came.>"


def test_items_of_lists_are_paragraphs_of_their_own() -> None:
    base = "- Opening by the mayor\n- Songs of the choir\n    - Two hundred children\n- Prizes"
    mine = base.replace("mayor", "deputy mayor")
    theirs = base.replace("Two hundred", "Three hundred")
    both = mine.replace("Two hundred", "Three hundred")
    assert told(base, mine, theirs) == both
    assert merge(parse(base), parse(mine), parse(theirs)).settled() == parse(both)
    other = base.replace("mayor", "minister")
    (clash,) = merge(parse(base), parse(mine), parse(other)).clashes
    assert [line_words(line) for line in clash.mine] == ["Opening by the deputy mayor"]


def test_a_list_that_is_nested_anew_keeps_its_words() -> None:
    base = "- Opening\n- Songs\n    - Children\n- Prizes"
    without = "- Opening\n- Prizes"
    deeper = base.replace("    - Children", "    - Children\n        - and their teachers")
    assert "and their teachers" in told(base, without, deeper)
    (clash,) = merge(
        parse("- a b c\n- d e f"), parse("- a b c x\n- d e f"), parse("1. a b c\n2. d e f")
    ).clashes
    assert isinstance(document(clash.mine).blocks[0], ListBlock)


def test_quoted_paragraphs_are_paragraphs_of_their_own() -> None:
    base = f"> {A}\n>\n> {B}"
    mine, theirs = base.replace("hour", "hour and more"), base.replace("nine", "ten")
    assert told(base, mine, theirs) == mine.replace("nine", "ten")


def test_a_heading_made_of_a_changed_paragraph_is_asked() -> None:
    assert told(A, f"## {A}", f"{A} More.") == f"<## {A}|{A} More.>"


def test_photos_in_the_text_are_told_apart_by_what_they_show() -> None:
    one, two, three = "![](photo:p1)", "![](photo:p2)", "![](photo:p3)"
    base = paragraphs(A, one, B)
    assert told(base, paragraphs(A, B), paragraphs(A, one, B, two)) == paragraphs(A, B, two)
    assert told(base, paragraphs(one, A, B), base) == paragraphs(one, A, B)
    both = told(base, paragraphs(A, two, B), paragraphs(A, three, B))
    assert both == paragraphs(A, f"<{two}|{three}>", B)
    rule = told(paragraphs(A, "---", B), paragraphs(A, B), paragraphs(A, "---", "---", B))
    assert "---" in rule


def test_without_a_common_text_every_difference_is_asked() -> None:
    assert told(None, paragraphs(A, B), paragraphs(A, B)) == paragraphs(A, B)
    found = told(None, paragraphs(A, B, C), paragraphs(A, B + " Yes.", D))
    assert found == paragraphs(A, f"<{B}|{B} Yes.>", f"<{C}|{D}>")
    assert told(None, A, "") == f"<{A}|>"
    assert told(None, "", "") == ""


def test_choices_settle_the_text() -> None:
    found = merge(
        parse(paragraphs(A, B, C)),
        parse(paragraphs(A + " One.", B, C + " One.")),
        parse(paragraphs(A + " Two.", B, C + " Two.")),
    )
    assert [len(found.clashes), isinstance(found.parts[1], Agreed)] == [2, True]
    settled = found.settled([Choice.BOTH, Choice.THEIRS])
    expected = paragraphs(A + " One.", A + " Two.", B, C + " Two.")
    assert to_markdown(settled) == expected
    written = found.settled([parse(f"{NEW}\n\n![](photo:p1)"), Choice.MINE])
    assert to_markdown(written) == paragraphs(NEW, "![](photo:p1)", B, C + " One.")
    for wrong in ((), [Choice.MINE], [Choice.MINE] * 3):
        with pytest.raises(ValueError, match="one choice"):
            found.settled(wrong)


@settings(max_examples=80)
@given(made=versions())
def test_two_versions_of_any_text(made: Versions) -> None:
    base, mine, theirs = made
    found, turned = merge(base, mine, theirs), merge(base, theirs, mine)
    _assert_nothing_is_dropped(base, mine, theirs, found)
    _assert_both_sides_are_treated_alike(found, turned)
    # One side alone is taken as it is.
    assert merge(base, base, theirs).settled() == theirs
    assert merge(base, mine, base).settled() == mine
    assert merge(base, mine, mine).settled() == mine
    for choice in Choice:
        settled = found.settled([choice] * len(found.clashes))
        assert settled == normalise(settled)


def _assert_nothing_is_dropped(
    base: Document, mine: Document, theirs: Document, found: Merge
) -> None:
    old = set(lines_of(base))
    agreed = {line for part in found.parts if isinstance(part, Agreed) for line in part.lines}
    for side, name in ((mine, "mine"), (theirs, "theirs")):
        asked = {line for clash in found.clashes for line in getattr(clash, name)}
        assert set(lines_of(side)) - old <= agreed | asked
    # Of two paragraphs that say the same, mine can have changed one, and theirs the other.
    once = {line for line, count in Counter(lines_of(base)).items() if count == 1}
    everywhere = once & set(lines_of(mine)) & set(lines_of(theirs))
    assert everywhere <= set(_all_lines(found))


def _assert_both_sides_are_treated_alike(found: Merge, turned: Merge) -> None:
    assert Counter((clash.base, clash.mine, clash.theirs) for clash in found.clashes) == Counter(
        (clash.base, clash.theirs, clash.mine) for clash in turned.clashes
    )
    assert Counter(_all_lines(found)) == Counter(_all_lines(turned))


@settings(max_examples=40)
@given(one=documents(), other=documents())
def test_two_texts_without_a_common_one(one: Document, other: Document) -> None:
    found = merge(None, one, other)
    count = len(found.clashes)
    assert found.settled([Choice.MINE] * count) == one
    assert found.settled([Choice.THEIRS] * count) == other


def test_a_book_is_brought_together_paragraph_by_paragraph() -> None:
    """20,000 words, changed by both in every paragraph, or moved, or without a common text."""
    rng = random.Random(5)
    vocabulary = [f"word{number}" for number in range(900)]
    made = [Paragraph((Run(" ".join(rng.choices(vocabulary, k=50))),)) for _ in range(400)]
    base = Document(tuple(made))
    mine = Document(tuple(Paragraph((*p.runs, Run(" mine", bold=True))) for p in made))
    theirs = Document(tuple(Paragraph((Run("theirs "), *p.runs)) for p in made))
    asked = merge(base, mine, theirs)
    assert [len(asked.clashes), len(asked.parts)] == [400, 400]
    evens = _every_other(mine, base)
    odds = _every_other(base, theirs)
    assert merge(base, evens, odds).settled() == normalise(_every_other(mine, theirs))
    rng.shuffle(made)
    shuffled = Document((*made, Figure("p1")))
    assert not merge(base, base, shuffled).clashes
    assert merge(base, shuffled, base).settled() == shuffled


def _every_other(one: Document, other: Document) -> Document:
    pairs = zip(one.blocks, other.blocks, strict=True)
    return Document(tuple(pair[number % 2] for number, pair in enumerate(pairs)))


def _all_lines(found: Merge) -> list[Line]:
    lines: list[Line] = []
    for part in found.parts:
        lines += part.lines if isinstance(part, Agreed) else (*part.mine, *part.theirs)
    return lines

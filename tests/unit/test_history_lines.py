"""A changed block is laid out in its lines, old words and new ones together."""

from __future__ import annotations

from hypothesis import given, settings

from reporterdesk.text.difference import Change, difference
from reporterdesk.text.lines import StandingLine, lines_of
from reporterdesk.text.parse import parse
from reporterdesk.text.tree import Document
from reporterdesk.ui.history.lines import MarkedLine, marked_lines
from support.trees import documents


def _shown(before: str, after: str) -> list[str]:
    lines = [
        line for block in difference(parse(before), parse(after)) for line in marked_lines(block)
    ]
    return [_line(line) for line in lines]


def _line(line: MarkedLine) -> str:
    signs = {Change.ADDED: "+", Change.REMOVED: "-", Change.RESTYLED: "~"}
    words = "".join(
        f"[{signs[word.change]}{word.run.text}]" if word.change in signs else word.run.text
        for word in line.words
    )
    return "  " * line.style.depth + (words or f"{line.change.value} {line.thing}")


@settings(max_examples=40)
@given(documents(), documents())
def test_no_word_is_lost_on_the_page(before: Document, after: Document) -> None:
    lines = [line for block in difference(before, after) for line in marked_lines(block)]
    for document, gone in ((before, Change.ADDED), (after, Change.REMOVED)):
        shown = "".join(
            word.run.text for line in lines for word in line.words if word.change is not gone
        )
        written = "".join(
            run.text
            for line in lines_of(document)
            if not isinstance(line, StandingLine)
            for run in line.runs
        )
        assert shown.replace("\n", "") == written.replace("\n", "")


@settings(max_examples=40)
@given(documents())
def test_what_is_the_same_is_laid_out_as_in_the_editor(document: Document) -> None:
    lines = [line for block in difference(document, document) for line in marked_lines(block)]
    wanted = list(lines_of(document))
    assert len(lines) == len(wanted)
    for line, want in zip(lines, wanted, strict=True):
        if isinstance(want, StandingLine):
            assert line.thing == want.block
        else:
            assert line.style == want.style
            assert tuple(word.run for word in line.words) == want.runs


def test_items_keep_their_lines() -> None:
    assert _shown("- one\n- two\n- three", "- one\n- three\n    - four") == [
        "one",
        "[-two]",
        "three",
        "  [+four]",
    ]


def test_a_break_inside_a_paragraph_is_no_new_line() -> None:
    assert _shown("one\\\ntwo", "one\\\nthree") == ["one\n[-two][+three]"]


def test_old_and_new_items_of_another_depth_stand_apart() -> None:
    assert _shown("- one\n    - two", "- one\n- three") == ["one", "  [-two]", "[+three]"]


def test_things_have_the_fate_of_their_block() -> None:
    assert _shown("a\n\n---\n\nb", "a\n\n![](photo:f1)\n\nb") == [
        "a",
        "removed Rule()",
        "added Figure(photo_id='f1')",
        "b",
    ]


def test_new_words_in_bold_are_only_set_otherwise() -> None:
    assert _shown("one two", "one **two**") == ["one [~two]"]

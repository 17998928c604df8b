"""Quotes, dashes, Markdown and addresses while typing: what they become, and how they go back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporterdesk.text import shortcuts, typography
from reporterdesk.text.tree import Document
from reporterdesk.ui.editor import typing_rules
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.inline_commands import set_bold
from support.examples import examples
from support.writing import PlainActions, lines, markdown, put_caret, show_markdown, type_keys
from support.writing_clock import WritingClock


@pytest.fixture(autouse=True)
def _clock(editor: BodyEditor) -> WritingClock:
    return WritingClock(editor)


def test_the_editor_knows_every_character_that_finishes_something() -> None:
    assert typing_rules.FINISHING == typography.TRIGGERS | shortcuts.TRIGGERS


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a **b c** d", "a **b c** d"),
        ("*x* y", "*x* y"),
        ("***x*** y", "***x*** y"),
        ("see [the *fine* page](e.org/a) now", "see [the *fine* page](https://e.org/a) now"),
        ("see https://e.org/a. Then", "see [https://e.org/a](https://e.org/a). Then"),
        ("(www.e.org) x", "([www.e.org](https://www.e.org)) x"),
        ("https://e.org\nx", "[https://e.org](https://e.org)\n\nx"),
        ("- *x*\ny", "- *x*\n- y"),
        ("2*3*4", "2\\*3\\*4"),
        ("[t](javascript:x) y", "[t\\](javascript:x) y"),
    ],
)
def test_markdown_within_a_line(editor: BodyEditor, typed: str, expected: str) -> None:
    type_keys(editor, typed)
    assert markdown(editor) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "a **b**", "*b*", "***b***", "a [b](e.org)", "see https://e.org ", '"', 'a "', "don'",
        "a --", "a ---", "...", "wait...", "## ", "😀 **b😀**", "😀 https://e.org ",
        "😀'", "- ", "a\n> ",
    ],
)  # fmt: skip
@pytest.mark.parametrize("back", ["backspace", "undo"])
def test_one_key_right_after_brings_back_what_was_typed(
    editor: BodyEditor, typed: str, back: str
) -> None:
    type_keys(editor, typed)
    changed = editor.document(), lines(editor)
    if back == "undo":
        editor.undo()
    else:
        type_keys(editor, "\b")
    assert "\n".join(lines(editor)) == typed
    assert changed != (editor.document(), lines(editor))
    assert editor.textCursor().atEnd()
    type_keys(editor, "x")
    assert "\n".join(lines(editor)) == typed + "x", "and it is left alone"


def test_what_was_taken_back_stays_as_it_was_typed(editor: BodyEditor) -> None:
    type_keys(editor, "a --\b- b...\b. c")
    assert lines(editor) == ["a --- b.... c"]
    type_keys(editor, "\n- \bx")
    assert lines(editor)[1:] == ["- x"]
    type_keys(editor, "\n- \b\b x")
    assert markdown(editor).endswith("- x"), "typed afresh, it means what it means"


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [
        ("en", '"It\'s" 5\'10" -- so...', "“It’s” 5'10\" – so…"),
        ("de", '"So", sagt er', "„So“, sagt er"),
        ("fr", '"l\'eau" ?', "«\u202fl’eau\u202f»\u202f?"),
        ("ur", '"خبر" اور', "”خبر“ اور"),
        ("zh", '他"好"', "他“好”"),
    ],
)
def test_the_language_of_the_report_decides(
    editor: BodyEditor, language: str, typed: str, expected: str
) -> None:
    editor.typing_rules.language = language
    type_keys(editor, typed)
    assert lines(editor) == [expected]


def test_it_can_be_switched_off(editor: BodyEditor) -> None:
    editor.typing_rules.smart = False
    type_keys(editor, '"it\'s" -- a... **b**')
    assert markdown(editor) == '"it\'s" -- a... **b**', "Markdown is not a matter of marks"


def test_dashes_at_the_start_of_a_line_are_a_rule(editor: BodyEditor) -> None:
    type_keys(editor, "---\nx")
    assert markdown(editor) == "---\n\nx"


def test_what_is_typed_after_has_the_format_from_before(
    editor: BodyEditor, actions: PlainActions
) -> None:
    type_keys(editor, "a **b** c *d* e")
    assert markdown(editor) == "a **b** c *d* e"
    show_markdown(editor, "")
    type_keys(editor, '"')
    set_bold(editor, on=True)
    type_keys(editor, 'b"')
    set_bold(editor, on=False)
    type_keys(editor, " c")
    assert markdown(editor) == "“**b”** c"


def test_no_rule_inside_a_link_or_over_one(editor: BodyEditor) -> None:
    show_markdown(editor, "a [link](https://e.org/) b")
    put_caret(editor, 0, 4)
    type_keys(editor, "'--\"")
    assert lines(editor) == ["a li'--\"nk b"]
    show_markdown(editor, "*a [link](https://e.org/) b")
    put_caret(editor, 0, 9)
    type_keys(editor, "*")
    assert "https://e.org/" in markdown(editor)
    show_markdown(editor, "[a [link](https://e.org/)")
    put_caret(editor, 0, 7)
    type_keys(editor, "](e.org)")
    assert markdown(editor).count("https://e.org/)") == 1


def test_it_works_in_the_middle_of_words_and_in_headings(editor: BodyEditor) -> None:
    show_markdown(editor, "## one two")
    put_caret(editor, 0, 3)
    type_keys(editor, '\'s "x" ')
    assert lines(editor) == ["one’s “x”  two"]


@examples(40)
@given(typed=st.text("ab1 '\"-.*[](): !\n", max_size=24), language=st.sampled_from(["en", "fr"]))
def test_a_rule_never_loses_a_letter_and_undo_takes_all_back(
    editor: BodyEditor, typed: str, language: str
) -> None:
    editor.set_document(Document())
    editor.typing_rules.language = language
    type_keys(editor, typed)
    letters = [c for c in "".join(lines(editor)) if c in "ab"]
    assert letters == [c for c in typed if c in "ab"]
    while editor.text_document.isUndoAvailable():
        editor.undo()
    assert editor.document() == Document()
    assert lines(editor) == [""]

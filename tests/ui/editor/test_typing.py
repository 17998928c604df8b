"""Keys: Markdown at the start of a line, Enter, Backspace, Tab."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reporterdesk.ui.editor.body_editor import BodyEditor
from support.writing import lines, markdown, put_caret, show_markdown, type_keys


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("## Title", "## Title"),
        ("### Title", "### Title"),
        ("- one\ntwo", "- one\n- two"),
        ("* one", "- one"),
        ("1. one\ntwo", "1. one\n2. two"),
        ("> said", "> said"),
        ("---\nafter", "---\n\nafter"),
    ],
)
def test_markdown_at_the_start_becomes_the_block(
    editor: BodyEditor, typed: str, expected: str
) -> None:
    type_keys(editor, typed)
    assert markdown(editor) == expected


@pytest.mark.parametrize("marker", ["## ", "### ", "- ", "* ", "> ", "1. ", "1) "])
def test_a_rule_is_one_step_back(editor: BodyEditor, marker: str) -> None:
    type_keys(editor, marker)
    assert lines(editor) == [""]
    editor.undo()
    assert lines(editor) == [marker]


@pytest.mark.parametrize("marker", ["## ", "- ", "> ", "1. "])
def test_backspace_right_after_a_rule_takes_it_back(editor: BodyEditor, marker: str) -> None:
    type_keys(editor, marker + "\b")
    assert lines(editor) == [marker]
    type_keys(editor, "x")
    assert lines(editor) == [marker + "x"]


def test_backspace_after_dashes_brings_them_back(editor: BodyEditor) -> None:
    type_keys(editor, "---\n\b")
    assert lines(editor) == ["---"]


def test_a_rule_works_before_words_that_are_there(editor: BodyEditor) -> None:
    show_markdown(editor, "Title")
    type_keys(editor, "## ")
    assert markdown(editor) == "## Title"
    type_keys(editor, "\b")
    assert lines(editor) == ["## Title"]


def test_no_rule_in_the_middle_of_words_or_in_a_list(editor: BodyEditor) -> None:
    type_keys(editor, "say - no")
    assert lines(editor) == ["say - no"]
    type_keys(editor, "\n- item\n- again")
    assert lines(editor) == ["say - no", "item", "- again"]


def test_enter_at_the_end_of_a_heading_goes_on_with_a_paragraph(editor: BodyEditor) -> None:
    type_keys(editor, "## Title\nwords")
    assert markdown(editor) == "## Title\n\nwords"


def test_enter_in_the_middle_and_at_the_start_of_a_heading(editor: BodyEditor) -> None:
    show_markdown(editor, "## Title")
    put_caret(editor, 0, 2)
    type_keys(editor, "\n")
    assert markdown(editor) == "## Ti\n\n## tle"
    put_caret(editor, 0, 0)
    type_keys(editor, "\nx")
    assert markdown(editor) == "## xTi\n\n## tle"
    put_caret(editor, 0, 0)
    type_keys(editor, "above")
    assert markdown(editor).startswith("above\n\n## xTi")


def test_enter_in_an_empty_item_ends_the_list(editor: BodyEditor) -> None:
    type_keys(editor, "- one\n\nwords")
    assert markdown(editor) == "- one\n\nwords"


def test_enter_in_an_empty_nested_item_comes_out_one_step(editor: BodyEditor) -> None:
    type_keys(editor, "- one\n\ttwo\n\nthree")
    assert markdown(editor) == "- one\n    - two\n- three"


def test_enter_in_an_empty_quote_ends_it(editor: BodyEditor) -> None:
    type_keys(editor, "> one\ntwo\n\nwords")
    assert markdown(editor) == "> one\n>\n> two\n\nwords"


def test_tab_and_shift_tab_nest_items(editor: BodyEditor) -> None:
    type_keys(editor, "- one\ntwo\nthree")
    type_keys(editor, "\t")
    assert markdown(editor) == "- one\n- two\n    - three"
    type_keys(editor, "\t\t\t")
    assert markdown(editor) == "- one\n- two\n    - three", "one step below the item above"
    QTest.keyClick(editor, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert markdown(editor) == "- one\n- two\n- three"


def test_outdenting_takes_along_what_is_nested(editor: BodyEditor) -> None:
    show_markdown(editor, "- a\n    - b\n        - c\n- d")
    put_caret(editor, 1)
    QTest.keyClick(editor, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert markdown(editor) == "- a\n- b\n    - c\n- d"
    editor.undo()
    assert markdown(editor) == "- a\n    - b\n        - c\n- d"


@pytest.mark.parametrize("text", ["- one", "> one", "## one", "1. one"])
def test_backspace_at_the_start_makes_a_paragraph(editor: BodyEditor, text: str) -> None:
    show_markdown(editor, text)
    type_keys(editor, "\b")
    assert markdown(editor) == "one"
    editor.undo()
    assert markdown(editor) == text


def test_backspace_at_the_start_of_a_paragraph_joins_it_to_the_one_above(
    editor: BodyEditor,
) -> None:
    show_markdown(editor, "one\n\ntwo")
    put_caret(editor, 1)
    type_keys(editor, "\b")
    assert markdown(editor) == "onetwo"


def test_shift_enter_breaks_the_line_but_not_in_a_heading(editor: BodyEditor) -> None:
    type_keys(editor, "one")
    QTest.keySequence(editor, QKeySequence(QKeySequence.StandardKey.InsertLineSeparator))
    type_keys(editor, "two\n## Title")
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    type_keys(editor, "words")
    assert lines(editor) == ["one\u2028two", "Title", "words"]


def test_words_after_a_bold_one_and_after_a_link(editor: BodyEditor) -> None:
    show_markdown(editor, "**bold** and [link](https://example.org/)")
    put_caret(editor, 0, 4)
    type_keys(editor, "er")
    QTest.keyClick(editor, Qt.Key.Key_End)
    type_keys(editor, " after")
    assert markdown(editor) == "**bolder** and [link](https://example.org/) after"


def test_words_inside_a_link_belong_to_it(editor: BodyEditor) -> None:
    show_markdown(editor, "a [link](https://example.org/) b")
    put_caret(editor, 0, 4)
    type_keys(editor, "oo")
    assert markdown(editor) == "a [liooNK](https://example.org/) b".replace("NK", "nk")


def test_what_is_being_composed_is_not_in_the_tree(editor: BodyEditor) -> None:
    type_keys(editor, "one ")
    QApplication.sendEvent(editor, QInputMethodEvent("تجر", []))
    assert markdown(editor) == "one"
    assert lines(editor) == ["one "]
    done = QInputMethodEvent()
    done.setCommitString("تجربہ")
    QApplication.sendEvent(editor, done)
    assert markdown(editor) == "one تجربہ"


def test_the_size_of_an_empty_heading_does_not_stick_to_its_words(editor: BodyEditor) -> None:
    type_keys(editor, "## Title")
    put_caret(editor, 0)
    type_keys(editor, "\b")
    size = editor.text_document.begin().begin().fragment().charFormat()
    assert not size.hasProperty(size.Property.FontSizeAdjustment.value)
    assert markdown(editor) == "Title"


def test_typing_over_a_selection_across_blocks(editor: BodyEditor) -> None:
    show_markdown(editor, "## Title\n\n- one\n- two\n\nend")
    editor.selectAll()
    type_keys(editor, "x")
    assert lines(editor) == ["x"]
    editor.undo()
    assert markdown(editor) == "## Title\n\n- one\n- two\n\nend"


def test_deleting_an_item_leaves_no_gap_in_the_nesting(editor: BodyEditor) -> None:
    show_markdown(editor, "intro\n\n- a\n    - b\n        - c")
    put_caret(editor, 1)
    type_keys(editor, "\b")
    assert markdown(editor) == "intro\n\na\n\n- b\n    - c"
    editor.undo()
    assert markdown(editor) == "intro\n\n- a\n    - b\n        - c"


def test_tab_outside_lists_goes_to_the_next_control(editor: BodyEditor) -> None:
    type_keys(editor, "words\t")
    assert lines(editor) == ["words"]

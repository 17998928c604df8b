"""Undo goes by words and pauses, is exact, and puts the caret where the change was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reporterdesk.text.parse import parse
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.pasting import insert_plain
from support.examples import examples
from support.random_edits import Edit, do_edit, edits
from support.writing import lines, put_caret, show_markdown, type_keys
from support.writing_clock import WritingClock


@pytest.fixture(autouse=True)
def clock(editor: BodyEditor) -> WritingClock:
    """Return the clock of the editor's pauses; it stands still, however slow the machine is."""
    return WritingClock(editor)


def _undone(editor: BodyEditor) -> list[str]:
    """Undo everything and return what stood there after each step."""
    seen = []
    while editor.text_document.isUndoAvailable():
        editor.undo()
        seen.append("\n".join(lines(editor)))
        assert len(seen) < 500
    return seen


@pytest.mark.parametrize(
    ("typed", "steps"),
    [
        ("one two three", ["one two ", "one ", ""]),
        ("Well, no. Yes", ["Well, no. ", "Well, ", ""]),
        ("one\ntwo", ["one\n", "one", ""]),
        ("3.5 well-being", ["3.5 ", ""]),
        ("خبر آئی", ["خبر ", ""]),
        ("一二。三四", ["一二。", ""]),
        ("**x** y", ["x ", "x", "**x**", ""]),
        ("don't go", ["don’t ", ""]),
        ('so "he said" x', ["so “he said” ", "so “he ", "so ", ""]),
        ("a --- b...", ["a — b...", "a — ", "a ", ""]),
        ("wait...\nx", ["wait…\n", "wait…", ""]),
    ],
)
def test_steps_end_where_words_do(editor: BodyEditor, typed: str, steps: list[str]) -> None:
    type_keys(editor, typed)
    whole = "\n".join(lines(editor))
    assert _undone(editor) == steps
    while editor.text_document.isRedoAvailable():
        editor.redo()
    assert "\n".join(lines(editor)) == whole


def test_a_pause_ends_a_step(editor: BodyEditor, clock: WritingClock) -> None:
    type_keys(editor, "abc")
    clock.pause(0.9)
    type_keys(editor, "def")
    clock.pause(1.1)
    type_keys(editor, "ghi")
    assert _undone(editor) == ["abcdef", ""]


def test_erasing_goes_by_words_and_pauses_too(editor: BodyEditor, clock: WritingClock) -> None:
    type_keys(editor, "one two three")
    type_keys(editor, "\b" * 7)
    assert lines(editor) == ["one tw"]
    clock.pause(2)
    type_keys(editor, "\b\b")
    editor.undo()
    assert lines(editor) == ["one tw"]
    editor.undo()
    assert lines(editor) == ["one two "], "the blank goes with the word before it"
    editor.undo()
    assert lines(editor) == ["one two three"]
    put_caret(editor, 0, 0)
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    editor.undo()
    assert lines(editor) == ["one two three"]


def test_a_caret_that_came_back_begins_a_step(editor: BodyEditor) -> None:
    type_keys(editor, "abc")
    QTest.keyClick(editor, Qt.Key.Key_Left)
    QTest.keyClick(editor, Qt.Key.Key_Right)
    type_keys(editor, "def")
    put_caret(editor, 0, 1)
    type_keys(editor, "x")
    assert _undone(editor) == ["abcdef", "abc", ""]


def test_pasted_words_and_formats_are_steps_of_their_own(editor: BodyEditor) -> None:
    type_keys(editor, "ab")
    insert_plain(editor.textCursor(), "cd")
    type_keys(editor, "ef")
    put_caret(editor, 0, 0, to=2)
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    assert _undone(editor) == ["abcdef", "abcd", "ab", ""]


def test_undo_puts_the_caret_where_the_change_was(editor: BodyEditor) -> None:
    show_markdown(editor, "first\n\nsecond")
    put_caret(editor, 1, 6)
    type_keys(editor, "s")
    put_caret(editor, 0, 0)
    editor.undo()
    assert editor.textCursor().blockNumber() == 1
    assert editor.textCursor().positionInBlock() == 6
    put_caret(editor, 0, 2)
    editor.redo()
    assert editor.textCursor().blockNumber() == 1


def test_words_deleted_by_one_key_are_one_step_each(editor: BodyEditor) -> None:
    show_markdown(editor, "one two three")
    put_caret(editor, 0, 13)
    for _ in range(2):
        QTest.keyClick(editor, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    assert lines(editor) == ["one "]
    editor.undo()
    assert lines(editor) == ["one two "]


def test_typing_after_undo_does_not_join_an_older_step(editor: BodyEditor) -> None:
    type_keys(editor, "one two")
    editor.undo()
    type_keys(editor, "three")
    assert _undone(editor) == ["one ", ""]


def test_a_long_word_costs_no_more_than_a_letter(editor: BodyEditor) -> None:
    type_keys(editor, "a" * 60)
    assert editor.text_document.availableUndoSteps() == 1, "one command"
    type_keys(editor, "a" * 60)
    assert editor.text_document.availableUndoSteps() == 2, "no step takes more than a line"


def test_another_report_begins_anew(editor: BodyEditor) -> None:
    type_keys(editor, "one")
    show_markdown(editor, "two")
    assert not editor.text_document.isUndoAvailable()
    put_caret(editor, 0, 3)
    type_keys(editor, "x")
    assert _undone(editor) == ["two"]


@examples(60)
@given(plan=edits, rest=st.text("ab '\"-.*_[]()\n\b", max_size=16))
def test_undo_and_redo_are_exact_after_anything(
    editor: BodyEditor, plan: list[Edit], rest: str
) -> None:
    editor.set_document(parse("one *two*\n\n- three\n\n![](photo:f1)\n\nfour"))
    begun = editor.document()
    for edit in plan:
        do_edit(editor, edit)
    type_keys(editor, rest)
    while editor.text_document.isRedoAvailable():
        editor.redo()  # what the plan has undone at its end
    done, text = editor.document(), lines(editor)
    while editor.text_document.isUndoAvailable():
        editor.undo()
    assert editor.document() == begun
    while editor.text_document.isRedoAvailable():
        editor.redo()
    assert editor.document() == done
    assert lines(editor) == text

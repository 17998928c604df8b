"""Reports from right to left: sides, caret, selection, and paragraphs that run the other way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reporterdesk.text.parse import parse
from reporterdesk.ui.editor.body_editor import BodyEditor
from support.examples import examples
from support.random_edits import Edit, do_edit, edits
from support.writing import all_blocks, lines, markdown, put_caret, show_markdown, type_keys

_LEFT, _RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
_MIXED = "اردو متن\n\nEnglish words.\n\n- آئٹم\n- item\n\n12 — 34\n\n> quoted"


def _sides(editor: BodyEditor) -> list[Qt.LayoutDirection]:
    return [block.textDirection() for block in all_blocks(editor)]


@pytest.fixture(autouse=True)
def _from_the_right(editor: BodyEditor) -> None:
    editor.set_text_direction(_RIGHT)


def test_each_paragraph_runs_as_its_words_do(editor: BodyEditor) -> None:
    show_markdown(editor, _MIXED)
    assert _sides(editor) == [_RIGHT, _LEFT, _RIGHT, _LEFT, _RIGHT, _LEFT]
    assert markdown(editor) == _MIXED
    assert not editor.text_document.isUndoAvailable()


def test_a_line_turns_with_its_first_letter_and_back_with_undo(editor: BodyEditor) -> None:
    assert _sides(editor) == [_RIGHT], "an empty line begins at the right"
    type_keys(editor, "12 ")
    assert _sides(editor) == [_RIGHT]
    type_keys(editor, "km")
    assert _sides(editor) == [_LEFT]
    type_keys(editor, "\n")
    assert _sides(editor) == [_LEFT, _RIGHT]
    type_keys(editor, "خبر")
    assert _sides(editor) == [_LEFT, _RIGHT]
    put_caret(editor, 0, 3)
    type_keys(editor, "خ")
    assert _sides(editor) == [_RIGHT, _RIGHT]
    editor.undo()
    assert _sides(editor) == [_LEFT, _RIGHT]
    while editor.text_document.isUndoAvailable():
        editor.undo()
    assert _sides(editor) == [_RIGHT]


def test_another_language_turns_what_stands_there(editor: BodyEditor) -> None:
    editor.set_text_direction(_LEFT)
    show_markdown(editor, _MIXED)
    auto = _sides(editor)
    editor.set_text_direction(_RIGHT)
    assert _sides(editor) == [_RIGHT, _LEFT, _RIGHT, _LEFT, _RIGHT, _LEFT]
    editor.set_text_direction(_LEFT)
    assert _sides(editor) == auto
    assert markdown(editor) == _MIXED


def test_arrow_keys_go_the_way_they_point(editor: BodyEditor) -> None:
    show_markdown(editor, "خبر آئی\n\nEnglish")
    for block, key in ((0, Qt.Key.Key_Left), (1, Qt.Key.Key_Right)):
        put_caret(editor, block, 0)
        before = editor.cursorRect().center().x()
        QTest.keyClick(editor, key)
        after = editor.cursorRect().center().x()
        assert (after < before) == (key == Qt.Key.Key_Left)
        assert editor.textCursor().positionInBlock() == 1
    put_caret(editor, 0, 0)
    QTest.keyClick(editor, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert editor.textCursor().selectedText() == "خ"


def test_marks_stand_on_the_side_of_their_line(editor: BodyEditor) -> None:
    show_markdown(editor, "- آئٹم\n- item")
    image = editor.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    paper = image.pixelColor(2, 2)
    middle = image.width() // 2
    for block, marked_right in ((0, True), (1, False)):
        put_caret(editor, block, 0)
        y = int(editor.cursorRect().center().y() * ratio)
        inked = [
            x
            for x in range(int(30 * ratio), image.width() - int(30 * ratio))
            if any(image.pixelColor(x, y + dy) != paper for dy in range(-6, 7))
        ]
        assert inked
        assert (sum(x > middle for x in inked) > len(inked) / 2) == marked_right


@examples(30)
@given(plan=edits, typed=st.text("aاב1 \n-\b", max_size=10))
def test_undo_is_exact_where_lines_turn(editor: BodyEditor, plan: list[Edit], typed: str) -> None:
    editor.set_document(parse(_MIXED))
    begun, sides = editor.document(), _sides(editor)
    for edit in plan:
        do_edit(editor, edit)
    type_keys(editor, typed)
    for block in all_blocks(editor):
        first = next((c for c in block.text() if c.isalpha()), "")
        expected = _LEFT if first.isascii() and first else _RIGHT
        assert block.textDirection() == expected
    while editor.text_document.isRedoAvailable():
        editor.redo()
    done, text = editor.document(), lines(editor)
    while editor.text_document.isUndoAvailable():
        editor.undo()
    assert (editor.document(), _sides(editor)) == (begun, sides)
    while editor.text_document.isRedoAvailable():
        editor.redo()
    assert (editor.document(), lines(editor)) == (done, text)

"""Blocks change places by keys: photos, paragraphs, items with what is nested under them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor

from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.moving_blocks import insert_figure_at, move_blocks, move_figure
from support.examples import examples
from support.writing import PlainActions, lines, markdown, put_caret, select, show_markdown

TEXT = "one\n\n![](photo:a1)\n\ntwo **bold** [link](https://example.org/)"
NESTED = "words\n\n- one\n    - under one\n- two\n\nend"


def undo_all(editor: BodyEditor) -> None:
    while editor.text_document.isUndoAvailable():
        editor.undo()


def test_a_figure_moves_up_and_down_and_each_move_is_one_step(
    editor: BodyEditor, actions: PlainActions
) -> None:
    show_markdown(editor, TEXT)
    put_caret(editor, 1, 0, to=1)
    actions.action("format.move_up").trigger()
    assert lines(editor) == ["\ufffc", "one", "two bold link"]
    assert editor.textCursor().selectedText() == "\ufffc"
    assert not actions.action("format.move_up").isEnabled()
    actions.action("format.move_down").trigger()
    actions.action("format.move_down").trigger()
    assert markdown(editor) == ("one\n\ntwo **bold** [link](https://example.org/)\n\n![](photo:a1)")
    assert not actions.action("format.move_down").isEnabled()
    editor.undo()
    assert markdown(editor) == TEXT
    editor.undo()
    assert lines(editor)[0] == "\ufffc"
    editor.undo()
    assert markdown(editor) == TEXT
    assert not editor.text_document.isUndoAvailable()
    editor.redo()
    assert lines(editor)[0] == "\ufffc"


def test_the_caret_stays_in_the_paragraph_that_moves(
    editor: BodyEditor, actions: PlainActions
) -> None:
    show_markdown(editor, TEXT)
    put_caret(editor, 2, 3)
    actions.action("format.move_up").trigger()
    assert lines(editor) == ["one", "two bold link", "\ufffc"]
    assert editor.textCursor().block().blockNumber() == 1
    assert editor.textCursor().positionInBlock() == 3


def test_selected_blocks_move_together_and_stay_selected(
    editor: BodyEditor, actions: PlainActions
) -> None:
    show_markdown(editor, "a\n\nb\n\nc\n\nd")
    select(editor, 2, 5)
    actions.action("format.move_down").trigger()
    assert lines(editor) == ["a", "d", "b", "c"]
    assert editor.textCursor().selectedText() == "b\u2029c"
    actions.action("format.move_up").trigger()
    actions.action("format.move_up").trigger()
    assert lines(editor) == ["b", "c", "a", "d"]


def test_an_item_takes_along_what_is_nested_under_it(
    editor: BodyEditor, actions: PlainActions
) -> None:
    show_markdown(editor, NESTED)
    put_caret(editor, 1)
    actions.action("format.move_down").trigger()
    assert markdown(editor) == "words\n\n- two\n- one\n    - under one\n\nend"
    actions.action("format.move_up").trigger()
    assert markdown(editor) == NESTED
    put_caret(editor, 3)
    actions.action("format.move_up").trigger()
    assert markdown(editor) == "words\n\n- two\n- one\n    - under one\n\nend"


def test_a_text_that_is_only_read_stays(editor: BodyEditor, actions: PlainActions) -> None:
    show_markdown(editor, TEXT)
    put_caret(editor, 1)
    editor.setReadOnly(True)
    assert not actions.action("format.move_up").isEnabled()


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (0, ["\ufffc", "one", "two"]),
        (1, None),
        (2, None),
        (3, ["one", "two", "\ufffc"]),
    ],
)
def test_a_figure_goes_into_a_gap(editor: BodyEditor, gap: int, expected: list[str] | None) -> None:
    show_markdown(editor, "one\n\n![](photo:a1)\n\ntwo")
    moved = move_figure(editor.text_document.findBlockByNumber(1), gap)
    assert (moved is None) == (expected is None)
    assert lines(editor) == (expected or ["one", "\ufffc", "two"])
    if moved is not None:
        assert moved.selectedText() == "\ufffc"
        editor.undo()
        assert lines(editor) == ["one", "\ufffc", "two"]
        assert not editor.text_document.isUndoAvailable()


def test_a_new_figure_goes_between_blocks_and_uses_up_an_empty_one(editor: BodyEditor) -> None:
    show_markdown(editor, "one\n\ntwo")
    insert_figure_at(editor.text_document, 1, "a1")
    insert_figure_at(editor.text_document, 0, "a2")
    insert_figure_at(editor.text_document, 99, "a3")
    assert lines(editor) == ["\ufffc", "one", "\ufffc", "two", "\ufffc"]
    show_markdown(editor, "")
    insert_figure_at(editor.text_document, 1, "a1")
    assert lines(editor) == ["\ufffc"]


@examples(40)
@given(
    blocks=st.lists(
        st.sampled_from(
            (
                "words",
                "![](photo:a1)",
                "![](photo:a2)",
                "- one\n    - two\n        - three",
                "> said",
                "## head",
                "---",
                "1. first\n2. second",
                "**bold** and [a](https://example.org/)",
            )
        ),
        min_size=1,
        max_size=6,
    ),
    start=st.floats(0, 1),
    end=st.floats(0, 1),
    ways=st.lists(st.booleans(), min_size=1, max_size=5),
)
def test_moving_loses_nothing(
    editor: BodyEditor, blocks: list[str], start: float, end: float, ways: list[bool]
) -> None:
    show_markdown(editor, "\n\n".join(blocks))
    before, words = markdown(editor), sorted(lines(editor))
    last = editor.text_document.characterCount() - 1
    cursor = QTextCursor(editor.text_document)
    cursor.setPosition(round(start * last))
    cursor.setPosition(round(end * last), QTextCursor.MoveMode.KeepAnchor)
    chosen = cursor.selectedText().rstrip("\u2029")
    for up in ways:
        move_blocks(cursor, up=up)
        assert sorted(lines(editor)) == words
        assert cursor.selectedText().rstrip("\u2029") == chosen
    after = markdown(editor)
    undo_all(editor)
    assert markdown(editor) == before
    while editor.text_document.isRedoAvailable():
        editor.redo()
    assert markdown(editor) == after

"""Lists and the borders between blocks, as a table: where the caret is, which key, what comes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.numbering import Numbering
from support.writing import all_blocks, lines, markdown, put_caret, show_markdown

_KEYS = {
    "enter": (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
    "backspace": (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
    "delete": (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
    "tab": (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
    "back-tab": (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier),
}
_PHOTO = "![](photo:a1)"


def press(editor: BodyEditor, keys: str) -> None:
    """Press keys by their names; any other word is typed."""
    for key in keys.split():
        if key in _KEYS:
            QTest.keyClick(editor, *_KEYS[key])
        else:
            QTest.keyClicks(editor, key)


@pytest.mark.parametrize(
    ("before", "caret", "keys", "after"),
    [
        # Enter
        ("- one", (0, 3), "enter two", "- one\n- two"),
        ("- onetwo", (0, 3), "enter", "- one\n- two"),
        ("- one", (0, 0), "enter", "- one"),
        ("1. a\n2. b", (0, 1), "enter x", "1. a\n2. x\n3. b"),
        ("- a\n- b", (0, 1), "enter enter x", "- a\n\nx\n\n- b"),
        ("- a\n    - b", (1, 1), "enter enter x", "- a\n    - b\n- x"),
        ("- a\n    - b", (1, 1), "enter enter enter x", "- a\n    - b\n\nx"),
        ("- a\n    - b", (0, 1), "enter x", "- a\n- x\n    - b"),
        ("1. a\n    - b", (1, 1), "enter enter x", "1. a\n    - b\n2. x"),
        ("> a", (0, 1), "enter enter x", "> a\n\nx"),
        # Tab
        ("- a\n- b", (1, 0), "tab", "- a\n    - b"),
        ("- a\n- b", (1, 1), "tab back-tab", "- a\n- b"),
        ("- a", (0, 0), "tab", "- a"),
        ("- a\n    - b", (0, 0), "back-tab", "a\n\n- b"),
        ("1. a\n    - b\n2. c\n3. d", (2, 0), "tab", "1. a\n    - b\n    - c\n2. d"),
        ("- a\n    1. b\n    2. c", (2, 0), "back-tab", "- a\n    1. b\n- c"),
        ("1. a\n2. b\n3. c", (1, 0), "tab", "1. a\n    1. b\n2. c"),
        ("1. a\n2. b\n3. c", (1, 0), "tab back-tab", "1. a\n2. b\n3. c"),
        # Backspace at the start of an item
        ("- a\n    - b", (1, 0), "backspace", "- a\n- b"),
        ("- a\n- b", (1, 0), "backspace", "- a\n\nb"),
        ("- a\n- b", (1, 0), "backspace backspace", "- ab"),
        ("1. a\n2. b\n3. c", (1, 0), "backspace", "1. a\n\nb\n\n1. c"),
        ("1. a\n2. b\n3. c", (1, 0), "backspace backspace", "1. ab\n2. c"),
        ("a\n\n- b", (1, 0), "backspace backspace", "ab"),
        # Delete at the end of a line
        ("- a\n- b", (0, 1), "delete", "- ab"),
        ("- a\n    - b", (0, 1), "delete", "- ab"),
        ("- a\n\nb", (0, 1), "delete", "- ab"),
        ("a\n\n- b", (0, 1), "delete", "ab"),
        ("## a\n\nb", (0, 1), "delete", "## ab"),
        ("a\n\n## b", (0, 1), "delete", "ab"),
        ("> a\n\nb", (0, 1), "delete", "> ab"),
        # Backspace at the start of another kind of block
        ("a\n\n## b", (1, 0), "backspace", "a\n\nb"),
        ("## a\n\nb", (1, 0), "backspace", "## ab"),
        ("> a\n\nb", (1, 0), "backspace", "> ab"),
        # Figures stay whole
        (f"a\n\n{_PHOTO}", (0, 1), "delete", f"a\n\n{_PHOTO}"),
        (f"a\n\n{_PHOTO}", (0, 1), "delete delete", "a"),
        (f"{_PHOTO}\n\na", (1, 0), "backspace", f"{_PHOTO}\n\na"),
        (f"{_PHOTO}\n\na", (1, 0), "backspace backspace", "a"),
        (f"- a\n\n{_PHOTO}\n\n- b", (2, 0), "backspace backspace", f"- a\n\n{_PHOTO}\n\nb"),
        (f"a\n\n{_PHOTO}\n\nb", (1, 1), "x", f"a\n\n{_PHOTO}\n\nx\n\nb"),
        (f"a\n\n{_PHOTO}\n\nb", (1, 0), "enter x", f"a\n\nx\n\n{_PHOTO}\n\nb"),
    ],
)
def test_a_key_at_a_border(
    editor: BodyEditor, before: str, caret: tuple[int, int], keys: str, after: str
) -> None:
    show_markdown(editor, before)
    editor.typing_rules.smart = False
    put_caret(editor, *caret)
    press(editor, keys)
    assert markdown(editor) == after
    while editor.text_document.isUndoAvailable():
        editor.undo()
    assert markdown(editor) == before, "undo takes all of it back"


def test_numbers_go_on_over_nested_items_and_begin_again_after_words(editor: BodyEditor) -> None:
    show_markdown(editor, "1. a\n    1. b\n    2. c\n2. d\n\nwords\n\n1. e")
    number = Numbering(editor.text_document).number
    numbers = [number(block) for block in all_blocks(editor) if block.text() != "words"]
    assert numbers == [1, 1, 2, 2, 1]


@pytest.mark.parametrize("key", ["backspace", "delete"])
@pytest.mark.parametrize(("start", "end"), [((0, 1), (2, 1)), ((1, 0), (2, 1)), ((0, 1), (1, 1))])
def test_a_selection_that_begins_or_ends_in_a_figure_takes_it_whole(
    editor: BodyEditor, key: str, start: tuple[int, int], end: tuple[int, int]
) -> None:
    show_markdown(editor, f"ab\n\n{_PHOTO}\n\ncd")
    put_caret(editor, *start)
    cursor = editor.textCursor()
    block = editor.text_document.findBlockByNumber(end[0])
    cursor.setPosition(block.position() + end[1], cursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    press(editor, key)
    assert all("\ufffc" not in line or line == "\ufffc" for line in lines(editor))
    editor.undo()
    assert markdown(editor) == f"ab\n\n{_PHOTO}\n\ncd"

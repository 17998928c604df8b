"""What an input method composes is never saved before it is committed, and never lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from reporterdesk.ui.editor.body_editor import BodyEditor
from support.writing import PlainActions, lines, markdown, put_caret, show_markdown, type_keys
from support.writing_clock import WritingClock


@pytest.fixture(autouse=True)
def _clock(editor: BodyEditor) -> WritingClock:
    return WritingClock(editor)


def compose(editor: BodyEditor, text: str) -> None:
    """Show ``text`` as being composed."""
    QApplication.sendEvent(editor, QInputMethodEvent(text, []))


def commit(editor: BodyEditor, text: str, *, then: str = "") -> None:
    """Commit ``text``, and go on composing ``then``."""
    event = QInputMethodEvent(then, [])
    event.setCommitString(text)
    QApplication.sendEvent(editor, event)


def _composed(editor: BodyEditor) -> str:
    return editor.textCursor().block().layout().preeditAreaText()


@pytest.mark.parametrize("text", ["xin", "にほん", "خبر", "'", "--", "...", "**b**", "- "])
def test_what_is_being_composed_is_in_no_text_and_no_step(editor: BodyEditor, text: str) -> None:
    type_keys(editor, "one ")
    told: list[bool] = []
    editor.edited.connect(lambda: told.append(True))
    for end in range(1, len(text) + 1):
        compose(editor, text[:end])
        assert markdown(editor) == "one"
        assert lines(editor) == ["one "]
        assert _composed(editor) == text[:end]
    compose(editor, "")
    assert lines(editor) == ["one "]
    editor.undo()
    assert lines(editor) == [""]


def test_autosave_in_the_middle_reads_all_but_that(editor: BodyEditor) -> None:
    show_markdown(editor, "one\n\ntwo")
    put_caret(editor, 0, 3)
    compose(editor, "にほ")
    read = editor.blocks_read()
    assert markdown(editor) == "one\n\ntwo"
    put_caret(editor, 0, 3)
    commit(editor, "日本", then="の")
    assert markdown(editor) == "one日本\n\ntwo"
    assert editor.blocks_read() - read <= 4, "the other block is not read again"
    commit(editor, "の")
    assert markdown(editor) == "one日本の\n\ntwo"


def test_no_rule_works_on_what_was_chosen_from_candidates(editor: BodyEditor) -> None:
    compose(editor, "'")
    commit(editor, "'")
    compose(editor, "xx")
    commit(editor, "...")
    assert lines(editor) == ["'..."]
    type_keys(editor, "\n")
    compose(editor, "-")
    commit(editor, "- ")
    assert lines(editor)[1] == "- "
    editor.undo()
    assert lines(editor)[1] == ""


def test_a_keyboard_on_the_screen_types_as_any_other(editor: BodyEditor) -> None:
    for letter in 'don\'t "go" on':
        commit(editor, letter)
    assert lines(editor) == ["don’t “go” on"]
    for expected in ("don’t “go” ", "don’t ", ""):
        editor.undo()
        assert lines(editor) == [expected]
    for letter in "- x":
        commit(editor, letter)
    assert markdown(editor) == "- x"


def test_a_swap_before_composing_stays(editor: BodyEditor) -> None:
    type_keys(editor, '"')
    compose(editor, "に")
    assert lines(editor) == ["“"]
    assert _composed(editor) == "に"
    commit(editor, "日")
    assert lines(editor) == ["“日"]
    while editor.text_document.isUndoAvailable():
        editor.undo()
    assert lines(editor) == [""]


def test_a_key_while_composing_starts_no_rule(editor: BodyEditor) -> None:
    type_keys(editor, "a")
    compose(editor, "に")
    type_keys(editor, "'")
    assert "’" not in lines(editor)[0]


def test_the_keyboard_going_elsewhere_takes_it_in(editor: BodyEditor) -> None:
    other = QLineEdit(editor)
    other.show()
    type_keys(editor, "one ")
    compose(editor, "にほん")
    other.setFocus()
    assert markdown(editor) == "one にほん"
    assert _composed(editor) == ""
    editor.undo()
    assert markdown(editor) == "one"


def test_a_text_that_is_locked_or_covered_keeps_it(editor: BodyEditor) -> None:
    type_keys(editor, "one ")
    compose(editor, "خبر")
    editor.setReadOnly(True)
    assert markdown(editor) == "one خبر"
    commit(editor, "later")
    assert markdown(editor) == "one خبر", "nobody writes in a text that is only read"


def test_a_committed_phrase_replaces_the_selection(editor: BodyEditor) -> None:
    show_markdown(editor, "one two")
    put_caret(editor, 0, 4, to=7)
    commit(editor, "三")
    assert markdown(editor) == "one 三"
    editor.undo()
    assert markdown(editor) == "one two"


def test_composing_in_bold_and_at_the_end_of_a_link(
    editor: BodyEditor, actions: PlainActions
) -> None:
    actions.action("format.bold").trigger()
    compose(editor, "に")
    commit(editor, "日本")
    assert markdown(editor) == "**日本**"
    show_markdown(editor, "[link](https://e.org/)")
    put_caret(editor, 0, 4)
    compose(editor, "に")
    commit(editor, "日")
    assert markdown(editor) == "[link](https://e.org/)日"


def test_a_reconversion_replaces_what_was_committed(editor: BodyEditor) -> None:
    commit(editor, "にほん")
    event = QInputMethodEvent()
    event.setCommitString("日本", -3, 3)
    QApplication.sendEvent(editor, event)
    assert lines(editor) == ["日本"]


def test_backspace_while_composing_does_not_take_a_rule_back(editor: BodyEditor) -> None:
    type_keys(editor, '"')
    compose(editor, "に")
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    assert '"' not in lines(editor)[0]


def test_places_in_the_window_stay_within_the_text_while_composing(editor: BodyEditor) -> None:
    show_markdown(editor, "one\n\ntwo\n\nlast")
    put_caret(editor, 2, 4)
    compose(editor, "にほんご")
    for block in range(3):
        line = editor.text_document.findBlockByNumber(block)
        area = editor.text_document.documentLayout().blockBoundingRect(line)
        for x in (0, 30, int(area.right()) + 100):
            found = editor.cursorForPosition(QPoint(x, int(area.center().y())))
            assert found.blockNumber() == block
    assert editor.cursorForPosition(QPoint(600, 480)).atEnd()
    editor.grab()

"""The real actions of the window, by their keys, with the caret in the body."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reporterdesk.ui.actions import Actions
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.formatting import STYLES
from reporterdesk.ui.editor.link_popover import LinkPopover
from reporterdesk.ui.editor.toolbar import FormatToolbar
from support.writing import lines, markdown, put_caret, show_markdown, type_keys


@pytest.fixture
def actions() -> Actions:
    """Return the actions of the app."""
    return Actions()


@pytest.fixture
def editor(qtbot: QtBot, actions: Actions) -> Iterator[BodyEditor]:
    """Lend an editor in a window with its toolbar and all actions."""
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    made = BodyEditor(window)
    made.bind_actions(actions)
    layout.addWidget(FormatToolbar(actions, window))
    layout.addWidget(made)
    for name in actions.names():
        window.addAction(actions.action(name))
    window.resize(800, 600)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.setFocus()
    yield made
    # Held until here: nothing else keeps the window.
    window.close()


def _press(editor: BodyEditor, key: QKeySequence | QKeySequence.StandardKey | str) -> None:
    QTest.keySequence(editor.window().windowHandle(), QKeySequence(key))


@pytest.mark.parametrize("name", sorted([*STYLES, "format.bold", "format.italic"]))
def test_the_key_of_an_action_does_what_its_button_does(
    editor: BodyEditor, actions: Actions, name: str
) -> None:
    show_markdown(editor, "## words")
    put_caret(editor, 0, 0, to=5)
    actions.action(name).trigger()
    expected = markdown(editor)
    show_markdown(editor, "## words")
    put_caret(editor, 0, 0, to=5)
    _press(editor, actions.action(name).shortcut())
    assert markdown(editor) == expected


def test_ctrl_k_asks_for_a_link(editor: BodyEditor) -> None:
    show_markdown(editor, "words after")
    _press(editor, "Ctrl+K")
    assert editor.findChild(LinkPopover).isVisible()
    _press(editor, "Escape")
    assert not any(sheet.isVisible() for sheet in editor.findChildren(LinkPopover))
    assert editor.hasFocus()
    assert markdown(editor) == "words after"


def test_undo_redo_copy_and_paste_by_their_keys(editor: BodyEditor) -> None:
    keys = QKeySequence.StandardKey
    show_markdown(editor, "![](photo:a1)\n\n**words**")
    _press(editor, keys.SelectAll)
    _press(editor, keys.Cut)
    assert lines(editor) == [""]
    _press(editor, keys.Undo)
    assert markdown(editor) == "![](photo:a1)\n\n**words**"
    _press(editor, keys.Redo)
    _press(editor, keys.Paste)
    assert markdown(editor) == "![](photo:a1)\n\n**words**"


def test_copying_within_the_app_keeps_figures(editor: BodyEditor) -> None:
    show_markdown(editor, "one\n\n![](photo:a1)\n\n- two")
    editor.selectAll()
    editor.copy()
    show_markdown(editor, "")
    editor.paste()
    assert markdown(editor) == "one\n\n![](photo:a1)\n\n- two"


def test_composing_at_a_figure_goes_to_a_new_paragraph(editor: BodyEditor) -> None:
    show_markdown(editor, "![](photo:a1)\n\nend")
    put_caret(editor, 0, 1)
    QApplication.sendEvent(editor, QInputMethodEvent("خ", []))
    done = QInputMethodEvent()
    done.setCommitString("خبر")
    QApplication.sendEvent(editor, done)
    assert markdown(editor) == "![](photo:a1)\n\nخبر\n\nend"


def test_another_report_forgets_the_rule_before_it(editor: BodyEditor) -> None:
    type_keys(editor, "- ")
    show_markdown(editor, "words")
    type_keys(editor, "\b")
    assert markdown(editor) == "words"
    show_markdown(editor, "> words")
    type_keys(editor, "\b")
    assert markdown(editor) == "words"


def test_dragging_words_over_a_figure_keeps_it_whole(editor: BodyEditor) -> None:
    """What a drag within the text does: take away here and put in there, as one step."""
    text = "one\n\n![](photo:a1)\n\ntwo"
    show_markdown(editor, text)
    put_caret(editor, 0, 0, to=3)
    dragged = editor.createMimeDataFromSelection()
    cursor = editor.textCursor()
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    put_caret(editor, 1, 1)
    editor.insertFromMimeData(dragged)
    cursor.endEditBlock()
    assert lines(editor) == ["", "\ufffc", "one", "two"]
    editor.undo()
    assert markdown(editor) == text


def test_a_word_deleted_into_a_figure_does_not_take_it_in(editor: BodyEditor) -> None:
    show_markdown(editor, "one\n\n![](photo:a1)")
    put_caret(editor, 0, 3)
    QTest.keyClick(editor, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert lines(editor)[0] == "one"
    type_keys(editor, "x")
    while editor.text_document.isUndoAvailable():
        editor.undo()
    assert markdown(editor) == "one\n\n![](photo:a1)"


def test_a_very_long_line_is_read_and_written(editor: BodyEditor) -> None:
    text = "word " * 20_000 + "end"
    show_markdown(editor, text)
    type_keys(editor, "x")
    assert markdown(editor) == "x" + text


def test_tab_leaves_the_text_for_the_next_control(editor: BodyEditor) -> None:
    show_markdown(editor, "words")
    _press(editor, "Tab")
    assert not editor.hasFocus()
    editor.setFocus()
    show_markdown(editor, "- one\n- two")
    put_caret(editor, 1)
    _press(editor, "Tab")
    assert editor.hasFocus()
    assert markdown(editor) == "- one\n    - two"

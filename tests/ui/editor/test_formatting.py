"""The format commands, their state, links and the toolbar."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.formatting import OTHERS, STYLES
from reporterdesk.ui.editor.toolbar import GROUPS, FormatToolbar
from support.writing import PlainActions, lines, markdown, put_caret, show_markdown, type_keys


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("heading2", "## words"),
        ("heading3", "### words"),
        ("bullets", "- words"),
        ("numbers", "1. words"),
        ("quote", "> words"),
    ],
)
def test_a_block_command_goes_on_and_off(
    editor: BodyEditor, actions: PlainActions, name: str, expected: str
) -> None:
    show_markdown(editor, "words")
    action = actions.action(f"format.{name}")
    action.trigger()
    assert markdown(editor) == expected
    assert action.isChecked()
    action.trigger()
    assert markdown(editor) == "words"
    assert not action.isChecked()
    assert actions.action("format.paragraph").isChecked()
    editor.undo()
    assert markdown(editor) == expected
    assert action.isChecked()


def test_a_block_command_takes_all_selected_lines_in_one_step(
    editor: BodyEditor, actions: PlainActions
) -> None:
    show_markdown(editor, "a\n\n![](photo:a1)\n\nb")
    editor.selectAll()
    actions.action("format.bullets").trigger()
    assert markdown(editor) == "- a\n\n![](photo:a1)\n\n- b"
    editor.undo()
    assert markdown(editor) == "a\n\n![](photo:a1)\n\nb"


def test_bold_and_italic_on_a_selection(editor: BodyEditor, actions: PlainActions) -> None:
    show_markdown(editor, "one [two](https://e.org/) three")
    put_caret(editor, 0, 0, to=7)
    actions.action("format.bold").trigger()
    assert markdown(editor) == "**one [two](https://e.org/)** three"
    assert actions.action("format.bold").isChecked()
    put_caret(editor, 0, 4, to=13)
    assert not actions.action("format.bold").isChecked()
    actions.action("format.italic").trigger()
    editor.undo()
    editor.undo()
    assert markdown(editor) == "one [two](https://e.org/) three"


def test_bold_before_typing(editor: BodyEditor, actions: PlainActions) -> None:
    type_keys(editor, "a ")
    actions.action("format.bold").trigger()
    assert actions.action("format.bold").isChecked()
    type_keys(editor, "b")
    actions.action("format.bold").trigger()
    type_keys(editor, " c")
    assert markdown(editor) == "a **b** c"


def test_indent_only_where_it_can_be(editor: BodyEditor, actions: PlainActions) -> None:
    show_markdown(editor, "- a\n- b\n\nwords")
    indent, outdent = actions.action("format.indent"), actions.action("format.outdent")
    put_caret(editor, 0)
    assert (indent.isEnabled(), outdent.isEnabled()) == (False, True)
    put_caret(editor, 1)
    assert indent.isEnabled()
    indent.trigger()
    assert markdown(editor) == "- a\n    - b\n\nwords"
    outdent.trigger()
    outdent.trigger()
    assert markdown(editor) == "- a\n\nb\n\nwords"
    put_caret(editor, 2)
    assert (indent.isEnabled(), outdent.isEnabled()) == (False, False)


def test_rule_and_figure(editor: BodyEditor, actions: PlainActions, qtbot: QtBot) -> None:
    show_markdown(editor, "one")
    put_caret(editor, 0, 3)
    actions.action("format.rule").trigger()
    type_keys(editor, "two")
    assert markdown(editor) == "one\n\n---\n\ntwo"
    with qtbot.waitSignal(editor.figure_requested):
        actions.action("format.figure").trigger()


def test_words_commands_rest_while_only_a_figure_is_selected(
    editor: BodyEditor, actions: PlainActions
) -> None:
    show_markdown(editor, "![](photo:a1)\n\nwords")
    put_caret(editor, 0, 0, to=1)
    assert not actions.action("format.bold").isEnabled()
    assert not actions.action("format.quote").isEnabled()
    assert actions.action("format.rule").isEnabled()
    editor.selectAll()
    assert actions.action("format.bold").isEnabled()


def test_nothing_can_be_formatted_in_a_text_to_be_read(
    editor: BodyEditor, actions: PlainActions
) -> None:
    show_markdown(editor, "- one")
    editor.setReadOnly(True)
    assert not any(actions.action(name).isEnabled() for name in (*STYLES, *OTHERS))


def test_edit_actions_go_to_the_field_with_the_keyboard(
    editor: BodyEditor, actions: PlainActions
) -> None:
    type_keys(editor, "body")
    actions.action("edit.select_all").trigger()
    assert editor.textCursor().selectedText() == "body"
    actions.action("edit.undo").trigger()
    assert lines(editor) == [""]
    headline = QLineEdit("headline", editor)
    headline.show()
    headline.setFocus()
    actions.action("edit.select_all").trigger()
    assert headline.selectedText() == "headline"


def test_the_toolbar_has_every_action_with_a_name(
    editor: BodyEditor, actions: PlainActions, qtbot: QtBot
) -> None:
    toolbar = FormatToolbar(actions)
    qtbot.addWidget(toolbar)
    toolbar.show()
    names = [name for group in GROUPS for name in group]
    assert sorted(names) == sorted([*STYLES, *OTHERS])
    buttons = [toolbar.widgetForAction(actions.action(name)) for name in names]
    assert all(isinstance(b, QToolButton) and b.accessibleName() for b in buttons)
    show_markdown(editor, "words")
    QTest.mouseClick(buttons[names.index("format.quote")], Qt.MouseButton.LeftButton)
    assert markdown(editor) == "> words"


def test_actions_follow_what_is_typed_once_it_is_painted(
    editor: BodyEditor, actions: PlainActions, qtbot: QtBot
) -> None:
    indent, outdent = actions.action("format.indent"), actions.action("format.outdent")
    type_keys(editor, "- one\nt")
    assert markdown(editor) == "- one\n- t"
    qtbot.waitUntil(lambda: indent.isEnabled() and outdent.isEnabled())


def test_a_shortcut_that_follows_at_once_finds_the_actions_as_they_are(
    editor: BodyEditor, actions: PlainActions
) -> None:
    type_keys(editor, "- one\nt")
    pressed = QKeyEvent(
        QEvent.Type.ShortcutOverride, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier
    )
    QApplication.sendEvent(editor, pressed)
    assert actions.action("format.indent").isEnabled()
    assert actions.action("format.bullets").isChecked()

"""The format commands, their state, links and the toolbar."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.formatting import OTHERS, STYLES
from reporterdesk.ui.editor.link_dialog import LinkDialog
from reporterdesk.ui.editor.links import LinkRefused, link_address
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


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("example.org", "https://example.org"),
        (" http://example.org/a b ", "http://example.org/a%20b"),
        ("HTTPS://example.org/", "https://example.org/"),
        ("desk@example.org", "mailto:desk@example.org"),
        ("localhost:8000/x", "https://localhost:8000/x"),
        ("اردو.example/خبر", "https://اردو.example/خبر"),
    ],
)
def test_what_is_typed_becomes_a_link(typed: str, link: str) -> None:
    assert link_address(typed) == link


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "hello", "hello world.org", "javascript:alert(1)", "file:///etc", "mailto:x", "://"],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(LinkRefused):
        link_address(typed)


def _answer(editor: BodyEditor, words: str | None, address: str | None, button: str) -> None:
    """Fill in the dialog that is open, and press a button of it."""
    dialog = next(d for d in editor.findChildren(LinkDialog) if d.isVisible())
    fields = dialog.findChildren(QLineEdit)
    assert all(field.accessibleName() for field in fields)
    for field, text in zip(fields, (words, address), strict=True):
        if text is not None:
            field.setText(text)
    next(b for b in dialog.findChildren(QPushButton) if button in b.text()).click()


def test_a_link_is_made_changed_and_removed(editor: BodyEditor, actions: PlainActions) -> None:
    show_markdown(editor, "see **here** now")
    put_caret(editor, 0, 0, to=8)
    link = actions.action("format.link")
    link.trigger()
    _answer(editor, None, "example.org", "Set link")
    assert markdown(editor) == "[see **here**](https://example.org) now"
    put_caret(editor, 0, 6)
    assert link.isChecked()
    link.trigger()
    _answer(editor, "there", "https://e.org/", "Set link")
    assert markdown(editor).replace("**", "") == "[there](https://e.org/) now"
    put_caret(editor, 0, 2)
    link.trigger()
    _answer(editor, None, None, "Remove")
    assert markdown(editor).replace("**", "") == "there now"


def test_a_link_without_a_selection_brings_its_words(
    editor: BodyEditor, actions: PlainActions
) -> None:
    actions.action("format.link").trigger()
    _answer(editor, "", "example.org/a", "Set link")
    assert markdown(editor) == "[example.org/a](https://example.org/a)"


def test_a_bad_address_keeps_the_dialog_open_and_says_so(qtbot: QtBot) -> None:
    dialog = LinkDialog("words", None)
    qtbot.addWidget(dialog)
    dialog.show()
    address = dialog.findChildren(QLineEdit)[1]
    address.setText("javascript:alert(1)")
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.result() != QDialog.DialogCode.Accepted
    QTest.keyClick(address, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_ctrl_click_opens_a_link(editor: BodyEditor, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    show_markdown(editor, "[a long link to a page](https://example.org/)")
    where = editor.cursorRect().center() + QPoint(30, 0)
    QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert not opened
    QTest.mouseClick(
        editor.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ControlModifier,
        pos=where,
    )
    assert opened == ["https://example.org/"]


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

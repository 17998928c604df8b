"""Links: what is an address, the sheet in which they are edited, and what the mouse does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QDesktopServices, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QToolTip
from pytestqt.qtbot import QtBot

from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.link_popover import LinkPopover
from reporterdesk.ui.editor.links import LinkRefused, link_address
from support.writing import PlainActions, markdown, put_caret, show_markdown, type_keys


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


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the addresses that the browser was asked for."""
    asked: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toString()))
    return asked


def _sheet(editor: BodyEditor) -> LinkPopover:
    return next(sheet for sheet in editor.findChildren(LinkPopover) if sheet.isVisible())


def _fields(sheet: LinkPopover) -> tuple[QLineEdit, QLineEdit]:
    words, address = sheet.findChildren(QLineEdit)
    assert words.accessibleName()
    assert address.accessibleName()
    return words, address


def _press(sheet: LinkPopover, name: str) -> None:
    next(b for b in sheet.findChildren(QPushButton) if name in b.text()).click()


def _key(sheet: LinkPopover, key: Qt.Key) -> None:
    QTest.keyClick(sheet.focusWidget(), key)


def test_a_link_is_made_changed_and_removed(editor: BodyEditor, actions: PlainActions) -> None:
    show_markdown(editor, "**see** here now")
    put_caret(editor, 0, 0, to=8)
    link = actions.action("format.link")
    link.trigger()
    sheet = _sheet(editor)
    assert sheet.focusWidget() is _fields(sheet)[1], "the words are chosen already"
    QTest.keyClicks(_fields(sheet)[1], "example.org")
    _key(sheet, Qt.Key.Key_Return)
    assert markdown(editor) == "[**see** here](https://example.org) now"
    assert editor.hasFocus()
    type_keys(editor, "!")
    assert markdown(editor) == "[**see** here](https://example.org)! now"
    put_caret(editor, 0, 6)
    assert link.isChecked()
    link.trigger()
    words, address = _fields(_sheet(editor))
    assert (words.text(), address.text()) == ("see here", "https://example.org")
    words.setText("there")
    address.setText("https://e.org/")
    _press(_sheet(editor), "Set link")
    assert markdown(editor).replace("**", "") == "[there](https://e.org/)! now"
    put_caret(editor, 0, 2)
    link.trigger()
    _press(_sheet(editor), "Remove")
    assert markdown(editor).replace("**", "") == "there! now"
    for expected in ("[there](https://e.org/)! now", "[see here](https://example.org)! now"):
        editor.undo()
        assert markdown(editor).replace("**", "") == expected


def test_a_link_without_a_selection_brings_its_words(
    editor: BodyEditor, actions: PlainActions
) -> None:
    actions.action("format.link").trigger()
    sheet = _sheet(editor)
    assert sheet.focusWidget() is _fields(sheet)[0]
    QTest.keyClick(_fields(sheet)[0], Qt.Key.Key_Tab)
    assert sheet.focusWidget() is _fields(sheet)[1]
    QTest.keyClicks(_fields(sheet)[1], "example.org/a")
    _key(sheet, Qt.Key.Key_Enter)
    assert markdown(editor) == "[example.org/a](https://example.org/a)"


def test_words_over_several_lines_are_linked_as_they_are(
    editor: BodyEditor, actions: PlainActions
) -> None:
    show_markdown(editor, "one\n\n- two")
    editor.selectAll()
    actions.action("format.link").trigger()
    assert _fields(_sheet(editor))[0].isHidden()
    QTest.keyClicks(_fields(_sheet(editor))[1], "e.org")
    _key(_sheet(editor), Qt.Key.Key_Return)
    assert markdown(editor) == "[one](https://e.org)\n\n- [two](https://e.org)"


def test_a_bad_address_keeps_it_open_and_escape_leaves_all_as_it_was(
    editor: BodyEditor, actions: PlainActions
) -> None:
    show_markdown(editor, "a [link](https://e.org/) b")
    put_caret(editor, 0, 4)
    actions.action("format.link").trigger()
    sheet = _sheet(editor)
    assert editor.textCursor().selectedText() == "link", "what is edited is to be seen"
    _fields(sheet)[1].setText("javascript:alert(1)")
    height = sheet.height()
    _key(sheet, Qt.Key.Key_Return)
    assert sheet.isVisible()
    assert sheet.height() > height, "it says what is wrong"
    _key(sheet, Qt.Key.Key_Escape)
    assert sheet.isHidden()
    assert editor.hasFocus()
    assert editor.caret_position() == 4
    assert not editor.textCursor().hasSelection()
    assert markdown(editor) == "a [link](https://e.org/) b"
    assert not editor.text_document.isUndoAvailable()


def test_no_key_in_the_sheet_reaches_the_text(editor: BodyEditor, actions: PlainActions) -> None:
    show_markdown(editor, "words")
    put_caret(editor, 0, 0, to=5)
    actions.action("format.link").trigger()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Backspace, Qt.Key.Key_F9, Qt.Key.Key_Insert):
        _key(_sheet(editor), key)
    assert markdown(editor) == "words"


def test_it_closes_when_the_person_turns_to_something_else(
    editor: BodyEditor, actions: PlainActions, qtbot: QtBot
) -> None:
    link = actions.action("format.link")
    show_markdown(editor, "words\n\nmore")
    put_caret(editor, 0, 0, to=5)
    link.trigger()
    sheet = _sheet(editor)
    QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 200))
    assert sheet.isHidden()
    link.trigger()
    sheet = _sheet(editor)
    show_markdown(editor, "another report")
    assert sheet.isHidden()
    assert markdown(editor) == "another report"
    link.trigger()
    sheet = _sheet(editor)
    editor.setReadOnly(True)
    assert sheet.isHidden()
    editor.setReadOnly(False)
    link.trigger()
    link.trigger()
    assert len([s for s in editor.findChildren(LinkPopover) if s.isVisible()]) == 1


def test_it_stands_under_the_words_and_within_the_paper(
    editor: BodyEditor, actions: PlainActions
) -> None:
    show_markdown(editor, "\n\n".join(["words and more of them"] * 40))
    link = actions.action("format.link")
    for block in (0, 20, 39):
        put_caret(editor, block, 0, to=5)
        editor.ensureCursorVisible()
        link.trigger()
        sheet = _sheet(editor)
        words = editor.cursorRect().translated(editor.viewport().pos())
        assert editor.rect().contains(sheet.geometry())
        assert not sheet.geometry().intersects(words)
        _key(sheet, Qt.Key.Key_Escape)


def test_open_shows_the_page_and_keeps_the_sheet(
    editor: BodyEditor, actions: PlainActions, opened: list[str]
) -> None:
    show_markdown(editor, "[link](https://e.org/)")
    put_caret(editor, 0, 2)
    actions.action("format.link").trigger()
    _press(_sheet(editor), "Open")
    assert opened == ["https://e.org/"]
    _fields(_sheet(editor))[1].setText("nothing")
    _press(_sheet(editor), "Open")
    assert len(opened) == 1


def test_only_ctrl_click_opens_a_link(editor: BodyEditor, opened: list[str]) -> None:
    show_markdown(editor, "[a long link to a page](https://example.org/)")
    where = editor.cursorRect().center() + QPoint(30, 0)
    left, ctrl = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
    QTest.mouseClick(editor.viewport(), left, pos=where)
    assert not opened
    QTest.mouseClick(editor.viewport(), left, ctrl, pos=where)
    assert opened == ["https://example.org/"]


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_the_mouse_over_a_link_tells_where_it_goes(editor: BodyEditor) -> None:
    show_markdown(editor, "[a long link to a page](https://example.org/)\n\nwords")
    where = editor.cursorRect().center() + QPoint(30, 0)
    on_screen = editor.viewport().mapToGlobal(where)
    QApplication.sendEvent(editor.viewport(), QHelpEvent(QEvent.Type.ToolTip, where, on_screen))
    assert "https://example.org/" in QToolTip.text()
    assert "click" in QToolTip.text()
    QToolTip.hideText()

    ctrl = Qt.KeyboardModifier.ControlModifier
    editor.pointing.point(where, ctrl)
    assert editor.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    editor.pointing.point(where, Qt.KeyboardModifier.NoModifier)
    assert editor.viewport().cursor().shape() == Qt.CursorShape.IBeamCursor
    editor.pointing.point(QPoint(60, 200), ctrl)
    assert editor.viewport().cursor().shape() == Qt.CursorShape.IBeamCursor

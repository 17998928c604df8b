"""How the paper behaves: theme, direction, line length, caret, sizes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reporterdesk.text.tree import Document
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.numbering import Numbering
from reporterdesk.ui.editor.palette import inks
from support.writing import all_blocks, markdown, put_caret, show_markdown, type_keys

EVERYTHING = (
    "## Title\n\nwords **bold** [link](https://e.org/)\n\n- a\n    1. b\n\n> said\n>\n> again\n\n"
    "---\n\n![](photo:a1)\n\n<https://e.org/film>\n\nend"
)


def _dark(editor: BodyEditor) -> QPalette:
    palette = QPalette(editor.palette())
    palette.setColor(QPalette.ColorRole.Base, QColor("#1E2227"))
    palette.setColor(QPalette.ColorRole.Text, QColor("#E8EAED"))
    return palette


def test_dark_mode_changes_the_look_and_nothing_else(editor: BodyEditor) -> None:
    show_markdown(editor, EVERYTHING)
    before = editor.document()
    edited: list[None] = []
    editor.edited.connect(lambda: edited.append(None))
    light = editor.grab().toImage()
    read = editor.blocks_read()
    editor.setPalette(_dark(editor))
    dark = editor.grab().toImage()
    assert dark.pixelColor(2, 2) == QColor("#1E2227")
    assert dark != light
    assert not edited
    assert not editor.text_document.isModified()
    assert not editor.text_document.isUndoAvailable()
    assert editor.document() == before
    assert editor.blocks_read() == read


def _contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio (WCAG 2.2, 1.4.3)."""

    def luminance(colour: QColor) -> float:
        parts = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in (colour.redF(), colour.greenF(), colour.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("paper", ["#FFFFFF", "#1E2227"])
def test_words_stand_out_from_the_paper(paper: str) -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor(paper))
    colours = inks(palette)
    for colour in (colours.muted, colours.accent, colours.wrong):
        assert _contrast(colour, QColor(paper)) >= 4.5
        assert _contrast(colour, colours.wash) >= 4.5


def test_set_document_is_no_edit_and_typing_is(editor: BodyEditor, qtbot: QtBot) -> None:
    edited: list[None] = []
    editor.edited.connect(lambda: edited.append(None))
    show_markdown(editor, EVERYTHING)
    assert not edited
    with qtbot.waitSignal(editor.edited):
        type_keys(editor, "x")


def test_each_block_reads_from_its_own_side(editor: BodyEditor) -> None:
    show_markdown(editor, "english\n\nاردو میں\n\n- نمبر")
    editor.grab()
    sides = [block.textDirection() for block in all_blocks(editor)]
    left, right = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
    assert sides == [left, right, right]
    put_caret(editor, 2)
    assert editor.cursorRect().left() > editor.viewport().width() / 2


def test_an_empty_urdu_report_starts_at_the_right(editor: BodyEditor) -> None:
    editor.set_text_direction(Qt.LayoutDirection.RightToLeft)
    assert editor.cursorRect().left() > editor.viewport().width() / 2
    assert not editor.text_document.isUndoAvailable()
    type_keys(editor, "اردو")
    assert markdown(editor) == "اردو"
    editor.set_text_direction(Qt.LayoutDirection.LeftToRight)
    editor.set_document(Document())
    assert editor.cursorRect().left() < editor.viewport().width() / 2


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection))
def test_marks_are_painted_on_either_side(
    editor: BodyEditor, direction: Qt.LayoutDirection
) -> None:
    editor.set_text_direction(direction)
    show_markdown(editor, EVERYTHING)
    marked = editor.grab().toImage()
    editor.marks.paint = lambda *_: None  # type: ignore[method-assign]
    assert editor.grab().toImage() != marked


def test_numbers_count_within_their_list(editor: BodyEditor) -> None:
    show_markdown(editor, "1. a\n    1. b\n    2. c\n2. d\n\n- e\n\nwords\n\n1. f")
    numbering = Numbering(editor.text_document)
    numbers = {block.text(): numbering.number(block) for block in all_blocks(editor)}
    assert (numbers["a"], numbers["b"], numbers["c"], numbers["d"], numbers["f"]) == (1, 1, 2, 2, 1)


def test_lines_stay_readable_in_a_wide_window(editor: BodyEditor, qtbot: QtBot) -> None:
    show_markdown(editor, "word " * 200)
    editor.resize(1600, 600)
    line = editor.text_document.begin().layout().lineAt(1)
    assert 55 <= line.textLength() <= 80
    left = editor.viewport().x()
    right = editor.width() - editor.viewport().geometry().right()
    assert abs(left - right) <= editor.verticalScrollBar().width() + 2
    editor.resize(320, 600)
    assert editor.viewport().x() == 0


def test_a_click_in_the_margin_puts_the_caret_beside(editor: BodyEditor) -> None:
    show_markdown(editor, "one\n\ntwo")
    editor.resize(1600, 600)
    put_caret(editor, 1, 3)
    low = editor.cursorRect().center().y()
    editor.set_caret_position(0)
    QTest.mouseClick(editor, Qt.MouseButton.LeftButton, pos=QPoint(5, low))
    assert editor.textCursor().block().text() == "two"


def test_the_caret_is_kept_and_put_back(editor: BodyEditor) -> None:
    show_markdown(editor, "one 😀 two\n\nthree")
    put_caret(editor, 1, 2)
    place = editor.caret_position()
    show_markdown(editor, "one 😀 two\n\nthree")
    assert editor.caret_position() == 0
    editor.set_caret_position(place)
    assert editor.textCursor().positionInBlock() == 2
    for wild in (-5, 10_000):
        editor.set_caret_position(wild)
        assert 0 <= editor.caret_position() <= 16


def test_larger_letters_are_no_edit(editor: BodyEditor) -> None:
    show_markdown(editor, EVERYTHING)
    before, low = editor.document(), editor.text_document.size().height()
    editor.set_text_size(20)
    assert editor.text_document.size().height() > low
    assert editor.document() == before
    assert not editor.text_document.isUndoAvailable()


def test_nothing_is_painted_beside_an_empty_report_but_the_placeholder(
    editor: BodyEditor,
) -> None:
    shown = editor.grab().toImage()
    editor.setReadOnly(True)
    assert editor.grab().toImage() != shown


def test_every_control_has_a_name(editor: BodyEditor) -> None:
    assert editor.accessibleName()
    assert editor.accessibleDescription()


def test_no_size_is_too_small(editor: BodyEditor) -> None:
    show_markdown(editor, EVERYTHING)
    for width, height in ((1, 1), (40, 40), (120, 30)):
        editor.resize(width, height)
        assert not editor.grab().isNull()


def test_editors_come_and_go_without_a_word_from_qt(qtbot: QtBot) -> None:
    for _ in range(5):
        parent = QWidget()
        qtbot.addWidget(parent)
        editor = BodyEditor(parent)
        show_markdown(editor, EVERYTHING)
        editor.grab()
        editor.deleteLater()
        QTest.qWait(0)

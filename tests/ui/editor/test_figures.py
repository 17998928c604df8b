"""Photos, rules and embeds: whole whatever is done around them."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.figures import FigureWords
from support.writing import lines, markdown, put_caret, select, show_markdown, type_keys

TEXT = "one\n\n![](photo:a1)\n\ntwo"


def _picture(width: int = 640, height: int = 480) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#cc3311"))
    return image


def test_a_figure_goes_into_a_block_of_its_own_at_the_caret(editor: BodyEditor) -> None:
    show_markdown(editor, "onetwo")
    put_caret(editor, 0, 3)
    editor.insert_figure("a1")
    assert markdown(editor) == TEXT
    type_keys(editor, "x")
    assert markdown(editor) == TEXT.replace("two", "xtwo")
    editor.undo()
    editor.undo()
    assert markdown(editor) == "onetwo"
    editor.redo()
    assert markdown(editor) == TEXT


def test_a_figure_uses_up_an_empty_line(editor: BodyEditor) -> None:
    type_keys(editor, "one\n")
    editor.insert_figure("a1")
    type_keys(editor, "two")
    assert lines(editor) == ["one", "\ufffc", "two"]


def test_typing_at_a_figure_goes_to_a_new_paragraph(editor: BodyEditor) -> None:
    show_markdown(editor, TEXT)
    put_caret(editor, 1, 1)
    type_keys(editor, "after")
    put_caret(editor, 1, 0)
    type_keys(editor, "before")
    assert markdown(editor) == "one\n\nbefore\n\n![](photo:a1)\n\nafter\n\ntwo"


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_removes_a_figure_in_one_step(editor: BodyEditor, key: Qt.Key) -> None:
    show_markdown(editor, TEXT)
    put_caret(editor, 1, 1)
    QTest.keyClick(editor, key)
    assert markdown(editor) == "one\n\ntwo"
    assert lines(editor) == ["one", "two"]
    editor.undo()
    assert markdown(editor) == TEXT


def test_delete_removes_the_only_figure_and_leaves_a_line_to_write_on(editor: BodyEditor) -> None:
    show_markdown(editor, "![](photo:a1)")
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    type_keys(editor, "words")
    assert markdown(editor) == "words"


@pytest.mark.parametrize(
    ("block", "column", "key"), [(2, 0, Qt.Key.Key_Backspace), (0, 3, Qt.Key.Key_Delete)]
)
def test_from_beside_a_figure_it_is_selected_first(
    editor: BodyEditor, block: int, column: int, key: Qt.Key
) -> None:
    show_markdown(editor, TEXT)
    put_caret(editor, block, column)
    QTest.keyClick(editor, key)
    assert markdown(editor) == TEXT
    assert editor.textCursor().selectedText() == "\ufffc"
    QTest.keyClick(editor, key)
    assert markdown(editor) == "one\n\ntwo"


@pytest.mark.parametrize(
    ("anchor", "position", "expected"),
    [
        (2, 4, "on\n\n![](photo:a1)\n\ntwo"),
        (5, 7, "one\n\n![](photo:a1)\n\nwo"),
        (2, 7, "onwo"),
        (4, 6, "one\n\ntwo"),
        (0, 5, "two"),
    ],
)
def test_no_selection_can_break_a_figure(
    editor: BodyEditor, anchor: int, position: int, expected: str
) -> None:
    show_markdown(editor, TEXT)
    select(editor, anchor, position)
    editor.cut()
    assert markdown(editor) == expected
    type_keys(editor, "x")
    left = re.sub("\n{2,}", "\n\n", markdown(editor).replace("x", "")).strip("\n")
    assert left == expected
    while editor.text_document.isUndoAvailable():
        editor.undo()
    assert markdown(editor) == TEXT


def test_a_figure_shows_its_picture_and_caption(editor: BodyEditor) -> None:
    asked: list[str] = []
    editor.set_photo_sources(
        lambda photo_id, _longest: asked.append(photo_id) or _picture(),
        words=lambda _photo_id: FigureWords("The mayor at the bridge."),
    )
    show_markdown(editor, "![](photo:a1)")
    shot = editor.grab().toImage()
    middle = shot.pixelColor(editor.width() // 2, 200)
    assert asked[0] == "a1"
    assert middle == QColor("#cc3311")


def test_a_missing_picture_shows_a_calm_place_and_later_the_picture(editor: BodyEditor) -> None:
    pictures: dict[str, QImage] = {}
    edited: list[None] = []
    editor.set_photo_sources(lambda photo_id, _longest: pictures.get(photo_id))
    show_markdown(editor, TEXT)
    editor.edited.connect(lambda: edited.append(None))
    low = editor.text_document.size().height()
    editor.grab()
    pictures["a1"] = _picture()
    editor.refresh_figure("a1")
    assert editor.text_document.size().height() > low
    assert not edited
    assert not editor.text_document.isUndoAvailable()


def test_a_picture_that_is_null_or_thin_is_shown_calmly(editor: BodyEditor) -> None:
    editor.set_photo_sources(
        lambda photo_id, _longest: QImage() if photo_id == "a1" else _picture(4000, 1)
    )
    show_markdown(editor, "![](photo:a1)\n\n![](photo:a2)")
    assert not editor.grab().isNull()


def test_a_click_selects_the_whole_figure(editor: BodyEditor) -> None:
    show_markdown(editor, "![](photo:a1)\n\nwords")
    QTest.mouseClick(
        editor.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(editor.viewport().width() // 2, 90)
    )
    assert editor.textCursor().selectedText() == "\ufffc"


def test_a_selected_picture_keeps_its_colours_in_a_frame(editor: BodyEditor) -> None:
    editor.set_photo_sources(lambda _photo_id, _longest: _picture())
    show_markdown(editor, "![](photo:a1)\n\nwords")
    put_caret(editor, 1)
    plain = editor.grab().toImage()
    select(editor, 0, 1)
    chosen = editor.grab().toImage()
    assert chosen != plain
    assert chosen.pixelColor(editor.width() // 2, 200) == QColor("#cc3311")


def test_rules_and_embeds_stand_alone_too(editor: BodyEditor) -> None:
    text = "one\n\n---\n\n<https://example.org/film>\n\ntwo"
    show_markdown(editor, text)
    assert lines(editor) == ["one", "\ufffc", "\ufffc", "two"]
    editor.grab()
    put_caret(editor, 2, 1)
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    assert markdown(editor) == "one\n\n---\n\ntwo"


def test_figures_follow_the_width(editor: BodyEditor) -> None:
    editor.set_photo_sources(lambda _photo_id, _longest: _picture(1280, 800))
    show_markdown(editor, "![](photo:a1)")
    wide = editor.text_document.size().height()
    editor.resize(360, 500)
    editor.grab()
    assert editor.text_document.size().height() < wide

"""Photos under the hand: chosen, opened, carried between blocks, let fall from outside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
    QTextCursor,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.figure_hand import FIGURE_MIME, PHOTO_MIME
from reporterdesk.ui.editor.gaps import Gap, block_area, gap_line
from support.writing import lines, markdown, put_caret, select, show_markdown, type_keys

TEXT = "one\n\ntwo\n\n![](photo:a1)\n\nthree"
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def middle_of(editor: BodyEditor, number: int) -> QPoint:
    area = block_area(editor, editor.text_document.findBlockByNumber(number))
    return QPoint(editor.viewport().width() // 2, round(area.center().y()))


def between(editor: BodyEditor, gap: int) -> QPoint:
    return gap_line(editor, gap).center()


def drag_event(kind: type[QDropEvent], place: QPoint, data: QMimeData) -> QDropEvent:
    move = Qt.DropAction.MoveAction
    if kind is QDropEvent:
        return QDropEvent(QPointF(place), move, data, LEFT, NONE)
    return kind(place, move, data, LEFT, NONE)


def drag_over(editor: BodyEditor, place: QPoint, data: QMimeData, *, fall: bool) -> None:
    kinds: list[type[QDropEvent]] = [QDragEnterEvent, QDragMoveEvent]
    for kind in [*kinds, QDropEvent] if fall else kinds:
        QApplication.sendEvent(editor.viewport(), drag_event(kind, place, data))


def pull(editor: BodyEditor, start: QPoint, course: Callable[[QDrag], object]) -> None:
    """Press on a place and pull away from it; the drag takes ``course``."""
    editor.hand.carry = course
    QTest.mousePress(editor.viewport(), LEFT, NONE, start)
    for step in (3, 40):
        there = QPointF(start + QPoint(step, step))
        move = QMouseEvent(QEvent.Type.MouseMove, there, there, Qt.MouseButton.NoButton, LEFT, NONE)
        QApplication.sendEvent(editor.viewport(), move)
    QTest.mouseRelease(editor.viewport(), LEFT, NONE, start)


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (0, ["\ufffc", "one", "two", "three"]),
        (1, ["one", "\ufffc", "two", "three"]),
        (2, ["one", "two", "\ufffc", "three"]),
        (4, ["one", "two", "three", "\ufffc"]),
    ],
)
def test_a_figure_is_carried_between_two_blocks_in_one_step(
    editor: BodyEditor, gap: int, expected: list[str]
) -> None:
    show_markdown(editor, TEXT)
    pull(
        editor,
        middle_of(editor, 2),
        lambda drag: drag_over(editor, between(editor, gap), drag.mimeData(), fall=True),
    )
    assert lines(editor) == expected
    assert editor.textCursor().selectedText() == "\ufffc"
    moved = markdown(editor)
    assert "![](photo:a1)" in moved
    editor.undo()
    assert markdown(editor) == TEXT
    assert not editor.text_document.isUndoAvailable()
    editor.redo()
    assert markdown(editor) == (TEXT if gap == 2 else moved)


def test_a_line_shows_where_it_would_fall_and_goes_when_it_leaves(editor: BodyEditor) -> None:
    show_markdown(editor, TEXT)
    shown: list[bool] = []

    def course(drag: QDrag) -> None:
        drag_over(editor, between(editor, 1), drag.mimeData(), fall=False)
        shown.append(editor.hand._line.isVisible())
        QApplication.sendEvent(editor.viewport(), QDragLeaveEvent())
        shown.append(editor.hand._line.isVisible())

    pull(editor, middle_of(editor, 2), course)
    assert shown == [True, False]
    assert markdown(editor) == TEXT
    assert not editor.text_document.isUndoAvailable()


def test_let_fall_outside_or_taken_from_a_text_to_be_read_nothing_happens(
    editor: BodyEditor,
) -> None:
    show_markdown(editor, TEXT)
    pull(editor, middle_of(editor, 2), lambda _drag: None)
    stray = QMimeData()
    stray.setData(FIGURE_MIME, b"a1")
    drag_over(editor, between(editor, 0), stray, fall=True)
    editor.setReadOnly(True)
    pull(editor, middle_of(editor, 2), lambda _drag: pytest.fail("nothing can be carried"))
    card = QMimeData()
    card.setData(PHOTO_MIME, b"a2")
    editor.hand.photo_let_fall.connect(lambda *_: pytest.fail("nothing can fall"))
    drag_over(editor, between(editor, 0), card, fall=True)
    assert markdown(editor) == TEXT


def test_a_figure_that_is_gone_when_it_falls_is_not_brought_back(editor: BodyEditor) -> None:
    show_markdown(editor, TEXT)

    def course(drag: QDrag) -> None:
        show_markdown(editor, "quite another text")
        drag_over(editor, between(editor, 0), drag.mimeData(), fall=True)

    pull(editor, middle_of(editor, 2), course)
    assert markdown(editor) == "quite another text"


def test_photos_fall_between_blocks_and_never_into_words(
    editor: BodyEditor, tmp_path: Path
) -> None:
    show_markdown(editor, "a long line of words\n\nanother")
    fallen: list[tuple[object, Gap]] = []
    editor.hand.files_let_fall.connect(lambda paths, gap: fallen.append((paths, gap)))
    editor.hand.photo_let_fall.connect(lambda photo, gap: fallen.append((photo, gap)))
    files, card = QMimeData(), QMimeData()
    paths = [tmp_path / "a.JPG", tmp_path / "b.heic"]
    files.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    card.setData(PHOTO_MIME, b"p9")
    drag_over(editor, middle_of(editor, 0) - QPoint(0, 2), files, fall=True)
    drag_over(editor, middle_of(editor, 0) + QPoint(0, 4), card, fall=True)
    assert [what for what, _ in fallen] == [paths, "p9"]
    for name in ("f1", "f2"):
        fallen[0][1].put(name)
    fallen[1][1].put("p9")
    assert markdown(editor) == (
        "![](photo:f1)\n\n![](photo:f2)\n\na long line of words\n\n![](photo:p9)\n\nanother"
    )


def test_a_gap_stays_while_words_are_typed_around_it(editor: BodyEditor) -> None:
    show_markdown(editor, "one\n\ntwo")
    gap, end = Gap(editor.text_document, 1), Gap(editor.text_document, 2)
    put_caret(editor, 1, 0)
    type_keys(editor, "not ")
    put_caret(editor, 0, 3)
    type_keys(editor, " more\nnew")
    gap.put("a1")
    gap.put("a2")
    end.put("a3")
    assert lines(editor)[-2:] == ["not two", "\ufffc"]
    found = markdown(editor)
    assert found.index("one") < found.index("a1") < found.index("a2") < found.index("not two")


def test_a_gap_in_a_text_that_was_emptied_is_still_one(editor: BodyEditor) -> None:
    show_markdown(editor, TEXT)
    gap = Gap(editor.text_document, 3)
    editor.selectAll()
    editor.cut()
    gap.put("b1")
    assert markdown(editor) == "![](photo:b1)"


def test_enter_and_double_click_open_the_words_of_a_photo(editor: BodyEditor) -> None:
    show_markdown(editor, TEXT)
    opened: list[str] = []
    editor.hand.opened.connect(opened.append)
    QTest.mouseClick(editor.viewport(), LEFT, NONE, middle_of(editor, 2))
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert opened == ["a1"]
    QTest.mouseDClick(editor.viewport(), LEFT, NONE, middle_of(editor, 2))
    assert opened == ["a1", "a1"]
    put_caret(editor, 2, 1)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    select(editor, 6, 10)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert opened == ["a1", "a1"]


def test_cut_and_paste_keep_the_photo(editor: BodyEditor) -> None:
    show_markdown(editor, TEXT)
    put_caret(editor, 2, 0, to=1)
    editor.cut()
    assert markdown(editor) == "one\n\ntwo\n\nthree"
    put_caret(editor, 0, 0)
    editor.paste()
    assert markdown(editor) == "![](photo:a1)\n\none\n\ntwo\n\nthree"


def test_a_click_below_a_last_figure_puts_the_caret_after_it(editor: BodyEditor) -> None:
    show_markdown(editor, "one\n\n![](photo:a1)")
    below = QPoint(60, editor.viewport().height() - 10)
    QTest.mouseClick(editor.viewport(), LEFT, NONE, below)
    assert not editor.textCursor().hasSelection()
    type_keys(editor, "after")
    assert lines(editor) == ["one", "\ufffc", "after"]


def test_format_commands_leave_a_figure_as_it_is(editor: BodyEditor) -> None:
    show_markdown(editor, TEXT)
    editor._formatting.heading2()
    cursor = QTextCursor(editor.text_document)
    cursor.select(QTextCursor.SelectionType.Document)
    editor.setTextCursor(cursor)
    for command in (editor._formatting.bold, editor._formatting.quote, editor._formatting.bullets):
        command()
        assert "![](photo:a1)" in markdown(editor)
        assert lines(editor)[2] == "\ufffc"

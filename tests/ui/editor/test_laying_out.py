"""A long report shows its beginning before all of it is laid out, and nothing is lost by that."""

from __future__ import annotations

import random

from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from reporterdesk.text.parse import parse
from reporterdesk.text.print import to_markdown
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.document_writer import write_document
from support.long_reports import long_report
from support.writing import put_caret, show_markdown, type_keys

LONG = long_report(6_000).markdown


def _places(editor: BodyEditor) -> list[tuple[float, float, float, float]]:
    document = editor.text_document
    layout = document.documentLayout()
    blocks = map(document.findBlockByNumber, range(document.blockCount()))
    return [layout.blockBoundingRect(block).getRect() for block in blocks]


def _laid_out(editor: BodyEditor, number: int) -> bool:
    return editor.text_document.findBlockByNumber(number).layout().lineCount() > 0


def test_the_beginning_comes_first_and_the_rest_by_itself(editor: BodyEditor, qtbot: QtBot) -> None:
    show_markdown(editor, LONG)
    last = editor.text_document.blockCount() - 1
    editor.viewport().repaint()
    assert _laid_out(editor, 0)
    assert not _laid_out(editor, last)
    qtbot.waitUntil(lambda: _laid_out(editor, last))
    bit_by_bit = _places(editor)
    write_document(editor.text_document, parse(LONG))  # all at once
    assert _places(editor) == bit_by_bit


def test_a_caret_far_down_is_seen_at_once(editor: BodyEditor) -> None:
    show_markdown(editor, LONG)
    position = editor.text_document.characterCount() - 400
    editor.set_caret_position(position)
    assert editor.caret_position() == position
    assert editor.viewport().rect().contains(editor.cursorRect())


def test_what_is_typed_before_all_is_laid_out_is_written_and_undone(
    editor: BodyEditor, qtbot: QtBot
) -> None:
    chance = random.Random(3)
    for _ in range(6):
        show_markdown(editor, LONG)
        shown = to_markdown(editor.document())
        assert not editor.text_document.isUndoAvailable()
        number = chance.randrange(editor.text_document.blockCount())
        put_caret(editor, number, 1)
        type_keys(editor, "xy\nz")
        where = editor.textCursor()
        assert where.block().text().startswith("z")
        assert where.block().previous().text().endswith("xy")
        assert editor.viewport().rect().contains(editor.cursorRect().center())
        qtbot.waitUntil(lambda: _laid_out(editor, editor.text_document.blockCount() - 1))
        while editor.text_document.isUndoAvailable():
            editor.undo()
        assert to_markdown(editor.document()) == shown


def test_what_is_changed_otherwise_before_all_is_laid_out_is_laid_out_too(
    editor: BodyEditor,
) -> None:
    for change in ("insert", "remove", "dirty"):
        show_markdown(editor, LONG)
        last = editor.text_document.blockCount() - 1
        assert not _laid_out(editor, last)
        cursor = QTextCursor(editor.text_document.findBlockByNumber(last // 2))
        if change == "insert":
            cursor.insertText("more words")
        elif change == "remove":
            cursor.movePosition(
                QTextCursor.MoveOperation.NextBlock, QTextCursor.MoveMode.KeepAnchor, 5
            )
            cursor.removeSelectedText()
        else:
            editor.draw_marks_again((last // 2,))
        blocks = range(editor.text_document.blockCount())
        assert all(_laid_out(editor, number) for number in blocks)
        bit_by_bit = _places(editor)
        editor.text_document.setPageSize(editor.text_document.pageSize())
        assert _places(editor) == bit_by_bit


def test_another_report_may_follow_before_the_first_is_laid_out(editor: BodyEditor) -> None:
    show_markdown(editor, LONG)
    show_markdown(editor, "short")
    assert editor.text_document.size().height() < editor.viewport().height()
    assert to_markdown(editor.document()) == "short"


def test_what_is_at_a_place_is_found_before_all_is_laid_out(editor: BodyEditor) -> None:
    show_markdown(editor, "\n".join(f"{n}. item" for n in range(1, 3_000)))
    assert not _laid_out(editor, editor.text_document.blockCount() - 1)
    first = editor.grab().toImage()
    assert editor.cursorForPosition(QPoint(0, 0)).position() == 0
    editor.laying_out.finish()
    editor.viewport().update()
    again = editor.grab().toImage()
    width = editor.width() // 2  # not the scroll bar, which knows the length only now
    assert first.copy(0, 0, width, 300) == again.copy(0, 0, width, 300)

"""A report that is opened again shows its caret, however late its layout is final."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reporterdesk.ui.editor.body_editor import BodyEditor
from support.writing import show_markdown

LONG = "\n\n".join(
    ["The hall filled early.", "![](photo:p1)", *(f"Sentence {n} of a report." for n in range(60))]
)
PICTURE = QImage(800, 1000, QImage.Format.Format_RGB32)


@pytest.fixture
def opened(editor: BodyEditor, qtbot: QtBot) -> BodyEditor:
    """Return an editor whose caret stands far down, while the photo above is still coming."""
    editor.resize(500, 400)
    show_markdown(editor, LONG)
    editor.set_caret_position(editor.text_document.characterCount() - 600)
    with qtbot.waitExposed(editor):
        editor.show()
    assert _caret_is_seen(editor)
    return editor


def _caret_is_seen(editor: BodyEditor) -> bool:
    return editor.viewport().rect().contains(editor.cursorRect())


def _picture_comes(editor: BodyEditor) -> None:
    editor.set_photo_sources(lambda _photo_id, _longest: PICTURE)


def test_the_whole_line_of_the_caret_is_seen_when_a_photo_above_comes_late(
    opened: BodyEditor,
) -> None:
    _picture_comes(opened)
    assert _caret_is_seen(opened)


def test_the_caret_is_seen_when_the_window_finds_its_size(opened: BodyEditor) -> None:
    opened.resize(300, 240)
    assert _caret_is_seen(opened)


def test_who_has_scrolled_away_is_left_there(opened: BodyEditor) -> None:
    delta, nothing = QPoint(0, 1200), QPoint()
    QApplication.sendEvent(
        opened.viewport(),
        QWheelEvent(
            QPointF(20, 20),
            QPointF(20, 20),
            nothing,
            delta,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )
    assert not _caret_is_seen(opened)
    stood = opened.verticalScrollBar().value()
    opened.resize(500, 380)
    assert opened.verticalScrollBar().value() == stood


def test_a_short_report_is_not_scrolled(editor: BodyEditor, qtbot: QtBot) -> None:
    editor.resize(500, 400)
    show_markdown(editor, "One line.\n\nAnother.")
    with qtbot.waitExposed(editor):
        editor.show()
    assert editor.verticalScrollBar().value() == 0

"""A bar with a sentence and what can be done: in a wide window and in a narrow one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reporterdesk.ui.widgets.notice_bar import Notice, NoticeBar

SAID = "This network wants you to log in before it lets anything through. Your reports are safe."


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 300)
    return window


@pytest.fixture
def bar(window: QWidget) -> NoticeBar:
    bar = NoticeBar("Message", window)
    column = QVBoxLayout(window)
    column.addWidget(bar)
    column.addStretch()
    window.show()
    bar.tell(Notice(SAID, tone="warning"), (QAction("Open the network’s login page", window),))
    return bar


def _way(bar: NoticeBar) -> QPushButton:
    return next(each for each in bar.findChildren(QPushButton) if each.isVisible())


def test_buttons_stand_beside_the_words_where_there_is_room(bar: NoticeBar, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: _way(bar).x() > bar._sentence.geometry().right())


def test_they_stand_below_where_the_words_would_be_a_narrow_column(
    bar: NoticeBar, qtbot: QtBot
) -> None:
    bar.window().resize(420, 300)
    qtbot.waitUntil(lambda: _way(bar).y() > bar._sentence.geometry().bottom())
    assert _way(bar).x() == bar._sentence.x()
    bar.window().resize(900, 300)
    qtbot.waitUntil(lambda: _way(bar).x() > bar._sentence.geometry().right())


def test_the_keyboard_goes_from_what_can_be_done_to_the_cross(bar: NoticeBar, qtbot: QtBot) -> None:
    bar.window().activateWindow()
    _way(bar).setFocus()
    qtbot.waitUntil(_way(bar).hasFocus)
    QTest.keyClick(_way(bar), Qt.Key.Key_Tab)
    cross = bar.findChild(QToolButton)
    assert cross is not None
    assert cross.hasFocus()


def test_from_the_right_the_words_have_their_air_at_the_right(bar: NoticeBar, qtbot: QtBot) -> None:
    left = bar._sentence.x()
    bar.window().setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    bar.tell(Notice(SAID))
    qtbot.waitUntil(lambda: bar.width() - 1 - bar._sentence.geometry().right() == left)
    assert bar._sentence.alignment() & Qt.AlignmentFlag.AlignRight

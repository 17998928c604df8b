"""The slider goes from moment to moment, by keys and by hand, in either direction of reading."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from reporterdesk.domain.history import SnapshotInfo, SnapshotReason
from reporterdesk.ui.history.slider import MomentSlider

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
MOMENTS = tuple(
    SnapshotInfo(number, NOW - timedelta(hours=20 * (6 - number)), SnapshotReason.EDITED)
    for number in range(1, 7)
)


@pytest.fixture
def slider(qtbot: QtBot) -> MomentSlider:
    made = MomentSlider()
    qtbot.addWidget(made)
    made.resize(600, made.sizeHint().height())
    made.show_moments(MOMENTS, NOW)
    made.setValue(5)
    made.show()
    return made


def test_keys_go_from_moment_to_moment(slider: MomentSlider, qtbot: QtBot) -> None:
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert slider.value() == 4
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert slider.value() == 0
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert slider.value() == 0
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() == 1
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert slider.value() == 5


def test_a_click_and_a_drag_go_where_the_pointer_is(slider: MomentSlider, qtbot: QtBot) -> None:
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(2, 14))
    assert slider.value() == 0
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(2, 14))
    qtbot.mouseMove(slider, QPoint(300, 14))
    assert slider.value() in {2, 3}
    qtbot.mouseMove(slider, QPoint(900, 14))
    assert slider.value() == 5
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(900, 14))
    qtbot.mouseMove(slider, QPoint(2, 14))
    assert slider.value() == 5


def test_from_right_to_left_the_newest_stands_at_the_left(
    slider: MomentSlider, qtbot: QtBot
) -> None:
    slider.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(2, 14))
    assert slider.value() == 5
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() == 4


def test_it_says_which_moment_is_chosen(slider: MomentSlider) -> None:
    slider.setValue(1)
    assert slider.accessibleDescription().startswith("While you were writing · ")
    assert slider.accessibleDescription().endswith(", 2 of 6")


def test_without_moments_it_takes_no_click(qtbot: QtBot) -> None:
    slider = MomentSlider()
    qtbot.addWidget(slider)
    slider.show_moments((), NOW)
    slider.show()
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton)
    assert slider.value() == 0


def test_hundreds_of_moments_can_be_drawn(slider: MomentSlider, qtbot: QtBot) -> None:
    many = tuple(
        SnapshotInfo(number, NOW - timedelta(hours=900 - number), SnapshotReason.EDITED)
        for number in range(900)
    )
    slider.show_moments(many, NOW)
    assert not slider.grab().isNull()
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(300, 14))
    assert 440 < slider.value() < 460

"""The page in the app: a line that runs the other way stands at its own side, with its marks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from reporterdesk.text.html import html_blocks
from reporterdesk.text.parse import parse
from reporterdesk.ui.page.parts import Part, parts_of
from reporterdesk.ui.page.style import Look, Screen, paper

MIXED = "اردو متن\n\nEnglish words.\n\n- آئٹم\n- item\n    - آئٹم\n\n> quoted\n>\n> اقتباس"


def _parts(direction: str) -> list[Part]:
    side = "rtl" if direction == "rtl" else "ltr"
    blocks = html_blocks(parse(MIXED), lambda _id: "", direction=side)
    return [part for block in blocks for part in parts_of(block, "body")]


def test_the_page_says_which_lines_run_the_other_way() -> None:
    assert [part.direction for part in _parts("rtl")] == ["", "ltr", "", "ltr", "rtl", "ltr", "rtl"]
    assert [part.direction for part in _parts("ltr")] == ["rtl", "", "rtl", "", "rtl", "", "rtl"]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_room_for_marks_is_where_reading_begins(qapp: QApplication, direction: str) -> None:
    made = paper(Look(Screen.PAGE, 1.0, 640, dark=False, from_right=direction == "rtl"))
    for part in _parts(direction):
        look = made.block_format(part)
        right = made.from_right(part)
        assert right == (part.text[0] in "اآ")
        side, other = look.rightMargin(), look.leftMargin()
        if not right:
            side, other = other, side
        assert other == 0
        assert (side > 0) == (part.kind != "body.p")
        if part.direction:
            wanted = Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight
            assert look.layoutDirection() == wanted

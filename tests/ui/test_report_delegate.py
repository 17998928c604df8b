"""A line of the list: what is drawn, from either side."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from reporterdesk.domain.report import ReportSummary
from reporterdesk.domain.status import Status
from reporterdesk.ui.colours import LIGHT
from reporterdesk.ui.models.report_delegate import ReportDelegate
from reporterdesk.ui.models.report_list import ReportListModel
from reporterdesk.ui.theme import palette_of

AT = datetime(2026, 3, 14, 18, 0, tzinfo=UTC)


def _drawn(
    headline: str,
    direction: Qt.LayoutDirection,
    *,
    width: int = 260,
    state: QStyle.StateFlag = QStyle.StateFlag.State_None,
) -> QImage:
    model = ReportListModel()
    summary = ReportSummary("r", headline, "civic-life", "2026-03-14", Status.RETURNED, AT)
    model.show_rows((summary,))
    delegate = ReportDelegate(clock=lambda: AT)
    option = QStyleOptionViewItem()
    option.palette = palette_of(LIGHT)
    option.font = QApplication.font()
    option.direction = direction
    option.state |= state
    option.rect = QRect(0, 0, width, delegate.sizeHint(option, model.index(0)).height())
    image = QImage(option.rect.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    delegate.paint(painter, option, model.index(0))
    painter.end()
    return image


def _columns(image: QImage, colour: str) -> list[int]:
    """Return the columns in which a colour stands."""
    return [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y).name() == colour for y in range(image.height()))
    ]


def _headline(words: str, direction: Qt.LayoutDirection) -> QImage:
    """Return the headline alone, without the time at the other end of its line."""
    image = _drawn(words, direction)
    left = 12 if direction == Qt.LayoutDirection.LeftToRight else 66
    return image.copy(left, 8, image.width() - 78, image.height() // 2 - 10)


def _rows(image: QImage, column: int) -> list[int]:
    """Return the rows in which a column is not blank."""
    return [y for y in range(image.height()) if image.pixelColor(column, y).lightness() < 230]


@pytest.mark.usefixtures("qapp")
def test_the_status_stands_at_the_end_of_the_line() -> None:
    from_left = _drawn("Lanterns", Qt.LayoutDirection.LeftToRight)
    from_right = _drawn("Lanterns", Qt.LayoutDirection.RightToLeft)
    problem = LIGHT.problem.lower()
    assert min(_columns(from_left, problem)) > from_left.width() / 2
    assert max(_columns(from_right, problem)) < from_right.width() / 2


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    "direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft]
)
def test_what_is_cut_off_has_its_dots_where_the_words_end(
    direction: Qt.LayoutDirection,
) -> None:
    english = _headline("Wanted: fewer slides and longer breaks between all of them", direction)
    urdu = _headline("نہر کنارے کتابوں کا میلہ، اور پڑھنے والوں کی قطار، دو دن تک", direction)
    for image, end in ((english, max), (urdu, min)):
        inked = [x for x in range(image.width()) if _rows(image, x)]
        # Dots are low and small.
        assert len(_rows(image, end(inked))) <= 3
        assert min(_rows(image, end(inked))) > image.height() / 2


def test_a_section_whose_name_is_not_known_is_read_from_its_slug() -> None:
    summary = ReportSummary("r", "", "civic-life", "", Status.DRAFT, AT)
    delegate = ReportDelegate()
    assert delegate._facts(summary) == "Civic life"
    delegate.section_names = {"civic-life": "Life in the city"}
    assert delegate._facts(summary) == "Life in the city"


def test_a_ring_shows_that_the_keyboard_is_in_the_list() -> None:
    def ring(state: QStyle.StateFlag) -> list[str]:
        image = _drawn("Lanterns", Qt.LayoutDirection.LeftToRight, state=state)
        right, bottom = image.width() - 1, image.height() - 1
        middle = image.width() // 2, image.height() // 2
        places = ((middle[0], 0), (middle[0], bottom), (right, middle[1]))
        return [image.pixelColor(*place).name().upper() for place in places]

    chosen = QStyle.StateFlag.State_Selected
    assert ring(chosen | QStyle.StateFlag.State_HasFocus) == [LIGHT.accent] * 3
    assert LIGHT.accent not in ring(chosen)

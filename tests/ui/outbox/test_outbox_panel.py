"""The outbox in the window: rows that change one by one, and the buttons of the one chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.sending import SendPolicy
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.outbox.detail import DetailWords
from reporterdesk.ui.outbox.flow import FlowLayout
from reporterdesk.ui.outbox.model import OutboxModel
from reporterdesk.ui.outbox.panel import OutboxPanel
from reporterdesk.ui.outbox.words import Conditions
from support.hearing import complaints, heard

NOW = datetime(2026, 3, 14, 18, 0, tzinfo=UTC)
CONDITIONS = Conditions(NOW, online=True, measured=True)


def delivery(name: str, state: DeliveryState = DeliveryState.WAITING, **more) -> Delivery:
    return Delivery(name, f"revision of {name}", state, **more)


HALF = delivery(
    "b",
    DeliveryState.TEXT_DELIVERED,
    photos_total=4,
    photos_delivered=2,
    bytes_total=1_000_000,
    bytes_delivered=500_000,
    text_at=NOW,
)
LINES = ((delivery("a"), "Lanterns"), (HALF, "Long " * 60), (delivery("c"), ""))


@pytest.fixture
def model(qtbot: QtBot) -> OutboxModel:
    model = OutboxModel(CONDITIONS)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


@pytest.fixture
def panel(model: OutboxModel, qtbot: QtBot) -> OutboxPanel:
    panel = OutboxPanel(model, Actions())
    qtbot.addWidget(panel)
    panel.resize(620, 600)
    panel.show()
    panel.show_deliveries(LINES)
    return panel


def button(parent: QWidget, text: str) -> QAbstractButton:
    return next(b for b in parent.findChildren(QAbstractButton) if b.text() == text)


def ids(model: OutboxModel) -> list[str]:
    return [row.report_id for row in model.deliveries()]


def test_only_the_row_that_changes_is_drawn_again(model: OutboxModel, qtbot: QtBot) -> None:
    model.show(LINES)
    drawn: list[int] = []
    model.dataChanged.connect(lambda first, last, _roles: drawn.extend((first.row(), last.row())))

    assert model.update(replace(HALF, bytes_delivered=700_000))
    assert model.update(replace(HALF, bytes_delivered=700_000))
    assert not model.update(delivery("unknown"))
    again = (replace(HALF, bytes_delivered=700_000), LINES[1][1])
    model.show((LINES[0], again, LINES[2]))

    assert drawn == [1, 1]


def test_a_few_bytes_that_no_words_show_draw_nothing(model: OutboxModel) -> None:
    model.show(LINES)
    drawn: list[QModelIndex] = []
    model.dataChanged.connect(lambda first, _last, _roles: drawn.append(first))
    model.update(replace(HALF, bytes_delivered=HALF.bytes_delivered + 20))
    assert not drawn


def test_rows_come_go_and_move_without_a_reset(model: OutboxModel) -> None:
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    for wanted in ("abc", "bc", "bcd", "dbc", "xdyb", "", "zyx"):
        model.show([(delivery(name), name.upper()) for name in wanted])
        assert ids(model) == list(wanted)
        assert [model.row_of(name) for name in wanted] == list(range(len(wanted)))
        assert [model.data(model.index(n)) for n in range(len(wanted))] == list(wanted.upper())
    assert not resets


def test_times_are_steady_and_go_when_they_are_not_known(model: OutboxModel) -> None:
    model.show(LINES)
    first = NOW + timedelta(minutes=30)
    model.set_expected({"b": first}, NOW)
    model.set_expected({"b": first + timedelta(minutes=2)}, NOW)
    row = model.row(1)
    assert row is not None
    assert row.expected == first
    assert "all photos by about" in model.words(row)
    model.set_expected({}, NOW)
    row = model.row(1)
    assert row is not None
    assert row.expected is None
    assert model.words(row).endswith("2 of 4 photos")


def test_the_first_is_chosen_and_stays_so(panel: OutboxPanel, model: OutboxModel) -> None:
    assert panel.chosen_id == "a"
    panel.choose("b")
    panel.show_deliveries((LINES[1], LINES[0]))
    assert panel.chosen_id == "b"
    panel.show_deliveries(LINES[:1])
    assert panel.chosen_id == "a"
    panel.show_deliveries(())
    assert panel.chosen_id == ""
    assert panel.detail.isHidden()


def test_the_keyboard_chooses_and_opens(panel: OutboxPanel, qtbot: QtBot) -> None:
    panel.setFocus()
    qtbot.keyClick(panel.rows, Qt.Key.Key_Down)
    assert panel.chosen_id == "b"
    with qtbot.waitSignal(panel.open_requested) as opened:
        qtbot.keyClick(panel.rows, Qt.Key.Key_Return)
    assert opened.args == ["b"]


def test_tab_goes_to_every_button_as_it_is_read(panel: OutboxPanel, qtbot: QtBot) -> None:
    panel.decisions.show_policy(SendPolicy(paused=True, bytes_a_second=32_000))
    panel.detail.show_words(DetailWords(HALF, "Lanterns", "2 of 4 photos", "Send at 1,600 px", 2))
    panel.activateWindow()
    panel.setFocus()
    qtbot.waitUntil(panel.rows.hasFocus)
    passed = []
    for _ in range(10):
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
        reached = panel.focusWidget()
        passed.append(reached.text() if isinstance(reached, QPushButton) else "rows")
    detail = ["Send at 1,600 px", "Only these photos…", "Open", "Receipt…"]
    above = ["Send now", "Pause sending", "Sending settings…", "Resume", "No limit"]
    assert passed == [*detail, *above, "rows"]


def test_what_is_chosen_stays_in_sight_in_a_smaller_window(
    panel: OutboxPanel, model: OutboxModel
) -> None:
    panel.show_deliveries([(delivery(str(number)), f"Report {number}") for number in range(20)])
    panel.choose("4")
    row = model.index(4)
    assert panel.rows.viewport().rect().contains(panel.rows.visualRect(row))
    panel.resize(panel.width(), panel.height() - 180)
    assert panel.rows.viewport().rect().contains(panel.rows.visualRect(row))


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_what_is_cut_short_can_be_read_in_a_tip(panel: OutboxPanel, model: OutboxModel) -> None:
    def tip(number: int) -> str:
        place = panel.rows.visualRect(model.index(number)).center()
        QToolTip.hideText()
        event = QHelpEvent(QEvent.Type.ToolTip, place, panel.rows.viewport().mapToGlobal(place))
        QApplication.sendEvent(panel.rows.viewport(), event)
        return QToolTip.text()

    long = f"<b>{'Lanterns ' * 30}"
    panel.show_deliveries([(delivery("a"), "Lanterns"), (delivery("b"), long)])
    assert tip(0) == ""
    assert tip(1) == f"<p>&lt;b&gt;{long[3:].strip()}</p>"


def test_a_headline_stands_on_the_side_of_its_row_whatever_its_letters(
    panel: OutboxPanel,
) -> None:
    panel.detail.show_words(DetailWords(HALF, "مهرجان الفوانيس", "2 of 4 photos"))
    headline = panel.detail._headline
    assert headline.alignment() & Qt.AlignmentFlag.AlignLeft
    assert headline.alignment() & Qt.AlignmentFlag.AlignAbsolute
    panel.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert headline.alignment() & Qt.AlignmentFlag.AlignRight


@pytest.mark.parametrize(
    ("shown", "offered"),
    [
        (delivery("a"), {"Take back", "Open"}),
        (delivery("a", DeliveryState.SIGN_IN), {"Sign in…", "Take back", "Open"}),
        (delivery("a", DeliveryState.REFUSED), {"Take back", "Open"}),
        (delivery("a", DeliveryState.ATTEMPTING), {"Open"}),
        (HALF, {"Open", "Receipt…"}),
        (delivery("a", text_at=NOW), {"Open", "Receipt…"}),  # at 1,600 px, not sent yet
    ],
)
def test_each_state_has_its_buttons(panel: OutboxPanel, shown: Delivery, offered: set[str]) -> None:
    panel.detail.show_words(DetailWords(shown, "Lanterns", "The text waits."))
    buttons = panel.detail.findChildren(QAbstractButton)
    assert {b.text() for b in buttons if b.isVisible()} == offered


def test_a_button_tells_of_which_report(panel: OutboxPanel, qtbot: QtBot) -> None:
    words = DetailWords(HALF, "Lanterns", "…", "Send at 1,600 px: in about 9 minutes", 3)
    panel.detail.show_words(words)
    for text, signal in (
        (words.smaller, panel.detail.smaller_requested),
        ("Only these photos…", panel.detail.photos_requested),
        ("Receipt…", panel.detail.receipt_requested),
        ("Open", panel.open_requested),
    ):
        with qtbot.waitSignal(signal) as asked:
            button(panel.detail, text).click()
        assert asked.args == ["b"]


def test_what_is_held_back_is_seen_and_can_be_ended(panel: OutboxPanel, qtbot: QtBot) -> None:
    policy = SendPolicy(paused=True, bytes_a_second=32_000, only_photos=frozenset({"p"}))
    assert panel.decisions.isHidden()
    panel.decisions.show_policy(policy)
    assert panel.decisions.isVisible()
    for text, after in (
        ("Resume", replace(policy, paused=False)),
        ("Send all photos", replace(policy, only_photos=frozenset())),
        ("No limit", replace(policy, bytes_a_second=None)),
    ):
        with qtbot.waitSignal(panel.decisions.changed) as changed:
            button(panel.decisions, text).click()
        assert changed.args == [after]
    panel.decisions.show_policy(SendPolicy())
    assert panel.decisions.isHidden()


def test_everything_can_be_heard(panel: OutboxPanel) -> None:
    panel.decisions.show_policy(SendPolicy(paused=True))
    panel.detail.show_words(DetailWords(HALF, "Lanterns", "Text delivered.", "Send at 1,600 px", 3))
    assert complaints(panel) == []
    rows = [thing.name for thing in heard(panel) if thing.name.startswith("Lanterns. ")]
    assert rows == ["Lanterns. The text waits"]
    panel.show_deliveries(())
    panel.tell_empty(signed_in=True, action=None)
    assert complaints(panel) == []


@pytest.mark.parametrize(
    "direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft]
)
def test_buttons_break_into_lines(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.setLayoutDirection(direction)
    flow = FlowLayout(8, holder)
    buttons = [QPushButton(text) for text in ("One", "Two", "Three and more")]
    for each in buttons:
        flow.addWidget(each)
    wide = sum(each.sizeHint().width() for each in buttons) + 16
    holder.resize(wide, 200)
    holder.show()
    assert len({each.y() for each in buttons}) == 1
    lefts = [each.x() for each in buttons]
    mirrored = direction is Qt.LayoutDirection.RightToLeft
    assert lefts == sorted(lefts, reverse=mirrored)
    assert flow.heightForWidth(wide - 1) > flow.heightForWidth(wide)
    holder.resize(wide - 1, 200)
    assert buttons[2].y() > buttons[0].y()
    assert flow.takeAt(9) is None

"""The list of reports: its rows, how they are spoken and drawn, and its keys."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from reporterdesk.domain.report import ReportSummary
from reporterdesk.domain.status import Status
from reporterdesk.ui.models.report_delegate import ReportDelegate
from reporterdesk.ui.models.report_list import SUMMARY, ReportListModel
from reporterdesk.ui.widgets.empty_place import EmptyWords
from reporterdesk.ui.widgets.report_list import ReportList

NOW = datetime(2026, 3, 14, 18, 0, tzinfo=UTC)


def row(number: int, headline: str = "", **more: object) -> ReportSummary:
    values: dict[str, object] = {
        "section": "town",
        "event_date": "2026-03-14",
        "status": Status.DRAFT,
        "changed_at": NOW - timedelta(minutes=number),
    }
    return ReportSummary(f"id-{number}", headline or f"Report {number}", **(values | more))  # type: ignore[arg-type]


@pytest.fixture
def model(qtbot: QtBot) -> ReportListModel:
    model = ReportListModel()
    model.show_rows([row(number) for number in range(3)])
    return model


def ids(model: ReportListModel) -> list[str]:
    return [model.index(n).data(SUMMARY).id for n in range(model.rowCount())]


def test_the_model_keeps_qts_rules_through_every_change(model: ReportListModel) -> None:
    # Reports a broken rule as a failure of the test.
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)

    model.add_rows([row(3), row(4)])
    model.put(row(4, "Changed"))
    model.put(row(9, "New"))
    model.put(row(9, "New again"))
    model.show_rows([row(1), row(2)])
    model.add_rows([])

    assert ids(model) == ["id-1", "id-2"]


def test_what_was_changed_last_stands_first(model: ReportListModel) -> None:
    model.put(row(2, "Changed just now"))

    assert ids(model) == ["id-2", "id-0", "id-1"]
    assert model.index(0).data() == "Changed just now"


def test_the_same_rows_again_keep_what_is_selected(model: ReportListModel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show_rows([row(0), row(1, "Reworded"), row(2)])

    assert model.index(1).data() == "Reworded"


def test_a_line_is_spoken_as_one_sentence(model: ReportListModel) -> None:
    model.put(row(5, "Lanterns", status=Status.OUTBOX, detail="Waiting to be sent"))

    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)

    for part in ("Lanterns", "town", "14 Mar 2026", "In the outbox", "Waiting to be sent"):
        assert part in spoken


def test_a_report_without_a_headline_is_named(model: ReportListModel) -> None:
    model.put(row(6, "   "))

    assert model.index(0).data() == "No headline yet"


def test_rows_beyond_the_end_are_nothing(model: ReportListModel) -> None:
    assert model.data(QModelIndex()) is None
    assert model.summary(99) is None
    assert model.summary(-1) is None
    assert model.row_of("nobody") is None


@pytest.fixture
def shown(model: ReportListModel, qtbot: QtBot) -> ReportList:
    shown = ReportList(model)
    qtbot.addWidget(shown)
    shown.resize(320, 500)
    shown.show()
    return shown


def test_arrows_open_one_report_after_another(shown: ReportList, qtbot: QtBot) -> None:
    opened: list[str] = []
    shown.opened.connect(opened.append)

    qtbot.keyClick(shown.search, Qt.Key.Key_Down)
    qtbot.keyClick(shown.rows, Qt.Key.Key_Down)

    assert opened == ["id-0", "id-1"]


def test_marking_the_open_report_opens_nothing(shown: ReportList, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(shown.opened):
        shown.select("id-2")
        shown.select(None)
        shown.select("nobody")


def test_delete_asks_for_the_trash_and_enter_goes_in(shown: ReportList, qtbot: QtBot) -> None:
    shown.select("id-1")

    with qtbot.waitSignal(shown.trash_requested) as told:
        qtbot.keyClick(shown.rows, Qt.Key.Key_Delete)
    assert told.args == ["id-1"]
    with qtbot.waitSignal(shown.entered):
        qtbot.keyClick(shown.rows, Qt.Key.Key_Return)


def test_delete_on_an_empty_list_does_nothing(shown: ReportList, qtbot: QtBot) -> None:
    assert isinstance(shown.rows.model(), QAbstractListModel)
    shown.rows.model().show_rows([])

    with qtbot.assertNotEmitted(shown.trash_requested):
        qtbot.keyClick(shown.rows, Qt.Key.Key_Delete)


def test_an_empty_list_says_what_to_do(shown: ReportList) -> None:
    shown.show_fill(0, EmptyWords("No drafts", "Press Ctrl+N to start one.", "drafts"), None)
    assert shown.empty.isVisible()

    shown.show_fill(3, EmptyWords("", "", "drafts"), None)
    assert shown.rows.isVisible()


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
@pytest.mark.parametrize(
    "headline", ["x", "A headline " * 1_000, "لاہور میں اساتذہ کی کانفرنس", "\u200b"]
)
def test_any_line_can_be_drawn(
    shown: ReportList, headline: str, direction: Qt.LayoutDirection
) -> None:
    shown.setLayoutDirection(direction)
    model = shown.rows.model()
    assert isinstance(model, ReportListModel)
    model.show_rows([row(n, headline, status=status) for n, status in enumerate(Status)])
    model.put(row(99, headline, detail="Desk has the text; 2 of 4 photos", section="s" * 300))
    picture = QImage(QSize(320, 500), QImage.Format.Format_RGB32)

    shown.rows.render(picture)

    assert len({picture.pixelColor(x, 30).name() for x in range(320)}) > 1


def test_a_line_with_a_detail_is_taller(shown: ReportList) -> None:
    model = shown.rows.model()
    assert isinstance(model, ReportListModel)
    model.show_rows([row(0), row(1, detail="Waiting to be sent")])
    assert isinstance(shown.delegate, ReportDelegate)

    assert shown.rows.visualRect(model.index(1)).height() > (
        shown.rows.visualRect(model.index(0)).height()
    )

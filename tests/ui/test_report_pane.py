"""The writing desk: what is typed is stored, shown again, checked, filed, and never lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.errors import StoreFull
from reporterdesk.domain.event import Attendance, EventFacts, EventKind, Qualifier
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import Status
from reporterdesk.ui.autosave import SaveState, SaveStatus
from reporterdesk.ui.widgets.desk_bar import DeskBar, Side
from support.writing_desk import WritingDesk, writing_desk

AT = datetime(2026, 3, 14, 18, 0, tzinfo=UTC)
FULL = ReportContent(
    headline="Four hundred teachers meet in Lahore",
    standfirst="They agreed on smaller classes.",
    byline="Amina Raza",
    section="culture",
    language="en",
    body="The hall was **full** long before nine.\n\n## What was said\n\n- one\n- two",
    note_to_desk="Please check\nthe names.",
    event=EventFacts(
        name="Teachers’ day",
        kind=EventKind.CONFERENCE,
        starts_at="2026-03-14T09:30",
        ends_at="2026-03-15",
        venue="City Hall",
        city="Lahore",
        country="PK",
        organiser="Teachers’ union",
        attendance=Attendance(1450, Qualifier.MORE_THAN),
    ),
    embargoed_until="2026-03-16T00:00:00+00:00",
)


@pytest.fixture
def desk(home: Path, qtbot: QtBot) -> Iterator[WritingDesk]:
    with writing_desk(home, qtbot) as opened:
        yield opened


def report(content: ReportContent, status: Status = Status.DRAFT, **more: object) -> Report:
    made = Report("9d3c0000-0000-4000-8000-00000000000a", content, status, AT, AT)
    return replace(made, **more)  # type: ignore[arg-type]


def test_the_row_is_born_at_the_first_key_and_the_rest_follows_within_a_second(
    desk: WritingDesk, qtbot: QtBot
) -> None:
    report_id = desk.pane.new_report()
    assert desk.workers.store_thread.run(lambda store: store.reports.find(report_id)) is None
    with qtbot.waitSignal(desk.pane.draft_saved):
        qtbot.keyClick(desk.pane.text.head.headline, Qt.Key.Key_T)
    assert desk.stored(report_id).content.headline == "t"
    qtbot.keyClicks(desk.pane.text.body, "The hall was full.")
    desk.saved()
    stored = desk.stored(report_id).content
    assert stored.body == "The hall was full."
    assert stored.byline == "Amina Raza"
    assert desk.pane.bar.saved_words.startswith("Saved")


def test_what_is_shown_is_read_back_exactly(desk: WritingDesk) -> None:
    desk.pane.show_report(report(FULL))
    assert desk.pane.content() == FULL
    assert not desk.pane.unsaved


def test_values_that_are_not_offered_are_shown_and_kept(desk: WritingDesk) -> None:
    odd = replace(
        FULL,
        section="closed-section",
        language="tlh",
        event=EventFacts(starts_at="2026-03", country="XK", ends_at="2026-03-14T18:00:30"),
    )
    desk.pane.show_report(report(odd))
    assert desk.pane.content() == odd
    assert desk.pane.text.head.section.currentText() == "closed-section"


def test_a_headline_of_ten_thousand_characters_is_kept(desk: WritingDesk) -> None:
    long = ("Teachers meet in Lahore " * 420)[:10_000]
    desk.pane.new_report()
    desk.pane.text.head.headline.insertPlainText(long)
    desk.saved()
    assert desk.stored().content.headline == long
    assert desk.pane.text.head.height() < desk.pane.height() / 2


def test_enter_moves_from_the_headline_down_to_the_body(desk: WritingDesk, qtbot: QtBot) -> None:
    head = desk.pane.text.head
    desk.pane.new_report()
    desk.pane.activateWindow()
    head.headline.setFocus()
    for field in (head.headline, head.standfirst, head.byline):
        qtbot.waitUntil(field.hasFocus)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(desk.pane.text.body.hasFocus)
    assert "\n" not in head.headline.words()


def test_a_full_disk_is_said_and_the_text_is_saved_once_there_is_room(
    desk: WritingDesk, qtbot: QtBot
) -> None:
    desk.pane.new_report()
    desk.workers.break_store(StoreFull())
    with qtbot.waitSignal(desk.pane.save_failed):
        qtbot.keyClicks(desk.pane.text.head.headline, "Flood")
    assert "disk is full" in desk.pane.trouble.sentence
    assert desk.pane.bar.saved_words == "Not saved"
    desk.workers.break_store(None)
    desk.saved()
    assert desk.stored().content.headline == "Flood"
    assert desk.pane.trouble.sentence == ""


def test_switching_away_while_the_disk_is_full_loses_nothing(
    desk: WritingDesk, qtbot: QtBot
) -> None:
    first = desk.pane.new_report()
    desk.workers.break_store(StoreFull())
    with qtbot.waitSignal(desk.pane.save_failed):
        qtbot.keyClicks(desk.pane.text.head.headline, "First")
    desk.pane.new_report()
    desk.workers.break_store(None)
    desk.saved()
    assert desk.stored(first).content.headline == "First"


def test_ctrl_s_saves_at_once_and_says_when(desk: WritingDesk, qtbot: QtBot) -> None:
    desk.pane.new_report()
    qtbot.keyClicks(desk.pane.text.head.headline, "Flood")
    desk.actions.action("report.save").trigger()
    desk.saved()
    assert desk.stored().content.headline == "Flood"
    assert desk.pane.bar.saved_words.count(":") == 2


def test_filing_lists_what_is_missing_jumps_there_and_follows_along(
    desk: WritingDesk, qtbot: QtBot
) -> None:
    pane = desk.pane
    pane.new_report()
    pane.activateWindow()
    desk.actions.action("report.file").trigger()
    assert pane.readiness.isVisible()
    missing = {item.field: item for item in pane.readiness._missing or ()}
    assert set(missing) == {"headline", "section", "event.starts_at", "event.city", "body"}
    pane.jump_to(missing["event.city"])
    city = pane.side.facts.field("event.city")
    qtbot.waitUntil(city.hasFocus)
    qtbot.keyClicks(city, "Lahore")
    assert "event.city" not in {item.field for item in pane.readiness._missing or ()}
    pane.jump_to(missing["headline"])
    qtbot.waitUntil(pane.text.head.headline.hasFocus)


def test_a_ready_report_is_saved_before_its_filing_is_asked_for(
    desk: WritingDesk, qtbot: QtBot
) -> None:
    desk.pane.show_report(report(FULL))
    qtbot.keyClicks(desk.pane.text.head.standfirst, "Now. ")
    with qtbot.waitSignal(desk.pane.file_requested) as asked:
        desk.pane.request_file()
    assert asked.args == [desk.pane.report_id]
    assert desk.stored().content.standfirst.startswith("Now. ")
    assert desk.pane.text.body.isReadOnly()
    desk.pane.filing_failed(StoreFull())
    assert not desk.pane.text.body.isReadOnly()


def test_nothing_is_filed_while_the_disk_is_full(desk: WritingDesk, qtbot: QtBot) -> None:
    desk.pane.show_report(report(FULL))
    desk.workers.break_store(StoreFull())
    with qtbot.assertNotEmitted(desk.pane.file_requested):
        with qtbot.waitSignal(desk.pane.save_failed):
            qtbot.keyClicks(desk.pane.text.head.standfirst, "x")
            desk.pane.request_file()
        qtbot.waitUntil(lambda: not desk.pane.text.body.isReadOnly())
    assert desk.pane.news.sentence.startswith("The report was not filed. This disk is full")
    desk.workers.break_store(None)


@pytest.mark.parametrize(
    ("status", "words", "action"),
    [
        (Status.OUTBOX, "take it back", "report.recall"),
        (Status.FILED, "Filed", "report.revise"),
        (Status.PUBLISHED, "Published", "report.revise"),
        (Status.SPIKED, "will not publish", None),
    ],
)
def test_a_report_that_cannot_be_written_on_says_why_and_what_can_be_done(
    desk: WritingDesk, status: Status, words: str, action: str | None
) -> None:
    desk.pane.show_report(report(FULL, status))
    desk.settled()
    delivery = Delivery(report(FULL).id, "r", DeliveryState.WAITING)
    desk.pane.show_delivery(delivery)
    assert words in desk.pane.standing.sentence
    assert desk.pane.text.body.isReadOnly()
    assert not desk.pane.bar.file.isVisible()
    offered = desk.pane.standing._offered(report(FULL, status), delivery)
    assert offered == ([action] if action else [])
    assert desk.pane.content() == FULL


def test_news_about_the_open_report_never_changes_the_text_in_the_window(
    desk: WritingDesk, qtbot: QtBot
) -> None:
    desk.pane.show_report(report(FULL))
    qtbot.keyClicks(desk.pane.text.body, "New words. ")
    desk.pane.show_report(report(FULL, Status.RETURNED))
    assert desk.pane.content().body.startswith("New words. ")


def test_the_caret_and_the_open_report_are_remembered(desk: WritingDesk, qtbot: QtBot) -> None:
    desk.pane.show_report(report(FULL), caret=7)
    qtbot.keyClick(desk.pane.text.body, Qt.Key.Key_Right)
    desk.pane.flush()
    kept = desk.workers.store_thread.run(
        lambda store: (store.state.get("open_report"), store.state.get("caret"))
    )
    assert kept == (desk.pane.report_id, "8")


def test_an_urdu_report_is_written_from_the_right(desk: WritingDesk) -> None:
    desk.pane.show_report(report(ReportContent(language="ur", headline="لاہور میں اساتذہ")))
    for field in (desk.pane.text.head.headline, desk.pane.text.head.standfirst):
        option = field.document().defaultTextOption()
        assert option.textDirection() == Qt.LayoutDirection.RightToLeft


def test_a_narrow_desk_shows_one_side_at_a_time(home: Path, qtbot: QtBot) -> None:
    with writing_desk(home, qtbot, width=600) as desk:
        pane = desk.pane
        pane.new_report()
        assert pane.width() == 600
        assert pane.text.isVisible()
        assert not pane.side.isVisible()
        pane.sides.show_side(Side.PHOTOS)
        assert not pane.text.isVisible()
        assert pane.side.photos.isVisible()


def test_where_there_is_little_room_no_button_is_cut_short_for_the_saved_state(
    qtbot: QtBot,
) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    bar = DeskBar(QAction("File", holder), holder)
    bar.set_can_file(True)
    bar.show_saved(SaveStatus(SaveState.SAVED, AT))
    holder.show()
    for width, told in ((340, False), (700, True), (340, False)):
        bar.resize(width, 56)
        assert bar.findChildren(QLabel)[0].isVisible() is told
        assert bar.saved_words.startswith("Saved")
        bar.layout().activate()
        for button in bar.findChildren(QAbstractButton):
            assert button.width() >= button.sizeHint().width()


def test_every_control_has_an_accessible_name(desk: WritingDesk) -> None:
    desk.pane.show_report(report(FULL))
    desk.pane.request_file()
    nameless = [
        control
        for kind in (QLineEdit, QTextEdit, QComboBox, QAbstractButton)
        for control in desk.pane.findChildren(kind)
        if not control.accessibleName()
        and not (isinstance(control, QAbstractButton) and control.text())
        and not control.objectName().startswith("qt_")
        and control.isVisibleTo(desk.pane)
    ]
    assert nameless == []


def test_the_state_before_any_edit_of_a_new_report_is_quiet(desk: WritingDesk) -> None:
    desk.pane.new_report()
    assert desk.pane.autosave.status.state is SaveState.NOTHING
    assert desk.pane.bar.saved_words == ""

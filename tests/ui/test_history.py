"""The history in the whole app: moments, what changed since, and restoring, over a real store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.event import Attendance, EventFacts
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.photo import Photo
from reporterdesk.domain.report import ReportContent
from reporterdesk.domain.status import Status
from reporterdesk.photos.reading import read_photo
from reporterdesk.store.opening import open_store
from reporterdesk.store.tables import snapshots
from reporterdesk.text.parse import parse
from reporterdesk.text.print import to_markdown
from reporterdesk.ui.history.page import Page
from reporterdesk.ui.history.panel import HistoryPanel
from reporterdesk.ui.widgets.desk_bar import Side
from reporterdesk.ui.widgets.notice_bar import NoticeBar
from reporterdesk.workflow.attaching import attach
from reporterdesk.workflow.filing import file_report
from support.clocks import clock_from
from support.contents import ready_content, with_body
from support.jpegs import make_jpeg
from support.old_moments import OldMoment, report_with_moments
from support.photo_uses import sweep_photos
from support.whole_app import WholeApp, nothing, whole_app

OLD = "The first rose at dusk.\n\n- one\n- two\n\nThe mayor read a letter.\n\nThe end."
NEW = "The first rose at dawn.\n\n- one\n- three\n\nThe end.\n\nAnd a song."
HOUR = timedelta(hours=1)


class Room:
    """The app with the history of one report."""

    def __init__(self, app: WholeApp, report_id: str) -> None:
        self.app, self.report_id, self.qtbot = app, report_id, app.qtbot
        self.pane = app.desktop.window.pane
        self.history = app.desktop.history

    @property
    def panel(self) -> HistoryPanel:
        panel = self.history.panel
        assert panel is not None
        return panel

    @property
    def page(self) -> Page:
        assert self.panel.page is not None
        return self.panel.page

    def open(self) -> None:
        """Press the keys, and wait for the newest moment."""
        self.app.desktop.actions.action("report.history").trigger()
        self.qtbot.waitUntil(lambda: self.panel.page is not None, timeout=20_000)

    def choose(self, place: int) -> None:
        """Move the slider, and wait for what is there."""
        self.panel.slider.setValue(place)
        wanted = self.panel.wanted
        self.until(lambda: self.panel.page is not None and self.page.moment.number == wanted)

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=20_000)

    def restore(self, number: int) -> None:
        """Restore one change by its link, and wait until it is not there any more."""
        before = self.page
        self.panel.paper.restore_requested.emit(number)
        self.until(lambda: self.panel.page is not None and self.panel.page is not before)

    def restore_all(self) -> None:
        self.panel.bar.restore_all.click()
        self.until(lambda: not self.history.is_open)

    def body(self) -> str:
        return to_markdown(self.pane.text.body.document())

    def saved(self) -> ReportContent:
        """Return the content as the store has it, when everything is saved."""
        self.until(lambda: not self.pane.unsaved)
        return self.app.run(lambda store: store.reports.get(self.report_id).content)

    def reasons(self) -> list[SnapshotReason]:
        found = self.app.run(lambda store: store.snapshots.of_report(self.report_id))
        return [info.reason for info in found]

    def words(self) -> str:
        """Return what is said in the place of a moment."""
        return self.panel.empty.accessibleDescription()

    def undo_button(self) -> None:
        bar = self.notice()
        assert bar.sentence.startswith("Restored")
        bar.pressed.emit()

    def notice(self) -> NoticeBar:
        bars = self.pane.findChildren(NoticeBar)
        return next(bar for bar in bars if bar.accessibleName() == "Restored")


def _content(body: str, headline: str = "Lanterns") -> ReportContent:
    return with_body(ready_content(headline), body)


@pytest.fixture
def make(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[..., Room]]:
    """Open the app on a report with moments."""
    opened = []

    def make(now: ReportContent, *moments: OldMoment, hour: int = 14) -> Room:
        clock = clock_from(hour)
        report_id = report_with_moments(home, now, *moments, clock=clock)
        context = whole_app(home, qtbot, qapp, clock=clock)
        app = context.__enter__()
        opened.append(context)
        app.run(nothing)
        return Room(app, report_id)

    yield make
    for context in opened:
        context.__exit__(None, None, None)


@pytest.fixture
def room(make: Callable[..., Room]) -> Room:
    """A report that was filed and then changed all over."""
    old = replace(_content(OLD), standfirst="A town remembers.")
    now = replace(
        _content(NEW, "Lanterns and lamps"),
        standfirst="A town remembers its library.",
        event=EventFacts(
            name="Opening", starts_at="2026-03-15", city="Lahore", attendance=Attendance(90)
        ),
    )
    first = replace(old, headline="Lamps", body="The first.")
    return make(
        now,
        OldMoment(first, 30 * HOUR),
        OldMoment(old, 2 * HOUR, SnapshotReason.FILED),
        OldMoment(replace(now, body=NEW + "\n\nAnd a dance."), HOUR),
    )


def test_the_newest_moment_comes_first_and_arrows_go_from_moment_to_moment(room: Room) -> None:
    room.open()
    assert room.page.moment.reason is SnapshotReason.EDITED
    assert room.panel.slider.value() == room.panel.slider.maximum() == 2
    room.qtbot.keyClick(room.panel.slider, Qt.Key.Key_Left)
    room.until(lambda: room.panel.page is not None and room.page.then.headline == "Lanterns")
    assert room.panel.title.text().startswith("Filed, ")
    room.qtbot.keyClick(room.panel.slider, Qt.Key.Key_Left)
    room.until(lambda: room.page.then.headline == "Lamps")
    assert room.panel.title.text().startswith("While you were writing · ")
    described = room.panel.slider.accessibleDescription()
    assert described.endswith("1 of 3")


def test_soon_after_midnight_an_hour_ago_is_yesterday(make: Callable[..., Room]) -> None:
    room = make(_content(NEW), OldMoment(_content(OLD), HOUR, SnapshotReason.FILED), hour=0)
    room.open()
    assert room.panel.title.text().startswith("Filed · Yesterday, ")
    room.restore_all()
    assert room.notice().sentence.startswith("Restored: Yesterday, ")


def test_what_changed_is_said_in_words_too(room: Room) -> None:
    room.open()
    room.choose(1)
    told = room.panel.paper.accessibleDescription()
    assert "Headline. Written: “and lamps”." in told
    assert "Taken out: “dusk”. Written: “dawn”." in told
    assert "Paragraph. Taken out since. Taken out: “The mayor read a letter.”." in told
    assert "Paragraph. New since. Written: “And a song.”." in told
    assert "Country. Taken out: “Pakistan”." in told
    assert "People who came. Written: “about 90”." in told
    assert room.panel.count.text() == f"{len(room.page.changes)} changes since"


def test_old_words_are_struck_through_and_new_ones_underlined(room: Room) -> None:
    room.open()
    room.choose(1)
    looks: dict[str, QTextCharFormat] = {}
    document = room.panel.paper.text_document
    block = document.begin()
    while block.isValid():
        for span in block.layout().formats():
            text = block.text()[span.start : span.start + span.length]
            looks[text.strip()] = QTextCharFormat(span.format)
        block = block.next()
    assert looks["dusk"].fontStrikeOut()
    assert not looks["dusk"].fontUnderline()
    assert looks["dawn"].fontUnderline()
    assert not looks["dawn"].fontStrikeOut()
    assert looks["dusk"].foreground().color() != looks["dawn"].foreground().color()


def test_only_what_changed(room: Room) -> None:
    room.open()
    room.choose(1)
    assert "The end." in room.panel.paper.toPlainText()
    room.panel.only_changes.setChecked(True)
    text = room.panel.paper.toPlainText()
    assert "The end." not in text
    assert "… one part is the same …" in text
    assert "The mayor read a letter." in text


def test_a_changed_paragraph_comes_back_in_one_step(room: Room) -> None:
    room.open()
    room.choose(1)
    steps = room.pane.text.body.text_document.availableUndoSteps()
    paragraph = next(n for n, change in enumerate(room.page.changes) if "dusk" in str(change))
    room.restore(paragraph)
    assert room.history.is_open, "there may be more to restore"
    assert room.body() == NEW.replace("dawn", "dusk")
    assert room.saved().body == NEW.replace("dawn", "dusk")
    assert SnapshotReason.BEFORE_RESTORE in room.reasons()
    room.pane.sides.show_side(Side.TEXT)
    room.pane.text.body.undo()
    assert room.body() == NEW
    assert room.pane.text.body.text_document.availableUndoSteps() == steps


def test_a_paragraph_taken_out_comes_back_where_it_stood(room: Room) -> None:
    room.open()
    room.choose(1)
    gone = next(n for n, c in enumerate(room.page.changes) if "mayor" in str(c))
    room.restore(gone)
    assert room.body() == NEW.replace("- three\n", "- three\n\nThe mayor read a letter.\n")


def test_a_new_paragraph_is_taken_out_again(room: Room) -> None:
    room.open()
    room.choose(1)
    new = next(n for n, c in enumerate(room.page.changes) if "song" in str(c))
    room.restore(new)
    assert "song" not in room.body()


def test_all_comes_back_and_the_button_takes_it_away_again(room: Room) -> None:
    before = room.pane.content()
    room.open()
    room.choose(1)
    then = room.page.then
    room.restore_all()
    assert room.pane.content() == then
    assert room.saved() == then
    assert room.notice().sentence.startswith("Restored from ")
    assert room.pane.text.isVisible()
    room.undo_button()
    assert room.pane.content() == before
    assert room.saved() == before
    assert room.notice().isHidden()


def test_undo_in_the_text_takes_the_fields_back_too(room: Room) -> None:
    before = room.pane.content()
    room.open()
    room.choose(1)
    room.restore_all()
    room.pane.text.body.undo()
    assert room.pane.content() == before
    assert room.notice().isHidden()


def test_writing_on_ends_the_offer_to_undo_but_not_undo_itself(room: Room) -> None:
    room.open()
    room.choose(1)
    room.restore_all()
    room.qtbot.keyClicks(room.pane.text.body, "x")
    assert room.notice().isHidden()
    room.pane.text.body.undo()
    assert parse(room.body()) == parse(OLD)
    room.pane.text.body.undo()
    assert parse(room.body()) == parse(NEW)


def test_two_restores_are_undone_one_after_the_other(room: Room) -> None:
    before = room.pane.content()
    room.open()
    room.choose(1)
    room.restore(0)
    first = room.pane.content()
    room.restore(0)
    assert room.pane.content() != first
    room.app.desktop.actions.action("edit.undo").trigger()
    assert room.pane.content() == first
    room.app.desktop.actions.action("edit.undo").trigger()
    assert room.pane.content() == before


def test_the_text_under_the_history_cannot_be_changed_unseen(room: Room) -> None:
    room.qtbot.keyClicks(room.pane.text.body, "Typed. ")
    before = room.pane.content()
    room.open()
    actions = room.app.desktop.actions
    for name in ("edit.undo", "edit.paste", "format.bold", "format.rule"):
        actions.action(name).trigger()
    assert room.pane.content() == before


def test_a_report_that_was_filed_can_be_looked_at_only(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    report_id = report_with_moments(
        home, _content(NEW), OldMoment(_content(OLD), HOUR), clock=utc_now
    )
    store = open_store(home, clock=utc_now)
    file_report(store, report_id, clock=utc_now)
    store.close()
    with whole_app(home, qtbot, qapp) as app:
        app.run(nothing)
        room = Room(app, report_id)
        assert room.pane.status is Status.OUTBOX
        room.open()
        room.choose(0)
        assert "The mayor read a letter." in room.panel.paper.toPlainText()
        assert room.panel.bar.restore_all.isHidden()
        assert room.panel.bar.restore.isHidden()
        assert "Restore" not in room.panel.paper.toPlainText()
        assert room.panel.bar.look_only.isVisible()
        room.panel.restore_requested.emit(room.page, None)
        app.run(nothing)
        assert room.body() == NEW


def test_a_photo_that_was_removed_comes_back_with_its_bytes(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    store = open_store(home, clock=utc_now)
    photo: Photo = attach(store, read_photo(make_jpeg(640, 400)))
    store.close()
    old = replace(
        _content(f"Before.\n\n![](photo:{photo.id})\n\nAfter."),
        photos=(replace(photo, caption="The river"),),
        lead_photo=photo.id,
    )
    now = _content("Before.\n\nAfter.")
    report_id = report_with_moments(home, now, OldMoment(old, HOUR), clock=utc_now)
    with whole_app(home, qtbot, qapp) as app:
        app.run(sweep_photos)
        room = Room(app, report_id)
        room.open()
        figure = next(n for n, c in enumerate(room.page.changes) if "Figure" in str(c))
        room.restore(figure)
        assert room.body() == f"Before.\n\n![](photo:{photo.id})\n\nAfter."
        assert room.pane.side.photos.photos() == old.photos
        room.until(lambda: room.pane.photos.image(photo.id, 600) is not None)
        assert room.saved().photos == old.photos
        assert app.run(lambda store: store.photos.has(photo.full.sha256))
        room.undo_button()
        assert room.pane.content() == now


def test_a_report_without_moments_says_when_the_first_will_be_there(
    make: Callable[..., Room],
) -> None:
    room = make(_content(OLD))
    room.app.desktop.actions.action("report.history").trigger()
    room.until(lambda: "Nothing to look back at yet" in room.words())
    assert "the first moment stands here at " in room.words()
    assert room.panel.bar.isHidden()
    assert room.panel.slider.isHidden()


def test_a_damaged_moment_is_said_and_the_others_can_be_read(room: Room) -> None:
    numbers = room.app.run(
        lambda store: [info.number for info in store.snapshots.of_report(room.report_id)]
    )
    damage = update(snapshots).where(snapshots.c.number == numbers[1]).values(content=b"no zlib")
    room.app.run(lambda store: store.snapshots._db.execute(damage))
    room.open()
    room.panel.slider.setValue(1)
    room.until(lambda: "damaged" in room.words())
    room.choose(0)
    assert room.page.then.headline == "Lamps"


def test_escape_the_menu_and_another_report_leave_the_history(room: Room) -> None:
    room.open()
    room.qtbot.keyClick(room.panel.slider, Qt.Key.Key_Escape)
    assert not room.history.is_open
    assert room.pane.text.isVisible()
    assert not room.pane.text.body.isReadOnly()
    room.open()
    room.app.desktop.actions.action("report.history").trigger()
    assert not room.history.is_open
    room.open()
    room.app.desktop.actions.action("report.new").trigger()
    assert not room.history.is_open
    assert room.panel.isHidden()


def test_filing_what_is_not_ready_leads_back_to_the_field(room: Room) -> None:
    room.open()
    room.pane.text.head.headline.set_words("")
    room.pane.request_file()
    room.pane.jump_to(next(iter(room.pane._check())))
    assert not room.history.is_open
    assert room.pane.text.isVisible()

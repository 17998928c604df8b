"""Find and replace in the report that is open, by the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import Status
from reporterdesk.ui.find.finder import ReportFinder
from support.contents import photo_of
from support.find_bar import FindDesk, find_desk

BODY = """The **har**bour is closed.

## Harbour

- [harbour](https://example.org/harbour)
- nothing

![](photo:harbour)

At the harbour, “harbour” 𝔘 harbour."""


@pytest.fixture
def desk(home: Path, qtbot: QtBot) -> Iterator[FindDesk]:
    with find_desk(home, qtbot) as made:
        made.show(ReportContent(headline="Harbour news", standfirst="The harbour", body=BODY))
        yield made


def test_typing_marks_all_and_leaves_the_caret_where_it_is(desk: FindDesk) -> None:
    caret = desk.body.textCursor().position()
    desk.open("harbour")
    assert desk.count() == "3 of 8"  # two stand before the text, where the caret is
    assert desk.marked() == ["harbour", "Harbour", "harbour", "harbour", "harbour", "harbour"]
    assert desk.body.textCursor().position() == caret
    assert not desk.pane.unsaved

    desk.press(Qt.Key.Key_Escape)
    assert desk.bar.isHidden()
    assert desk.marked() == []
    assert desk.body.hasFocus()
    assert desk.body.textCursor().position() == caret


def test_enter_goes_on_and_round(desk: FindDesk) -> None:
    desk.open("harbour")
    seen = []
    for _ in range(9):
        desk.press(Qt.Key.Key_Return)
        seen.append(desk.count())
    assert seen[:6] == [f"{n} of 8" for n in (3, 4, 5, 6, 7, 8)]
    assert seen[6:] == ["1 of 8 · from the top again", "2 of 8", "3 of 8"]
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert desk.count() == "2 of 8"
    assert desk.pane.text.head.standfirst.textCursor().selectedText() == "harbour"
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert desk.count() == "8 of 8 · from the end again"

    desk.press(Qt.Key.Key_Escape)  # where one went, one stays
    assert desk.body.textCursor().selectedText() == "harbour"
    assert desk.body.hasFocus()


def test_the_selection_is_what_is_looked_for(desk: FindDesk) -> None:
    desk.select("nothing")
    desk.open()
    assert desk.bar.query.words.text() == "nothing"
    assert desk.count() == "1 of 1"


def test_a_long_selection_is_where_is_looked(desk: FindDesk) -> None:
    desk.select("nothing", "At the harbour")
    desk.open()
    assert desk.bar.within.isChecked()
    desk.type("harbour")
    assert desk.count() == "1 of 1"
    desk.bar.within.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert desk.count().endswith(" of 8")


def test_options_and_what_is_no_expression(desk: FindDesk) -> None:
    desk.open("Harbour")
    for button in (desk.bar.query.match_case, desk.bar.query.expression):
        button.setFocus()
        desk.press(Qt.Key.Key_Space)
    assert desk.count().endswith(" of 2")
    desk.bar.query.words.setFocus()
    desk.type("(")
    assert desk.bar.note.startswith("This is not a regular expression")
    assert desk.marked() == []
    desk.type("(x+x+)+y")
    assert desk.count() == "Not found"


def test_an_expression_that_takes_too_long_says_so(desk: FindDesk) -> None:
    desk.show(ReportContent(headline="x", body="x" * 20_000))
    desk.bar_opened(replacing=True)
    desk.bar.query.expression.setChecked(True)
    desk.bar.query.words.setText("(x+x+)+y")
    desk.bar.words.setText("z")
    desk.bar.words.setFocus()
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    desk.qtbot.waitUntil(lambda: "takes too long" in desk.bar.note, timeout=10_000)
    assert desk.body.toPlainText() == "x" * 20_000


def test_replace_all_is_one_step_in_all_fields(desk: FindDesk) -> None:
    before = desk.pane.content()
    desk.open("harbour", "port", replacing=True)
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    desk.settled()
    after = desk.pane.content()
    assert after.headline == "port news"
    assert after.standfirst == "The port"
    assert after.body == BODY.replace("**har**bour", "**port**").replace(
        "[harbour]", "[port]"
    ).replace("Harbour", "port").replace(
        "At the harbour, “harbour” 𝔘 harbour", "At the port, “port” 𝔘 port"
    )
    assert desk.bar.note == "8 replaced."
    desk.saved()
    assert desk.stored().content == after

    desk.body.setFocus()
    desk.qtbot.keyClick(desk.body, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.pane.content() == before
    desk.saved()
    assert desk.stored().content == before


def test_the_bar_takes_it_back(desk: FindDesk) -> None:
    before = desk.pane.content()
    desk.open("harbour", "port", replacing=True)
    desk.bar.all.setFocus()
    desk.press(Qt.Key.Key_Space)
    desk.settled()
    desk.bar.undo.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert desk.pane.content() == before
    desk.settled()
    assert desk.count().endswith(" of 8")


def test_replace_one_goes_to_the_next(desk: FindDesk) -> None:
    desk.open("harbour", "harbour harbour", replacing=True)
    desk.press(Qt.Key.Key_Return)  # goes there
    assert desk.body.textCursor().selectedText() == "harbour"
    assert "harbour harbour" not in desk.pane.content().body
    desk.press(Qt.Key.Key_Return)
    desk.settled()
    assert "The **harbour harbour** is closed." in desk.pane.content().body
    assert desk.body.textCursor().selectedText() == "Harbour"  # not what was just put in
    assert desk.count() == "5 of 9"
    desk.body.undo()
    assert "The **har**bour is closed." in desk.pane.content().body


def test_groups_and_headings(desk: FindDesk) -> None:
    desk.bar_opened(replacing=True)
    desk.bar.query.expression.setChecked(True)
    desk.open(r"(h)(arb)our", r"$2\n\1", replacing=True)
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    desk.settled()
    content = desk.pane.content()
    assert content.headline == "Harb H news".replace("Harb H", "arb H")
    assert "## arb H" in content.body
    assert "**arb\\\nh**" in content.body
    desk.type("$3", into=desk.bar.words)
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert "no group" in desk.bar.note
    assert desk.pane.content() == content


def test_findings_follow_what_is_written(desk: FindDesk) -> None:
    desk.open("harbour")
    desk.body.setFocus()
    cursor = QTextCursor(desk.body.text_document)
    desk.body.setTextCursor(cursor)
    desk.qtbot.keyClicks(desk.body, "harbour ")
    desk.qtbot.waitUntil(lambda: desk.count().endswith(" of 9"))
    assert desk.marked()[0] == "harbour"
    desk.qtbot.keyClick(desk.body, Qt.Key.Key_F3)  # no action here: the pane stands alone
    desk.finder.step(forwards=True)
    desk.settled()
    assert desk.body.textCursor().selectedText() == "harbour"


def test_captions_are_looked_through(desk: FindDesk) -> None:
    photo = photo_of(b"preview", b"full", caption="A harbour")
    desk.show(ReportContent(headline="x", body="harbour", photos=(photo,), lead_photo=photo.id))
    desk.open("harbour", "port", replacing=True)
    assert desk.count() == "1 of 2"
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    desk.settled()
    assert desk.pane.content().photos[0].caption == "A port"
    desk.bar.undo.click()
    assert desk.pane.content().photos[0].caption == "A harbour"
    assert desk.pane.content().body == "harbour"
    card = desk.pane.side.photos.card(photo.id)
    assert card is not None
    card.asked.emit("remove")
    desk.qtbot.waitUntil(lambda: desk.count() == "1 of 1")


def test_a_report_that_is_only_read_is_only_looked_through(desk: FindDesk) -> None:
    now = utc_now()
    content = ReportContent(headline="x", body="harbour harbour")
    desk.pane.show_report(Report(new_id(), content, Status.FILED, now, now))
    desk.bar_opened(replacing=True)
    desk.type("harbour")
    assert desk.count() == "1 of 2"
    assert not desk.bar.replacing
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    desk.settled()
    assert desk.pane.content() == content


def test_another_report_is_looked_through_when_it_is_opened(desk: FindDesk) -> None:
    desk.open("harbour", "port", replacing=True)
    desk.show(ReportContent(headline="Other", body="One harbour."))
    desk.finder.report_changed(other=True)
    desk.settled()
    assert desk.count() == "1 of 1"
    assert desk.marked() == ["harbour"]


def test_only_what_is_in_sight_is_marked(desk: FindDesk) -> None:
    desk.show(ReportContent(headline="x", body="\n\n".join(["harbour and more"] * 2_000)))
    desk.open("harbour")
    assert desk.count() == "1 of 2000"
    desk.qtbot.waitUntil(lambda: 0 < len(desk.marked()) < 100)
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert desk.count().startswith("2000 of 2000")
    last = desk.body.cursorForPosition(QPoint(10, desk.body.viewport().height() - 10)).position()
    desk.qtbot.waitUntil(lambda: 0 < len(desk.marks()) < 100)
    assert any(mark.cursor.selectionStart() > last - 2_000 for mark in desk.marks())


def test_the_text_changed_while_it_was_looked_through(desk: FindDesk) -> None:
    desk.open("harbour", "port", replacing=True)
    desk.body.insertPlainText("harbour, ")  # the findings are of another text now
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    desk.settled()
    assert "arbour" not in desk.pane.content().body.replace("/harbour", "").replace(":harbour", "")
    assert desk.bar.note == "9 replaced."


def test_from_right_to_left(desk: FindDesk, qapp: QApplication) -> None:
    desk.show(ReportContent(headline="شہر", language="ur", body="شہر کا **شہر** اور شہری"))
    desk.bar_opened(replacing=True)
    desk.bar.query.whole_words.setChecked(True)
    desk.open("شہر", "گاؤں", replacing=True)
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    desk.settled()
    assert desk.pane.content().body == "گاؤں کا **گاؤں** اور شہری"
    assert isinstance(desk.finder, ReportFinder)

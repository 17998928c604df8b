"""The editor's side: the page, the decision, and what is said when it cannot be made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from reporterdesk.domain.errors import Conflict, NoConnection
from reporterdesk.domain.review import Decision
from reporterdesk.domain.reviewed import ReviewedReport
from reporterdesk.domain.status import Action, Status
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.photo_images import PhotoImages
from reporterdesk.ui.widgets.review_pane import ReviewPane
from support.contents import photo_of, ready_content
from support.jpegs import make_jpeg

AT = datetime(2026, 3, 14, 18, 0, tzinfo=UTC)
PICTURE = make_jpeg(320, 200)


def fetch(_sha256: str, done: Callable[[bytes], None], _failed: object) -> None:
    done(PICTURE)


def at_once(work: Callable[[], Any], done: Callable[[Any], None], _failed: object) -> None:
    done(work())


def report(**changes: object) -> ReviewedReport:
    first = replace(photo_of(b"p1", b"f1", caption="The hall"), alt_text="Rows of benches")
    second = replace(photo_of(b"p2", b"f2", caption="The stage"), alt_text="An empty stage")
    content = replace(
        ready_content("Teachers meet <b>today</b>", first, second),
        standfirst="They agreed.",
        byline="Amina Raza",
        note_to_desk="Check the names.",
        lead_photo=first.id,
        body=f"It rained.\n\n![](photo:{second.id})\n\n<script>alert(1)</script>",
    )
    made = ReviewedReport(
        "9d3c0000-0000-4000-8000-00000000000a",
        content,
        Status.FILED,
        "9d3c0000-0000-4000-8000-00000000000b",
        2,
        "Amina Raza",
        AT,
        missing=frozenset({second.full.sha256}),
        decisions=(Decision("d", "r", "v", Action.RETURN, "Who spoke?", "Daniel Okafor", AT),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def page_of(pane: ReviewPane, qtbot: QtBot) -> str:
    """Return the words of the page, once they all stand."""
    qtbot.waitUntil(lambda: not pane.browser.busy, timeout=10_000)
    return pane.browser.toPlainText()


@pytest.fixture
def pane(qtbot: QtBot) -> ReviewPane:
    made = ReviewPane(Actions(), PhotoImages(fetch, at_once), at_once)
    made.resize(900, 800)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_page_holds_everything_that_will_be_published_and_no_markup(
    pane: ReviewPane, qtbot: QtBot
) -> None:
    pane.show_report(report(), "Culture")
    page = page_of(pane, qtbot)
    for words in ("Culture", "Teachers meet <b>today</b>", "They agreed.", "By Amina Raza",
                  "Lahore, 14 March 2026", "It rained.", "The hall", "The stage",
                  "<script>alert(1)</script>"):  # fmt: skip
        assert words in page


def test_the_desk_sees_alt_texts_history_the_note_and_the_photos_on_their_way(
    pane: ReviewPane, qtbot: QtBot
) -> None:
    pane.show_report(report())
    page = page_of(pane, qtbot)
    assert "Rows of benches" in page
    assert "Daniel Okafor returned it. “Who spoke?”" in page
    assert pane.note_to_desk._lines.text() == "Check the names."
    assert pane.on_the_way.sentence.startswith("1 of 2 photos are here")


def test_one_photo_is_spoken_of_as_one(pane: ReviewPane) -> None:
    shown = report()
    alone = replace(shown.content, photos=shown.content.photos[1:], lead_photo=None)
    pane.show_report(replace(shown, content=alone))
    assert pane.on_the_way.sentence == "Its photo is still on its way."


def test_photos_come_from_memory_and_nothing_comes_from_the_network(pane: ReviewPane) -> None:
    asked: list[str] = []

    def fetch_nothing(sha256: str, _done: object, _failed: object) -> None:
        asked.append(sha256)

    pane.browser.pictures._images._fetch = fetch_nothing
    shown = report()
    pane.show_report(shown)
    pane.grab()
    assert shown.content.photos[0].preview.sha256 in asked
    kind = QTextDocument.ResourceType.ImageResource.value
    for url in ("https://example.org/a.png", "file:///etc/hostname"):
        assert pane.browser.loadResource(kind, QUrl(url)) is None


def test_a_photo_on_its_way_is_a_blank_that_says_so(pane: ReviewPane) -> None:
    shown = report()
    lead, second = shown.content.photos
    pane.show_report(
        replace(shown, absent=frozenset({lead.id}), missing=frozenset({second.preview.sha256}))
    )
    said = pane.browser.pictures._absent
    assert said == dict.fromkeys(
        (lead.preview.sha256, second.preview.sha256), "The photo is still on its way."
    )


def test_what_the_desk_reads_below_a_page_from_the_right_keeps_together(
    pane: ReviewPane, qtbot: QtBot
) -> None:
    urdu = report()
    urdu = replace(urdu, content=replace(urdu.content, language="ur"))
    pane.show_report(urdu)
    page = page_of(pane, qtbot)
    assert "14 مارچ، 2026" in page
    assert "\u2068Daniel Okafor returned it. “Who spoke?”\u2069" in page
    option = pane.browser.document().defaultTextOption()
    assert option.textDirection() == Qt.LayoutDirection.RightToLeft


def test_a_published_report_has_its_own_dates_and_its_correction(
    pane: ReviewPane, qtbot: QtBot
) -> None:
    shown = report(status=Status.PUBLISHED)
    out = Decision("a", shown.id, "r", Action.PUBLISH, "", "Daniel Okafor", AT)
    later = AT + timedelta(days=2)
    corrected = Decision("b", shown.id, "r", Action.CORRECT, "The hall.", "Daniel Okafor", later)
    pane.show_report(replace(shown, decisions=(out, corrected)))
    page = page_of(pane, qtbot)
    for words in ("Published 14 March 2026", "Updated 16 March 2026", "Correction, 16 March 2026",
                  "The hall."):  # fmt: skip
        assert words in page


def test_a_return_needs_a_note(pane: ReviewPane, qtbot: QtBot) -> None:
    pane.show_report(report())
    pane.ask_return()
    assert not pane.ask.yes.isEnabled()
    qtbot.keyClicks(pane.ask.note, "Add who spoke first.")
    with qtbot.waitSignal(pane.decided) as decided:
        pane.ask.yes.click()
    assert decided.args == [Action.RETURN, "Add who spoke first."]


def test_publishing_is_asked_about_first(pane: ReviewPane, qtbot: QtBot) -> None:
    pane.show_report(report(status=Status.APPROVED))
    with qtbot.assertNotEmitted(pane.decided):
        pane.ask_publish()
    assert "cannot be undone" in pane.ask._question.text()
    with qtbot.waitSignal(pane.decided) as decided:
        pane.ask.yes.click()
    assert decided.args == [Action.PUBLISH, ""]


def test_a_correction_is_published_with_a_note_to_the_readers(
    pane: ReviewPane, qtbot: QtBot
) -> None:
    pane.show_report(report(status=Status.PUBLISHED, public_url="http://127.0.0.1/reports/x"))
    assert pane._buttons["review.open_page"].isVisible()
    pane.ask_publish()
    assert "Readers see this note" in pane.ask.sentence
    assert pane.ask.note.accessibleName() == "Note to the readers"
    assert not pane.ask.yes.isEnabled()
    qtbot.keyClicks(pane.ask.note, "The hall is in Lahore.")
    with qtbot.waitSignal(pane.decided) as decided:
        pane.ask.yes.click()
    assert decided.args == [Action.CORRECT, "The hall is in Lahore."]


@pytest.mark.parametrize("action", [Action.PUBLISH, Action.SCHEDULE, Action.CORRECT])
def test_what_is_public_already_is_not_published_again(pane: ReviewPane, action: Action) -> None:
    shown = report(status=Status.PUBLISHED)
    made = Decision("d", shown.id, shown.revision_id, action, "", "Daniel Okafor", AT)
    pane.show_report(replace(shown, decisions=(made,)))
    assert not pane._buttons["review.publish"].isEnabled()
    pane.ask_publish()
    assert pane.ask.isHidden()


def test_a_note_to_the_reporter_is_never_shown_to_readers(pane: ReviewPane, qtbot: QtBot) -> None:
    pane.show_report(report())
    pane.ask_return()
    qtbot.keyClicks(pane.ask.note, "Who told you that?")
    pane.ask_publish()
    with qtbot.waitSignal(pane.decided) as decided:
        pane.ask.yes.click()
    assert decided.args == [Action.PUBLISH, ""]


def test_one_decision_at_a_time(pane: ReviewPane, qtbot: QtBot) -> None:
    pane.show_report(report())
    with qtbot.waitSignal(pane.decided):
        pane.approve()
    with qtbot.assertNotEmitted(pane.decided):
        pane.approve()


def test_a_report_that_has_moved_on_offers_its_newer_revision_and_keeps_the_note(
    pane: ReviewPane, qtbot: QtBot
) -> None:
    pane.show_report(report())
    pane.ask_return()
    qtbot.keyClicks(pane.ask.note, "Too long.")
    pane.ask.yes.click()
    pane.decision_failed(Conflict())
    assert "nothing was decided" in pane.problem.sentence
    assert pane.ask.note.words() == "Too long."
    assert pane.ask.yes.isEnabled()
    with qtbot.waitSignal(pane.reload_requested):
        pane.problem._button.click()


def test_without_a_connection_what_was_seen_last_can_be_read_but_not_decided_on(
    pane: ReviewPane,
) -> None:
    pane.show_report(report(offline=NoConnection.happened))
    assert NoConnection.happened in pane.problem.sentence
    assert not pane._buttons["review.approve"].isEnabled()


def test_every_button_says_what_it_does(pane: ReviewPane) -> None:
    pane.show_report(report())
    pane.ask_return()
    for button in pane.findChildren(QAbstractButton):
        assert button.text() or button.accessibleName() or not button.isVisible()

"""The editor's side: the page, the decision, and what is said when it cannot be made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from reporterdesk.domain.errands import Errand, ErrandKind, ErrandState
from reporterdesk.domain.errors import NoConnection, StoreFull
from reporterdesk.domain.ids import new_id
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
        decisions=(Decision("d", "r", "v", Action.RETURN, "Who spoke?", "Daniel Okafor", AT),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def coming(**changes: object) -> ReviewedReport:
    """Return a report of whose second photo the full size has not arrived."""
    shown = report(**changes)
    return replace(shown, missing=frozenset({shown.content.photos[1].full.sha256}))


def wanted(action: Action | None = Action.APPROVE, **changes: object) -> Errand:
    """Return what its editor wants with :func:`report`."""
    shown = report()
    kind = ErrandKind.DECISION if action else ErrandKind.COMMENT
    made = Errand(new_id(), "me", shown.id, shown.revision_id, kind, AT, "Teachers", action)
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
    pane.show_report(coming())
    page = page_of(pane, qtbot)
    assert "Rows of benches" in page
    assert "Daniel Okafor returned it. “Who spoke?”" in page
    assert pane.note_to_desk._lines.text() == "Check the names."
    assert pane.on_the_way.sentence.startswith("1 of 2 photos are here")


def test_one_photo_is_spoken_of_as_one(pane: ReviewPane) -> None:
    shown = coming()
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


def test_a_correction_can_go_back_to_the_reporter(pane: ReviewPane, qtbot: QtBot) -> None:
    shown = report(status=Status.PUBLISHED)
    pane.show_report(shown)
    pane.ask_return()
    qtbot.keyClicks(pane.ask.note, "Who counted?")
    with qtbot.waitSignal(pane.decided) as decided:
        pane.ask.yes.click()
    assert decided.args == [Action.RETURN, "Who counted?"]
    went_back = Decision("d", shown.id, shown.revision_id, Action.RETURN, "Who?", "Jon", AT)
    pane.show_report(replace(shown, decisions=(went_back,)))
    for name in ("review.return", "review.publish"):
        assert not pane._buttons[name].isEnabled()


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


def test_what_could_not_be_written_down_keeps_the_note(pane: ReviewPane, qtbot: QtBot) -> None:
    pane.show_report(report())
    pane.ask_return()
    qtbot.keyClicks(pane.ask.note, "Too long.")
    pane.ask.yes.click()
    pane.decision_failed(StoreFull())
    assert "disk is full" in pane.problem.sentence
    assert pane.ask.note.words() == "Too long."
    assert pane.ask.yes.isEnabled()


def test_without_a_connection_it_can_be_read_and_decided_on(pane: ReviewPane, qtbot: QtBot) -> None:
    pane.show_report(report(offline=NoConnection.happened, seen_at=AT))
    assert NoConnection.happened in pane.problem.sentence
    assert "As of 14 Mar" in pane.problem.sentence
    with qtbot.waitSignal(pane.decided):
        pane.approve()
    with qtbot.waitSignal(pane.reload_requested):
        pane.problem._button.click()


def test_a_decision_that_waits_is_said_and_can_be_taken_back(
    pane: ReviewPane, qtbot: QtBot
) -> None:
    pane.show_report(report())
    pane.approve()
    made = wanted(Action.APPROVE)
    pane.show_errands((made,))
    assert pane.waiting.isHidden()  # it is only just being sent
    waits = replace(made, why=NoConnection.happened)
    pane.show_errands((waits,))
    assert pane.waiting.sentence == "Approve – waiting for a connection."
    assert not pane._buttons["review.return"].isEnabled()
    with qtbot.waitSignal(pane.waiting.taken_back) as taken:
        _button(pane, "Take it back").click()
    assert taken.args == [made.id]
    pane.show_errands(())
    assert pane.waiting.isHidden()
    assert pane._buttons["review.return"].isEnabled()


def test_what_takes_its_time_is_said_to_be_sent(pane: ReviewPane, qtbot: QtBot) -> None:
    pane.show_report(report())
    pane.show_errands((wanted(Action.SPIKE, state=ErrandState.ATTEMPTING),))
    qtbot.waitUntil(lambda: pane.waiting.sentence == "Spike – being sent.")
    pane.show_errands(())
    assert pane.waiting.isHidden()


def test_what_may_have_arrived_cannot_be_taken_back(pane: ReviewPane) -> None:
    pane.show_report(report())
    lost = wanted(Action.APPROVE, state=ErrandState.ATTEMPTING, why=NoConnection.happened)
    pane.show_errands((lost,))
    assert pane.waiting.sentence == (
        "Approve – waiting for a connection. It may have arrived: nothing is done twice."
    )
    assert _buttons(pane) == []


def test_after_a_decision_the_report_is_read_again_before_the_next(pane: ReviewPane) -> None:
    pane.show_report(report())
    made = wanted(Action.APPROVE)
    pane.show_errands((made,))
    pane.show_errands(())
    assert not pane._buttons["review.publish"].isEnabled()
    pane.show_report(report(status=Status.APPROVED))
    assert pane._buttons["review.publish"].isEnabled()


def test_what_came_too_late_says_so_and_keeps_its_note(pane: ReviewPane, qtbot: QtBot) -> None:
    pane.show_report(report())
    why = "Jon Abara has filed a newer revision, so your return was not recorded."
    late = wanted(Action.RETURN, state=ErrandState.TOO_LATE, note="Name the\nspeaker.", why=why)
    pane.show_errands((late,))
    assert pane.waiting.sentence == why
    assert pane.waiting._lines.text() == "Your note is kept: “Name the speaker.”"
    _button(pane, "Copy the note").click()
    assert QGuiApplication.clipboard().text() == "Name the\nspeaker."
    with qtbot.waitSignal(pane.waiting.sent_again) as again:
        _button(pane, "Send it again").click()
    assert again.args == [late.id]
    with qtbot.waitSignal(pane.waiting.dismissed) as dismissed:
        pane.waiting._close.click()
    assert dismissed.args == [late.id]
    assert pane._buttons["review.return"].isEnabled()


def test_what_is_not_possible_any_more_cannot_be_sent_again(pane: ReviewPane) -> None:
    pane.show_report(report(status=Status.SPIKED))
    late = wanted(Action.APPROVE, state=ErrandState.TOO_LATE, why="It has been spiked already.")
    pane.show_errands((late,))
    assert _buttons(pane) == []


def test_a_refusal_says_what_was_wanted_and_why_not(pane: ReviewPane) -> None:
    pane.show_report(report())
    refused = wanted(None, state=ErrandState.REFUSED, note="Who?", why="You do not edit this.")
    pane.show_errands((refused,))
    assert pane.waiting.sentence == "Note: You do not edit this."


def test_a_newer_revision_does_not_take_the_note_that_is_being_written(
    pane: ReviewPane, qtbot: QtBot
) -> None:
    pane.show_report(report())
    pane.ask_return()
    qtbot.keyClicks(pane.ask.note, "Who counted?")
    pane.show_report(report(revision_id=new_id(), number=3))
    assert pane.ask.note.words() == "Who counted?"
    assert pane.problem.sentence == (
        "A newer revision has come, and is shown here. What you are writing is kept."
    )
    pane.show_report(report(status=Status.SPIKED))
    assert pane.ask.isHidden()
    assert pane.problem._lines.text() == "Who counted?"
    pane.show_report(report(id=new_id()))
    assert pane.problem.isHidden()


def test_publishing_waits_for_the_photos(pane: ReviewPane) -> None:
    pane.show_report(coming())
    assert not pane._buttons["review.publish"].isEnabled()
    assert pane._buttons["review.approve"].isEnabled()
    assert "It can be published once all of them are here." in pane.on_the_way._lines.text()
    pane.ask_publish()
    assert pane.ask.isHidden()
    pane.show_report(report())
    assert pane._buttons["review.publish"].isEnabled()
    assert pane.on_the_way.isHidden()


def test_one_photo_can_be_asked_for_first(pane: ReviewPane, qtbot: QtBot) -> None:
    shown = coming()
    lead, second = shown.content.photos
    shown = replace(shown, missing=shown.missing | {lead.preview.sha256, lead.full.sha256})
    pane.show_report(shown)
    menu = pane.on_the_way._menu
    assert [action.text() for action in menu.actions()] == [
        "Photo 1: The hall",
        "Photo 2: The stage",
    ]
    with qtbot.waitSignal(pane.photo_wanted) as asked:
        menu.actions()[1].trigger()
    assert asked.args == [second.id]
    pane.show_errands((wanted(None, kind=ErrandKind.WANTED, photos=(second.id,)),))
    assert pane.waiting.isHidden()
    assert "You asked for this one first: Photo 2: The stage" in pane.on_the_way._lines.text()
    assert [action.isChecked() for action in menu.actions()] == [False, True]


def _buttons(pane: ReviewPane) -> list[QAbstractButton]:
    found = pane.waiting.findChildren(QAbstractButton)
    return [button for button in found if button.isVisible() and button.text()]


def _button(pane: ReviewPane, text: str) -> QAbstractButton:
    return next(button for button in _buttons(pane) if button.text() == text)


def test_every_button_says_what_it_does(pane: ReviewPane) -> None:
    pane.show_report(report())
    pane.ask_return()
    for button in pane.findChildren(QAbstractButton):
        assert button.text() or button.accessibleName() or not button.isVisible()

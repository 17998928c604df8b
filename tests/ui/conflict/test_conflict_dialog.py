"""Both versions side by side: what is asked, how it is chosen, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from reporterdesk.domain.event import Attendance
from reporterdesk.domain.report import ReportContent
from reporterdesk.text.merge import Choice
from reporterdesk.text.word_difference import Change
from reporterdesk.ui.conflict.card import QuestionCard
from reporterdesk.ui.conflict.dialog import ConflictDialog, Versions
from reporterdesk.ui.conflict.questions import Asked, all_asked
from reporterdesk.ui.theme import Theme
from reporterdesk.workflow.content_merge import merge_contents
from support.contents import photo_of, ready_content
from support.whole_app import themed

FIRST, SECOND = "The hall was full by noon.", "Speakers came from nine cities by the night train."
PHOTO = photo_of(b"preview", b"full", caption="The hall")
BASE = replace(
    ready_content("School opens"),
    body=f"{FIRST}\n\n{SECOND}",
    photos=(PHOTO,),
    lead_photo=PHOTO.id,
)
VERSIONS = Versions(
    "School opens", "Yours, filed 14:05", "The desk’s, 14:20 by Eve Marsh", "File merged report"
)

VERSIONS_OF_ALL = tuple(
    replace(
        BASE,
        headline=f"{word} headline",
        body=f"{FIRST}\n\n{SECOND} {word} words.",
        event=replace(BASE.event, city=f"{word} city"),
    )
    for word in ("My", "Their")
)
"""Mine and theirs, which differ in a headline, a paragraph and a fact."""


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    with themed(qapp) as theme:
        yield theme


def asked(
    mine: ReportContent, theirs: ReportContent, base: ReportContent = BASE
) -> tuple[Asked, ...]:
    """Return what is asked of two versions."""
    merged = merge_contents(base, mine, theirs)
    return tuple(all_asked(merged, {"city": "City desk"}, QLocale("en_GB")))


def words(question: Asked) -> tuple[str, str]:
    """Return both sides’ words."""
    return tuple("".join(w.run.text for w in side) for side in (question.mine, question.theirs))  # type: ignore[return-value]


def marked(question: Asked) -> tuple[list[str], list[str]]:
    """Return the words of both sides that differ."""
    return tuple(  # type: ignore[return-value]
        [w.run.text.strip() for w in side if w.change is not Change.KEPT]
        for side in (question.mine, question.theirs)
    )


def test_a_paragraph_shows_where_it_is_and_which_words_differ() -> None:
    (question,) = asked(
        replace(BASE, body=BASE.body.replace("nine", "eleven")),
        replace(BASE, body=BASE.body.replace("nine", "ten")),
    )
    assert (question.title, question.context) == ("Paragraph", f"After “{FIRST}”")
    assert marked(question) == (["eleven"], ["ten"])
    assert question.both_fit


def test_what_was_taken_out_is_said() -> None:
    (question,) = asked(
        replace(BASE, body=SECOND), replace(BASE, body=BASE.body.replace("noon", "midnight"))
    )
    assert (question.mine_empty, question.theirs_empty) == ("Taken out", "")
    assert question.context == "At the beginning of the text"
    assert not question.both_fit


def test_facts_have_the_names_that_a_person_knows() -> None:
    mine, theirs = (
        replace(
            BASE,
            section=section,
            event=replace(BASE.event, attendance=Attendance(number), starts_at=day),
        )
        for section, number, day in (("city", 300, "2026-03-15"), ("sports", 400, "2026-03-16"))
    )
    section, day, people = asked(mine, theirs)
    assert (section.title, words(section)) == ("Section", ("City desk", "sports"))
    assert words(day) == ("15 March 2026", "16 March 2026")
    assert (people.title, words(people)) == ("People who came", ("about 300", "about 400"))
    assert not people.both_fit


def test_photos_are_told_by_their_number_and_caption() -> None:
    captions = asked(
        replace(BASE, photos=(replace(PHOTO, caption="The old hall"),)),
        replace(BASE, photos=(replace(PHOTO, caption="The new hall"),)),
    )
    assert [question.title for question in captions] == ["Caption of photo 1"]
    assert marked(captions[0]) == (["old"], ["new"])
    (taken_out,) = asked(
        replace(BASE, photos=(), lead_photo=None, body=BASE.body),
        replace(BASE, photos=(replace(PHOTO, caption="The new hall"),)),
    )
    assert (taken_out.title, taken_out.mine_empty) == ("Photo 1", "Taken out")
    assert words(taken_out) == ("", "The new hall")


def test_a_text_without_a_common_one_shows_every_kind_of_line() -> None:
    mine = f"- one\n    - two\n\n> three\n\n![](photo:{PHOTO.id})"
    theirs = "## four\n\n<https://example.org/film>\n\n---"
    found = all_asked(
        merge_contents(None, replace(BASE, body=mine), replace(BASE, body=theirs)),
        {},
        QLocale("en_GB"),
    )
    (question,) = found
    assert question.title == "4 paragraphs"
    assert words(question) == (
        "• one\n\u2003• two\n› three\nPhoto: The hall",
        "four\nhttps://example.org/film\nA dividing line",
    )


@pytest.fixture
def dialog(qtbot: QtBot, theme: Theme) -> ConflictDialog:
    made = ConflictDialog(VERSIONS, iter(asked(*VERSIONS_OF_ALL)), 3)
    qtbot.addWidget(made)
    made.show()
    assert len(made.cards) == 3
    return made


def test_all_must_be_chosen_before_it_can_be_filed(dialog: ConflictDialog, qtbot: QtBot) -> None:
    assert [card.accessibleName() for card in dialog.cards] == [
        "Headline",
        "Paragraph",
        "City or town",
    ]
    assert said(dialog) == "3 of 3 to choose"
    first, second, third = dialog.cards
    first.keep_mine.click()
    first.keep_theirs.click()
    second.keep_both.click()
    assert said(dialog) == "1 of 3 to choose"
    assert not dialog.agree_button.isEnabled()
    third.keep_mine.click()
    assert said(dialog) == "All is chosen."
    with qtbot.waitSignal(dialog.agreed, timeout=5_000):
        dialog.agree_button.click()
    assert dialog.answers == (Choice.THEIRS, Choice.BOTH, Choice.MINE)


def test_the_keyboard_reaches_everything(dialog: ConflictDialog, qtbot: QtBot) -> None:
    dialog.activateWindow()
    qtbot.waitUntil(dialog.cards[0].keep_mine.hasFocus, timeout=5_000)
    for card, key in zip(dialog.cards, (0, 1, 2), strict=True):
        buttons = [b for b in (card.keep_mine, card.keep_both, card.keep_theirs) if b.isVisible()]
        button = buttons[min(key, len(buttons) - 1)]
        _tab_to(button, qtbot)
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert dialog.answers == (Choice.MINE, Choice.BOTH, Choice.THEIRS)
    _tab_to(dialog.agree_button, qtbot)
    with qtbot.waitSignal(dialog.agreed, timeout=5_000):
        qtbot.keyClick(dialog.agree_button, Qt.Key.Key_Space)


def test_a_hundred_questions_come_one_after_the_other(qtbot: QtBot, theme: Theme) -> None:
    paragraphs = [f"The {number}th speaker came from city {number}." for number in range(100)]
    bodies = (
        "\n\n".join(f"{words}{more}" for words in paragraphs) for more in ("", " Mine.", " Theirs.")
    )
    base, mine, theirs = (replace(BASE, body=body) for body in bodies)
    made = ConflictDialog(VERSIONS, iter(asked(mine, theirs, base)), 100)
    qtbot.addWidget(made)
    assert said(made) == "100 of 100 to choose"
    assert 0 < len(made.cards) < 100
    for card in made.cards:
        card.keep_mine.click()
    assert not made.agree_button.isEnabled()
    made.show()
    qtbot.waitUntil(lambda: len(made.cards) == 100, timeout=20_000)
    for card in made.cards:
        card.keep_theirs.click()
    assert made.agree_button.isEnabled()
    assert made.answers == (Choice.THEIRS,) * 100


def test_words_of_ones_own_are_written_with_the_keyboard(
    dialog: ConflictDialog, qtbot: QtBot
) -> None:
    dialog.activateWindow()
    qtbot.waitUntil(dialog.cards[0].keep_mine.hasFocus, timeout=5_000)
    first, second, third = dialog.cards
    first.keep_mine.click()
    third.keep_mine.click()
    _tab_to(second.write_own, qtbot)
    qtbot.keyClick(second.write_own, Qt.Key.Key_Space)
    assert second.own.field.hasFocus()
    assert second.own.field.words() == f"{SECOND} My words."
    assert second.own.said == "An empty line begins a new paragraph."
    assert said(dialog) == "All is chosen."
    qtbot.keyClicks(second.own.field, " And")
    qtbot.keyClick(second.own.field, Qt.Key.Key_Return)
    qtbot.keyClick(second.own.field, Qt.Key.Key_Return)
    qtbot.keyClicks(second.own.field, "*more*.")
    written = f"{SECOND} My words. And\n\n*more*."
    assert dialog.answers == (Choice.MINE, written, Choice.MINE)
    qtbot.keyClick(second.own.field, Qt.Key.Key_Tab)
    assert third.keep_mine.hasFocus()
    second.keep_theirs.click()
    assert not second.own.isVisible()
    assert dialog.answers[1] is Choice.THEIRS
    second.write_own.click()
    assert dialog.answers[1] == written
    assert not second.keep_theirs.isChecked()


@pytest.mark.parametrize(
    ("words", "told"),
    [("  ", "Write something"), ("Ten.\n\n![](photo:a)", "A photo can’t be set in here")],
)
def test_words_that_cannot_stand_are_no_answer(
    dialog: ConflictDialog, qtbot: QtBot, words: str, told: str
) -> None:
    for card in dialog.cards:
        card.keep_mine.click()
    card = dialog.cards[1]
    card.write_own.click()
    card.own.field.selectAll()
    card.own.field.insertPlainText(words)
    assert card.own.said.startswith(told)
    assert said(dialog) == "1 of 3 to choose"
    assert not dialog.agree_button.isEnabled()
    card.own.field.undo()
    assert said(dialog) == "All is chosen."
    assert dialog.agree_button.isEnabled()


def test_what_was_said_is_there_when_it_is_asked_again(
    dialog: ConflictDialog, qtbot: QtBot, theme: Theme
) -> None:
    first, second, third = dialog.cards
    first.write_own.click()
    first.own.field.insertPlainText(" anew")
    second.keep_both.click()
    third.write_own.click()
    third.own.field.insertPlainText(" proper")
    third.keep_theirs.click()
    again = ConflictDialog(VERSIONS, iter(asked(*VERSIONS_OF_ALL)), 3, replies=dialog.replies)
    qtbot.addWidget(again)
    again.show()
    assert again.answers == dialog.answers == ("My headline anew", Choice.BOTH, Choice.THEIRS)
    assert said(again) == "All is chosen."
    assert again.replies == dialog.replies
    again.cards[2].write_own.click()
    assert again.answers[2] == "My city proper"


def test_a_field_of_ones_own_is_brought_into_sight(dialog: ConflictDialog, qtbot: QtBot) -> None:
    dialog.resize(520, 330)
    last = dialog.cards[-1]
    last.write_own.click()

    def seen() -> bool:
        field = last.own.field
        return field.visibleRegion().boundingRect() == field.rect()

    qtbot.waitUntil(seen, timeout=10_000)


def test_escape_leaves_everything_as_it_is(dialog: ConflictDialog, qtbot: QtBot) -> None:
    dialog.cards[0].keep_mine.click()
    with qtbot.assertNotEmitted(dialog.agreed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize("width", [520, 900])
def test_no_word_is_cut_off(dialog: ConflictDialog, qtbot: QtBot, width: int) -> None:
    dialog.resize(width, 360)
    dialog.cards[1].write_own.click()

    def all_shown() -> bool:
        found = [label for card in dialog.cards for label in card.findChildren(QLabel)]
        labels = [label for label in found if label.isVisible()]
        return all(label.height() >= label.heightForWidth(label.width()) > 0 for label in labels)

    qtbot.waitUntil(all_shown, timeout=10_000)


def test_everything_has_a_name_of_its_own(dialog: ConflictDialog) -> None:
    names = [
        button.accessibleName() or button.text()
        for button in dialog.findChildren(QPushButton)
        if button.isVisible()
    ]
    assert len(set(names)) == len(names)
    assert "Paragraph: Keep both" in names
    heard = [label.accessibleName() for label in dialog.findChildren(QLabel)]
    assert "Yours: My headline" in heard
    assert "The desk’s: Their city" in heard


def test_a_right_to_left_paragraph_runs_its_way(theme: Theme, qtbot: QtBot) -> None:
    base = replace(BASE, body="ہال دوپہر تک بھر گیا تھا")
    question = asked(
        replace(BASE, body=f"{base.body} آج"), replace(BASE, body=f"{base.body} کل"), base
    )
    card = QuestionCard(question[0])
    qtbot.addWidget(card)
    shown = [label.text() for label in card.findChildren(QLabel) if "<div" in label.text()]
    assert len(shown) == 2
    assert all('dir="rtl"' in text for text in shown)


def test_marks_in_the_text_are_words(theme: Theme, qtbot: QtBot) -> None:
    """What looks like HTML is not read as such."""
    question = asked(
        replace(BASE, headline="<b>Five</b> & more"), replace(BASE, headline="<img src=x> Six")
    )
    card = QuestionCard(question[0])
    qtbot.addWidget(card)
    texts = "".join(label.text() for label in card.findChildren(QLabel))
    assert "<img" not in texts
    assert "b&gt;Five&lt;/b&gt; &amp; more" in texts


def said(dialog: ConflictDialog) -> str:
    """Return what the dialog says of how much is to be chosen."""
    return next(
        label.text()
        for label in dialog.findChildren(QLabel)
        if label.text().endswith(("to choose", "chosen."))
    )


def _tab_to(button: QPushButton, qtbot: QtBot) -> None:
    for _ in range(30):
        focused = QApplication.focusWidget()
        if focused is button:
            return
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    raise AssertionError(f"{button.text()} is not reached")

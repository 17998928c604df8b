"""Autosave: order, failures, leaving a report, and what it says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from reporterdesk.domain.errors import StoreFull
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import Status
from reporterdesk.ui.autosave import Autosave, Done, Failed, SaveState
from reporterdesk.ui.drafts import Draft

AT = datetime(2026, 3, 14, 14, 3, tzinfo=UTC)


class Desk:
    """A store that answers when the test says so, and the text in a window."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.headline = ""
        self.saves: list[tuple[str, str, Done, Failed]] = []

    def clock(self) -> float:
        return self.now

    def read(self) -> Draft:
        return Draft(ReportContent(headline=self.headline))

    def save(self, report_id: str, draft: Draft, done: Done, failed: Failed) -> None:
        self.saves.append((report_id, draft.whole().headline, done, failed))

    def answer(self, index: int = -1) -> None:
        report_id, headline, done, _ = self.saves[index]
        done(Report(report_id, ReportContent(headline=headline), Status.DRAFT, AT, AT))

    def refuse(self, index: int = -1) -> None:
        self.saves[index][3](StoreFull())


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def autosave(qtbot: QtBot, desk: Desk) -> Autosave:
    saving = Autosave(desk.save, now=desk.clock)
    saving.open("one", desk.read)
    return saving


def test_the_first_key_is_saved_at_once_and_the_last_one_too(
    autosave: Autosave, desk: Desk, qtbot: QtBot
) -> None:
    desk.headline = "T"
    autosave.edited()
    assert [save[1] for save in desk.saves] == ["T"]
    desk.headline = "Teachers"
    autosave.edited()
    assert len(desk.saves) == 1
    desk.answer()
    desk.now += 1
    qtbot.waitUntil(lambda: len(desk.saves) == 2)
    assert desk.saves[1][1] == "Teachers"
    desk.answer()
    assert autosave.status.state is SaveState.SAVED
    assert autosave.status.at == AT
    assert not autosave.unsaved


def test_flush_saves_at_once_and_in_order(autosave: Autosave, desk: Desk) -> None:
    for headline in ("a", "ab"):
        desk.headline = headline
        autosave.edited()
    autosave.flush()
    assert [save[1] for save in desk.saves] == ["a", "ab"]
    desk.answer(0)
    assert autosave.unsaved
    desk.answer(1)
    assert not autosave.unsaved


def test_pressing_save_is_answered_even_if_nothing_was_left_to_do(
    autosave: Autosave, desk: Desk
) -> None:
    autosave.flush(asked=True)
    assert autosave.status.asked
    assert autosave.status.state is SaveState.NOTHING
    desk.headline = "x"
    autosave.edited()
    autosave.flush(asked=True)
    desk.answer()
    assert autosave.status.asked
    assert autosave.status.state is SaveState.SAVED


def test_a_full_disk_is_said_at_once_and_saving_resumes_by_itself(
    autosave: Autosave, desk: Desk, qtbot: QtBot
) -> None:
    desk.headline = "T"
    with qtbot.waitSignal(autosave.failed):
        autosave.edited()
        desk.refuse()
    assert autosave.status.state is SaveState.FAILED
    assert isinstance(autosave.status.error, StoreFull)
    assert autosave.unsaved
    desk.headline = "Te"
    autosave.edited()
    assert len(desk.saves) == 1
    desk.now += 10
    autosave.edited()
    assert desk.saves[-1][1] == "Te"
    assert autosave.status.state is SaveState.FAILED
    desk.answer()
    assert autosave.status.state is SaveState.SAVED


def test_a_report_that_is_left_while_its_save_fails_keeps_its_text_until_it_is_saved(
    autosave: Autosave, desk: Desk
) -> None:
    desk.headline = "left"
    autosave.edited()
    desk.refuse()
    autosave.leave()
    desk.refuse()
    desk.headline = "another report"
    autosave.open("two", desk.read)
    left = autosave.unsaved_draft("one")
    assert left is not None
    assert left.whole().headline == "left"
    desk.now += 10
    autosave.edited()
    assert {save[:2] for save in desk.saves[-2:]} == {("one", "left"), ("two", "another report")}
    for index in (-1, -2):
        desk.answer(index)
    assert autosave.unsaved_draft("one") is None
    assert not autosave.unsaved


def test_an_answer_for_a_report_that_was_left_does_not_speak_for_the_open_one(
    autosave: Autosave, desk: Desk
) -> None:
    desk.headline = "one"
    autosave.edited()
    autosave.leave()
    autosave.open("two", desk.read)
    desk.answer()
    assert autosave.status.state is SaveState.NOTHING
    assert not autosave.unsaved


def test_a_key_is_painted_before_its_save_begins_and_counts_as_unsaved_meanwhile(
    qtbot: QtBot, desk: Desk
) -> None:
    saving = Autosave(desk.save, now=desk.clock, pause_ms=8)
    saving.open("one", desk.read)
    for desk.headline in ("T", "Te"):
        saving.edited()
    assert desk.saves == []
    assert saving.unsaved_now
    qtbot.waitUntil(lambda: len(desk.saves) == 1)
    desk.answer()
    assert not saving.unsaved
    desk.headline = "Teachers"
    saving.edited()
    saving.flush()
    assert [save[1] for save in desk.saves] == ["Te", "Teachers"]


def test_a_report_that_is_left_before_its_save_begins_is_saved(qtbot: QtBot, desk: Desk) -> None:
    saving = Autosave(desk.save, now=desk.clock, pause_ms=8)
    saving.open("one", desk.read)
    desk.headline = "T"
    saving.edited()
    saving.leave()
    assert [save[:2] for save in desk.saves] == [("one", "T")]

"""The editor's calls: a report from the desk, a decision recorded once, and every no in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.errors import Conflict, NoConnection, SignInNeeded
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.report import Revision
from reporterdesk.domain.status import Action, Status
from reporterdesk.publishing.connector import Connector
from reporterdesk.publishing.memory import MemoryDesk
from reporterdesk.ui.controllers.reviewing import ReviewController, Wish
from reporterdesk.wire.convert import file_request
from support.contents import ready_content
from support.workers import Workers

REPORT = "9d3c0000-0000-4000-8000-00000000000a"


class Line:
    """The connection to the desk, which a test may cut."""

    def __init__(self) -> None:
        self.desk = MemoryDesk("schools")
        self.signed_in = True
        self.cut = False
        self.decision_ids: list[str] = []
        self._decide = self.desk.decide

    def connect(self) -> Connector | None:
        self.desk.decide = self._recorded  # type: ignore[method-assign]
        return self.desk if self.signed_in else None

    def file(self) -> str:
        """File a revision of the report; return the revision's id."""
        held = self.desk.held.get(REPORT)
        parent = held.newest.revision_id if held else None
        revision = Revision(new_id(), REPORT, parent, ready_content(), utc_now())
        self.desk.file(REPORT, file_request(revision))
        return revision.id

    def _recorded(self, report_id: str, decision_id: str, request: object) -> object:
        self.decision_ids.append(decision_id)
        answer = self._decide(report_id, decision_id, request)  # type: ignore[arg-type]
        if self.cut:
            raise NoConnection
        return answer


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def reviews(home: Path, line: Line, qtbot: QtBot) -> Iterator[ReviewController]:
    workers = Workers(home)
    yield ReviewController(workers, line.connect, workers.store_thread.run)
    qtbot.waitUntil(lambda: workers.idle)
    workers.close()
    assert workers.bugs == []


def test_a_report_is_read_with_the_revision_that_a_decision_is_bound_to(
    reviews: ReviewController, line: Line, qtbot: QtBot
) -> None:
    revision_id = line.file()
    with qtbot.waitSignal(reviews.opened) as opened:
        reviews.open(REPORT)
    report = opened.args[0]
    assert report.revision_id == revision_id
    assert report.status is Status.FILED
    assert report.content.headline == "School opens again"
    assert report.offline == ""


def test_a_decision_is_recorded(reviews: ReviewController, line: Line, qtbot: QtBot) -> None:
    wish = Wish(REPORT, line.file(), Action.RETURN, "Who spoke?")
    with qtbot.waitSignal(reviews.decided) as decided:
        reviews.decide(wish)
    assert decided.args == [wish]
    assert line.desk.report(REPORT).decisions[-1].note == "Who spoke?"


def test_a_lost_answer_and_a_second_try_decide_once(
    reviews: ReviewController, line: Line, qtbot: QtBot
) -> None:
    wish = Wish(REPORT, line.file(), Action.APPROVE)
    line.cut = True
    with qtbot.waitSignal(reviews.not_decided) as refused:
        reviews.decide(wish)
    assert isinstance(refused.args[1], NoConnection)
    line.cut = False
    with qtbot.waitSignal(reviews.decided):
        reviews.decide(wish)
    assert len(line.decision_ids) == 2
    assert len(set(line.decision_ids)) == 1
    assert len(line.desk.report(REPORT).decisions) == 1


def test_a_revision_that_has_moved_on_is_not_decided_on(
    reviews: ReviewController, line: Line, qtbot: QtBot
) -> None:
    seen = line.file()
    line.file()
    with qtbot.waitSignal(reviews.not_decided) as refused:
        reviews.decide(Wish(REPORT, seen, Action.PUBLISH))
    assert isinstance(refused.args[1], Conflict)
    assert line.desk.report(REPORT).status == Status.FILED


def test_whoever_is_signed_out_is_told_to_sign_in(
    reviews: ReviewController, line: Line, qtbot: QtBot
) -> None:
    line.file()
    line.signed_in = False
    with qtbot.waitSignal(reviews.open_failed) as failed:
        reviews.open(REPORT)
    assert failed.args[0] == REPORT
    assert isinstance(failed.args[1], SignInNeeded)

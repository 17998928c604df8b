"""The editor's reading: what is kept here at once, what the desk has, and every no in words."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.errors import NoConnection, SignInNeeded
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.report import Revision
from reporterdesk.domain.status import Status
from reporterdesk.publishing.connector import Connector
from reporterdesk.publishing.memory import MemoryDesk
from reporterdesk.ui.controllers.reviewing import ReviewController
from reporterdesk.wire.convert import file_request
from support.contents import ready_content
from support.workers import Workers

REPORT = "9d3c0000-0000-4000-8000-00000000000a"


class Line:
    """The connection to the desk, where anybody is signed in."""

    def __init__(self) -> None:
        self.desk = MemoryDesk("schools")
        self.signed_in = True

    def connect(self) -> Connector | None:
        return self.desk if self.signed_in else None

    def file(self) -> str:
        """File a revision of the report; return the revision's id."""
        held = self.desk.held.get(REPORT)
        parent = held.newest.revision_id if held else None
        revision = Revision(new_id(), REPORT, parent, ready_content(), utc_now())
        self.desk.file(REPORT, file_request(revision))
        return revision.id


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


def test_what_is_kept_is_shown_at_once_and_then_what_the_desk_has(
    reviews: ReviewController, line: Line, qtbot: QtBot
) -> None:
    first = line.file()
    with qtbot.waitSignal(reviews.opened):
        reviews.open(REPORT)
    second = line.file()
    slow = threading.Event()
    line.desk.faults.hook = lambda _call, _done: slow.wait(30)
    reviews.open(new_id())
    shown: list[str] = []
    reviews.opened.connect(lambda report: shown.append(report.revision_id))
    reviews.open(REPORT)
    qtbot.waitUntil(lambda: shown == [first])
    slow.set()
    qtbot.waitUntil(lambda: shown == [first, second])


def test_offline_it_is_shown_as_it_was_kept_and_says_so(
    reviews: ReviewController, line: Line, qtbot: QtBot
) -> None:
    line.file()
    with qtbot.waitSignal(reviews.opened):
        reviews.open(REPORT)
    line.desk.faults.plan("*", NoConnection(), times=9)
    with qtbot.waitSignal(reviews.opened, check_params_cb=lambda report: bool(report.offline)):
        reviews.open(REPORT)
    line.desk.faults.heal()
    with qtbot.waitSignal(reviews.opened, check_params_cb=lambda report: not report.offline):
        reviews.open(REPORT)


def test_news_of_what_is_open_are_shown_without_a_call(
    reviews: ReviewController, line: Line, qtbot: QtBot
) -> None:
    line.file()
    with qtbot.waitSignal(reviews.opened):
        reviews.open(REPORT)
    calls = line.desk.faults.calls["report"]
    with qtbot.waitSignal(reviews.opened):
        reviews.open_kept(REPORT)
    assert line.desk.faults.calls["report"] == calls
    with qtbot.assertNotEmitted(reviews.opened):
        reviews.open_kept(new_id())


def test_whoever_is_signed_out_is_told_to_sign_in(
    reviews: ReviewController, line: Line, qtbot: QtBot
) -> None:
    line.file()
    line.signed_in = False
    with qtbot.waitSignal(reviews.open_failed) as failed:
        reviews.open(REPORT)
    assert failed.args[0] == REPORT
    assert isinstance(failed.args[1], SignInNeeded)

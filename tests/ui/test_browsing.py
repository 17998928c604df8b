"""Places, search and pages, over a real store; and the review queue of an editor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.errands import Errand, ErrandKind, ErrandState
from reporterdesk.domain.errors import NoConnection
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.people import Account
from reporterdesk.domain.places import Place
from reporterdesk.domain.report import Report, Revision
from reporterdesk.domain.searching import Search
from reporterdesk.domain.status import Action
from reporterdesk.publishing.memory import MemoryDesk
from reporterdesk.store.first_screen import OPEN_PLACE
from reporterdesk.ui.controllers import browsing as browsing_module
from reporterdesk.ui.controllers.browsing import Browsing
from reporterdesk.ui.models.report_list import SUMMARY
from reporterdesk.ui.wording import clock_word
from reporterdesk.wire.convert import file_request, person_of, section_of
from reporterdesk.workflow.drafting import save_draft, trash_report
from reporterdesk.workflow.filing import file_report
from reporterdesk.workflow.reviewing import fetch_queue
from support.contents import ready_content
from support.workers import Workers


@dataclass
class Desk:
    """The list, with what it stands on."""

    browsing: Browsing
    workers: Workers
    desk: MemoryDesk
    qtbot: QtBot

    def save(self, headline: str, number: int) -> Report:
        return self.workers.store_thread.run(
            lambda store: save_draft(
                store,
                f"{number:08d}-0000-4000-8000-000000000000",
                ready_content(headline),
                clock=utc_now,
            )
        )

    def filed(self, headline: str) -> str:
        """Let a report be at the desk."""
        report_id = new_id()
        content = replace(ready_content(headline), section="town")
        revision = Revision(new_id(), report_id, None, content, utc_now())
        self.desk.file(report_id, file_request(revision))
        return report_id

    def fetch_queue(self) -> None:
        """Keep the queue here, as the listening does."""
        person = person_of(self.desk.me().person)
        fetch_queue(self.desk, self.workers.store_thread.run, person, clock=utc_now)

    def headlines(self) -> list[str]:
        model = self.browsing.model
        return [model.index(n).data() for n in range(model.rowCount())]

    def shows(self, *headlines: str) -> None:
        self.qtbot.waitUntil(lambda: self.headlines() == list(headlines), timeout=10_000)


@pytest.fixture
def shelf(home: Path, qtbot: QtBot) -> Iterator[Desk]:
    workers, desk = Workers(home), MemoryDesk()
    browsing = Browsing(workers.background)
    yield Desk(browsing, workers, desk, qtbot)
    qtbot.waitUntil(lambda: workers.idle)
    workers.close()


def _editor(desk: MemoryDesk) -> Account:
    me = desk.me()
    return Account("https://desk", person_of(me.person), tuple(map(section_of, me.sections)))


def test_each_place_shows_its_reports_newest_first(shelf: Desk) -> None:
    shelf.save("One", 1)
    shelf.save("Two", 2)
    trashed = shelf.save("Three", 3)
    shelf.workers.store_thread.run(lambda s: trash_report(s, trashed.id, clock=utc_now))

    shelf.browsing.refresh()
    shelf.shows("Two", "One")

    shelf.browsing.go(Place.TRASH)
    shelf.shows("Three")


def test_the_counts_are_told(shelf: Desk, qtbot: QtBot) -> None:
    filed = shelf.save("One", 1)
    shelf.save("Two", 2)
    shelf.workers.store_thread.run(lambda s: file_report(s, filed.id, clock=utc_now))

    with qtbot.waitSignal(shelf.browsing.counts_changed) as told:
        shelf.browsing.refresh()

    assert told.args[0][Place.DRAFTS] == 1
    assert told.args[0][Place.OUTBOX] == 1


def test_the_search_holds_in_every_place(shelf: Desk) -> None:
    shelf.save("Lanterns on the river", 1)
    trashed = shelf.save("Lanterns in the trash", 2)
    shelf.save("Something else", 3)
    shelf.workers.store_thread.run(lambda s: trash_report(s, trashed.id, clock=utc_now))

    shelf.browsing.search(Search("lantern"))
    shelf.shows("Lanterns on the river")
    shelf.browsing.go(Place.TRASH)
    shelf.shows("Lanterns in the trash")
    shelf.browsing.search(Search(""))
    shelf.shows("Lanterns in the trash")


def test_only_the_newest_of_several_searches_is_shown(shelf: Desk) -> None:
    for number, headline in enumerate(("Alpha", "Beta", "Gamma")):
        shelf.save(headline, number)

    for query in ("a", "al", "alp", "bet"):
        shelf.browsing.search(Search(query))
        shelf.browsing.refresh()

    shelf.shows("Beta")


def test_more_pages_are_read_when_they_are_wanted(
    shelf: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsing_module, "PAGE", 2)
    for number in range(5):
        shelf.save(str(number), number)

    shelf.browsing.refresh()
    shelf.shows("4", "3")
    shelf.browsing.read_more()
    shelf.browsing.read_more()  # the answer to the first is still on its way
    shelf.shows("4", "3", "2", "1")
    shelf.browsing.read_more()
    shelf.shows("4", "3", "2", "1", "0")
    shelf.browsing.read_more()
    shelf.shows("4", "3", "2", "1", "0")


def test_what_is_saved_moves_up_without_a_reading(shelf: Desk, qtbot: QtBot) -> None:
    shelf.save("One", 1)
    shelf.browsing.refresh()
    shelf.shows("One")

    shelf.browsing.saved(shelf.save("Two", 2))

    assert shelf.headlines() == ["Two", "One"]


def test_what_is_saved_elsewhere_is_not_shown_here(shelf: Desk) -> None:
    shelf.browsing.go(Place.TRASH)

    shelf.browsing.saved(shelf.save("One", 1))

    assert shelf.headlines() == []


def test_the_place_is_remembered(shelf: Desk) -> None:
    shelf.browsing.go(Place.RETURNED)

    state = shelf.workers.store_thread.run(lambda store: store.state.get(OPEN_PLACE))
    assert state == Place.RETURNED.value


def test_an_editor_reads_the_queue_and_offline_how_old_it_is(shelf: Desk, qtbot: QtBot) -> None:
    told: list[str] = []
    shelf.browsing.queue_told.connect(told.append)
    shelf.filed("École in spring")
    shelf.fetch_queue()
    shelf.browsing.set_account(_editor(shelf.desk))
    shelf.browsing.go(Place.REVIEW)
    shelf.shows("École in spring")
    assert told[-1] == ""

    shelf.browsing.queue.show_connection(False, NoConnection.happened)

    qtbot.waitUntil(lambda: told[-1] != "")
    seen = shelf.workers.store_thread.run(lambda store: store.desk.seen_at())
    assert told[-1] == f"{NoConnection.happened} As of {clock_word(seen)}."
    shelf.shows("École in spring")
    shelf.browsing.queue.show_connection(True, "")
    qtbot.waitUntil(lambda: told[-1] == "")


def test_what_waits_to_be_decided_is_said_in_the_queue(shelf: Desk) -> None:
    shelf.browsing.set_account(_editor(shelf.desk))
    report_id = shelf.filed("École in spring")
    shelf.fetch_queue()
    shelf.browsing.go(Place.REVIEW)
    shelf.shows("École in spring")
    made = Errand(
        new_id(), "a", report_id, new_id(), ErrandKind.DECISION, utc_now(), action=Action.APPROVE
    )
    other = replace(made, report_id=new_id(), headline="Gone from the queue", why="Too late.")

    def details(*pending: Errand) -> list[str]:
        shelf.browsing.queue.show_pending(pending)
        model = shelf.browsing.model
        rows = [model.index(row, 0).data(SUMMARY) for row in range(model.rowCount())]
        return [f"{row.headline}: {row.detail}" for row in rows]

    assert details(made) == ["École in spring: Ines Kalder"]  # it is only just being sent
    waiting = replace(made, why=NoConnection.happened)
    late = replace(other, state=ErrandState.TOO_LATE)
    assert details(waiting, late) == [
        "Gone from the queue: Approve – came too late",
        "École in spring: Approve – waiting for a connection",
    ]
    assert details() == ["École in spring: Ines Kalder"]


def test_the_queue_is_searched_by_headline_author_and_section_without_accents(
    shelf: Desk, qtbot: QtBot
) -> None:
    shelf.browsing.set_account(_editor(shelf.desk))
    for headline in ("École in spring", "Harbour day"):
        shelf.filed(headline)
    shelf.fetch_queue()
    shelf.browsing.go(Place.REVIEW)
    qtbot.waitUntil(lambda: len(shelf.headlines()) == 2, timeout=10_000)
    shelf.browsing.search(Search("ecole ines town"))
    shelf.shows("École in spring")
    shelf.browsing.search(Search("nowhere"))
    shelf.shows()
    shelf.browsing.search(Search(""))
    qtbot.waitUntil(lambda: len(shelf.headlines()) == 2, timeout=10_000)


def test_who_is_signed_out_leaves_the_queue(shelf: Desk, qtbot: QtBot) -> None:
    shelf.browsing.set_account(_editor(shelf.desk))
    shelf.browsing.go(Place.REVIEW)

    shelf.browsing.set_account(None)

    assert shelf.browsing.place is Place.DRAFTS

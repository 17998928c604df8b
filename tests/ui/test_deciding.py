"""An editor's decisions between the window and the engine: written first, sent, told once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.errands import Errand, ErrandKind, ErrandState
from reporterdesk.domain.errors import SignInNeeded, TransitionRefused
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.people import Account, Person
from reporterdesk.domain.reviewed import ReviewedReport
from reporterdesk.domain.status import Action, Status
from reporterdesk.store.store import Store
from reporterdesk.ui.controllers.deciding import Deciding
from support.contents import ready_content
from support.workers import Workers

SEEN = ReviewedReport(
    new_id(), ready_content("Rafts of cork"), Status.FILED, new_id(), 1, "Ana", utc_now()
)


@pytest.fixture
def workers(home: Path, qtbot: QtBot) -> Iterator[Workers]:
    made = Workers(home)
    account = Account("https://desk.example", Person(new_id(), "Eve", "eve@desk.example"))
    made.store_thread.run(lambda store: store.account.set(account))
    yield made
    qtbot.waitUntil(lambda: made.idle)
    made.close()
    assert made.bugs == []


@pytest.fixture
def woken() -> list[bool]:
    return []


@pytest.fixture
def deciding(workers: Workers, woken: list[bool]) -> Deciding:
    return Deciding(workers.background, lambda: woken.append(True), clock=utc_now)


def decide(deciding: Deciding, qtbot: QtBot, action: Action = Action.APPROVE) -> Errand:
    with qtbot.waitSignal(deciding.changed):
        deciding.decide(SEEN, action, "Good.")
    return deciding.pending[-1]


def kept(workers: Workers) -> tuple[Errand, ...]:
    def read(store: Store) -> tuple[Errand, ...]:
        account = store.account.get()
        assert account is not None
        return store.errands.of_account(account.key)

    return workers.store_thread.run(read)


def test_a_decision_is_on_the_disk_before_the_engine_is_woken(
    deciding: Deciding, workers: Workers, woken: list[bool], qtbot: QtBot
) -> None:
    made = decide(deciding, qtbot)
    assert kept(workers) == (made,)
    assert woken == [True]
    assert (made.report_id, made.revision_id) == (SEEN.id, SEEN.revision_id)
    assert (made.action, made.note, made.headline) == (Action.APPROVE, "Good.", "Rafts of cork")
    assert deciding.of_report(SEEN.id) == (made,)
    assert deciding.of_report(new_id()) == ()


def test_what_is_done_is_gone_before_anybody_hears_that_it_is(
    deciding: Deciding, qtbot: QtBot
) -> None:
    made = decide(deciding, qtbot)
    pending: list[tuple[Errand, ...]] = []
    deciding.done.connect(lambda _errand: pending.append(deciding.pending))
    with qtbot.waitSignal(deciding.done):
        deciding.hear(replace(made, state=ErrandState.DONE))
    assert pending == [()]


def test_a_no_is_told_and_can_be_sent_again_or_put_away(
    deciding: Deciding, workers: Workers, qtbot: QtBot
) -> None:
    made = decide(deciding, qtbot, Action.RETURN)
    workers.store_thread.run(
        lambda store: store.errands.fail(made.id, ErrandState.TOO_LATE, "Jon was quicker.")
    )
    with qtbot.waitSignal(deciding.not_done):
        deciding.hear(replace(made, state=ErrandState.TOO_LATE, why="Jon was quicker."))
    newer = new_id()
    with qtbot.waitSignal(
        deciding.changed, check_params_cb=lambda found: [e.revision_id for e in found] == [newer]
    ):
        deciding.send_again(made.id, newer)
    (again,) = kept(workers)
    assert (again.note, again.state) == ("Good.", ErrandState.WAITING)
    workers.store_thread.run(
        lambda store: store.errands.fail(again.id, ErrandState.REFUSED, "It is closed.")
    )
    with qtbot.waitSignal(deciding.changed, check_params_cb=lambda found: found == ()):
        deciding.dismiss(again.id)


def test_taking_back_is_refused_where_it_may_have_arrived(
    deciding: Deciding, workers: Workers, qtbot: QtBot
) -> None:
    made = decide(deciding, qtbot)
    with qtbot.waitSignal(deciding.changed, check_params_cb=lambda found: found == ()):
        deciding.take_back(made.id)
    made = decide(deciding, qtbot)
    workers.store_thread.run(lambda store: store.errands.begin(made.id))
    with qtbot.waitSignal(deciding.refused) as told:
        deciding.take_back(made.id)
    assert isinstance(told.args[0], TransitionRefused)
    assert len(kept(workers)) == 1


def test_nobody_signed_in_is_told_so(deciding: Deciding, workers: Workers, qtbot: QtBot) -> None:
    workers.store_thread.run(lambda store: store.account.clear())
    with qtbot.waitSignal(deciding.refused) as told:
        deciding.decide(SEEN, Action.APPROVE)
    assert isinstance(told.args[0], SignInNeeded)


def test_a_photo_is_wanted_with_the_others_behind_it(
    deciding: Deciding, workers: Workers, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(deciding.changed):
        deciding.want_photos(SEEN, ("p2", "p1"))
    (made,) = kept(workers)
    assert (made.kind, made.photos) == (ErrandKind.WANTED, ("p2", "p1"))

"""Decisions and notes made offline: sent once, and answered clearly when they come too late."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reporterdesk.domain.errands import Errand, ErrandKind, ErrandState
from reporterdesk.domain.errors import (
    NoConnection,
    NotTheApi,
    Refused,
    ServerBusy,
    SignInNeeded,
    TransitionRefused,
)
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.people import Account
from reporterdesk.domain.status import Action, Status
from reporterdesk.publishing.memory import MemoryDesk
from reporterdesk.wire.convert import person_of
from reporterdesk.wire.messages import DecisionRequest
from reporterdesk.workflow.deciding import (
    dismiss,
    pending,
    send_again,
    take_back,
    wish_decision,
    wish_note,
    wish_photos,
)
from support.laptop import Laptop

WAITING, ATTEMPTING = ErrandState.WAITING, ErrandState.ATTEMPTING
DONE, TOO_LATE, REFUSED = ErrandState.DONE, ErrandState.TOO_LATE, ErrandState.REFUSED


@pytest.fixture(autouse=True)
def account(here: Laptop, desk: MemoryDesk) -> Account:
    made = Account("https://desk.example", person_of(desk.me().person))
    here.store.account.set(made)
    return made


@pytest.fixture
def report_id(here: Laptop) -> str:
    """A report that the desk has."""
    filed = here.file("Rafts of cork")
    here.deliver()
    here.heard.errands.clear()
    return filed


def newest(desk: MemoryDesk, report_id: str) -> str:
    return desk.held[report_id].newest.revision_id


def wish(here: Laptop, desk: MemoryDesk, report_id: str, action: Action, note: str = "") -> Errand:
    seen = newest(desk, report_id)
    return wish_decision(here.store, report_id, seen, action, note, clock=here.clock)


def file_newer(desk: MemoryDesk, report_id: str) -> str:
    old = desk.held[report_id].newest
    fresh = {"revision_id": new_id(), "parent_revision_id": old.revision_id}
    desk.file(report_id, old.model_copy(update=fresh))
    return newest(desk, report_id)


def states(here: Laptop) -> list[ErrandState]:
    return [errand.state for errand in here.heard.errands]


def test_offline_they_wait_and_are_sent_in_their_order(
    here: Laptop, desk: MemoryDesk, report_id: str
) -> None:
    seen = newest(desk, report_id)
    said = wish_note(here.store, report_id, seen, "Who spoke?", block=0, clock=here.clock)
    made = wish(here, desk, report_id, Action.RETURN, "Name the speaker.")
    desk.faults.plan("*", NotTheApi(), times=1)
    due = here.deliver()
    assert due is not None
    assert [e.state for e in pending(here.store)] == [WAITING, WAITING]
    here.clock.now = due
    assert here.deliver() is None
    assert pending(here.store) == ()
    assert list(desk.held[report_id].comments) == [said.id]
    assert list(desk.held[report_id].decisions) == [made.id]
    assert desk.held[report_id].status is Status.RETURNED
    assert states(here) == [ATTEMPTING, WAITING, ATTEMPTING, DONE, ATTEMPTING, DONE]


@pytest.mark.parametrize("after_effect", [False, True])
def test_a_lost_answer_is_asked_for_again_and_decides_once(
    here: Laptop, desk: MemoryDesk, report_id: str, after_effect: bool
) -> None:
    made = wish(here, desk, report_id, Action.APPROVE)
    desk.faults.plan("decide", NoConnection(), after_effect=after_effect, times=3)
    here.deliver(2)
    assert pending(here.store)[0].state is ATTEMPTING
    with pytest.raises(TransitionRefused, match="may have reached the desk"):
        take_back(here.store, made.id)
    here.deliver(5)
    assert list(desk.held[report_id].decisions) == [made.id]
    assert pending(here.store) == ()


@pytest.mark.parametrize("after_effect", [False, True])
def test_killed_in_the_middle_decides_once(
    here: Laptop, desk: MemoryDesk, report_id: str, after_effect: bool
) -> None:
    made = wish(here, desk, report_id, Action.APPROVE)
    desk.faults.plan("decide", KeyboardInterrupt(), after_effect=after_effect)
    with pytest.raises(KeyboardInterrupt):
        here.deliver()
    here.restart()
    assert here.deliver() is None
    assert list(desk.held[report_id].decisions) == [made.id]


def test_what_waits_can_be_taken_back(here: Laptop, desk: MemoryDesk, report_id: str) -> None:
    made = wish(here, desk, report_id, Action.PUBLISH)
    desk.faults.plan("*", NotTheApi(), times=1)
    here.deliver()
    assert take_back(here.store, made.id).action is Action.PUBLISH
    here.deliver(5)
    assert desk.held[report_id].status is Status.FILED
    assert desk.faults.calls["decide"] == 1


def test_only_one_decision_on_a_report_waits(
    here: Laptop, desk: MemoryDesk, report_id: str
) -> None:
    wish(here, desk, report_id, Action.APPROVE)
    with pytest.raises(TransitionRefused, match="waiting already"):
        wish(here, desk, report_id, Action.SPIKE)
    wish_note(here.store, report_id, newest(desk, report_id), "And this.", clock=here.clock)


def test_a_newer_revision_makes_it_too_late_and_the_note_is_kept(
    here: Laptop, desk: MemoryDesk, report_id: str
) -> None:
    made = wish(here, desk, report_id, Action.RETURN, "Name the speaker.")
    fresh = file_newer(desk, report_id)
    assert here.deliver() is None
    (kept,) = pending(here.store)
    name = desk.me().person.name
    assert (kept.state, kept.note) == (TOO_LATE, "Name the speaker.")
    assert kept.why == f"{name} has filed a newer revision, so your return was not recorded."
    assert desk.held[report_id].decisions == {}
    again = send_again(here.store, made.id, fresh, clock=here.clock)
    assert again is not None
    assert (again.id, again.revision_id) != (made.id, made.revision_id)
    assert here.deliver() is None
    assert [d.note for d in desk.held[report_id].decisions.values()] == ["Name the speaker."]
    assert send_again(here.store, made.id, fresh, clock=here.clock) is None


def test_another_editors_decision_makes_it_too_late(
    here: Laptop, desk: MemoryDesk, report_id: str
) -> None:
    wish(here, desk, report_id, Action.RETURN, "Please.")
    request = DecisionRequest(decision="publish", revision_id=newest(desk, report_id))
    desk.decide(report_id, new_id(), request)
    assert here.deliver() is None
    (kept,) = pending(here.store)
    name = desk.me().person.name
    assert kept.why == f"{name} has published it already, so your return was not recorded."
    dismiss(here.store, kept.id)
    assert pending(here.store) == ()


def test_where_the_desk_does_not_tell_it_is_said_in_general(
    here: Laptop, desk: MemoryDesk, report_id: str
) -> None:
    wish(here, desk, report_id, Action.APPROVE)
    file_newer(desk, report_id)
    desk.faults.plan("report", NoConnection())
    here.deliver()
    assert pending(here.store)[0].why == (
        "The report has moved on at the desk, so your approval was not recorded."
    )


def test_what_is_refused_says_why(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file("Photos to come", photos=1)
    desk.faults.plan("upload", NoConnection(), times=2)
    here.deliver()
    wish(here, desk, report_id, Action.PUBLISH)
    here.deliver()
    (kept,) = pending(here.store)
    assert (kept.state, kept.why) == (REFUSED, "Some of its photos have not arrived yet.")


def test_a_refusal_that_is_not_too_late_is_none(
    here: Laptop, desk: MemoryDesk, report_id: str
) -> None:
    wish(here, desk, report_id, Action.PUBLISH)
    embargo = Refused(
        "The report is under embargo.", problem_type="/problems/status-does-not-allow", status=409
    )
    desk.faults.plan("decide", embargo)
    here.deliver()
    (kept,) = pending(here.store)
    assert (kept.state, kept.why) == (REFUSED, "The report is under embargo.")


def test_one_that_fails_holds_up_no_other(here: Laptop, desk: MemoryDesk, report_id: str) -> None:
    other = here.file("Another")
    here.deliver()
    first = wish(here, desk, report_id, Action.APPROVE)
    second = wish(here, desk, other, Action.APPROVE)
    desk.faults.plan("decide", ServerBusy())
    here.deliver()
    assert [errand.id for errand in pending(here.store)] == [first.id]
    assert list(desk.held[other].decisions) == [second.id]
    here.deliver(2)
    assert pending(here.store) == ()


def test_texts_go_before_errands_and_errands_before_photos(
    here: Laptop, desk: MemoryDesk, report_id: str
) -> None:
    wish(here, desk, report_id, Action.APPROVE)
    here.file("Newer", photos=1)
    order: list[str] = []
    desk.faults.hook = lambda call, done: None if done else order.append(call)
    here.deliver()
    assert order[:3] == ["file", "decide", "upload"]


def test_signed_out_they_wait_and_are_sent_by_nobody_else(
    here: Laptop, desk: MemoryDesk, report_id: str, account: Account
) -> None:
    made = wish(here, desk, report_id, Action.APPROVE)
    desk.faults.plan("decide", SignInNeeded())
    assert here.deliver() is None
    assert here.heard.sign_ins == 1
    assert pending(here.store)[0].state is WAITING
    other = replace(account, person=replace(account.person, id=new_id()))
    here.store.account.set(other)
    here.restart()
    assert here.deliver() is None
    assert (pending(here.store), desk.held[report_id].decisions) == ((), {})
    here.store.account.set(account)
    assert here.deliver() is None
    assert list(desk.held[report_id].decisions) == [made.id]


def test_nobody_signed_in_decides_nothing(here: Laptop, desk: MemoryDesk, report_id: str) -> None:
    here.store.account.clear()
    with pytest.raises(SignInNeeded):
        wish(here, desk, report_id, Action.APPROVE)
    assert pending(here.store) == ()


def test_a_note_too_long_is_said_at_once(here: Laptop, desk: MemoryDesk, report_id: str) -> None:
    with pytest.raises(Refused, match="Shorten it"):
        wish(here, desk, report_id, Action.RETURN, "x" * 20_001)
    with pytest.raises(Refused, match="empty"):
        wish_note(here.store, report_id, newest(desk, report_id), " ", clock=here.clock)
    with pytest.raises(ValueError, match="not a decision"):
        wish(here, desk, report_id, Action.FILE)


def test_photos_are_wanted_in_the_order_that_was_asked_for_last(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file("Photos to come", photos=3)
    first, second, _ = (photo.id for photo in here.report(report_id).content.photos)
    here.deliver()
    wish_photos(here.store, report_id, [first], clock=here.clock)
    wish_photos(here.store, report_id, [second, first], clock=here.clock)
    assert here.deliver() is None
    assert desk.held[report_id].wanted == (second, first)
    assert desk.faults.calls["want"] == 1
    assert [errand.kind for errand in here.heard.errands] == [ErrandKind.WANTED] * 2


def test_a_clock_put_back_does_not_keep_it(here: Laptop, desk: MemoryDesk, report_id: str) -> None:
    wish(here, desk, report_id, Action.APPROVE)
    desk.faults.plan("*", NotTheApi())
    here.deliver()
    here.clock.turn(hours=-1)
    assert here.deliver() is None
    assert pending(here.store) == ()

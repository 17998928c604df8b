"""The long poll: news in a second, few bytes while nothing happens, and never in anybody's way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from reporterdesk.domain.errors import NoConnection, NotTheApi, Refused, ServerBusy, SignInNeeded
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.people import Account, Role, SectionRole
from reporterdesk.domain.report import Report
from reporterdesk.domain.status import Action, Status
from reporterdesk.publishing.memory import MemoryDesk
from reporterdesk.sync.listening import NOBODY, UNHELD, WAIT, Listening
from reporterdesk.sync.standing import Standing
from reporterdesk.wire.convert import person_of
from reporterdesk.wire.messages import ChangesAnswer, DecisionRequest
from reporterdesk.workflow.deciding import wish_decision
from reporterdesk.workflow.drafting import trash_report
from reporterdesk.workflow.photo_loss import find_photo_loss
from reporterdesk.workflow.reviewing import kept_queue, kept_report
from reporterdesk.workflow.trash import delete_for_good
from support.laptop import Laptop


class Waits:
    """A memory desk that says for how long it was asked to hold a call; time passes meanwhile."""

    def __init__(self, desk: MemoryDesk) -> None:
        self.desk = desk
        self.waits: list[float] = []
        self.now = 0.0
        self.holds = True
        self.meanwhile: Callable[[], object] = lambda: None

    def __getattr__(self, name: str):
        return getattr(self.desk, name)

    def changes(self, after: str | None, *, wait: float = 0) -> ChangesAnswer:
        self.waits.append(wait)
        if wait:
            self.now += wait if self.holds else 0.01
            self.meanwhile()
        return self.desk.changes(after)


class Ear:
    """Listens for a laptop."""

    def __init__(self, here: Laptop, desk: MemoryDesk) -> None:
        self.here, self.desk, self.server = here, desk, Waits(desk)
        here.connector = self.server  # type: ignore[assignment]
        self.came_back = 0
        self.text_only = False
        self.start()

    def start(self) -> None:
        """Begin anew, as after a crash."""
        self.standing = Standing(self.here.heard)
        self.listening = Listening(
            self.here.run,
            lambda: self.here.connector,
            self.here.clock,
            Random(7),
            self.here.heard,
            self.standing,
            self._came_back,
            text_only=lambda: self.text_only,
            monotonic=lambda: self.server.now,
        )

    def settle(self) -> None:
        """Listen until all is brought down and a call is held."""
        for _ in range(100):
            self.server.waits.clear()
            self.listening.listen()
            if WAIT in self.server.waits:
                return
        raise AssertionError("it never came to rest")

    def _came_back(self) -> None:
        self.came_back += 1


@pytest.fixture
def account(here: Laptop, desk: MemoryDesk) -> Account:
    made = Account("https://desk.example", person_of(desk.me().person))
    here.store.account.set(made)
    return made


@pytest.fixture
def ear(here: Laptop, desk: MemoryDesk, account: Account) -> Ear:
    return Ear(here, desk)


def filed_elsewhere(here: Laptop, desk: MemoryDesk, headline: str, photos: int = 0) -> str:
    """Let a report reach the desk from another laptop, and forget it on this one."""
    report_id = here.file(headline, photos=photos)
    connector, here.connector = here.connector, desk
    here.deliver(5)
    here.connector = connector
    forget(here, report_id)
    return report_id


def forget(here: Laptop, report_id: str) -> None:
    trash_report(here.store, report_id, clock=here.clock)
    delete_for_good(here.store, report_id)
    here.store.trash._deleted.set(report_id, None)
    here.store.photos._put_now.clear()
    here.store.photos.sweep(set())


def decide(desk: MemoryDesk, report_id: str, action: Action, note: str = "") -> None:
    newest = desk.held[report_id].newest.revision_id
    request = DecisionRequest(decision=action.value, revision_id=newest, note=note)
    desk.decide(report_id, new_id(), request)


def test_the_first_question_is_answered_at_once_and_the_next_is_held(
    ear: Ear, here: Laptop
) -> None:
    assert ear.listening.listen() == 0.0
    assert here.heard.connection == [(True, "")]
    assert ear.listening.listen() == 0.0
    assert ear.server.waits == [0, WAIT]


def test_news_come_while_the_call_is_held(ear: Ear, here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file()
    here.deliver()
    ear.settle()
    ear.server.meanwhile = lambda: decide(desk, report_id, Action.RETURN, "Who spoke?")
    ear.listening.listen()
    assert here.report(report_id).status is Status.RETURNED
    assert here.store.desk.cursor() == str(len(desk._changes))


def test_idle_it_makes_one_call_a_minute(ear: Ear, desk: MemoryDesk) -> None:
    ear.settle()
    before = desk.faults.calls.copy()
    began = ear.server.now
    while ear.server.now - began < 3600:
        assert ear.listening.listen() == 0.0
    assert (desk.faults.calls - before).keys() == {"changes"}
    assert desk.faults.calls["changes"] - before["changes"] <= 3600 / WAIT + 1


def test_a_server_that_does_not_hold_calls_is_asked_seldom(ear: Ear) -> None:
    ear.settle()
    ear.server.holds = False
    assert ear.listening.listen() == pytest.approx(UNHELD, abs=0.1)


def test_offline_it_asks_less_and_less_and_a_new_network_begins_anew(
    ear: Ear, here: Laptop, desk: MemoryDesk
) -> None:
    ear.settle()
    desk.faults.plan("changes", NoConnection(), times=12)
    pauses = [ear.listening.listen() for _ in range(11)]
    assert pauses[0] <= 4
    assert 120 <= pauses[-1] <= 300
    assert here.heard.connection[-1] == (False, "There is no connection to the desk.")
    ear.listening.forget()
    assert ear.listening.listen() <= 4
    assert ear.listening.listen() == 0.0
    assert ear.server.waits[-1] == 0
    assert here.heard.connection[-1] == (True, "")
    assert ear.came_back == 1


@pytest.mark.parametrize("error", [NotTheApi(), ServerBusy(), Refused(status=403)])
def test_whatever_fails_is_asked_again_later(ear: Ear, desk: MemoryDesk, error: Exception) -> None:
    desk.faults.plan("changes", error, times=2)
    assert ear.listening.listen() > 0
    ear.settle()


def test_a_busy_server_says_when_to_come_back(ear: Ear, desk: MemoryDesk) -> None:
    desk.faults.plan("changes", ServerBusy(retry_after=40))
    assert ear.listening.listen() == 40


def test_signed_out_it_asks_nothing(ear: Ear, here: Laptop, desk: MemoryDesk) -> None:
    desk.faults.plan("changes", SignInNeeded())
    assert ear.listening.listen() == NOBODY
    calls = sum(desk.faults.calls.values())
    assert ear.listening.listen() == NOBODY
    here.connector = None
    assert ear.listening.listen() == NOBODY
    assert sum(desk.faults.calls.values()) == calls
    assert here.heard.sign_ins == 1


def test_an_answer_that_was_given_up_changes_nothing(
    ear: Ear, here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file()
    here.deliver()
    ear.settle()
    cursor = here.store.desk.cursor()
    decide(desk, report_id, Action.RETURN)
    assert ear.listening.listen(lambda: False) == 0.0
    desk.faults.plan("changes", NoConnection())
    assert ear.listening.listen(lambda: False) == 0.0
    assert all(online for online, _ in here.heard.connection)
    assert here.report(report_id).status is Status.FILED
    assert here.store.desk.cursor() == cursor


def test_the_whole_queue_can_be_read_offline(ear: Ear, here: Laptop, desk: MemoryDesk) -> None:
    ids = {filed_elsewhere(here, desk, f"No {n}", photos=2) for n in range(3)}
    person = replace(person_of(desk.me().person), roles=(SectionRole("town", Role.EDITOR),))
    here.store.account.set(Account("https://desk.example", replace(person, id=new_id())))
    ear.settle()
    queue = kept_queue(here.store)
    assert {line.id for line in queue.lines} == ids
    assert queue.seen_at == here.clock()
    for report_id in ids:
        kept = kept_report(here.store, report_id)
        assert kept is not None
        assert (kept.absent, kept.missing) == (frozenset(), frozenset())
        assert here.store.reports.find(report_id) is None
        for photo in kept.content.photos:
            assert len(here.store.photos.read(photo.preview.sha256)) == photo.preview.bytes
            assert not here.store.photos.has(photo.full.sha256)


@pytest.fixture
def editor(here: Laptop, desk: MemoryDesk) -> Account:
    """An editor of the section, who has filed nothing."""
    person = replace(person_of(desk.me().person), roles=(SectionRole("town", Role.EDITOR),))
    made = Account("https://desk.example", replace(person, id=new_id()))
    here.store.account.set(made)
    return made


def test_news_keep_the_queue_without_reading_it_again(
    ear: Ear, editor: Account, here: Laptop, desk: MemoryDesk
) -> None:
    first, second = (filed_elsewhere(here, desk, name) for name in ("First", "Second"))
    ear.settle()
    lists = desk.faults.calls["reports"]
    third = filed_elsewhere(here, desk, "Third")
    desk.decide(second, new_id(), approved(desk, second))
    decide(desk, first, Action.PUBLISH)
    ear.settle()
    lines = {line.id: line for line in kept_queue(here.store).lines}
    assert {i: line.status for i, line in lines.items()} == {
        second: Status.APPROVED,
        third: Status.FILED,
    }
    here_and_there = {line.id: line for line in desk.reports(waiting=True).reports}
    assert lines == here_and_there
    assert desk.faults.calls["reports"] == lists + 1  # this test’s own
    assert here.store.desk.get_report(first) is None
    assert here.store.photo_sweep.due(here.clock())


def approved(desk: MemoryDesk, report_id: str) -> DecisionRequest:
    newest = desk.held[report_id].newest.revision_id
    return DecisionRequest(decision="approve", revision_id=newest)


def test_what_left_the_queue_while_the_laptop_was_off_goes_away(
    ear: Ear, editor: Account, here: Laptop, desk: MemoryDesk
) -> None:
    gone, kept = (filed_elsewhere(here, desk, name) for name in ("Gone", "Kept"))
    decided = filed_elsewhere(here, desk, "Decided offline")
    ear.settle()
    seen = desk.held[decided].newest.revision_id
    wish_decision(here.store, decided, seen, Action.APPROVE, clock=here.clock)
    here.store.desk.put_report("left over", "{}", here.clock())
    for report_id in (gone, decided):
        decide(desk, report_id, Action.SPIKE)
    ear.start()
    ear.settle()
    assert here.store.desk.kept_ids() == {kept, decided}


def test_a_sweep_of_photos_spares_the_queues_previews(
    ear: Ear, editor: Account, here: Laptop, desk: MemoryDesk
) -> None:
    report_id = filed_elsewhere(here, desk, "With photos", photos=1)
    ear.settle()
    kept = kept_report(here.store, report_id)
    assert kept is not None
    here.store.photos._put_now.clear()
    list(here.store.photo_sweep.steps(here.clock()))
    assert here.store.photos.has(kept.content.photos[0].preview.sha256)
    decide(desk, report_id, Action.SPIKE)
    ear.settle()
    list(here.store.photo_sweep.steps(here.clock()))
    assert not here.store.photos.has(kept.content.photos[0].preview.sha256)


def test_news_are_asked_for_between_two_previews(
    ear: Ear, editor: Account, here: Laptop, desk: MemoryDesk
) -> None:
    filed_elsewhere(here, desk, "With photos", photos=5)
    order: list[str] = []
    desk.faults.hook = lambda call, done: None if done else order.append(call)
    ear.settle()
    assert order[:3] == ["reports", "report", "changes"]
    previews = [n for n, call in enumerate(order) if call == "photo"]
    assert len(previews) == 5
    assert all("changes" in order[a:b] for a, b in pairwise(previews))


def test_text_only_leaves_the_previews_for_later(
    ear: Ear, editor: Account, here: Laptop, desk: MemoryDesk
) -> None:
    report_id = filed_elsewhere(here, desk, "With photos", photos=2)
    ear.text_only = True
    ear.settle()
    kept = kept_report(here.store, report_id)
    assert kept is not None
    assert len(kept.absent) == 2
    ear.text_only = False
    ear.settle()
    kept = kept_report(here.store, report_id)
    assert kept is not None
    assert kept.absent == frozenset()


def test_a_cut_while_the_queue_is_fetched_goes_on_where_it_was(
    ear: Ear, editor: Account, here: Laptop, desk: MemoryDesk
) -> None:
    ids = {filed_elsewhere(here, desk, f"No {n}", photos=1) for n in range(4)}
    desk.faults.plan("report", NoConnection(), times=2)
    desk.faults.plan("photo", NoConnection())
    desk.faults.plan("photo", ServerBusy())
    for _ in range(40):
        ear.listening.listen()
    assert desk.faults.calls["reports"] == 1
    assert here.store.desk.kept_ids() == ids


def test_ones_own_report_comes_from_another_device(
    ear: Ear, account: Account, here: Laptop, desk: MemoryDesk
) -> None:
    report_id = filed_elsewhere(here, desk, "Rafts of cork", photos=1)
    decide(desk, report_id, Action.RETURN, "Name the speaker.")
    here.heard.reports.clear()
    ear.settle()
    report = here.report(report_id)
    assert (report.status, report.content.headline) == (Status.RETURNED, "Rafts of cork")
    assert report.revision_id == desk.held[report_id].newest.revision_id
    assert [getattr(n, "note", "") for n in here.store.desk.notes(report_id)] == [
        "Name the speaker."
    ]
    assert here.store.photos.has(report.content.photos[0].preview.sha256)
    (revision,) = here.store.revisions.of_report(report_id)
    assert revision.received
    (receipt,) = here.store.receipts.of_report(report_id)
    assert receipt.photos.keys() >= {report.content.photos[0].full.sha256}
    assert report_id in here.heard.reports


def test_a_report_that_is_here_is_never_written_over(
    ear: Ear, account: Account, here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file("Mine")
    here.deliver()
    ear.settle()
    before = here.report(report_id)
    newer = desk.held[report_id].newest.model_copy(
        update={
            "revision_id": new_id(),
            "parent_revision_id": before.revision_id,
            "headline": "By another device",
        }
    )
    desk.file(report_id, newer)
    ear.settle()
    after: Report = here.report(report_id)
    assert (after.content, after.revision_id) == (before.content, before.revision_id)


def test_what_was_deleted_here_for_good_does_not_come_back(
    ear: Ear, account: Account, here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file("Deleted")
    here.deliver()
    trash_report(here.store, report_id, clock=here.clock)
    delete_for_good(here.store, report_id)
    ear.settle()
    decide(desk, report_id, Action.RETURN)
    ear.settle()
    assert here.store.reports.find(report_id) is None


def test_a_reporter_keeps_nobody_elses_reports(
    ear: Ear, here: Laptop, desk: MemoryDesk, account: Account
) -> None:
    other = replace(
        account.person, id=new_id(), name="Mo", roles=(SectionRole("town", Role.REPORTER),)
    )
    report_id = filed_elsewhere(here, desk, "Another’s")
    here.store.account.set(Account("https://desk.example", other))
    ear.settle()
    decide(desk, report_id, Action.RETURN)
    ear.settle()
    assert here.store.reports.find(report_id) is None
    assert here.store.desk.kept_ids() == frozenset()


def test_ones_own_deliveries_are_no_news(
    ear: Ear, here: Laptop, desk: MemoryDesk, account: Account
) -> None:
    roles = (SectionRole("town", Role.REPORTER),)
    here.store.account.set(replace(account, person=replace(account.person, roles=roles)))
    ear.settle()
    here.file("With photos", photos=3)
    here.deliver(5)
    before = desk.faults.calls["report"]
    ear.settle()
    assert desk.faults.calls["report"] == before


def test_killed_while_it_takes_news_it_takes_them_at_the_next_start(
    ear: Ear, here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file()
    here.deliver()
    ear.settle()
    decide(desk, report_id, Action.RETURN)
    desk.faults.plan("report", KeyboardInterrupt(), after_effect=True)
    with pytest.raises(KeyboardInterrupt):
        ear.listening.listen()
    ear.start()
    ear.settle()
    assert here.report(report_id).status is Status.RETURNED


def test_the_age_is_kept_over_a_crash_of_minutes(ear: Ear, here: Laptop, desk: MemoryDesk) -> None:
    ear.settle()
    for _ in range(20):
        here.clock.turn(minutes=1)
        ear.listening.listen()
    seen = here.store.desk.seen_at()
    assert seen is not None
    assert (here.clock() - seen).total_seconds() < 300
    desk.faults.plan("changes", NoConnection())
    last = here.clock()
    here.clock.turn(minutes=1)
    ear.listening.listen()
    assert here.store.desk.seen_at() == last


def test_another_editors_wish_orders_the_photos(ear: Ear, here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file("With photos", photos=3)
    desk.faults.plan("upload", NoConnection(), times=99)
    here.deliver()
    last = here.report(report_id).content.photos[-1]
    desk.want(report_id, [last.id])
    ear.settle()
    wanted = {u.sha256 for u in here.store.outbox.uploads(report_id) if u.wanted}
    assert wanted == {last.preview.sha256, last.full.sha256}


def test_photos_that_only_the_desk_has_are_not_lost(
    ear: Ear, account: Account, here: Laptop, desk: MemoryDesk, home: Path
) -> None:
    report_id = filed_elsewhere(here, desk, "Rafts of cork", photos=1)
    ear.settle()
    (photo,) = here.report(report_id).content.photos
    assert not here.store.photos.has(photo.full.sha256)
    assert find_photo_loss(home, None).names == frozenset()
    mine = here.write("Mine", photos=1)
    here.store.photos.delete(here.report(mine).content.photos[0].full.sha256)
    assert len(find_photo_loss(home, None).names) == 1

"""What the person decides about sending holds from the next piece on, and after a restart."""

from __future__ import annotations

import threading

import pytest

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.errors import NoConnection, StoreFull
from reporterdesk.domain.sending import SendPolicy
from reporterdesk.publishing.memory import MemoryDesk
from reporterdesk.sync.orders import Terms, terms_of
from reporterdesk.workflow.sending import read_policy
from support.laptop import Laptop
from support.road import SlowDesk, Watch


@pytest.mark.parametrize(
    ("policy", "metered", "terms"),
    [
        (SendPolicy(), False, Terms()),
        (SendPolicy(), True, Terms(photos=False)),
        (SendPolicy(text_only_on_metered=False), True, Terms()),
        (SendPolicy(paused=True), False, Terms(paused=True)),
        (SendPolicy(bytes_a_second=0), False, Terms()),
        (SendPolicy(bytes_a_second=9), False, Terms(bytes_a_second=9)),
        (SendPolicy(only_photos=frozenset("a")), True, Terms(only=frozenset("a"))),
    ],
)
def test_what_a_decision_means(policy: SendPolicy, metered: bool, terms: Terms) -> None:
    assert terms_of(policy, metered=metered) == terms


def test_a_pause_ends_it_after_the_piece_under_way(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file(photos=3)
    pause = SendPolicy(paused=True)
    desk.faults.hook = lambda call, _: here.engine.set_policy(pause) if call == "upload" else None
    assert here.deliver() is None
    assert desk.faults.calls["upload"] == 1
    assert here.deliver() is None
    here.restart()
    here.engine.network_changed()
    assert here.deliver() is None
    assert desk.faults.calls["upload"] == 1
    assert here.delivery(report_id).state is DeliveryState.TEXT_DELIVERED
    desk.faults.heal()
    here.engine.set_policy(SendPolicy())
    assert here.deliver() is None
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    assert desk.faults.calls["upload"] == 6


def test_paused_not_even_a_text_goes(here: Laptop, desk: MemoryDesk) -> None:
    here.engine.set_policy(SendPolicy(paused=True))
    here.file()
    assert here.deliver() is None
    assert not desk.held


def test_what_had_failed_before_a_pause_goes_at_once_after_it(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file()
    desk.faults.plan("file", NoConnection(), times=2)
    assert here.deliver() is not None
    here.engine.set_policy(SendPolicy(paused=True))
    here.deliver()
    desk.faults.heal()
    here.engine.set_policy(SendPolicy())
    here.deliver()
    assert here.delivery(report_id).state is DeliveryState.DELIVERED


def test_on_a_metered_network_only_texts_go_and_nothing_is_tried_in_vain(
    here: Laptop, desk: MemoryDesk
) -> None:
    here.engine.network_metered(True)
    ids = [here.file(f"Report {number}", photos=1) for number in range(2)]
    assert here.deliver() is None
    assert (desk.faults.calls["file"], desk.faults.calls["upload"]) == (2, 0)
    assert {here.delivery(i).state for i in ids} == {DeliveryState.TEXT_DELIVERED}
    assert here.engine.text_only()
    here.engine.network_metered(False)
    assert here.deliver() is None
    assert {here.delivery(i).state for i in ids} == {DeliveryState.DELIVERED}
    assert not here.engine.text_only()


def test_a_network_that_becomes_metered_ends_it_after_the_piece_under_way(
    here: Laptop, desk: MemoryDesk
) -> None:
    here.file(photos=2)
    desk.faults.hook = lambda call, _: here.engine.network_metered(call == "upload")
    assert here.deliver() is None
    assert desk.faults.calls["upload"] == 1


def test_only_these_photos_now(here: Laptop, desk: MemoryDesk) -> None:
    first, second = here.file("First", photos=2), here.file("Second", photos=2)
    chosen = here.report(second).content.photos[1]
    here.engine.network_metered(True)  # who names photos has decided what they are worth
    here.engine.set_policy(SendPolicy(only_photos=frozenset({chosen.id})))
    assert here.deliver() is None
    assert (desk.faults.calls["file"], desk.faults.calls["upload"]) == (2, 2)
    whole = {sha256 for held in desk.held.values() for sha256, data in held.photos.items() if data}
    assert whole == {chosen.preview.sha256, chosen.full.sha256}
    third = here.file("Third")  # texts are never held back
    assert here.deliver() is None
    assert here.delivery(third).state is DeliveryState.DELIVERED
    here.engine.set_policy(SendPolicy(text_only_on_metered=False))
    assert here.deliver() is None
    assert {here.delivery(i).state for i in (first, second)} == {DeliveryState.DELIVERED}
    assert desk.faults.calls["upload"] == 8


def test_a_limit_is_kept_and_nobody_sleeps_for_it(here: Laptop, desk: MemoryDesk) -> None:
    slow = SlowDesk(desk, Watch(), here.clock, rate=1_000_000, delay=0.01)
    here.connector, here.stopwatch = slow, slow.watch
    here.engine.set_policy(SendPolicy(bytes_a_second=10_000))
    report_id = here.file("With a large photo", photos=[here.photo("large", full=200_000)])
    began, calls = slow.watch.now, 0
    while (due := here.engine.deliver_due()) is not None:
        calls += 1
        slow.take(max((due - here.clock()).total_seconds(), 0.0))
    sent = 0
    for piece in slow.pieces:
        assert sent <= 10_000 * (piece.at - began + 0.001) + 1
        sent += piece.size
    assert sent == 200_600
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    assert calls == len(slow.pieces) - 1  # one piece a call, and the time to come back


def test_a_text_never_waits_for_the_limit_on_photos(here: Laptop, desk: MemoryDesk) -> None:
    slow = SlowDesk(desk, Watch(), here.clock, rate=1_000_000, delay=0.01)
    here.connector, here.stopwatch = slow, slow.watch
    here.engine.set_policy(SendPolicy(bytes_a_second=100))
    here.file("With photos", photos=2)
    assert here.deliver() is not None
    second = here.file("Second")
    assert here.deliver() is not None
    assert here.delivery(second).state is DeliveryState.DELIVERED
    here.engine.set_policy(SendPolicy())  # nor does anything, once it is lifted
    assert here.deliver() is None


def test_a_limit_holds_though_the_clock_is_put_back(here: Laptop, desk: MemoryDesk) -> None:
    slow = SlowDesk(desk, Watch(), here.clock, rate=1_000_000, delay=0.01)
    here.connector, here.stopwatch = slow, slow.watch
    here.engine.set_policy(SendPolicy(bytes_a_second=100))
    here.file(photos=2)
    due = here.deliver()
    assert due is not None
    here.clock.turn(hours=-1)
    again = here.deliver()
    assert again is not None
    assert 0 < (again - here.clock()).total_seconds() <= (due - here.clock()).total_seconds()
    assert len(slow.pieces) == 1


def test_what_is_decided_is_kept(here: Laptop) -> None:
    policy = SendPolicy(True, False, 4_000, frozenset({"a", "b"}))
    here.engine.set_policy(policy)
    here.deliver()
    assert read_policy(here.store) == policy


def test_a_decision_that_cannot_be_written_down_sends_nothing_against_it(
    here: Laptop, desk: MemoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.file()

    def full(*_: object) -> None:
        raise StoreFull

    with monkeypatch.context() as patch:
        patch.setattr(here.store.state, "set", full)
        here.engine.set_policy(SendPolicy(paused=True))
        for _ in range(2):
            with pytest.raises(StoreFull):
                here.deliver()
    here.deliver()
    assert not desk.held
    assert read_policy(here.store).paused


def test_deciding_from_many_threads_leaves_the_last_decision(here: Laptop) -> None:
    threads = [
        threading.Thread(target=here.engine.set_policy, args=(SendPolicy(bytes_a_second=rate),))
        for rate in range(1_000, 1_020)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    here.engine.set_policy(SendPolicy(bytes_a_second=5))
    here.deliver()
    assert read_policy(here.store).bytes_a_second == 5

"""On a link that is cut again and again: the order stays, little is sent twice, nobody starves."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.errors import NoConnection, OffsetMismatch, Refused, WrongChecksum
from reporterdesk.publishing.memory import MemoryDesk
from reporterdesk.sync.backoff import LONGEST_ASKED
from reporterdesk.sync.uplink import SMALLEST
from reporterdesk.wire.messages import FileAnswer
from support.examples import examples
from support.laptop import Laptop
from support.road import SlowDesk, Watch


def on_a_slow_link(here: Laptop, desk: MemoryDesk) -> SlowDesk:
    slow = SlowDesk(desk, Watch(), here.clock)
    here.connector, here.stopwatch = slow, slow.watch
    return slow


def every(number: int, error: Callable[[], Exception], *, done: bool):
    """Return a hook that fails each ``number``-th upload, before or after its effect."""
    count = 0

    def hook(call: str, after: bool) -> None:
        nonlocal count
        if call == "upload" and after is done:
            count += 1
            if count % number == 0:
                raise error()

    return hook


@pytest.mark.parametrize("answer_lost", [False, True])
def test_a_cut_upload_goes_on_before_any_other_begins(
    answer_lost: bool, here: Laptop, desk: MemoryDesk
) -> None:
    slow = on_a_slow_link(here, desk)
    photos = [here.photo(f"{number}", preview=10_000, full=100_000) for number in range(3)]
    report_id = here.file(photos=photos)
    desk.faults.hook = every(3, NoConnection, done=answer_lost)
    assert here.deliver() is None  # not one wait: the desk answers each time it is asked
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    order = list(dict.fromkeys(piece.url for piece in slow.pieces))
    runs = [p.url for n, p in enumerate(slow.pieces) if not n or slow.pieces[n - 1].url != p.url]
    assert runs == order  # each file once begun goes on to its end
    sizes = [photo.preview.sha256 for photo in photos] + [photo.full.sha256 for photo in photos]
    assert [url.rpartition("/")[2] for url in order] == sizes


def test_at_most_one_piece_is_sent_twice_for_each_cut(here: Laptop, desk: MemoryDesk) -> None:
    slow = on_a_slow_link(here, desk)
    here.file(photos=[here.photo("large", preview=60_000, full=400_000)])
    desk.faults.hook = every(4, NoConnection, done=False)
    assert here.deliver() is None
    sent = sum(piece.size for piece in slow.pieces)
    cuts = len(slow.pieces) // 4
    assert sent - 460_000 <= cuts * max(piece.size for piece in slow.pieces)
    lost = [n for n in range(len(slow.pieces)) if n % 4 == 3 and n + 1 < len(slow.pieces)]
    for number in lost:
        after, before = slow.pieces[number + 1], slow.pieces[number]
        if after.url == before.url and before.size > 2 * SMALLEST:
            assert after.size < before.size


def test_a_photo_at_which_every_call_is_cut_comes_last_and_starves_nobody(
    here: Laptop, desk: MemoryDesk
) -> None:
    """As with a network that drops what it does not like, while the desk answers all else."""
    slow = on_a_slow_link(here, desk)
    first, second = here.file("First", photos=2), here.file("Second", photos=2)
    stuck = here.report(first).content.photos[0].full.sha256
    upload = slow.upload

    def cut_one(url: str, offset: int, chunk: bytes) -> int:
        if url.endswith(stuck):
            raise NoConnection
        return upload(url, offset, chunk)

    slow.upload = cut_one  # type: ignore[method-assign]
    here.deliver(rounds=4)
    assert here.delivery(second).state is DeliveryState.DELIVERED
    assert here.delivery(first).photos_delivered == 1
    slow.upload = upload  # type: ignore[method-assign]
    here.deliver(rounds=8)
    assert here.delivery(first).state is DeliveryState.DELIVERED


def test_an_outage_puts_no_photo_behind_another(here: Laptop, desk: MemoryDesk) -> None:
    slow = on_a_slow_link(here, desk)
    here.file(photos=[here.photo(f"{n}", preview=10_000, full=100_000) for n in range(2)])
    calls = 0

    def tunnel(_call: str, _done: bool) -> None:
        nonlocal calls
        calls += 1
        if 8 <= calls < 20:
            raise NoConnection

    desk.faults.hook = tunnel
    assert here.deliver(rounds=30) is None
    order = list(dict.fromkeys(piece.url for piece in slow.pieces))
    runs = [p.url for n, p in enumerate(slow.pieces) if not n or slow.pieces[n - 1].url != p.url]
    assert runs == order


def test_damage_on_the_way_is_counted_apart_and_sent_again(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file(photos=1)
    desk.faults.plan("upload", WrongChecksum(), times=2)
    here.deliver()
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    other = here.file("Other", photos=1)
    desk.faults.plan("upload", WrongChecksum(), times=1_000)
    before = desk.faults.calls["upload"]
    assert here.deliver() is not None
    assert desk.faults.calls["upload"] - before == 6  # three tries for each of two sizes
    assert here.delivery(other).why == "A photo is damaged on its way, again and again."


def test_another_writer_is_waited_for(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file(photos=1)
    desk.faults.plan("upload", OffsetMismatch(), times=1)
    desk.faults.plan("upload_offset", OffsetMismatch(), times=1)
    due = here.deliver()
    assert due is not None
    assert here.delivery(report_id).why == "Another device is sending this photo."
    here.clock.now = due
    here.deliver()
    assert here.delivery(report_id).state is DeliveryState.DELIVERED


def test_bytes_that_are_not_the_photo_any_more_are_never_sent(
    here: Laptop, desk: MemoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    report_id, other = here.file("Damaged", photos=1), here.file("Other", photos=1)
    damaged = here.report(report_id).content.photos[0].full.sha256
    read = here.store.photos.read_range

    def rotten(sha256: str, offset: int, length: int) -> bytes:
        piece = read(sha256, offset, length)
        return bytes(len(piece)) if sha256 == damaged else piece

    monkeypatch.setattr(here.store.photos, "read_range", rotten)
    here.deliver(rounds=3)
    assert here.delivery(other).state is DeliveryState.DELIVERED
    assert desk.faults.calls["upload"] == 3
    assert here.delivery(report_id).photos_delivered == 0
    assert here.delivery(report_id).why


def test_a_photo_that_the_desk_refuses_is_not_offered_all_the_time(
    here: Laptop, desk: MemoryDesk
) -> None:
    here.file(photos=1)
    full = Refused("This photo is too large.", status=413)
    desk.faults.hook = every(1, lambda: full, done=False)
    due = here.deliver()
    assert due is not None
    assert due - here.clock() == LONGEST_ASKED


def test_a_network_that_lets_only_questions_pass_is_not_flooded(
    here: Laptop, desk: MemoryDesk
) -> None:
    """Each answer to listening is good news, and each time it leads to nothing."""
    watch = Watch()
    here.stopwatch = watch
    ids = [here.file(f"Report {number}") for number in range(3)]
    silent = {ids[0], ids[1]}
    file = desk.file
    calls: list[float] = []

    def swallowed(report_id: str, request) -> FileAnswer:
        calls.append(watch.now)
        if report_id in silent:
            raise NoConnection
        return file(report_id, request)

    desk.file = swallowed  # type: ignore[method-assign]
    here.deliver()
    for _ in range(100):
        watch.now += 6
        here.clock.turn(seconds=6)
        here.engine.desk_answers()
        here.engine.deliver_due()
    assert here.delivery(ids[2]).state is DeliveryState.DELIVERED  # they starve nobody
    assert len(calls) < 40
    assert len([at for at in calls if at > 300]) < 12
    desk.file = file  # type: ignore[method-assign]
    here.deliver(rounds=3)
    assert {here.delivery(i).state for i in ids} == {DeliveryState.DELIVERED}


def test_after_a_long_outage_the_first_news_counts(here: Laptop, desk: MemoryDesk) -> None:
    watch = Watch()
    here.stopwatch = watch
    report_id = here.file()
    desk.faults.plan("*", NoConnection(), times=1_000)
    here.deliver(rounds=12)
    watch.now += 3_600
    desk.faults.heal()
    here.engine.desk_answers()
    here.engine.deliver_due()
    assert here.delivery(report_id).state is DeliveryState.DELIVERED


def test_a_bug_at_one_photo_starves_no_other(here: Laptop, desk: MemoryDesk) -> None:
    first, second = here.file("First", photos=2), here.file("Second", photos=2)
    stuck = here.report(first).content.photos[0].preview.sha256
    upload = desk.upload

    def bug(url: str, offset: int, chunk: bytes) -> int:
        if url.endswith(stuck):
            raise RuntimeError("a bug")
        return upload(url, offset, chunk)

    desk.upload = bug  # type: ignore[method-assign]
    for _ in range(2):
        with pytest.raises(RuntimeError):
            here.deliver()
    assert here.delivery(second).state is DeliveryState.DELIVERED
    assert here.delivery(first).photos_delivered == 1
    desk.upload = upload  # type: ignore[method-assign]
    here.deliver()
    assert here.delivery(first).state is DeliveryState.DELIVERED


FAULTS = st.lists(
    st.tuples(
        st.sampled_from(["file", "upload", "upload_offset", "report"]),
        st.sampled_from([NoConnection, OffsetMismatch, WrongChecksum, lambda: Refused(status=404)]),
        st.booleans(),
        st.integers(1, 5),
    ),
    max_size=6,
)


@given(FAULTS, st.integers(0, 2**16), st.sampled_from([-3_600.0, -700.0, 0.0]))
@examples(5, in_long=400)
def test_nothing_waits_for_ever_whatever_went_wrong(
    here: Laptop, desk: MemoryDesk, faults: list, seed: int, clock: float
) -> None:
    """No new network, no new start: only the times at which the engine asks to be called."""
    random = Random(seed)
    ids = [here.file(f"Report {number}", photos=random.randint(0, 2)) for number in range(3)]
    for call, error, after, times in faults:
        desk.faults.plan(call, error(), after_effect=after, times=times)
    here.deliver(rounds=3)
    desk.faults.heal()
    here.clock.turn(seconds=clock)
    due = here.deliver(rounds=12)
    states = {here.delivery(report_id).state for report_id in ids}
    assert states <= {DeliveryState.DELIVERED, DeliveryState.REFUSED}
    assert due is None
    for report_id in ids:
        held = desk.held.get(report_id)
        if here.delivery(report_id).state is DeliveryState.DELIVERED:
            assert held is not None
            assert all(held.whole(photo.renditions.full) for photo in held.newest.photos)

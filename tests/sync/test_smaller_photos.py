"""Sending at 1,600 pixels: never both, never a lost photo, whatever happens on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.errors import NoConnection, StoreFull, TransitionRefused
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.places import Place
from reporterdesk.domain.status import Action, Status
from reporterdesk.photos.smaller import make_smaller
from reporterdesk.publishing.memory import MemoryDesk
from reporterdesk.publishing.reference import ReferenceSignIn
from reporterdesk.workflow.correcting import revise
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.filing import file_report, recall
from reporterdesk.workflow.resizing import (
    file_originals,
    file_smaller,
    keep,
    originals,
    plan,
)
from reporterdesk.workflow.reviewing import decide
from support.full_disk import no_more_pages
from support.laptop import Laptop, laptop
from support.servers import PASSWORD, fill, running_server
from support.smaller import file_with_large_photos, send_smaller, wanted_plan
from support.stopping import Stopped, stop_when


def stop_at(desk: MemoryDesk, call: str, number: int, *, done: bool) -> None:
    """End the process at the ``number``-th ``call``, before it or after its effect."""
    left = number

    def hook(name: str, was_done: bool) -> None:
        nonlocal left
        if name == call and was_done is done:
            left -= 1
            if left == 0:
                raise Stopped

    desk.faults.hook = hook


def deliver_until(here: Laptop, desk: MemoryDesk, call: str, number: int, *, done: bool) -> None:
    stop_at(desk, call, number, done=done)
    with pytest.raises(Stopped):
        here.engine.deliver_due()
    desk.faults.heal()
    here.restart()


def fulls(here: Laptop, report_id: str) -> list[int]:
    """Return the longest sides of the photos that the report has now."""
    return [max(p.full.width, p.full.height) for p in here.report(report_id).content.photos]


def assert_whole_at_the_desk(here: Laptop, desk: MemoryDesk, report_id: str) -> None:
    """Hold what the desk has against the revision that was filed last, byte by byte."""
    held, row = desk.held[report_id], here.delivery(report_id)
    assert row.state is DeliveryState.DELIVERED
    assert held.newest.revision_id == row.revision_id
    content = here.store.revisions.get(row.revision_id).content
    assert held.newest.body == content.body
    assert content.photos
    for photo in content.photos:
        for rendition in (photo.preview, photo.full):
            data = bytes(held.photos[rendition.sha256])
            assert hashlib.sha256(data).hexdigest() == rendition.sha256
            assert data == here.store.photos.read(rendition.sha256)


def test_what_waits_is_replaced_before_the_desk_knows_of_it(here: Laptop, desk: MemoryDesk) -> None:
    report_id = file_with_large_photos(here, 2)
    before = here.delivery(report_id)
    frozen = here.store.revisions.get(before.revision_id)
    wanted = wanted_plan(here.store, report_id)
    assert wanted.bytes_spared > 0

    after = send_smaller(here.store, here.clock, report_id)

    assert after.bytes_total < before.bytes_total
    assert after.text_at is None
    assert here.report(report_id).status is Status.OUTBOX
    here.deliver()
    assert_whole_at_the_desk(here, desk, report_id)
    assert len(desk.held[report_id].revisions) == 1
    assert fulls(here, report_id) == [1600, 1600]
    for photo in frozen.content.photos:  # the originals are still here
        assert here.store.photos.has(photo.full.sha256)


def test_what_the_desk_has_of_the_text_stays_and_only_photos_become_smaller(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = file_with_large_photos(here, 3)
    # All previews, and the first photo in full.
    first = here.report(report_id).content.photos[0]
    stop_once_here_knows_of(here, desk, report_id, first.full.sha256)
    filed = here.delivery(report_id)
    assert filed.state is DeliveryState.TEXT_DELIVERED

    after = send_smaller(here.store, here.clock, report_id)

    assert after.text_at == filed.text_at
    assert after.photos_delivered == 1
    assert here.report(report_id).status is Status.FILED
    here.deliver()
    assert_whole_at_the_desk(here, desk, report_id)
    assert [line.parent_revision_id for line in desk.held[report_id].revisions] == [
        None,
        filed.revision_id,
    ]
    assert fulls(here, report_id) == [2600, 1600, 1600]


def stop_once_here_knows_of(here: Laptop, desk: MemoryDesk, report_id: str, sha256: str) -> None:
    """End the process before the first upload after this photo file was written down as whole."""

    def is_known(name: str, done: bool) -> bool:
        there = {each.sha256: each for each in here.store.outbox.uploads(report_id)}.get(sha256)
        return name == "upload" and not done and there is not None and there.offset == there.bytes

    stop_when(here, desk, is_known)


@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
def test_a_lost_answer_to_the_first_revision_leaves_one_report(
    here: Laptop, desk: MemoryDesk, done: bool
) -> None:
    report_id = file_with_large_photos(here, 1)
    desk.faults.plan("file", NoConnection(), after_effect=done)
    here.engine.deliver_due()
    assert here.delivery(report_id).state is DeliveryState.WAITING

    send_smaller(here.store, here.clock, report_id)
    here.clock.turn(minutes=10)
    here.deliver(rounds=3)

    assert_whole_at_the_desk(here, desk, report_id)
    assert len(desk.held[report_id].revisions) == (2 if done else 1)
    assert fulls(here, report_id) == [1600]


@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("call", "number"), [("file", 1), ("upload", 1), ("upload", 2)])
def test_killed_while_the_smaller_one_is_sent(
    here: Laptop, desk: MemoryDesk, call: str, number: int, done: bool
) -> None:
    report_id = file_with_large_photos(here, 2)
    deliver_until(here, desk, "upload", 2, done=True)
    send_smaller(here.store, here.clock, report_id)

    deliver_until(here, desk, call, number, done=done)
    here.clock.turn(minutes=10)
    here.deliver(rounds=3)

    assert_whole_at_the_desk(here, desk, report_id)
    assert len(desk.held[report_id].revisions) == 2
    assert fulls(here, report_id) == [1600, 1600]


def test_stopped_before_it_is_filed_nothing_has_changed(here: Laptop, desk: MemoryDesk) -> None:
    report_id = file_with_large_photos(here, 1)
    before, content = here.delivery(report_id), here.report(report_id).content
    wanted = wanted_plan(here.store, report_id)
    for full in wanted.fulls.values():
        keep(here.store, make_smaller(here.store.photos.read(full.sha256)))

    here.restart()

    assert (here.delivery(report_id), here.report(report_id).content) == (before, content)
    here.deliver()
    assert_whole_at_the_desk(here, desk, report_id)
    assert fulls(here, report_id) == [2600]


def test_on_a_full_disk_nothing_has_changed(here: Laptop) -> None:
    report_id = file_with_large_photos(here, 1)
    # More than what may be left in the last pages of the file.
    content = here.report(report_id).content
    recall(here.store, report_id, clock=here.clock)
    save_draft(here.store, report_id, replace(content, body="Word. " * 4_000), clock=here.clock)
    file_report(here.store, report_id, clock=here.clock)
    before, content = here.delivery(report_id), here.report(report_id).content
    wanted = wanted_plan(here.store, report_id)
    made = {i: make_smaller(here.store.photos.read(f.sha256)) for i, f in wanted.fulls.items()}
    with no_more_pages(here.store.photos._db), pytest.raises(StoreFull):
        keep(here.store, next(iter(made.values())))
    kept = {photo_id: keep(here.store, smaller) for photo_id, smaller in made.items()}
    with no_more_pages(here.store.revisions._db), pytest.raises(StoreFull):
        file_smaller(here.store, report_id, wanted.revision_id, kept, clock=here.clock)
    assert (here.delivery(report_id), here.report(report_id).content) == (before, content)


def test_it_keeps_its_turn(here: Laptop) -> None:
    first = file_with_large_photos(here, 1, "The first of two")
    second = here.file("The second of two")

    send_smaller(here.store, here.clock, first)

    assert [row.report_id for row in here.store.outbox.all_open()] == [first, second]


def test_it_can_be_taken_back_while_the_desk_knows_nothing_of_it(here: Laptop) -> None:
    report_id = file_with_large_photos(here, 1)
    send_smaller(here.store, here.clock, report_id)
    assert recall(here.store, report_id, clock=here.clock).status is Status.DRAFT


def test_written_on_and_filed_again_before_the_smaller_one_went(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = file_with_large_photos(here, 2)
    deliver_until(here, desk, "upload", 2, done=True)
    send_smaller(here.store, here.clock, report_id)

    content = revise(here.store, report_id, clock=here.clock).content
    save_draft(here.store, report_id, replace(content, headline="A better one"), clock=here.clock)
    file_report(here.store, report_id, clock=here.clock)
    here.deliver()

    assert_whole_at_the_desk(here, desk, report_id)
    assert [line.headline for line in desk.held[report_id].revisions] == [
        "The hall was full",
        "A better one",
    ]
    assert fulls(here, report_id) == [1600, 1600]


def test_while_the_text_is_being_sent_nothing_is_replaced(here: Laptop, desk: MemoryDesk) -> None:
    report_id = file_with_large_photos(here, 1)
    wanted = wanted_plan(here.store, report_id)
    deliver_until(here, desk, "file", 1, done=False)
    assert here.delivery(report_id).state is DeliveryState.ATTEMPTING

    assert plan(here.store, report_id) is None
    with pytest.raises(TransitionRefused, match="nothing is lost"):
        file_smaller(here.store, report_id, wanted.revision_id, {}, clock=here.clock)


def test_what_arrived_meanwhile_in_full_stays(here: Laptop, desk: MemoryDesk) -> None:
    report_id = file_with_large_photos(here, 1)
    deliver_until(here, desk, "upload", 1, done=True)
    wanted = wanted_plan(here.store, report_id)
    made = {i: make_smaller(here.store.photos.read(f.sha256)) for i, f in wanted.fulls.items()}
    here.deliver()

    with pytest.raises(TransitionRefused, match="moved on"):
        file_smaller(
            here.store,
            report_id,
            wanted.revision_id,
            {i: keep(here.store, m) for i, m in made.items()},
            clock=here.clock,
        )
    assert_whole_at_the_desk(here, desk, report_id)


@pytest.mark.parametrize("action", [Action.APPROVE, Action.RETURN])
def test_it_is_not_offered_where_it_would_undo_what_the_desk_decided(
    here: Laptop, desk: MemoryDesk, action: Action
) -> None:
    report_id = file_with_large_photos(here, 1)
    deliver_until(here, desk, "upload", 1, done=True)
    assert plan(here.store, report_id) is not None

    decide(desk, report_id, here.delivery(report_id).revision_id, action, "Please look again.")
    here.engine.fetch_changes()

    assert plan(here.store, report_id) is None


def test_the_originals_can_be_sent_later(here: Laptop, desk: MemoryDesk) -> None:
    report_id = file_with_large_photos(here, 2)
    assert not originals(here.store, report_id)
    send_smaller(here.store, here.clock, report_id)
    here.deliver()
    assert len(originals(here.store, report_id)) == 2

    file_originals(here.store, report_id, clock=here.clock)
    here.deliver()

    assert_whole_at_the_desk(here, desk, report_id)
    assert fulls(here, report_id) == [2600, 2600]
    assert not originals(here.store, report_id)
    with pytest.raises(TransitionRefused):
        file_originals(here.store, report_id, clock=here.clock)


@pytest.fixture(scope="module")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = tmp_path_factory.mktemp("server") / "data"
    fill(data)
    with running_server(data) as server:
        yield server.url


def test_a_real_server_takes_it(home: Path, server_url: str) -> None:
    token = ReferenceSignIn().sign_in(server_url, "ana@example.org", PASSWORD, "laptop").token
    connector = ReferenceSignIn().connect(server_url, token)
    with laptop(home, connector) as here:
        here.clock.now = utc_now()
        report_id = file_with_large_photos(here, 2)
        first = here.delivery(report_id).revision_id
        content = here.store.revisions.get(first).content
        connector_files_only(here, report_id)

        send_smaller(here.store, here.clock, report_id)
        here.deliver()

        answer = connector.report(report_id)
        assert answer.number == 2
        assert not answer.missing
        sent = here.report(report_id).content
        assert sent.body == content.body
        assert {photo.full.sha256 for photo in sent.photos} <= set(answer.receipt.photos)
        assert not {photo.full.sha256 for photo in content.photos} & set(answer.receipt.photos)
    connector.close()


def connector_files_only(here: Laptop, report_id: str) -> None:
    """Deliver the text, and let the network go before any photo is sent."""
    real = here.connector

    class NoPhotos:
        def __getattr__(self, name: str):
            if name == "upload":
                raise Stopped
            return getattr(real, name)

    here.connector = NoPhotos()
    with pytest.raises(Stopped):
        here.engine.deliver_due()
    here.connector = real
    here.restart()
    assert here.delivery(report_id).state is DeliveryState.TEXT_DELIVERED


def test_the_list_goes_on_saying_that_the_desk_has_the_text(here: Laptop, desk: MemoryDesk) -> None:
    report_id = file_with_large_photos(here, 2)
    stop_once_here_knows_of(
        here, desk, report_id, here.report(report_id).content.photos[0].preview.sha256
    )
    send_smaller(here.store, here.clock, report_id)
    here.store.outbox.update(replace(here.delivery(report_id), text_at=here.clock.now))

    (line,) = here.store.reports.page(Place.FILED).rows

    assert line.detail == "Desk has the text; 0 of 2 photos"


@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
def test_asked_for_while_a_piece_is_on_its_way(here: Laptop, desk: MemoryDesk, done: bool) -> None:
    report_id = file_with_large_photos(here, 2)
    asked: list[str] = []

    def hook(name: str, was_done: bool) -> None:
        photos = here.report(report_id).content.photos
        arrived = desk.held[report_id].photos if report_id in desk.held else {}
        in_full = any(arrived.get(photo.full.sha256) for photo in photos)
        if name == "upload" and was_done is done and in_full is done and not asked:
            asked.append(report_id)
            send_smaller(here.store, here.clock, report_id)

    desk.faults.hook = hook
    here.deliver(rounds=3)

    assert asked
    assert_whole_at_the_desk(here, desk, report_id)
    assert len(desk.held[report_id].revisions) == 2


def edit_at_the_desk(desk: MemoryDesk, report_id: str) -> None:
    """Let an editor file a new revision with another headline."""
    newest = desk.held[report_id].newest
    changed = {
        "revision_id": new_id(),
        "parent_revision_id": newest.revision_id,
        "headline": "As the desk wants it",
    }
    desk.file(report_id, newest.model_copy(update=changed))


def test_what_an_editor_changed_meanwhile_is_kept(here: Laptop, desk: MemoryDesk) -> None:
    report_id = file_with_large_photos(here, 2)
    previews = [photo.preview.sha256 for photo in here.report(report_id).content.photos]
    stop_once_here_knows_of(here, desk, report_id, previews[1])
    edit_at_the_desk(desk, report_id)

    send_smaller(here.store, here.clock, report_id)
    here.deliver(rounds=4)

    assert_whole_at_the_desk(here, desk, report_id)
    assert desk.held[report_id].newest.headline == "As the desk wants it"
    assert here.report(report_id).content.headline == "As the desk wants it"
    assert here.report(report_id).status is Status.FILED
    assert fulls(here, report_id) == [1600, 1600]


def test_what_is_being_written_meanwhile_is_not_touched(here: Laptop, desk: MemoryDesk) -> None:
    report_id = file_with_large_photos(here, 2)
    previews = [photo.preview.sha256 for photo in here.report(report_id).content.photos]
    stop_once_here_knows_of(here, desk, report_id, previews[1])
    edit_at_the_desk(desk, report_id)
    send_smaller(here.store, here.clock, report_id)
    content = revise(here.store, report_id, clock=here.clock).content
    mine = replace(content, standfirst="Written while it was sent.")
    save_draft(here.store, report_id, mine, clock=here.clock)

    here.deliver(rounds=3)

    assert here.delivery(report_id).state is DeliveryState.CONFLICT
    assert here.report(report_id).content.standfirst == "Written while it was sent."

    file_report(here.store, report_id, clock=here.clock)
    here.deliver(rounds=4)
    newest = desk.held[report_id].newest
    assert_whole_at_the_desk(here, desk, report_id)
    assert (newest.headline, newest.standfirst) == (
        "As the desk wants it",
        "Written while it was sent.",
    )

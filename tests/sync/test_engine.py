"""What is filed arrives once and whole, and nothing that fails holds up the rest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.errors import (
    DeliveryError,
    IncompatibleServer,
    NoConnection,
    NotTheApi,
    OffsetMismatch,
    Refused,
    ServerBusy,
    SignInNeeded,
    StoreFull,
)
from reporterdesk.domain.status import Status
from reporterdesk.publishing.memory import MemoryDesk
from reporterdesk.sync import engine as engine_module
from reporterdesk.sync.backoff import LONGEST, LONGEST_ASKED
from reporterdesk.wire.messages import FileAnswer, FileRequest
from reporterdesk.workflow.correcting import revise
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.filing import file_report, recall
from support.laptop import Laptop


def order_of_arrival(desk: MemoryDesk) -> list[str]:
    """Note every call of the desk with an effect, in order."""
    order: list[str] = []

    def note(call: str, done: bool) -> None:
        if done:
            order.append(call)

    desk.faults.hook = note
    return order


def test_a_report_arrives_with_its_photos(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file(photos=3)
    content = here.report(report_id).content
    assert here.deliver() is None
    held = desk.held[report_id]
    delivery = here.delivery(report_id)
    assert [held.newest.body] == [content.body]
    assert all(held.whole(photo.renditions.full) for photo in held.newest.photos)
    assert delivery.state is DeliveryState.DELIVERED
    assert delivery.sentence() == "Desk has the text and all 3 photos"
    report = here.report(report_id)
    assert (report.status, report.desk_status) == (Status.FILED, Status.FILED)
    assert report.revision_id == held.newest.revision_id
    assert report.content == content
    assert here.heard.connection == [(True, "")]


def test_a_person_can_follow_how_far_it_is(here: Laptop) -> None:
    report_id = here.file(photos=2)
    here.deliver()
    said = list(dict.fromkeys(d.sentence() for d in here.heard.deliveries))
    assert said == [
        "Sending the text…",
        "Desk has the text; 0 of 2 photos",
        "Desk has the text; 1 of 2 photos",
        "Desk has the text; 2 of 2 photos",
        "Desk has the text and all 2 photos",
    ]
    sent = [d.bytes_delivered for d in here.heard.deliveries if d.report_id == report_id]
    assert sent == sorted(sent)
    assert sent[-1] == here.delivery(report_id).bytes_total == 2 * 2_600


def test_every_text_goes_before_any_photo_and_every_preview_before_a_full_size(
    here: Laptop, desk: MemoryDesk
) -> None:
    order = order_of_arrival(desk)
    for number in range(3):
        here.file(f"Report {number}", photos=2)
    sizes: list[int] = []
    upload = desk.upload
    desk.upload = lambda url, at, piece: (sizes.append(len(piece)), upload(url, at, piece))[1]  # type: ignore[method-assign]
    here.deliver()
    # Of each report, the receipt for all is asked for as soon as its last photo is there.
    assert order == ["file"] * 3 + ["upload"] * 6 + ["upload", "upload", "report"] * 3
    assert sizes == [600] * 6 + [2_000] * 6


def test_a_text_filed_meanwhile_does_not_wait_for_photos(here: Laptop, desk: MemoryDesk) -> None:
    here.file("First", photos=3)
    order = order_of_arrival(desk)
    note, filed = desk.faults.hook, []
    assert note is not None

    def file_another(call: str, done: bool) -> None:
        note(call, done)
        if call == "upload" and done and not filed:
            filed.append(here.file("Second"))

    desk.faults.hook = file_another
    here.deliver()
    assert order[:3] == ["file", "upload", "file"]


def test_the_intent_is_written_before_the_first_byte(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file()
    seen: list[DeliveryState] = []
    desk.faults.hook = lambda *_: seen.append(here.delivery(report_id).state)
    here.deliver()
    assert seen[0] is DeliveryState.ATTEMPTING


def test_killed_between_request_and_answer_leaves_one_report(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file(photos=1)
    desk.faults.plan("file", KeyboardInterrupt(), after_effect=True)
    with pytest.raises(KeyboardInterrupt):
        here.deliver()
    assert here.delivery(report_id).state is DeliveryState.ATTEMPTING
    here.restart()
    here.deliver()
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    assert len(desk.held) == len(desk.held[report_id].revisions) == 1


def test_killed_between_photo_and_answer_sends_no_byte_twice(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file(photos=1)
    desk.faults.plan("upload", KeyboardInterrupt(), after_effect=True)
    with pytest.raises(KeyboardInterrupt):
        here.deliver()
    here.restart()
    here.deliver()
    # one that was lost, one that met the offset, one for the full size
    assert (desk.faults.calls["upload"], desk.faults.calls["upload_offset"]) == (3, 1)
    assert here.delivery(report_id).state is DeliveryState.DELIVERED


def test_delivered_is_never_sent_again(here: Laptop, desk: MemoryDesk) -> None:
    here.file(photos=1)
    here.deliver()
    before = dict(desk.faults.calls)
    here.restart()
    here.engine.network_changed()
    assert here.deliver() is None
    assert dict(desk.faults.calls) == before


def test_offline_it_waits_and_says_why_and_goes_when_the_network_is_back(
    here: Laptop, desk: MemoryDesk
) -> None:
    ids = [here.file(f"Report {number}", photos=1) for number in range(4)]
    desk.faults.plan("*", NoConnection(), times=1_000)
    due = here.deliver()
    assert due is not None
    assert here.clock() < due <= here.clock() + LONGEST
    assert desk.faults.calls["file"] == 2  # two silences are enough to know
    for report_id in ids:
        assert here.delivery(report_id).state is DeliveryState.WAITING
        assert here.delivery(report_id).why == "There is no connection to the desk."
        assert here.report(report_id).status is Status.OUTBOX
    assert here.heard.connection == [(False, "There is no connection to the desk.")]
    assert here.engine.deliver_due() == due
    assert desk.faults.calls["file"] == 2  # nothing was due
    desk.faults.heal()
    here.engine.network_changed()
    assert here.deliver() is None
    assert {here.delivery(i).state for i in ids} == {DeliveryState.DELIVERED}
    assert here.heard.connection[-1] == (True, "")


def test_a_question_that_is_answered_again_wakes_what_waits(here: Laptop, desk: MemoryDesk) -> None:
    ids = [here.file(f"Report {number}") for number in range(3)]
    desk.faults.plan("*", NoConnection(), times=4)
    for _ in range(2):
        here.deliver()
        here.engine.fetch_changes()
    assert {here.delivery(i).state for i in ids} == {DeliveryState.WAITING}
    here.engine.fetch_changes()
    here.deliver()  # at the same moment: no wait has to pass
    assert {here.delivery(i).state for i in ids} == {DeliveryState.DELIVERED}


def test_a_server_that_asks_to_wait_is_not_hurried_by_another_answer(
    here: Laptop, desk: MemoryDesk
) -> None:
    here.file()
    desk.faults.plan("file", ServerBusy(retry_after=90))
    here.deliver()
    here.engine.fetch_changes()
    assert here.deliver() is not None
    assert desk.faults.calls["file"] == 1


def test_waits_grow_to_minutes_and_no_further(here: Laptop, desk: MemoryDesk) -> None:
    here.file()
    desk.faults.plan("*", NoConnection(), times=1_000)
    waits = []
    for _ in range(14):
        due = here.engine.deliver_due()
        assert due is not None
        waits.append((due - here.clock()).total_seconds())
        here.clock.now = due
    assert waits[0] <= 4
    assert all(wait <= LONGEST.total_seconds() for wait in waits)
    assert min(waits[-3:]) >= LONGEST.total_seconds() / 2


def test_one_report_that_fails_again_and_again_is_tried_less_and_less(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file()
    desk.faults.plan("file", ServerBusy(), times=1_000)
    waits = []
    for _ in range(9):
        due = here.engine.deliver_due()
        assert due is not None
        waits.append((due - here.clock()).total_seconds())
        here.clock.now = due
        here.engine.fetch_changes()  # the desk answers everything else
    assert here.delivery(report_id).attempts == 9
    assert waits[0] <= 4
    assert waits[-1] >= LONGEST.total_seconds() / 2


def test_a_clock_put_back_does_not_stop_the_outbox(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file()
    desk.faults.plan("file", NoConnection())
    here.deliver()
    here.clock.turn(hours=-1)
    assert here.deliver() is None
    assert here.delivery(report_id).state is DeliveryState.DELIVERED


def test_a_login_page_is_no_connection_and_says_so(here: Laptop, desk: MemoryDesk) -> None:
    first, second = here.file("First"), here.file("Second")
    why = "This network answered in place of the desk; it wants you to log in."
    desk.faults.plan("file", NotTheApi(why))
    assert here.deliver() is not None
    assert desk.faults.calls["file"] == 1
    assert here.delivery(first).why == here.delivery(second).why == why
    assert here.heard.connection == [(False, why)]


def test_a_server_that_asks_to_wait_is_obeyed_within_reason(here: Laptop, desk: MemoryDesk) -> None:
    here.file()
    desk.faults.plan("file", ServerBusy(retry_after=90))
    due = here.deliver()
    assert due is not None
    assert (due - here.clock()).total_seconds() == 90
    here.clock.now = due
    desk.faults.plan("file", ServerBusy(retry_after=1e9))
    due = here.deliver()
    assert due is not None
    assert due - here.clock() == LONGEST_ASKED


@pytest.mark.parametrize(
    "error",
    [ServerBusy(), Refused("Not in this section.", status=403), NoConnection()],
    ids=["busy", "refused", "silent"],
)
def test_one_stuck_report_never_holds_up_another(
    error: DeliveryError, here: Laptop, desk: MemoryDesk
) -> None:
    stuck = here.file("Stuck", photos=1)
    others = [here.file(f"Other {number}", photos=1) for number in range(3)]
    file = desk.file

    def refuse_one(report_id: str, request) -> FileAnswer:
        if report_id == stuck:
            raise error
        return file(report_id, request)

    desk.file = refuse_one  # type: ignore[method-assign]
    here.deliver(rounds=5)
    assert {here.delivery(i).state for i in others} == {DeliveryState.DELIVERED}
    assert here.delivery(stuck).state is not DeliveryState.DELIVERED
    assert here.delivery(stuck).why == error.happened


def test_two_silent_reports_do_not_starve_a_third(here: Laptop, desk: MemoryDesk) -> None:
    """Two silences end a round; what was tried less often goes first in the next one."""
    stuck = {here.file("Stuck"), here.file("Stuck too")}
    third = here.file("Third")
    file = desk.file

    def silent(report_id: str, request: FileRequest) -> FileAnswer:
        if report_id in stuck:
            raise NoConnection
        return file(report_id, request)

    desk.file = silent  # type: ignore[method-assign]
    here.deliver(rounds=2)
    assert here.delivery(third).state is DeliveryState.DELIVERED


def test_one_stuck_photo_never_holds_up_another(here: Laptop, desk: MemoryDesk) -> None:
    first, second = here.file("First", photos=3), here.file("Second", photos=1)
    stuck = here.report(first).content.photos[0].full.sha256
    upload = desk.upload

    def refuse_one(url: str, offset: int, piece: bytes) -> int:
        if url.endswith(stuck):
            raise Refused("This photo is too large.", status=413)
        return upload(url, offset, piece)

    desk.upload = refuse_one  # type: ignore[method-assign]
    due = here.deliver()
    assert due is not None
    delivery = here.delivery(first)
    assert delivery.state is DeliveryState.TEXT_DELIVERED
    assert (delivery.photos_delivered, delivery.why) == (2, "This photo is too large.")
    assert here.delivery(second).state is DeliveryState.DELIVERED
    desk.upload = upload  # type: ignore[method-assign]
    here.deliver(rounds=2)
    assert here.delivery(first).state is DeliveryState.DELIVERED


def test_a_refused_report_keeps_the_reason_and_can_be_changed(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file()
    desk.faults.plan("file", Refused("You do not write for this section.", status=403))
    assert here.deliver() is None
    delivery = here.delivery(report_id)
    assert delivery.state is DeliveryState.REFUSED
    assert delivery.sentence() == "You do not write for this section."
    here.restart()
    here.deliver()
    assert desk.faults.calls["file"] == 1  # it is not sent again as it is
    report = recall(here.store, report_id, clock=here.clock)
    content = replace(report.content, headline="Lanterns, again")
    save_draft(here.store, report_id, content, clock=here.clock)
    file_report(here.store, report_id, clock=here.clock)
    here.deliver()
    assert desk.held[report_id].newest.headline == "Lanterns, again"


def test_what_the_api_cannot_take_is_refused_here_with_the_field(here: Laptop) -> None:
    # What is too long is said before filing; this is no language tag, which no form lets in.
    report_id = here.file("In no language", language="not a tag")
    here.deliver()
    assert here.delivery(report_id).state is DeliveryState.REFUSED
    assert "“language”" in here.delivery(report_id).why


def test_an_expired_token_asks_once_and_goes_on_after_signing_in(
    here: Laptop, desk: MemoryDesk
) -> None:
    ids = [here.file(f"Report {number}", photos=1) for number in range(2)]
    desk.faults.plan("*", SignInNeeded(), times=1_000)
    assert here.deliver() is None
    assert here.deliver() is None
    here.engine.network_changed()
    assert here.deliver() is None
    assert desk.faults.calls["file"] == 1
    assert here.heard.sign_ins == 1
    assert {here.delivery(i).sentence() for i in ids} == {"Waiting for you to sign in"}
    desk.faults.heal()
    here.connector = Again(desk)
    assert here.deliver() is None
    assert {here.delivery(i).state for i in ids} == {DeliveryState.DELIVERED}


def test_a_token_that_expires_between_photos_loses_nothing(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file(photos=2)
    desk.faults.plan("upload", SignInNeeded())
    assert here.deliver() is None
    delivery = here.delivery(report_id)
    assert delivery.state is DeliveryState.TEXT_DELIVERED
    assert delivery.why == "Waiting for you to sign in."
    here.connector = Again(desk)
    here.deliver()
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    assert desk.faults.calls["file"] == 1


def test_nobody_signed_in(here: Laptop) -> None:
    report_id = here.file()
    here.connector = None
    assert here.deliver() is None
    assert here.engine.fetch_changes() == ()
    assert here.delivery(report_id).state is DeliveryState.SIGN_IN
    assert here.heard.sign_ins == 1


class Again:
    """The same desk over another connection, as after signing in again."""

    def __init__(self, desk: MemoryDesk) -> None:
        self._desk = desk

    def __getattr__(self, name: str):
        return getattr(self._desk, name)


def test_a_server_of_another_version_is_waited_for(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file()
    desk.faults.plan("file", IncompatibleServer())
    assert here.deliver() is not None
    assert here.delivery(report_id).why == IncompatibleServer.happened


def test_somebody_elses_newer_revision_is_a_conflict_and_stays_one(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file()
    here.deliver()
    other = desk.held[report_id].newest.model_copy(
        update={"revision_id": "00000000-0000-4000-8000-000000000001", "headline": "By the desk"}
    )
    desk.held[report_id].revisions.append(other)
    desk.held[report_id].received_at[other.revision_id] = here.clock()
    revise(here.store, report_id, clock=here.clock)
    file_report(here.store, report_id, clock=here.clock)
    mine = here.report(report_id).content
    assert here.deliver() is None
    here.restart()
    here.deliver()
    assert here.delivery(report_id).state is DeliveryState.CONFLICT
    assert desk.held[report_id].newest.headline == "By the desk"
    assert here.report(report_id).content == mine


def test_a_lost_answer_and_a_report_taken_back_are_not_a_conflict(
    here: Laptop, desk: MemoryDesk
) -> None:
    """The desk's newer revision is our own: nobody else's words are at stake."""
    report_id = here.file("First words")
    desk.faults.plan("file", NoConnection(), after_effect=True)
    here.deliver()
    report = recall(here.store, report_id, clock=here.clock)
    content = replace(report.content, headline="Better words")
    save_draft(here.store, report_id, content, clock=here.clock)
    file_report(here.store, report_id, clock=here.clock)
    here.deliver(rounds=3)
    revisions = desk.held[report_id].revisions
    assert [line.headline for line in revisions] == ["First words", "Better words"]
    assert revisions[1].parent_revision_id == revisions[0].revision_id
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    assert here.report(report_id).revision_id == revisions[1].revision_id


@pytest.mark.parametrize("part", ["revision_id", "text_sha256", "photos", "missing", "report"])
def test_a_receipt_about_something_else_is_no_receipt(
    part: str, here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file(photos=1)
    file = desk.file

    def lie(report_id: str, request) -> FileAnswer:
        answer = file(report_id, request)
        other = "00000000-0000-4000-8000-000000000001"
        receipt = answer.receipt
        match part:
            case "revision_id":
                receipt = receipt.model_copy(update={"revision_id": other})
            case "text_sha256":
                receipt = receipt.model_copy(update={"text_sha256": "0" * 64})
            case "photos":
                full = request.photos[0].renditions.full
                receipt = receipt.model_copy(update={"photos": {full.sha256: full.bytes - 1}})
                missing = tuple(m for m in answer.missing if m.sha256 != full.sha256)
                answer = answer.model_copy(update={"missing": missing})
            case "missing":
                answer = answer.model_copy(update={"missing": ()})
            case "report":
                state = answer.report.model_copy(update={"id": other})
                answer = answer.model_copy(update={"report": state})
        return answer.model_copy(update={"receipt": receipt})

    desk.file = lie  # type: ignore[method-assign]
    assert here.deliver() is not None
    assert here.delivery(report_id).state is DeliveryState.WAITING
    assert here.delivery(report_id).why == "The desk’s receipt does not match what was sent."
    assert here.report(report_id).status is Status.OUTBOX
    desk.file = file  # type: ignore[method-assign]
    here.deliver(rounds=2)
    assert here.delivery(report_id).state is DeliveryState.DELIVERED


def test_photos_that_the_desk_has_are_not_sent(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file(photos=2)
    here.deliver()
    sent = desk.faults.calls["upload"]
    revise(here.store, report_id, clock=here.clock)
    report = here.report(report_id)
    content = replace(report.content, headline="A better headline")
    save_draft(here.store, report_id, content, clock=here.clock)
    file_report(here.store, report_id, clock=here.clock)
    here.deliver()
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    assert len(desk.held[report_id].revisions) == 2
    assert desk.faults.calls["upload"] == sent


def test_a_photo_whose_sizes_are_the_same_bytes_is_sent_once(
    here: Laptop, desk: MemoryDesk
) -> None:
    small = here.photo("small", preview=500, full=500)
    small = replace(small, full=small.preview)
    report_id = _file_with(here, small)
    here.deliver()
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    assert desk.faults.calls["upload"] == 1


def _file_with(here: Laptop, photo) -> str:
    report_id = here.write("One photo")
    content = replace(here.report(report_id).content, photos=(photo,))
    save_draft(here.store, report_id, content, clock=here.clock)
    file_report(here.store, report_id, clock=here.clock)
    return report_id


def test_a_photo_that_is_gone_from_the_disk_is_said(here: Laptop) -> None:
    photo = here.photo("gone")
    lost = replace(photo, full=replace(photo.full, sha256="0" * 64))
    report_id = _file_with(here, lost)
    other = here.file("Other", photos=1)
    assert here.deliver() is not None
    assert here.delivery(report_id).state is DeliveryState.TEXT_DELIVERED
    assert here.delivery(report_id).why == "One of its photos is not on this laptop."
    assert here.delivery(other).state is DeliveryState.DELIVERED


def test_an_upload_that_is_not_there_any_more_is_asked_for_again(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file(photos=1)
    desk.faults.plan("upload", Refused("Not here.", status=404))
    here.deliver()
    # What is missing is asked by reading the report, not by sending the text again.
    assert (desk.faults.calls["file"], desk.faults.calls["report"]) == (1, 2)
    assert len(desk.held[report_id].revisions) == 1
    assert here.delivery(report_id).state is DeliveryState.DELIVERED


def test_asking_again_does_not_take_a_report_out_of_the_writers_hands(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file(photos=1)
    desk.faults.plan("upload", NoConnection(), times=2)
    here.deliver()
    revise(here.store, report_id, clock=here.clock)
    desk.faults.plan("upload", Refused("Not here.", status=404))
    here.deliver(rounds=3)
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    report = here.report(report_id)
    assert (report.status, report.desk_status) == (Status.DRAFT, Status.FILED)


def test_an_answer_about_an_older_revision_does_not_deliver_the_newer_one(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file("First words")
    states: list[DeliveryState] = []

    def file_again(call: str, done: bool) -> None:
        if call == "file" and done and desk.faults.calls["file"] == 1:
            here.store.outbox.remove(report_id)
            here.store.reports.set_standing(report_id, status=Status.DRAFT)
            content = replace(here.report(report_id).content, headline="Better words")
            save_draft(here.store, report_id, content, clock=here.clock)
            file_report(here.store, report_id, clock=here.clock)
        elif call == "file" and not done and desk.faults.calls["file"] == 2:
            states.append(here.delivery(report_id).state)

    desk.faults.hook = file_again
    here.deliver(rounds=3)
    assert states == [DeliveryState.ATTEMPTING]
    assert [line.headline for line in desk.held[report_id].revisions] == [
        "First words",
        "Better words",
    ]
    assert here.delivery(report_id).state is DeliveryState.DELIVERED


def test_a_piece_that_arrives_damaged_is_sent_again_but_not_for_ever(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file(photos=1)
    desk.faults.plan("upload", OffsetMismatch(), times=2)
    here.deliver()
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    other = here.file("Other", photos=1)
    desk.faults.plan("upload", OffsetMismatch(), times=1_000)
    before = desk.faults.calls["upload"]
    assert here.deliver() is not None
    assert desk.faults.calls["upload"] - before == 6  # three tries for each of two sizes
    assert here.delivery(other).why == "A photo gets no further."


@pytest.mark.parametrize("claimed", [-1, 10**9])
def test_an_impossible_offset_is_not_believed(claimed: int, here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file(photos=1)
    real = (desk.upload, desk.upload_offset)
    desk.upload = lambda *_: claimed  # type: ignore[method-assign]
    desk.upload_offset = lambda *_: claimed  # type: ignore[method-assign]
    assert here.deliver() is not None
    delivery = here.delivery(report_id)
    assert (delivery.photos_delivered, delivery.bytes_delivered) == (0, 0)
    desk.upload, desk.upload_offset = real  # type: ignore[method-assign]
    here.deliver(rounds=3)
    assert here.delivery(report_id).state is DeliveryState.DELIVERED


def test_a_desk_that_lost_bytes_gets_them_again(here: Laptop, desk: MemoryDesk) -> None:
    report_id = _file_with(here, here.photo("large", full=600_000))

    def lose(call: str, done: bool) -> None:
        if call == "upload" and not done and desk.faults.calls["upload"] == 3:
            for data in desk.held[report_id].photos.values():
                if len(data) > 1_000:
                    data.clear()

    desk.faults.hook = lose
    here.deliver(rounds=2)
    assert here.delivery(report_id).state is DeliveryState.DELIVERED


def test_stopping_ends_the_round_after_the_piece_under_way(here: Laptop, desk: MemoryDesk) -> None:
    report_id = here.file(photos=3)
    desk.faults.hook = lambda call, _: here.engine.stop() if call == "upload" else None
    here.deliver()
    assert desk.faults.calls["upload"] == 1
    here.restart()
    desk.faults.heal()
    here.deliver()
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    assert desk.faults.calls["upload"] == 6


def test_a_report_filed_anew_while_its_photos_go_takes_their_place(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file("First words", photos=2)

    def file_again(call: str, done: bool) -> None:
        if call == "upload" and not done and desk.faults.calls["upload"] == 1:
            revise(here.store, report_id, clock=here.clock)
            report = here.report(report_id)
            content = replace(report.content, headline="Better words")
            save_draft(here.store, report_id, content, clock=here.clock)
            file_report(here.store, report_id, clock=here.clock)

    desk.faults.hook = file_again
    here.deliver()
    assert desk.held[report_id].newest.headline == "Better words"
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    assert here.delivery(report_id).revision_id == desk.held[report_id].newest.revision_id
    assert desk.faults.calls["upload"] == 4


def test_a_full_disk_before_the_attempt_sends_nothing(
    here: Laptop, desk: MemoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    report_id = here.file()
    with monkeypatch.context() as patch:
        patch.setattr(here.store.outbox, "update", full_disk)
        with pytest.raises(StoreFull):
            here.deliver()
    assert desk.faults.calls["file"] == 0
    here.deliver()
    assert here.delivery(report_id).state is DeliveryState.DELIVERED


def test_a_full_disk_after_the_answer_sends_the_same_revision_again(
    here: Laptop, desk: MemoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    report_id = here.file(photos=1)
    with monkeypatch.context() as patch:
        patch.setattr(here.store.outbox, "set_uploads", full_disk)
        with pytest.raises(StoreFull):
            here.deliver()
    assert here.report(report_id).status is Status.OUTBOX
    assert here.delivery(report_id).state is DeliveryState.ATTEMPTING
    here.engine.network_changed()
    here.deliver()
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    assert len(desk.held[report_id].revisions) == 1


def full_disk(*_: object) -> None:
    raise StoreFull


def test_a_bug_at_one_report_does_not_hold_up_the_next_round(
    here: Laptop, desk: MemoryDesk
) -> None:
    here.file("First")
    second = here.file("Second")
    desk.faults.plan("file", RuntimeError("a bug"))
    with pytest.raises(RuntimeError):
        here.deliver()
    here.deliver()
    assert here.delivery(second).state is DeliveryState.DELIVERED
    here.clock.turn(minutes=6)
    assert here.deliver() is None
    assert here.store.outbox.all_open() == ()


def test_the_engine_needs_no_qt_and_does_not_sleep() -> None:
    source = Path(engine_module.__file__).read_text(encoding="utf-8")
    assert "sleep" not in source
    assert "PySide6" not in source

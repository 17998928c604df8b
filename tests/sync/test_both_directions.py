"""An editor and a reporter on two laptops, and the desk's server as a process between them."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Self

import pytest

from reporterdesk.domain.errands import ErrandState
from reporterdesk.domain.status import Action, Status
from reporterdesk.photos.reading import read_photo
from reporterdesk.publishing.reference import ReferenceSignIn
from reporterdesk.sync.listening import Listening
from reporterdesk.sync.standing import Standing
from reporterdesk.vault import MemoryVault
from reporterdesk.workflow.attaching import attach
from reporterdesk.workflow.correcting import revise
from reporterdesk.workflow.deciding import pending, send_again, wish_decision, wish_photos
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.filing import file_report
from reporterdesk.workflow.reviewing import decide, kept_queue, kept_report
from reporterdesk.workflow.signing_in import sign_in
from support.jpegs import make_jpeg
from support.laptop import Laptop, laptop
from support.servers import PASSWORD, RunningServer, fill, running_server


@dataclass
class Seat:
    """A laptop, who is signed in on it, and its listening."""

    laptop: Laptop
    url: str

    def sign_in(self, email: str) -> None:
        signed_in = sign_in(
            ReferenceSignIn(), MemoryVault(), self.laptop.run, self.url, email, PASSWORD, "laptop"
        )
        self.laptop.connector = signed_in.connector
        self.begin()

    def begin(self) -> None:
        """Listen as after a start of the app."""
        here = self.laptop
        standing = Standing(here.heard)
        self.listening = Listening(
            here.run,
            lambda: here.connector,
            here.clock,
            Random(3),
            here.heard,
            standing,
            lambda: None,
        )

    def bring_down(self) -> None:
        """Fetch the lists and all that is to be kept of them."""
        connector, copy = self.laptop.connector, self.listening._copy
        assert connector is not None
        copy.start(connector)
        while copy.more(connector, lambda: True):
            pass


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    data = tmp_path_factory.mktemp("server") / "data"
    fill(data)
    with running_server(data) as running:
        yield running


@pytest.fixture
def seats(server: RunningServer, tmp_path: Path) -> Iterator[tuple[Seat, Seat]]:
    """A reporter’s laptop and an editor’s."""
    with ExitStack() as stack:
        made = []
        for email in ("ana@example.org", "eve@example.org"):
            seat = Seat(stack.enter_context(laptop(tmp_path / email, None)), server.url)
            seat.sign_in(email)
            assert seat.laptop.connector is not None
            stack.callback(seat.laptop.connector.close)
            made.append(seat)
        yield made[0], made[1]


def file_with_photo(here: Laptop, headline: str) -> str:
    photo = attach(here.store, read_photo(make_jpeg(640, 400, seed=len(headline))))
    report_id = here.write(headline)
    content = replace(
        here.report(report_id).content, photos=(replace(photo, alt_text="A full hall"),)
    )
    save_draft(here.store, report_id, content, clock=here.clock)
    file_report(here.store, report_id, clock=here.clock)
    return report_id


def test_a_decision_is_heard_while_the_call_is_held(seats: tuple[Seat, Seat]) -> None:
    reporter, editor = seats
    report_id = reporter.laptop.file("Heard at once")
    reporter.laptop.deliver()
    reporter.listening.listen()
    answer = reporter.laptop.connector.report(report_id)  # type: ignore[union-attr]
    deciding = threading.Thread(
        target=decide,
        args=(editor.laptop.connector, report_id, answer.revision_id, Action.RETURN, "Who?"),
    )
    deciding.start()
    while reporter.laptop.report(report_id).status is not Status.RETURNED:
        assert reporter.listening.listen() == 0.0
    deciding.join(30)
    assert all(online for online, _ in reporter.laptop.heard.connection)


def test_a_queue_with_its_photos_is_read_and_decided_on_without_the_server(
    seats: tuple[Seat, Seat], server: RunningServer
) -> None:
    reporter, editor = seats
    ids = {file_with_photo(reporter.laptop, f"Read offline, {n}") for n in range(2)}
    reporter.laptop.deliver(4)
    editor.bring_down()
    assert ids <= {line.id for line in kept_queue(editor.laptop.store).lines}
    here = editor.laptop
    for report_id in ids:
        kept = kept_report(here.store, report_id)
        assert kept is not None
        assert kept.absent == frozenset()
        wish_decision(here.store, report_id, kept.revision_id, Action.APPROVE, clock=here.clock)
    online = here.connector
    with ReferenceNowhere() as nowhere:
        here.connector = nowhere.connector
        here.deliver()
    states = [errand.state for errand in pending(here.store)]
    assert states == [ErrandState.WAITING, ErrandState.WAITING]  # it never left: still theirs
    here.connector = online
    here.clock.turn(minutes=10)
    assert here.deliver() is None
    assert pending(here.store) == ()
    for report_id in ids:
        assert reporter.laptop.connector.report(report_id).status is Status.APPROVED  # type: ignore[union-attr]


class ReferenceNowhere:
    """A connection to an address at which nothing listens."""

    def __enter__(self) -> Self:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.connector = ReferenceSignIn().connect(f"http://127.0.0.1:{port}", "token")
        return self

    def __exit__(self, *_: object) -> None:
        self.connector.close()


def test_who_was_quicker_is_named_and_the_note_goes_again(seats: tuple[Seat, Seat]) -> None:
    reporter, editor = seats
    report_id = reporter.laptop.file("Two at once")
    reporter.laptop.deliver()
    here, seen = editor.laptop, reporter.laptop.report(report_id).revision_id
    assert seen is not None
    made = wish_decision(
        here.store, report_id, seen, Action.RETURN, "Name the hall.", clock=here.clock
    )
    revise(reporter.laptop.store, report_id, clock=reporter.laptop.clock)
    newer = replace(reporter.laptop.report(report_id).content, headline="Two at once, anew")
    save_draft(reporter.laptop.store, report_id, newer, clock=reporter.laptop.clock)
    file_report(reporter.laptop.store, report_id, clock=reporter.laptop.clock)
    reporter.laptop.deliver()

    here.deliver()
    (late,) = pending(here.store)
    assert (late.state, late.note) == (ErrandState.TOO_LATE, "Name the hall.")
    assert late.why == "Ana has filed a newer revision, so your return was not recorded."
    current = reporter.laptop.report(report_id).revision_id
    assert current is not None
    send_again(here.store, made.id, current, clock=here.clock)
    here.deliver()
    assert pending(here.store) == ()
    again = wish_decision(here.store, report_id, current, Action.APPROVE, clock=here.clock)
    here.deliver()
    (late,) = pending(here.store)
    assert (late.id, late.why) == (
        again.id,
        "Eve has returned it already, so your approval was not recorded.",
    )


def test_a_reporters_returned_report_comes_to_their_other_laptop(
    seats: tuple[Seat, Seat], server: RunningServer, tmp_path: Path
) -> None:
    reporter, editor = seats
    report_id = file_with_photo(reporter.laptop, "On two laptops")
    reporter.laptop.deliver(3)
    revision_id = reporter.laptop.report(report_id).revision_id
    assert revision_id is not None
    assert editor.laptop.connector is not None
    decide(editor.laptop.connector, report_id, revision_id, Action.RETURN, "Name the hall.")
    with laptop(tmp_path / "other", None) as other:
        second = Seat(other, server.url)
        second.sign_in("ana@example.org")
        second.bring_down()
        report = other.report(report_id)
        assert report.status is Status.RETURNED
        assert report.content == reporter.laptop.report(report_id).content
        assert [getattr(n, "note", "") for n in other.store.desk.notes(report_id)] == [
            "Name the hall."
        ]
        # It is worked on there, and filed: the desk has the photos, and nothing is sent again.
        content = replace(report.content, headline="On two laptops, in the grain hall")
        save_draft(other.store, report_id, content, clock=other.clock)
        file_report(other.store, report_id, clock=other.clock)
        assert other.deliver(2) is None
        assert other.delivery(report_id).sentence() == "Desk has the text and the photo"
        assert other.connector is not None
        other.connector.close()


def test_a_photo_is_asked_for_and_the_reporters_laptop_hears_of_it(
    seats: tuple[Seat, Seat],
) -> None:
    reporter, editor = seats
    here = reporter.laptop
    report_id = here.file("Which photo first?", photos=3)
    last = here.report(report_id).content.photos[-1]

    def after_the_text(_delivery: object) -> None:
        here.engine.stop()

    here.heard.delivery_changed = after_the_text  # type: ignore[method-assign]
    here.deliver()
    wish_photos(editor.laptop.store, report_id, [last.id], clock=here.clock)
    editor.laptop.deliver()
    reporter.listening.listen()
    first = [u.sha256 for u in here.store.outbox.uploads(report_id) if u.wanted == 1]
    assert set(first) <= {last.preview.sha256, last.full.sha256}
    assert first

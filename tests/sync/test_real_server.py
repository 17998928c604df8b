"""Between real processes: a laptop's engine here, ``reporterdesk serve`` there."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import pytest
import requests

from reporterdesk.demo.bad_link.profiles import PROFILES
from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.errors import (
    Conflict,
    NotTheApi,
    Refused,
    SignInNeeded,
    VaultUnavailable,
    WrongPassword,
)
from reporterdesk.domain.status import Action, Status
from reporterdesk.photos.reading import read_photo
from reporterdesk.publishing.addresses import token_name
from reporterdesk.publishing.connector import Connector
from reporterdesk.publishing.http import Limits
from reporterdesk.publishing.reference import ReferenceConnector, ReferenceSignIn
from reporterdesk.vault import KeyringVault, MemoryVault, Vault
from reporterdesk.wire.convert import file_request
from reporterdesk.workflow.attaching import attach
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.filing import file_report
from reporterdesk.workflow.reviewing import comment, decide, open_for_review, review_queue
from reporterdesk.workflow.signing_in import SignedIn, refresh, restore, sign_in, sign_out
from support.bad_links import bad_link
from support.hostile_http import as_page, hostile_server
from support.jpegs import make_jpeg
from support.laptop import Laptop, laptop
from support.servers import PASSWORD, fill, running_server

T = TypeVar("T")
REPORTER, EDITOR = "ana@example.org", "eve@example.org"


@pytest.fixture(scope="module")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server process with the sample people."""
    data = tmp_path_factory.mktemp("server") / "data"
    fill(data)
    with running_server(data) as server:
        yield server.url


@pytest.fixture
def here(home: Path) -> Iterator[Laptop]:
    """A laptop on which nobody is signed in yet."""
    with laptop(home, None) as opened:
        yield opened
        if opened.connector is not None:
            opened.connector.close()


def sign_in_here(
    here: Laptop, url: str, email: str = REPORTER, vault: Vault | None = None
) -> SignedIn:
    chosen = vault or MemoryVault()
    signed_in = sign_in(ReferenceSignIn(), chosen, here.run, url, email, PASSWORD, "laptop")
    if here.connector is not None:
        here.connector.close()
    here.connector = signed_in.connector
    return signed_in


@pytest.fixture
def editor(server_url: str) -> Iterator[Connector]:
    """An editor of the section “town”, at another desk."""
    answer = ReferenceSignIn().sign_in(server_url, EDITOR, PASSWORD, "desk")
    connector = ReferenceSignIn().connect(server_url, answer.token)
    yield connector
    connector.close()


def file_with_real_photos(here: Laptop, count: int) -> str:
    photos = []
    for number in range(count):
        imported = read_photo(make_jpeg(900, 600, seed=number))
        photo = attach(here.store, imported)
        photos.append(replace(photo, caption=f"The hall, {number}", alt_text="A full hall"))
    report_id = here.write("The hall was full")
    content = replace(here.report(report_id).content, photos=tuple(photos))
    save_draft(here.store, report_id, content, clock=here.clock)
    file_report(here.store, report_id, clock=here.clock)
    return report_id


def test_the_whole_way(here: Laptop, server_url: str, editor: Connector, home: Path) -> None:
    signed_in = sign_in_here(here, f"{server_url}/sections/town/")
    assert signed_in.account.server_url == server_url
    report_id = file_with_real_photos(here, 2)
    assert here.deliver() is None
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    assert here.report(report_id).status is Status.FILED

    with laptop(home.parent / "editor", editor) as desk:
        person = refresh_person(editor)
        queue = review_queue(editor, desk.run, person, clock=desk.clock)
        assert report_id in {line.id for line in queue.lines}
        seen = open_for_review(editor, desk.run, report_id, clock=desk.clock)
        assert seen.content == here.report(report_id).content
        assert seen.absent == frozenset()
        first = seen.content.photos[0].preview
        assert len(desk.store.photos.read(first.sha256)) == first.bytes
        comment(editor, report_id, seen.revision_id, "Who is on stage?", block=0)
        decide(editor, report_id, seen.revision_id, Action.RETURN, "Name the speakers.")

        assert here.engine.fetch_changes() == (report_id,)
        assert here.report(report_id).status is Status.RETURNED
        said = {getattr(note, "note", getattr(note, "text", "")) for note in notes(here, report_id)}
        assert said == {"Who is on stage?", "Name the speakers."}

        corrected = replace(here.report(report_id).content, headline="Three speakers, one hall")
        save_draft(here.store, report_id, corrected, clock=here.clock)
        file_report(here.store, report_id, clock=here.clock)
        here.deliver()
        with pytest.raises(Conflict, match="The report has moved on; look at the newer revision"):
            decide(editor, report_id, seen.revision_id, Action.PUBLISH)
        seen = open_for_review(editor, desk.run, report_id, clock=desk.clock)
        decide(editor, report_id, seen.revision_id, Action.PUBLISH)

    assert here.engine.fetch_changes() == (report_id,)
    report = here.report(report_id)
    assert report.status is Status.PUBLISHED
    assert report.public_url is not None
    page = requests.get(report.public_url, timeout=30).text
    assert "Three speakers, one hall" in page


def refresh_person(connector: Connector):
    from reporterdesk.wire.convert import person_of

    return person_of(connector.me().person)


def notes(here: Laptop, report_id: str):
    return here.store.desk.notes(report_id)


def test_ten_parallel_sends_of_one_revision_leave_one_report(here: Laptop, server_url: str) -> None:
    signed_in = sign_in_here(here, server_url)
    report_id = here.file("Sent ten times", photos=1)
    revision = here.store.revisions.get(here.delivery(report_id).revision_id)
    request = file_request(revision)
    token = ReferenceSignIn().sign_in(server_url, REPORTER, PASSWORD, "ten").token
    together = threading.Barrier(10)

    def send(_number: int) -> tuple[str, int]:
        connector = ReferenceConnector(server_url, token)
        together.wait(30)
        answer = connector.file(report_id, request)
        connector.close()
        return answer.receipt.revision_id, answer.report.number

    with ThreadPoolExecutor(10) as pool:
        answers = set(pool.map(send, range(10)))
    assert answers == {(revision.id, 1)}
    here.deliver()
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    mine = [line for line in signed_in.connector.reports(limit=100).reports if line.id == report_id]
    assert len(mine) == 1
    assert signed_in.connector.report(report_id).number == 1


def test_one_connection_may_be_used_by_many_threads(here: Laptop, server_url: str) -> None:
    connector = sign_in_here(here, server_url).connector
    report_id = here.file("Read by many")
    here.deliver()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: connector.report(report_id), range(40)))
    assert {answer.id for answer in answers} == {report_id}


@dataclass
class Cut:
    """A real connection that is cut after a call has had its effect."""

    real: Connector
    at: str

    def __getattr__(self, name: str):
        call = getattr(self.real, name)
        if name != self.at:
            return call

        def cut(*given, **more):
            call(*given, **more)
            raise KeyboardInterrupt

        return cut


def test_killed_between_request_and_answer_leaves_one_report(here: Laptop, server_url: str) -> None:
    real = sign_in_here(here, server_url).connector
    report_id = here.file("Killed at the wrong moment", photos=2)
    for call in ("file", "upload", "upload"):
        here.connector = Cut(real, call)  # type: ignore[assignment]
        with pytest.raises(KeyboardInterrupt):
            here.deliver()
        here.restart()
    here.connector = real
    assert here.deliver() is None
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    answer = real.report(report_id)
    assert (answer.number, answer.missing) == (1, ())


def test_an_upload_goes_on_where_the_server_was_killed(here: Laptop, tmp_path: Path) -> None:
    data = tmp_path / "data"
    fill(data)
    with running_server(data) as server:
        url = server.url
        sign_in_here(here, url)
        report_id = here.write("A large photo")
        photo = here.photo("large", full=900_000)
        content = replace(here.report(report_id).content, photos=(photo,))
        save_draft(here.store, report_id, content, clock=here.clock)
        file_report(here.store, report_id, clock=here.clock)
        changed = here.heard.delivery_changed

        def kill_half_way(delivery) -> None:
            changed(delivery)
            if delivery.bytes_delivered > 50_000:
                server.kill()

        here.heard.delivery_changed = kill_half_way  # type: ignore[method-assign]
        assert here.deliver() is not None
        here.heard.delivery_changed = changed  # type: ignore[method-assign]
    held = here.delivery(report_id)
    assert held.state is DeliveryState.TEXT_DELIVERED
    assert 50_000 < held.bytes_delivered < 900_000
    here.restart()
    with running_server(data, port=int(url.rsplit(":", 1)[1])):
        offsets: list[int] = []
        real = here.connector
        assert real is not None

        class Watched(Cut):
            def upload(self, upload_url: str, offset: int, chunk: bytes) -> int:
                offsets.append(offset)
                return self.real.upload(upload_url, offset, chunk)

        here.connector = Watched(real, "")  # type: ignore[assignment]
        assert here.deliver() is None
        here.connector = real
        assert here.delivery(report_id).state is DeliveryState.DELIVERED
        # The preview is there; the full size goes on where the server had it for good.
        assert min(offsets) == held.bytes_delivered - photo.preview.bytes
        assert real.photo(photo.full.sha256, "full") == here.store.photos.read(photo.full.sha256)


def test_a_revoked_token_waits_for_the_person_and_goes_on(here: Laptop, server_url: str) -> None:
    first = sign_in_here(here, server_url).connector
    first.sign_out()
    first.sign_out()
    report_id = here.file("After the token")
    assert here.deliver() is None
    assert here.delivery(report_id).state is DeliveryState.SIGN_IN
    assert here.heard.sign_ins == 1
    sign_in_here(here, server_url)
    assert here.deliver() is None
    assert here.delivery(report_id).state is DeliveryState.DELIVERED


def test_a_section_that_is_not_theirs_is_refused_with_the_desks_sentence(
    here: Laptop, server_url: str
) -> None:
    sign_in_here(here, server_url)
    report_id = here.file("Goal", section="sport")
    here.deliver()
    assert here.delivery(report_id).state is DeliveryState.REFUSED
    assert here.delivery(report_id).why == "You do not write for this section."


def test_a_reporter_cannot_publish_and_is_told_so(here: Laptop, server_url: str) -> None:
    connector = sign_in_here(here, server_url).connector
    report_id = here.file("Mine alone")
    here.deliver()
    revision_id = here.report(report_id).revision_id
    assert revision_id is not None
    with pytest.raises(Refused) as caught:
        decide(connector, report_id, revision_id, Action.PUBLISH)
    assert "Nothing was decided." in str(caught.value)
    here.engine.fetch_changes()
    assert here.report(report_id).status is Status.FILED


def test_the_same_decision_twice_is_one_decision(
    here: Laptop, server_url: str, editor: Connector
) -> None:
    sign_in_here(here, server_url)
    report_id = here.file("Decided once")
    here.deliver()
    revision_id = here.report(report_id).revision_id
    assert revision_id is not None
    decision_id = "00000000-0000-4000-8000-00000000d001"
    for _ in range(2):
        state = decide(
            editor, report_id, revision_id, Action.APPROVE, "Good.", decision_id=decision_id
        )
        assert state.status is Status.APPROVED
    assert [d.id for d in editor.report(report_id).decisions] == [decision_id]


def test_wrong_password_and_unknown_person_read_the_same(here: Laptop, server_url: str) -> None:
    for email, password in (("ben@example.org", "wrong"), ("nobody@example.org", PASSWORD)):
        with pytest.raises(WrongPassword) as caught:
            sign_in(
                ReferenceSignIn(), MemoryVault(), here.run, server_url, email, password, "laptop"
            )
        assert str(caught.value) == (
            "The e-mail address or the password is wrong. Check both and try again."
        )
    assert here.store.account.get() is None


def test_without_a_keyring_one_is_signed_in_and_told(here: Laptop, server_url: str) -> None:
    signed_in = sign_in_here(here, server_url, vault=KeyringVault())  # the suite's is null
    assert isinstance(signed_in.vault_problem, VaultUnavailable)
    assert signed_in.connector.me().person.email == REPORTER
    restored = restore(ReferenceSignIn(), KeyringVault(), here.run)
    assert restored.account == signed_in.account
    assert restored.connector is None
    assert isinstance(restored.vault_problem, VaultUnavailable)


def test_the_next_start_needs_no_password_and_signing_out_ends_that(
    here: Laptop, server_url: str
) -> None:
    vault = MemoryVault()
    signed_in = sign_in_here(here, server_url, vault=vault)
    here.store.desk.set_queue("{}")
    restored = restore(ReferenceSignIn(), vault, here.run)
    assert restored.account == signed_in.account
    assert restored.connector is not None
    assert refresh(restored.connector, here.run) == signed_in.account
    assert [section.slug for section in signed_in.account.sections] == ["town"]
    assert signed_in.account.sections[0].checklist == ("Names checked?",)
    draft = here.write("Stays here")
    assert sign_out(restored.connector, vault, here.run) == ()
    assert here.store.account.get() is None
    assert here.store.desk.queue() is None
    assert here.report(draft).status is Status.DRAFT
    assert restore(ReferenceSignIn(), vault, here.run).account is None
    with pytest.raises(SignInNeeded):
        signed_in.connector.me()


def test_signing_out_without_a_connection_is_signing_out_here(
    here: Laptop, server_url: str
) -> None:
    vault = MemoryVault()
    sign_in_here(here, server_url, vault=vault)
    with hostile_server(b"") as nowhere:
        url = nowhere.url
    problems = sign_out(ReferenceConnector(url, "token"), vault, here.run)
    assert [type(problem).__name__ for problem in problems] == ["NoConnection"]
    assert here.store.account.get() is None
    assert vault.get(token_name(server_url, REPORTER)) is None


def test_a_web_page_is_said_to_be_one(here: Laptop) -> None:
    with hostile_server(as_page()) as page, pytest.raises(NotTheApi) as caught:
        sign_in(ReferenceSignIn(), MemoryVault(), here.run, page.url, REPORTER, PASSWORD, "laptop")
    assert str(caught.value).startswith("That address is a web page, not a desk’s server.")


def test_a_venue_network_wants_a_login(here: Laptop) -> None:
    report_id = here.file("At the venue")
    with hostile_server(as_page()) as portal:
        here.connector = ReferenceConnector(portal.url, "token", Limits(connect=5, read=5))
        due = here.deliver()
    assert due is not None
    assert here.delivery(report_id).sentence() == (
        "This network answered in place of the desk; it wants you to log in."
    )
    assert here.report(report_id).status is Status.OUTBOX
    assert here.heard.login_pages == [f"{portal.url}/"]


def test_the_login_page_is_told_until_somebody_has_logged_in(here: Laptop, server_url: str) -> None:
    with bad_link(server_url, PROFILES["portal"]) as link:
        answer = ReferenceSignIn().sign_in(server_url, REPORTER, PASSWORD, "laptop")
        here.connector = ReferenceConnector(link.url, answer.token)
        report_id = here.file("In a hotel")
        here.deliver()
        here.deliver(rounds=2)
        assert here.heard.login_pages == [f"{link.url}/login"]
        link.log_in()
        here.deliver(rounds=5)
        assert here.heard.login_pages == [f"{link.url}/login", ""]
        assert here.delivery(report_id).state is DeliveryState.DELIVERED

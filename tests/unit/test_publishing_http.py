"""Whatever answers in place of the desk becomes a known error, and the token stays here."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from reporterdesk.domain.errors import (
    Conflict,
    DeliveryError,
    IncompatibleServer,
    NoConnection,
    NotTheApi,
    OffsetMismatch,
    Refused,
    ServerBusy,
    SignInNeeded,
    WrongChecksum,
    WrongPassword,
)
from reporterdesk.domain.event import EventFacts
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.report import ReportContent, Revision
from reporterdesk.publishing.answers import retry_after
from reporterdesk.publishing.connector import Connector
from reporterdesk.publishing.http import Limits
from reporterdesk.publishing.reference import ReferenceConnector, ReferenceSignIn
from reporterdesk.wire.convert import file_request
from reporterdesk.wire.messages import FileRequest
from reporterdesk.wire.problems import ProblemType
from support.hostile_http import (
    Call,
    as_json,
    as_page,
    as_problem,
    hostile_server,
    raw,
)

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
TOKEN = "the-device-token"
QUICK = Limits(connect=5, read=0.3, whole=0.6, answer=100_000)
ME = {
    "person": {"id": new_id(), "name": "Ada Lindqvist", "email": "ada@desk.example"},
    "sections": [],
    "api_version": 1,
}


def a_request(parent: str | None = None) -> FileRequest:
    content = ReportContent("Lanterns", section="rome", body="Sì.", event=EventFacts())
    return file_request(Revision(new_id(), new_id(), parent, content, NOW))


def error_of(
    answer: bytes | Callable[[Call], bytes | Iterator[bytes]],
    ask: Callable[[Connector], object] = lambda connector: connector.me(),
) -> DeliveryError:
    """Return the error that an answer becomes; it must be one of the tree."""
    with hostile_server(answer) as server:
        connector = ReferenceConnector(server.url, TOKEN, QUICK)
        with pytest.raises(DeliveryError) as caught:
            ask(connector)
        connector.close()
    assert TOKEN not in str(caught.value)
    return caught.value


PROBLEM = ProblemType

HOSTILE: list[tuple[str, bytes, type[DeliveryError]]] = [
    ("login page", as_page(), NotTheApi),
    ("login page as an error", as_page("403 Forbidden"), NotTheApi),
    ("login page as unauthorised", as_page("401 Unauthorized"), NotTheApi),
    ("redirect to a login page", raw("302 Found", b"", "Location: http://x.example/"), NotTheApi),
    ("permanent redirect", raw("308 Moved", b"", "Location: /v1/me"), NotTheApi),
    ("network authentication", as_page("511 Network Authentication Required"), NotTheApi),
    ("proxy authentication", as_json("407 Proxy", {"detail": "log in"}), NotTheApi),
    ("nothing at all", raw("200 OK"), NotTheApi),
    ("no content", raw("204 No Content"), NotTheApi),
    ("garbage as JSON", raw("200 OK", b"\xff{", "Content-Type: application/json"), NotTheApi),
    ("another message", as_json("200 OK", {"hello": 1}), NotTheApi),
    ("a list", as_json("200 OK", []), NotTheApi),
    ("not HTTP", b"SSH-2.0-OpenSSH_9.9\r\n", NoConnection),
    ("closed at once", b"", NoConnection),
    (
        "half an answer",
        raw("200 OK", b'{"per', "Content-Type: application/json", length=999),
        NoConnection,
    ),
    ("a huge answer", raw("200 OK", b" " * 200_000, "Content-Type: application/json"), NotTheApi),
    (
        "a huge answer, packed",
        raw("200 OK", gzip.compress(b" " * 50_000_000), "Content-Encoding: gzip"),
        NotTheApi,
    ),
    ("a broken pack", raw("200 OK", b"not gzip", "Content-Encoding: gzip"), NoConnection),
    ("a problem of its own", as_page("500 Internal Server Error"), ServerBusy),
    ("bad gateway", as_page("502 Bad Gateway"), ServerBusy),
    ("too busy", as_page("503 Service Unavailable"), ServerBusy),
    ("disk full", as_problem("507 Insufficient Storage", PROBLEM.NO_ROOM), ServerBusy),
    ("expired token", as_problem("401 Unauthorized", PROBLEM.SIGN_IN), SignInNeeded),
    ("no such call", as_json("404 Not Found", {"detail": "Not Found"}), IncompatibleServer),
    ("another version", as_json("200 OK", {"api_version": 2, "who": "x"}), IncompatibleServer),
]


@pytest.mark.parametrize(("answer", "kind"), [pytest.param(a, k, id=n) for n, a, k in HOSTILE])
def test_a_hostile_answer_is_a_known_error(answer: bytes, kind: type[DeliveryError]) -> None:
    assert type(error_of(answer)) is kind


FILING: list[tuple[str, bytes, type[DeliveryError]]] = [
    ("not allowed", as_problem("403 Forbidden", PROBLEM.NOT_ALLOWED, detail="No."), Refused),
    ("not found", as_problem("404 Not Found", PROBLEM.NOT_FOUND), Refused),
    ("status", as_problem("409 Conflict", PROBLEM.STATUS, detail="It was spiked."), Refused),
    ("id reused", as_problem("409 Conflict", PROBLEM.ID_REUSED), Refused),
    ("too large", as_problem("413 Content Too Large", PROBLEM.TOO_LARGE), Refused),
    ("invalid", as_problem("422 Unprocessable", PROBLEM.INVALID), Refused),
    ("login page", as_page(), NotTheApi),
    ("login page with 404", as_page("404 Not Found"), NotTheApi),
]


@pytest.mark.parametrize(("answer", "kind"), [pytest.param(a, k, id=n) for n, a, k in FILING])
def test_filing_meets_a_known_error(answer: bytes, kind: type[DeliveryError]) -> None:
    error = error_of(answer, lambda connector: connector.file(new_id(), a_request()))
    assert type(error) is kind


def test_a_refusal_keeps_the_sentence_of_the_desk_on_one_short_line() -> None:
    detail = "It was\n<b>spiked</b>. " + "x" * 5_000
    answer = as_problem("409 Conflict", PROBLEM.STATUS, detail=detail)
    error = error_of(answer, lambda connector: connector.file(new_id(), a_request()))
    assert isinstance(error, Refused)
    assert error.happened.startswith("It was <b>spiked</b>.")
    assert len(error.happened) <= 300
    assert (error.problem_type, error.status) == (PROBLEM.STATUS, 409)


@pytest.mark.parametrize(
    "answer",
    [
        as_problem("412 Precondition Failed", PROBLEM.STALE_PARENT, current_revision_id="newer"),
        as_problem("412 Precondition Failed", "about:blank", 'ETag: "newer"'),
        as_problem("409 Conflict", PROBLEM.MOVED_ON, current_revision_id="newer"),
    ],
)
def test_a_stale_parent_names_the_revision_of_the_desk(answer: bytes) -> None:
    error = error_of(answer, lambda connector: connector.file(new_id(), a_request()))
    assert isinstance(error, Conflict)
    assert error.current_revision_id == "newer"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (as_problem("409 Conflict", PROBLEM.WRONG_OFFSET), OffsetMismatch),
        (as_problem("423 Locked", PROBLEM.UPLOAD_BUSY), OffsetMismatch),
        (as_problem("460 Checksum Mismatch", PROBLEM.WRONG_CHECKSUM), WrongChecksum),
        (as_problem("413 Content Too Large", PROBLEM.TOO_LARGE), Refused),
        (as_problem("404 Not Found", PROBLEM.NOT_FOUND), Refused),
        (as_page(), NotTheApi),
        (raw("204 No Content"), NotTheApi),
        (raw("204 No Content", b"", "Upload-Offset: -1"), NotTheApi),
        (raw("204 No Content", b"", "Upload-Offset: ٣"), NotTheApi),
    ],
)
def test_an_upload_meets_a_known_error(answer: bytes, kind: type[DeliveryError]) -> None:
    error = error_of(answer, lambda connector: connector.upload("/v1/uploads/r/s", 0, b"abc"))
    assert type(error) is kind


def test_asking_for_an_offset_meets_a_known_error() -> None:
    def ask(connector: Connector) -> int:
        return connector.upload_offset("/v1/uploads/r/s")

    gone = raw("404 Not Found", b"", "Tus-Resumable: 1.0.0")
    assert type(error_of(gone, ask)) is Refused
    assert type(error_of(as_page(), ask)) is NotTheApi
    locked = raw("423 Locked", b"", "Tus-Resumable: 1.0.0")
    assert type(error_of(locked, ask)) is OffsetMismatch


def test_a_photo_that_is_not_the_one_asked_for_is_not_taken() -> None:
    def ask(connector: Connector) -> bytes:
        return connector.photo("0" * 64, "preview")

    damaged = raw("200 OK", b"\xff\xd8\xff", "Content-Type: image/jpeg")
    assert type(error_of(damaged, ask)) is NoConnection
    assert type(error_of(as_page(), ask)) is NotTheApi


def test_nobody_listens() -> None:
    with hostile_server(b"") as server:
        url = server.url
    with pytest.raises(NoConnection):
        ReferenceConnector(url, TOKEN, QUICK).me()


def test_a_name_that_cannot_be_resolved_is_no_connection() -> None:
    with pytest.raises(NoConnection):
        ReferenceConnector("http://desk.invalid.", TOKEN, QUICK).me()


def test_a_silent_server_is_given_up() -> None:
    done = threading.Event()

    def silent(_call: Call) -> Iterator[bytes]:
        done.wait(10)
        yield b""

    def ask(connector: Connector) -> None:
        try:
            connector.me()
        finally:
            done.set()

    error = error_of(silent, ask)
    assert error.happened == "The desk’s server did not answer in time."


def test_a_server_that_drips_is_given_up() -> None:
    """Each byte comes in time, so only the limit on the whole answer ends it."""
    done = threading.Event()

    def drip(_call: Call) -> Iterator[bytes]:
        yield raw("200 OK", b"", "Content-Type: application/json", length=10_000)
        while not done.wait(0.05):
            yield b" "

    def ask(connector: Connector) -> None:
        try:
            connector.me()
        finally:
            done.set()

    assert error_of(drip, ask).happened == "The desk’s server answered too slowly."


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("99999999999999999999", 3600.0),
        ("Sat, 14 Mar 2026 12:02:00 GMT", 120.0),
        ("Sat, 14 Mar 2026 11:00:00 GMT", 0.0),
        ("Sat, 14 Mar 2099 11:00:00 GMT", 3600.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_has_two_forms_and_a_ceiling(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


def test_a_busy_server_says_for_how_long() -> None:
    error = error_of(as_problem("429 Slow", PROBLEM.SLOW_DOWN, "Retry-After: 7", detail="Wait."))
    assert isinstance(error, ServerBusy)
    assert (error.retry_after, error.happened) == (7.0, "Wait.")


def test_the_token_goes_with_each_call_but_never_where_a_redirect_leads() -> None:
    with hostile_server(as_json("200 OK", ME)) as thief:
        away = raw("307 Temporary Redirect", b"", f"Location: {thief.url}/v1/me")
        with hostile_server(away) as server:
            with pytest.raises(NotTheApi):
                ReferenceConnector(server.url, TOKEN, QUICK).me()
            assert server.calls[0].headers["authorization"] == f"Bearer {TOKEN}"
        assert thief.calls == []


def test_an_upload_address_elsewhere_is_never_called() -> None:
    with hostile_server(raw("204 No Content", b"", "Upload-Offset: 3")) as thief:
        connector = ReferenceConnector("http://127.0.0.1:9", TOKEN, QUICK)
        for call in (
            lambda: connector.upload(f"{thief.url}/v1/uploads/r/s", 0, b"abc"),
            lambda: connector.upload_offset(f"{thief.url}/v1/uploads/r/s"),
        ):
            with pytest.raises(NotTheApi):
                call()
        assert thief.calls == []


def test_a_netrc_does_not_replace_the_token(home, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = home / "netrc"
    netrc.write_text("default login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with hostile_server(as_json("200 OK", ME)) as server:
        ReferenceConnector(server.url, TOKEN, QUICK).me()
        assert server.calls[0].headers["authorization"] == f"Bearer {TOKEN}"
        with pytest.raises(NotTheApi):
            ReferenceSignIn(QUICK).sign_in(server.url, "a@desk.example", "pw", "laptop")
        assert "authorization" not in server.calls[1].headers


def test_a_proxy_is_not_asked_for_this_very_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    with hostile_server(as_page()) as proxy, hostile_server(as_json("200 OK", ME)) as server:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("NO_PROXY", "")
        assert ReferenceConnector(server.url, TOKEN, QUICK).me().api_version == 1
        assert proxy.calls == []


def test_neither_token_nor_password_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    with hostile_server(as_problem("401 No", PROBLEM.WRONG_PASSWORD)) as server:
        with pytest.raises(SignInNeeded):
            ReferenceConnector(server.url, TOKEN, QUICK).me()
        with pytest.raises(WrongPassword):
            ReferenceSignIn(QUICK).sign_in(server.url, "ada@desk.example", "my secret", "laptop")
    assert TOKEN not in caplog.text
    assert "my secret" not in caplog.text


def test_a_cookie_of_the_network_is_not_sent_back() -> None:
    with hostile_server(as_json("200 OK", ME, "Set-Cookie: portal=1; Path=/")) as server:
        connector = ReferenceConnector(server.url, TOKEN, QUICK)
        connector.me()
        connector.me()
    assert "cookie" not in server.calls[1].headers


def filed(call: Call) -> bytes:
    body = call.body
    if call.headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    message = json.loads(body)
    revision = message["revision_id"]
    state = {"id": call.path.rsplit("/", 1)[1], "status": "filed", "number": 1}
    receipt = {"text_sha256": "0" * 64, "photos": {}, "at": "2026-03-14T12:00:00Z"}
    return as_json(
        "201 Created",
        {
            "report": {**state, "revision_id": revision},
            "receipt": {**receipt, "revision_id": revision},
            "missing": [],
            "a_field_of_tomorrow": 1,
        },
    )


def test_a_first_revision_is_filed_if_there_is_none_and_a_later_one_if_it_matches() -> None:
    with hostile_server(filed) as server:
        connector = ReferenceConnector(server.url, TOKEN, QUICK)
        first, parent = a_request(), new_id()
        answer = connector.file(new_id(), first)
        connector.file(new_id(), a_request(parent))
    assert answer.receipt.revision_id == first.revision_id
    assert server.calls[0].headers["if-none-match"] == "*"
    assert server.calls[1].headers["if-match"] == f'"{parent}"'
    assert "if-none-match" not in server.calls[1].headers
    assert server.calls[0].headers["content-encoding"] == "gzip"
    assert server.calls[0].headers["user-agent"].startswith("ReporterDesk/")


def test_a_server_that_does_not_unpack_gets_it_unpacked() -> None:
    def plain_only(call: Call) -> bytes:
        if "content-encoding" in call.headers:
            return as_problem("415 Unsupported Media Type", PROBLEM.INVALID)
        return filed(call)

    with hostile_server(plain_only) as server:
        connector = ReferenceConnector(server.url, TOKEN, QUICK)
        connector.file(new_id(), a_request())
        connector.file(new_id(), a_request())
    assert len(server.calls) == 3


SIGN_IN: list[tuple[str, bytes, type[DeliveryError], str]] = [
    ("a web page", as_page(), NotTheApi, "That address is a web page, not a desk’s server."),
    ("a web page's 404", as_page("404 Not Found"), NotTheApi, "That address is a web page"),
    ("a web page's 405", as_page("405 Not Allowed"), NotTheApi, "That address is a web page"),
    ("a redirect", raw("301 Moved", b"", "Location: https://x/"), NotTheApi, "sends on to another"),
    ("other API", as_json("404 Not Found", {"detail": "?"}), IncompatibleServer, "another version"),
    ("wrong", as_problem("401 No", PROBLEM.WRONG_PASSWORD), WrongPassword, "password is wrong"),
    ("tried often", as_problem("429 No", PROBLEM.SLOW_DOWN, detail="Wait."), ServerBusy, "Wait."),
    ("unreadable", as_problem("422 No", PROBLEM.INVALID), Refused, "could not read the e-mail"),
    ("other JSON", as_json("200 OK", {"ok": True}), NotTheApi, "not as the desk does"),
]


@pytest.mark.parametrize(
    ("answer", "kind", "words"), [pytest.param(a, k, w, id=n) for n, a, k, w in SIGN_IN]
)
def test_signing_in_says_what_the_address_is(
    answer: bytes, kind: type[DeliveryError], words: str
) -> None:
    with hostile_server(answer) as server, pytest.raises(DeliveryError) as caught:
        ReferenceSignIn(QUICK).sign_in(server.url, "ada@desk.example", "a\ud800b", "laptop")
    assert type(caught.value) is kind
    assert words in str(caught.value)
    assert "a\ud800b" not in str(caught.value)

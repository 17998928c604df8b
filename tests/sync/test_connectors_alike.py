"""The desk in memory keeps the contract just as the real server does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest

from reporterdesk.domain.errors import Conflict, OffsetMismatch, Refused
from reporterdesk.domain.event import EventFacts
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.photo import Photo, Rendition
from reporterdesk.domain.report import ReportContent, Revision
from reporterdesk.domain.status import Status
from reporterdesk.publishing.connector import Connector
from reporterdesk.publishing.memory import MemoryDesk
from reporterdesk.publishing.reference import ReferenceSignIn
from reporterdesk.wire.convert import content_of, file_request
from reporterdesk.wire.messages import CommentRequest, DecisionRequest, FileRequest
from support.laptop import START
from support.servers import PASSWORD, fill, running_server

PREVIEW, FULL = b"a small picture", b"a picture that is a good deal larger"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connector]:
    """An editor who also writes, at a real server."""
    data = tmp_path_factory.mktemp("server") / "data"
    fill(data)
    with running_server(data) as server:
        answer = ReferenceSignIn().sign_in(server.url, "eve@example.org", PASSWORD, "desk")
        connector = ReferenceSignIn().connect(server.url, answer.token)
        yield connector
        connector.close()


@pytest.fixture(params=["memory", "real"])
def desk(request: pytest.FixtureRequest) -> Connector:
    if request.param == "memory":
        return MemoryDesk()
    connector: Connector = request.getfixturevalue("real")
    return connector


def rendition(data: bytes) -> Rendition:
    return Rendition(hashlib.sha256(data).hexdigest(), len(data), "image/jpeg", 3, 2)


def a_revision(
    report_id: str, parent: str | None = None, *, photo: bool = False, headline: str = "Lanterns"
) -> FileRequest:
    photos = ()
    if photo:
        # The id in the bytes keeps one test's photos from being another's.
        tail = report_id.encode()
        photos = (
            Photo(
                new_id(),
                rendition(PREVIEW + tail),
                rendition(FULL + tail),
                caption="Lanterns",
                alt_text="A row of lanterns",
            ),
        )
    content = ReportContent(
        headline=headline,
        section="town",
        body="The square was full.\n",
        event=EventFacts("Walk", starts_at="2026-03-14", city="Lodi", country="IT"),
        photos=photos,
    )
    return file_request(Revision(new_id(), report_id, parent, content, START))


def decision(revision_id: str, name: str) -> DecisionRequest:
    return DecisionRequest.model_validate({"decision": name, "revision_id": revision_id})


def test_filing_again_answers_as_the_first_time(desk: Connector) -> None:
    report_id = new_id()
    request = a_revision(report_id)
    first, second = desk.file(report_id, request), desk.file(report_id, request)
    assert first == second
    assert (first.report.number, first.report.status) == (1, Status.FILED)
    assert content_of(desk.report(report_id)) == content_of(request)


def test_an_id_used_for_other_words_is_refused(desk: Connector) -> None:
    report_id = new_id()
    request = a_revision(report_id)
    desk.file(report_id, request)
    with pytest.raises(Refused) as caught:
        desk.file(report_id, request.model_copy(update={"headline": "Other words"}))
    assert caught.value.status == 409


def test_a_stale_parent_names_what_stands(desk: Connector) -> None:
    report_id = new_id()
    request = a_revision(report_id)
    desk.file(report_id, request)
    for parent in (None, new_id()):
        with pytest.raises(Conflict) as caught:
            desk.file(report_id, a_revision(report_id, parent))
        assert caught.value.current_revision_id == request.revision_id
    later = desk.file(report_id, a_revision(report_id, request.revision_id))
    assert later.report.number == 2
    with pytest.raises(Conflict):
        desk.file(new_id(), a_revision(new_id(), parent=new_id()))


def test_photos_arrive_piece_by_piece(desk: Connector) -> None:
    report_id = new_id()
    answer = desk.file(report_id, a_revision(report_id, photo=True))
    missing = {line.rendition: line for line in answer.missing}
    assert [line.offset for line in answer.missing] == [0, 0]
    full = missing["full"]
    data = FULL + report_id.encode()
    assert desk.upload(full.upload_url, 0, data[:10]) == 10
    assert desk.upload_offset(full.upload_url) == 10
    with pytest.raises(OffsetMismatch):
        desk.upload(full.upload_url, 0, data[:10])
    with pytest.raises(Refused):
        desk.upload(full.upload_url, 10, data[10:] + b"more")
    assert desk.upload(full.upload_url, 10, data[10:]) == full.bytes
    assert desk.upload_offset(full.upload_url) == full.bytes
    assert desk.photo(full.sha256, "full") == data
    answer = desk.file(report_id, a_revision_again(desk, report_id))
    assert answer.receipt.photos == {full.sha256: full.bytes}
    assert [line.rendition for line in answer.missing] == ["preview"]


def a_revision_again(desk: Connector, report_id: str) -> FileRequest:
    return FileRequest.model_validate(desk.report(report_id).model_dump())


def test_bytes_that_are_not_the_photo_are_not_taken(desk: Connector) -> None:
    report_id = new_id()
    answer = desk.file(report_id, a_revision(report_id, photo=True))
    line = answer.missing[0]
    with pytest.raises(OffsetMismatch):
        desk.upload(line.upload_url, 0, b"x" * line.bytes)
    assert desk.upload_offset(line.upload_url) == 0


def test_a_decision_is_bound_to_a_revision_and_counts_once(desk: Connector) -> None:
    report_id, decision_id = new_id(), new_id()
    request = a_revision(report_id)
    desk.file(report_id, request)
    with pytest.raises(Conflict) as caught:
        desk.decide(report_id, new_id(), decision(new_id(), "publish"))
    assert caught.value.current_revision_id == request.revision_id
    for _ in range(2):
        answer = desk.decide(report_id, decision_id, decision(request.revision_id, "return"))
        assert answer.report.status is Status.RETURNED
    with pytest.raises(Refused):
        desk.decide(report_id, new_id(), decision(request.revision_id, "publish"))
    note = CommentRequest(revision_id=request.revision_id, block=0, text="Who?")
    comment_id = new_id()
    desk.comment(report_id, comment_id, note)
    desk.comment(report_id, comment_id, note)
    read = desk.report(report_id)
    assert [line.id for line in read.decisions] == [decision_id]
    assert [line.id for line in read.comments] == [comment_id]


def test_photos_that_are_missing_keep_it_from_being_published(desk: Connector) -> None:
    report_id = new_id()
    request = a_revision(report_id, photo=True)
    desk.file(report_id, request)
    with pytest.raises(Refused) as caught:
        desk.decide(report_id, new_id(), decision(request.revision_id, "publish"))
    assert caught.value.status == 409


def test_changes_follow_the_cursor(desk: Connector) -> None:
    cursor = desk.changes(None).cursor
    while (page := desk.changes(cursor)).changes:
        cursor = page.cursor
    report_id = new_id()
    request = a_revision(report_id)
    desk.file(report_id, request)
    desk.decide(report_id, new_id(), decision(request.revision_id, "approve"))
    page = desk.changes(cursor)
    assert {change.report_id for change in page.changes} == {report_id}
    assert desk.changes(page.cursor).changes == ()


def test_what_is_not_there_is_not_found(desk: Connector) -> None:
    calls = (
        lambda: desk.report(new_id()),
        lambda: desk.photo("0" * 64, "full"),
        lambda: desk.upload_offset(f"/v1/uploads/{new_id()}/{'0' * 64}"),
        lambda: desk.upload(f"/v1/uploads/{new_id()}/{'0' * 64}", 0, b"x"),
        lambda: desk.decide(new_id(), new_id(), decision(new_id(), "publish")),
    )
    for call in calls:
        with pytest.raises(Refused) as caught:
            call()
        assert caught.value.status == 404


def test_claims_and_lists(desk: Connector) -> None:
    report_id = new_id()
    headline = f"Claimed {report_id}"
    request = a_revision(report_id, headline=headline)
    desk.file(report_id, request)
    desk.claim(report_id)
    claim = desk.report(report_id).claim
    assert claim is not None
    desk.release(report_id)
    assert desk.report(report_id).claim is None
    listed = desk.reports(section="town", status="filed", query="Claimed", limit=100).reports
    line = next(line for line in listed if line.id == report_id)
    assert (line.headline, line.event_date, line.photos_total) == (headline, "2026-03-14", 0)

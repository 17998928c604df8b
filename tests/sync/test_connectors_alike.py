"""The desk in memory keeps the contract just as the real server does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

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
from reporterdesk.wire.messages import (
    CommentRequest,
    DecisionRequest,
    FileRequest,
    PhotoMessage,
)
from support.clocks import START
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


def test_a_revision_is_read_whole_also_when_a_newer_one_stands(desk: Connector) -> None:
    report_id = new_id()
    first = a_revision(report_id, photo=True)
    desk.file(report_id, first)
    second = a_revision(report_id, first.revision_id, headline="Other words")
    desk.file(report_id, second)
    for number, request in enumerate((first, second), 1):
        read = desk.revision(report_id, request.revision_id)
        assert FileRequest.model_validate(read.model_dump()) == request
        assert content_of(read) == content_of(request)
        assert (read.number, read.filed_by) == (number, desk.me().person.name)
    assert first.photos
    with pytest.raises(Refused) as caught:
        desk.revision(report_id, new_id())
    assert caught.value.status == 404


def three_photos(report_id: str) -> FileRequest:
    photos = tuple(
        Photo(
            new_id(),
            rendition(f"preview {number} {report_id}".encode()),
            rendition(f"full {number} {report_id}".encode()),
            alt_text="A row of lanterns",
        )
        for number in range(3)
    )
    request = a_revision(report_id)
    content = replace(content_of(request), photos=photos)
    return file_request(Revision(request.revision_id, report_id, None, content, START))


def kinds_after(desk: Connector, cursor: str, report_id: str) -> list[str]:
    found = desk.changes(cursor).changes
    return [change.kind for change in found if change.report_id == report_id]


def now_at(desk: Connector) -> str:
    page = desk.changes(None)
    while page.changes:
        page = desk.changes(page.cursor)
    return page.cursor


def test_what_the_desk_wants_first_is_sent_first(desk: Connector) -> None:
    report_id = new_id()
    request = three_photos(report_id)
    one, two, three = request.photos

    def order(*photos: PhotoMessage) -> list[str]:
        previews = [photo.renditions.preview.sha256 for photo in photos]
        return previews + [photo.renditions.full.sha256 for photo in photos]

    answer = desk.file(report_id, request)
    assert [line.sha256 for line in answer.missing] == order(one, two, three)
    assert {line.wanted for line in answer.missing} == {0}
    cursor = now_at(desk)
    unknown = new_id()
    for _ in range(2):  # the same again changes nothing
        desk.want(report_id, [three.id, unknown, two.id, three.id])
    assert kinds_after(desk, cursor, report_id) == ["wanted"]
    for found in (desk.file(report_id, request), desk.report(report_id)):
        assert [line.sha256 for line in found.missing] == order(three, two) + order(one)
        assert [line.wanted for line in found.missing] == [1, 2, 1, 2, 0, 0]
    assert desk.report(report_id).wanted == (three.id, unknown, two.id)
    desk.want(report_id, [])
    assert kinds_after(desk, cursor, report_id) == ["wanted", "wanted"]
    assert [line.sha256 for line in desk.report(report_id).missing] == order(one, two, three)


def test_a_later_revision_does_not_take_back_what_is_wanted(desk: Connector) -> None:
    report_id = new_id()
    first = three_photos(report_id)
    desk.file(report_id, first)
    desk.want(report_id, [first.photos[2].id])
    later = {"revision_id": new_id(), "parent_revision_id": first.revision_id}
    answer = desk.file(report_id, first.model_copy(update=later))
    assert answer.missing[0].sha256 == first.photos[2].renditions.preview.sha256


def test_a_receipt_says_when_the_last_photo_came(desk: Connector) -> None:
    report_id = new_id()
    words = desk.file(report_id, a_revision(report_id)).receipt
    assert words.complete_at == words.at
    report_id = new_id()
    request = a_revision(report_id, photo=True)
    answer = desk.file(report_id, request)
    assert answer.receipt.complete_at is None
    cursor = now_at(desk)
    for line, data in zip(answer.missing, (PREVIEW, FULL), strict=True):
        assert desk.file(report_id, request).receipt.complete_at is None
        desk.upload(line.upload_url, 0, data + report_id.encode())
    receipt = desk.file(report_id, request).receipt
    assert receipt.complete_at is not None
    assert receipt.complete_at > receipt.at == answer.receipt.at
    assert kinds_after(desk, cursor, report_id) == ["photo", "photo"]


def test_changes_are_called_alike(desk: Connector) -> None:
    report_id, cursor = new_id(), now_at(desk)
    request = a_revision(report_id)
    desk.file(report_id, request)
    changed_at = desk.report(report_id).changed_at
    for _ in range(2):
        desk.claim(report_id)
    desk.want(report_id, [new_id()])
    for _ in range(2):
        desk.release(report_id)
    assert desk.report(report_id).changed_at == changed_at
    note = CommentRequest(revision_id=request.revision_id, text="Who?")
    desk.comment(report_id, new_id(), note)
    for name in ("approve", "publish", "withdraw"):
        desk.decide(report_id, new_id(), decision(request.revision_id, name))
    assert kinds_after(desk, cursor, report_id) == [
        "filed",
        "claimed",
        "wanted",
        "released",
        "commented",
        "approved",
        "published",
        "withdrawn",
    ]
    assert desk.report(report_id).changed_at > changed_at


def test_what_is_not_there_is_not_found(desk: Connector) -> None:
    calls = (
        lambda: desk.report(new_id()),
        lambda: desk.revision(new_id(), new_id()),
        lambda: desk.want(new_id(), [new_id()]),
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

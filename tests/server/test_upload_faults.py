"""One photo, everything that goes wrong on its way, against a real server process."""

from __future__ import annotations

import base64
import hashlib
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.ids import new_id
from reporterdesk.server.config import ServerConfig
from reporterdesk.server.database import Database
from reporterdesk.server.service.records import record_change
from support.api import Api, message, photo
from support.servers import fill, running_server
from support.uploading import (
    BYTES,
    another_device,
    begun_patch,
    fresh,
    offset_of,
    opened,
    read_status,
    send_all,
    wait_for_offset,
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the server's data."""
    folder = tmp_path_factory.mktemp("server") / "data"
    fill(folder)
    return folder


@pytest.fixture(scope="module")
def ana(data: Path) -> Iterator[Api]:
    """A reporter, signed in at a server process."""
    with running_server(data) as server:
        api = Api(server.url, "ana@example.org")
        yield api
        api.close()


def photo_status(api: Api, url: str) -> tuple[int, bytes]:
    """Ask for the photo whose upload is at ``url``."""
    sha256 = url.rpartition("/")[2]
    answer = api.get(f"/v1/photos/{sha256}/preview")
    return answer.status_code, answer.content if answer.status_code == 200 else b""


def test_two_uploads_of_the_same_photo_at_once(ana: Api) -> None:
    """Both end well, and whoever looks meanwhile sees nothing or the whole photo."""
    data = fresh(400_000)
    url = opened(ana, data)
    devices = [another_device(ana) for _ in range(3)]
    ended = threading.Event()

    def look() -> set[tuple[int, bytes]]:
        seen = set()
        while not ended.is_set():
            seen.add(photo_status(devices[2], url))
        return seen

    with ThreadPoolExecutor(3) as pool:
        looking = pool.submit(look)
        sending = [pool.submit(send_all, device, url, data, 30_000) for device in devices[:2]]
        statuses = [status for each in sending for status in each.result()]
        ended.set()
    assert statuses.count(204) >= 14
    assert set(statuses) <= {204, 409, 423}
    assert looking.result() <= {(404, b""), (200, data)}
    assert photo_status(ana, url) == (200, data)
    for device in devices:
        device.close()


def partial_of(data: Path, url: str) -> Path:
    """Return the file in which the server gathers an upload."""
    return data / "uploads" / url.removeprefix("/v1/uploads/")


def test_a_stalled_writer_that_wakes_up_does_no_harm(ana: Api, data: Path) -> None:
    body = fresh(200_000)
    url = opened(ana, body)
    other = another_device(ana)
    with begun_patch(ana, url, body[:50_000], length=len(body)) as stalled:
        wait_for_size(partial_of(data, url), 50_000)
        # It waits until the first has been silent for three seconds, and then takes over.
        assert other.patch(url, 0, body[:100_000]).status_code == 204
        assert read_status(stalled) == 423
        stalled.sendall(b"x" * (len(body) - 50_000))
        assert other.patch(url, 100_000, body[100_000:]).status_code == 204
    other.close()
    assert photo_status(ana, url) == (200, body)


def test_a_writer_that_goes_on_slowly_is_not_robbed(ana: Api, data: Path) -> None:
    body = fresh(50_000)
    url = opened(ana, body)
    other = another_device(ana)
    with begun_patch(ana, url, body[:1], length=len(body)) as slow, ThreadPoolExecutor(1) as pool:
        wait_for_size(partial_of(data, url), 1)
        newcomer = pool.submit(other.patch, url, 0, body)
        for at in range(1, 40):
            slow.sendall(body[at : at + 1])
            threading.Event().wait(0.1)  # four seconds in all, never silent for three
        slow.sendall(body[40:])
        assert read_status(slow) == 204
        answer = newcomer.result()
    other.close()
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, str(len(body)))
    assert photo_status(ana, url) == (200, body)


@pytest.mark.parametrize("offset", [1, 501, 999, 1000, 1001, 2**31, 2**63, 10**40])
def test_an_offset_beyond_the_end_is_told_the_right_one(ana: Api, offset: int) -> None:
    data = fresh(1000)
    url = opened(ana, data)
    if offset > 1:
        assert ana.patch(url, 0, data[:500]).status_code == 204
    held = offset_of(ana, url)
    answer = ana.patch(url, offset, b"x")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/wrong-offset")
    assert answer.headers["Upload-Offset"] == str(held)
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert ana.patch(url, held, data[held:]).status_code == 204
    assert photo_status(ana, url) == (200, data)


def test_a_wrong_checksum_keeps_nothing_of_its_piece(ana: Api) -> None:
    data = fresh(900)
    url = opened(ana, data)
    wrong = hashlib.sha256(b"other bytes").digest()
    for start in (0, 300, 600):
        for _ in range(2):
            answer = ana.patch(url, start, data[start : start + 300], digest=wrong)
            assert answer.status_code == 460
            assert answer.headers["Upload-Offset"] == str(start) == str(offset_of(ana, url))
            assert photo_status(ana, url)[0] == 404
        assert ana.patch(url, start, data[start : start + 300]).status_code == 204
    assert photo_status(ana, url) == (200, data)


def test_right_pieces_of_another_photo_are_refused_at_the_last_byte(ana: Api) -> None:
    data, other = fresh(900), fresh(900)
    url = opened(ana, data)
    assert ana.patch(url, 0, other[:899]).status_code == 204
    answer = ana.patch(url, 899, other[899:])
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (460, "0")
    assert photo_status(ana, url)[0] == 404
    assert ana.patch(url, 0, data).status_code == 204


def test_a_body_longer_than_the_call_announced(ana: Api) -> None:
    """What stands after the announced length is no part of the call, and of no photo."""
    data = fresh(1000)
    url = opened(ana, data)
    with begun_patch(ana, url, data[:600] + b"x" * 300, length=600) as connection:
        assert read_status(connection) == 204
    assert offset_of(ana, url) == 600
    assert ana.patch(url, 600, data[600:]).status_code == 204
    assert photo_status(ana, url) == (200, data)


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "in-chunks"])
@pytest.mark.parametrize("kept", [0, 400])
def test_a_body_longer_than_the_photo(ana: Api, announced: bool, kept: int) -> None:
    data = fresh(1000)
    url = opened(ana, data)
    if kept:
        assert ana.patch(url, 0, data[:kept]).status_code == 204
    body = data[kept:] + b"x" * 100_000
    length = len(body) if announced else None
    with begun_patch(ana, url, body, length=length, offset=kept) as connection:
        assert read_status(connection) == 413
    assert offset_of(ana, url) == kept
    assert ana.patch(url, kept, data[kept:]).status_code == 204
    assert photo_status(ana, url) == (200, data)


def test_a_refusal_is_read_although_the_body_is_large(ana: Api) -> None:
    """The server goes on reading, so that the answer is not lost with the connection."""
    data = fresh(1000)
    url = opened(ana, data)
    for _ in range(2):
        assert ana.patch(url, 0, bytes(6_000_000)).status_code == 413
    assert ana.get("/v1/me").status_code == 200


def test_a_body_shorter_than_announced_counts_as_far_as_it_came(ana: Api, data: Path) -> None:
    body = fresh(1000)
    url = opened(ana, body)
    partial = partial_of(data, url)
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    with begun_patch(ana, url, body[:700], length=1000, checksum=f"sha256 {digest}") as connection:
        wait_for_size(partial, 700)
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(1) == b""
    # The checksum of the piece could not be checked; that of the whole photo will be.
    wait_for_offset(ana, url, 700)
    with begun_patch(ana, url, body[700:900], length=300, offset=700):
        wait_for_size(partial, 900)
    wait_for_offset(ana, url, 900)
    assert ana.patch(url, 900, body[900:]).status_code == 204
    assert photo_status(ana, url) == (200, body)


def test_bytes_damaged_before_a_break_make_the_upload_start_again(ana: Api, data: Path) -> None:
    body = fresh(1000)
    url = opened(ana, body)
    partial = partial_of(data, url)
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    with begun_patch(ana, url, b"?" * 700, length=1000, checksum=f"sha256 {digest}"):
        wait_for_size(partial, 700)
    wait_for_offset(ana, url, 700)
    assert ana.patch(url, 700, body[700:]).status_code == 460
    assert offset_of(ana, url) == 0
    assert ana.patch(url, 0, body).status_code == 204
    assert photo_status(ana, url) == (200, body)


def wait_for_size(file: Path, size: int) -> None:
    """Wait until a file of the server has so many bytes; the test's own timeout ends it."""
    while not file.exists() or file.stat().st_size != size:
        threading.Event().wait(0.01)


def test_a_size_that_is_put_right_during_an_upload(ana: Api, data: Path) -> None:
    """The upload starts again; it does not get stuck between the two sizes."""
    body = fresh(1000)
    wrong = photo(body, b"f" + body)
    wrong["renditions"]["preview"]["bytes"] = 2000
    report_id, first = new_id(), message(photos=[wrong])
    ana.file(report_id, first)
    place = f"{report_id}/{hashlib.sha256(body).hexdigest()}"
    url = f"/v1/uploads/{place}"
    with begun_patch(ana, url, body, length=1500) as connection:
        wait_for_size(data / "uploads" / place, 1000)
        right = photo(body, b"f" + body, id=wrong["id"])
        second = message(photos=[right])
        assert ana.file(report_id, second, parent=first["revision_id"]).status_code == 200
        connection.sendall(b"x" * 500)
        assert read_status(connection) == 409
    assert offset_of(ana, url) == 0
    assert ana.patch(url, 0, body).status_code == 204
    assert photo_status(ana, url) == (200, body)


def test_twenty_replays_at_once_are_one_revision(ana: Api) -> None:
    report_id, sent = new_id(), message(photos=[photo(fresh(), fresh())])
    devices = [another_device(ana) for _ in range(20)]
    ready = threading.Barrier(len(devices))

    def file(device: Api) -> tuple[int, str]:
        ready.wait()
        answer = device.file(report_id, sent)
        return answer.status_code, answer.text

    with ThreadPoolExecutor(len(devices)) as pool:
        answers = set(pool.map(file, devices))
    assert [status for status, _ in answers] == [201]
    lines = ana.get(f"/v1/reports/{report_id}/revisions").json()["revisions"]
    assert [line["revision_id"] for line in lines] == [sent["revision_id"]]
    entries = ana.get(f"/v1/reports/{report_id}/audit").json()["entries"]
    assert [entry["action"] for entry in entries] == ["file"]
    for device in devices:
        device.close()


def test_a_change_that_is_committed_late_is_not_skipped(ana: Api, data: Path) -> None:
    """Another process takes a number and dawdles; whoever follows the changes misses nothing."""
    cursor = caught_up(ana)
    early, late = new_id(), new_id()
    first = message()
    assert ana.file(early, first).status_code == 201
    reporter, reader = another_device(ana), another_device(ana)
    with ThreadPoolExecutor(2) as pool:
        other = Database(ServerConfig(data).database)
        with other.write(announce=False) as connection:
            record_change(connection, early, "late", first["revision_id"], utc_now())
            filing = pool.submit(reporter.file, late, message())
            seen = ana.get("/v1/changes", params={"after": cursor}).json()
            assert [change["kind"] for change in seen["changes"]] == ["filed"]
            waiting = pool.submit(
                reader.get, "/v1/changes", params={"after": seen["cursor"], "wait": 30}
            )
            assert not filing.done()
        other.close()
        assert filing.result().status_code == 201
        found = waiting.result().json()
    found["changes"] += ana.get("/v1/changes", params={"after": found["cursor"]}).json()["changes"]
    for device in (reporter, reader):
        device.close()
    told = [(change["report_id"], change["kind"]) for change in found["changes"]]
    assert told == [(early, "late"), (late, "filed")]


def caught_up(api: Api) -> str:
    """Return the cursor after which nothing has happened yet."""
    page = api.get("/v1/changes").json()
    while page["changes"]:
        page = api.get("/v1/changes", params={"after": page["cursor"]}).json()
    return str(page["cursor"])


@pytest.mark.parametrize("media_type", ["image/jpeg", "", f"{BYTES}; charset=x"])
def test_only_the_media_type_of_the_protocol_is_taken(ana: Api, media_type: str) -> None:
    data = fresh()
    url = opened(ana, data)
    answer = ana.patch(url, 0, data, Content_Type=media_type)
    assert answer.status_code == (204 if media_type.startswith(BYTES) else 415)

"""Photo bytes by tus: offsets that hold, checksums, one writer at a time, full disks."""

from __future__ import annotations

import errno
import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from reporterdesk.domain.ids import new_id
from reporterdesk.server.app import create_app
from reporterdesk.server.config import ServerConfig
from reporterdesk.server.media import FolderMedia
from support.api import Api, message, photo
from support.servers import fill, threaded_server
from support.uploading import another_device, begun_patch, fresh, opened, wait_for_offset


def test_the_missing_photos_come_previews_first(ana: Api) -> None:
    one, two = photo(fresh(), fresh()), photo(fresh(), fresh())
    missing = ana.file(new_id(), message(photos=[one, two])).json()["missing"]
    assert [part["rendition"] for part in missing] == ["preview", "preview", "full", "full"]
    assert {part["offset"] for part in missing} == {0}


def test_bytes_arrive_in_pieces(ana: Api, eve: Api) -> None:
    data = fresh()
    url = opened(ana, data)
    report_id, sha256 = url.split("/")[-2:]
    for start in range(0, 1000, 250):
        where = ana.head(url)
        assert (where.headers["Upload-Offset"], where.headers["Upload-Length"]) == (
            str(start),
            "1000",
        )
        assert where.headers["Cache-Control"] == "no-store"
        assert where.headers["Tus-Resumable"] == "1.0.0"
        answer = ana.patch(url, start, data[start : start + 250])
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, str(start + 250))
    assert ana.head(url).headers["Upload-Offset"] == "1000"
    assert eve.get(f"/v1/photos/{sha256}/preview").content == data
    found = ana.get(f"/v1/reports/{report_id}").json()
    assert found["receipt"]["photos"] == {sha256: 1000}
    assert [part["rendition"] for part in found["missing"]] == ["full"]


def test_what_has_arrived_needs_no_upload_in_the_next_revision(ana: Api) -> None:
    data = fresh()
    report_id, first = new_id(), message(photos=[photo(data, data)])
    assert len(ana.file(report_id, first).json()["missing"]) == 1
    sha256 = hashlib.sha256(data).hexdigest()
    ana.patch(f"/v1/uploads/{report_id}/{sha256}", 0, data)
    second = message(photos=first["photos"])
    answer = ana.file(report_id, second, parent=first["revision_id"]).json()
    assert (answer["missing"], answer["receipt"]["photos"]) == ([], {sha256: 1000})


def test_options_tell_what_is_spoken(ana: Api) -> None:
    answer = ana.call("OPTIONS", f"/v1/uploads/{new_id()}/{'0' * 64}")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "checksum"
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha256,sha1"


def test_a_wrong_offset_is_told_the_right_one(ana: Api) -> None:
    data = fresh()
    url = opened(ana, data)
    ana.patch(url, 0, data[:100])
    for offset in (0, 99, 101, 1000, 10**15):
        answer = ana.patch(url, offset, data[:1])
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/wrong-offset")
        assert answer.headers["Upload-Offset"] == "100"


def test_damaged_bytes_are_not_kept(ana: Api) -> None:
    data = fresh()
    url = opened(ana, data)
    ana.patch(url, 0, data[:100])
    answer = ana.patch(url, 100, data[100:], digest=b"\0" * 32)
    assert (answer.status_code, answer.json()["type"]) == (460, "/problems/wrong-checksum")
    assert answer.headers["Upload-Offset"] == "100"
    assert ana.head(url).headers["Upload-Offset"] == "100"
    assert ana.patch(url, 100, data[100:]).status_code == 204


def test_bytes_that_are_not_the_photo_start_again(ana: Api) -> None:
    data = fresh()
    url = opened(ana, data)
    ana.patch(url, 0, b"x" * 500)
    answer = ana.patch(url, 500, data[500:])
    assert (answer.status_code, answer.json()["type"]) == (460, "/problems/wrong-checksum")
    assert "starts again at 0" in answer.json()["detail"]
    assert ana.head(url).headers["Upload-Offset"] == "0"
    assert ana.patch(url, 0, data).status_code == 204


def test_nothing_goes_beyond_the_declared_size(ana: Api) -> None:
    data = fresh()
    url = opened(ana, data)
    answer = ana.patch(url, 0, data + b"x")
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")

    def unannounced() -> Iterator[bytes]:
        yield data
        yield b"x"

    headers = {
        "Tus-Resumable": "1.0.0",
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": "0",
    }
    assert ana.call("PATCH", url, data=unannounced(), headers=headers).status_code == 413
    assert ana.head(url).headers["Upload-Offset"] == "0"
    assert ana.patch(url, 0, data).status_code == 204
    assert ana.patch(url, 1000, b"").status_code == 204
    assert ana.patch(url, 1000, b"x").status_code == 413


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus_Resumable": "0.2.2"}, 412),
        ({"Tus_Resumable": ""}, 412),
        ({"Content_Type": "image/jpeg"}, 415),
        ({"Upload_Offset": "-1"}, 422),
        ({"Upload_Offset": "one"}, 422),
        ({"Upload_Checksum": "md5 rL0Y20zC+Fzt72VPzMSk2A=="}, 400),
        ({"Upload_Checksum": "sha256 not-base64"}, 400),
        ({"Upload_Checksum": "sha256"}, 400),
    ],
)
def test_a_wrong_header_is_a_problem(ana: Api, headers: dict[str, str], status: int) -> None:
    data = fresh()
    url = opened(ana, data)
    answer = ana.patch(url, 0, data, **headers)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    if status == 412:
        assert answer.headers["Tus-Version"] == "1.0.0"
    assert ana.head(url).headers["Upload-Offset"] == "0"


def wait_for_bytes(app: FastAPI, url: str, count: int) -> None:
    """Wait until so many bytes are in the partial file; the test's own timeout ends it."""
    report_id, sha256 = url.split("/")[-2:]
    while app.state.parts.partial.length(report_id, sha256) < count:
        threading.Event().wait(0.01)


def test_a_new_writer_takes_over_from_one_that_stalled(ana: Api, app: FastAPI) -> None:
    data = fresh(300_000)
    url = opened(ana, data)
    with begun_patch(ana, url, data[:1000], length=len(data)) as stalled:
        wait_for_bytes(app, url, 1000)
        answer = ana.patch(url, 0, data)
        assert answer.status_code == 204
        assert b" 423 " in stalled.recv(100)
    assert ana.head(url).headers["Upload-Offset"] == str(len(data))


def test_two_writers_at_once_do_no_harm(ana: Api) -> None:
    data = fresh(3_000_000)
    url = opened(ana, data)
    answers: list[int] = []

    def send() -> None:
        api = another_device(ana)
        answers.append(api.patch(url, 0, data).status_code)
        api.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [204, 409, 409, 409]
    sha256 = url.rpartition("/")[2]
    assert ana.get(f"/v1/photos/{sha256}/preview").content == data


def test_what_came_before_the_connection_broke_is_kept(ana: Api, app: FastAPI) -> None:
    data = fresh(100_000)
    url = opened(ana, data)
    with begun_patch(ana, url, data[:60_000], length=len(data)):
        wait_for_bytes(app, url, 60_000)
    wait_for_offset(ana, url, 60_000)
    assert ana.patch(url, 60_000, data[60_000:]).status_code == 204


def test_a_wrongly_declared_size_can_be_put_right(ana: Api) -> None:
    data = fresh()
    wrong = photo(data, b"f" + data)
    wrong["renditions"]["preview"]["bytes"] = 999
    report_id, first = new_id(), message(photos=[wrong])
    ana.file(report_id, first)
    url = f"/v1/uploads/{report_id}/{hashlib.sha256(data).hexdigest()}"
    assert ana.patch(url, 0, data).status_code == 413
    assert ana.patch(url, 0, data[:999]).status_code == 460
    second = message(photos=[photo(data, b"f" + data)])
    ana.file(report_id, second, parent=first["revision_id"])
    assert ana.patch(url, 0, data).status_code == 204


class FullDisk(FolderMedia):
    """A folder on a disk that is full until somebody makes room."""

    full = True

    def put(self, sha256: str, source: Path) -> None:
        """Fail as a full disk does."""
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        super().put(sha256, source)


def test_a_full_disk_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    fill(tmp_path / "data")
    media = FullDisk(tmp_path / "data" / "photos")
    app = create_app(ServerConfig(tmp_path / "data"), media=media)
    with threaded_server(app) as url:
        ana = Api(url, "ana@example.org")
        data = fresh()
        upload = opened(ana, data)
        assert ana.patch(upload, 0, data[:600]).status_code == 204
        answer = ana.patch(upload, 600, data[600:])
        assert (answer.status_code, answer.json()["type"]) == (507, "/problems/no-room")
        assert ana.head(upload).headers["Upload-Offset"] == "600"
        assert ana.get("/healthz").text == "ok\n"
        media.full = False
        assert ana.patch(upload, 600, data[600:]).status_code == 204
        ana.close()

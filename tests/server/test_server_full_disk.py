"""The server's disk is full, really: it says so, loses nothing, and goes on when there is room."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from reporterdesk.domain.ids import new_id
from reporterdesk.server.run import serve
from support.api import Api, message, photo
from support.dying_server import DyingServers
from support.servers import PASSWORD, fill
from support.small_disk import SmallDisk, small_disk
from support.uploading import fresh, offset_of, opened

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="Mounts a small disk, and forks."
)
_PIECE = 100_000


@pytest.fixture(scope="module")
def mounted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallDisk]:
    """A disk of 16 MB with the data of a server on it."""
    folder = tmp_path_factory.mktemp("server") / "disk"
    with small_disk(folder, megabytes=16) as made:
        if made is None:
            pytest.skip("Nobody may mount a file system here.")
        for name in ("data", "other"):
            fill(folder / name)
        yield made


@pytest.fixture
def disk(mounted: SmallDisk) -> SmallDisk:
    mounted.make_room()
    return mounted


@pytest.fixture(scope="module")
def ana(mounted: SmallDisk, servers: DyingServers) -> Iterator[Api]:
    """A reporter, signed in at a server process on that disk."""
    mounted.make_room()  # a test that needs no reporter may have filled it before
    server = servers.start(mounted.folder / "data", watched=False)
    api = Api(server.url, "ana@example.org")
    yield api
    api.close()
    server.kill()


def assert_no_room(answer: requests.Response) -> None:
    assert (answer.status_code, answer.json()["type"]) == (507, "/problems/no-room"), answer.text
    assert int(answer.headers["Retry-After"]) > 0


def send_until_full(api: Api, url: str, body: bytes, offset: int) -> int:
    """Send pieces until the server has no room; return how much it has acknowledged."""
    while True:
        answer = api.patch(url, offset, body[offset : offset + _PIECE])
        if answer.status_code != 204:
            assert_no_room(answer)
            return offset
        offset = int(answer.headers["Upload-Offset"])


def test_it_takes_nothing_loses_nothing_and_goes_on(ana: Api, disk: SmallDisk) -> None:
    body = fresh(600_000)
    report_id, first = new_id(), message(body="Before.\n", photos=[photo(body, body)])
    assert ana.file(report_id, first).status_code == 201
    url = f"/v1/uploads/{report_id}/{hashlib.sha256(body).hexdigest()}"
    assert ana.patch(url, 0, body[:_PIECE]).status_code == 204
    disk.fill()
    held = send_until_full(ana, url, body, _PIECE)
    later = message(body="Words that do not fit.\n" * 2_000, photos=first["photos"])
    for _ in range(2):
        assert_no_room(ana.patch(url, held, body[held:]))
        assert_no_room(ana.file(report_id, later, parent=first["revision_id"]))
        assert_no_room(ana.file(new_id(), later))
    # Whatever only reads goes on.
    assert offset_of(ana, url) == held
    found: dict[str, Any] = ana.get(f"/v1/reports/{report_id}").json()
    assert (found["body"], found["number"]) == ("Before.\n", 1)
    for path in ("/healthz", "/readyz", "/v1/me", "/v1/changes", "/v1/reports", "/"):
        assert ana.get(path).status_code == 200
    disk.make_room()
    assert ana.file(report_id, later, parent=first["revision_id"]).json()["report"]["number"] == 2
    assert ana.patch(url, held, body[held:]).status_code == 204
    assert ana.get(f"/v1/photos/{url.rpartition('/')[2]}/full").content == body


def test_a_last_piece_without_room_for_the_whole_photo(ana: Api, disk: SmallDisk) -> None:
    """The photo is written a second time when it is whole; then the room may be missing."""
    body = fresh(2_000_000)
    url = opened(ana, body)
    assert ana.patch(url, 0, body[:1_900_000]).status_code == 204
    disk.fill()
    ballast = disk.folder / "ballast"
    with ballast.open("r+b") as file:  # room for the last piece, not for the photo
        file.truncate(ballast.stat().st_size - 500_000)
    for _ in range(2):
        assert_no_room(ana.patch(url, 1_900_000, body[1_900_000:]))
        assert offset_of(ana, url) == 1_900_000
        assert ana.get(f"/v1/photos/{url.rpartition('/')[2]}/preview").status_code == 404
    assert list((disk.folder / "data" / "photos" / "incoming").iterdir()) == []
    disk.make_room()
    assert ana.patch(url, 1_900_000, body[1_900_000:]).status_code == 204
    assert ana.get(f"/v1/photos/{url.rpartition('/')[2]}/preview").content == body


def test_killed_while_it_is_full_and_started_again(disk: SmallDisk, servers: DyingServers) -> None:
    body, data = fresh(600_000), disk.folder / "other"
    server = servers.start(data, watched=False)
    ana = Api(server.url, "ana@example.org")
    url = opened(ana, body)
    disk.fill()
    held = send_until_full(ana, url, body, 0)
    server.kill()
    server = servers.start(data, watched=False)
    ana.url = server.url
    assert offset_of(ana, url) == held
    assert_no_room(ana.patch(url, held, body[held:]))
    sign_in = {"email": "ana@example.org", "password": PASSWORD, "device": "another"}
    tried = requests.post(f"{server.url}/v1/tokens", json=sign_in, timeout=30)
    assert tried.status_code in {201, 507}  # what is free in the database may be enough
    disk.make_room()
    assert ana.patch(url, held, body[held:]).status_code == 204
    assert ana.get(f"/v1/photos/{url.rpartition('/')[2]}/preview").content == body
    ana.close()
    server.kill()


def test_a_start_on_a_full_disk_is_refused_in_a_sentence(
    disk: SmallDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    data = disk.folder / "third"
    fill(data)
    disk.fill()
    assert serve(data, port=0) == 1
    said = capsys.readouterr().err
    assert "is full. Nothing was changed. Make room, and start the server again." in said

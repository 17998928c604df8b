"""Other people's tus: their clients with our server, and our uploader with their server."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
import requests

from reporterdesk.domain.errors import NoConnection
from reporterdesk.publishing.reference import ReferenceConnector
from reporterdesk.store.outbox import Upload
from reporterdesk.sync.uplink import Uplink
from reporterdesk.sync.uploads import Uploads
from support.api import Api
from support.third_party import MISSING, TusServer, has_node, prepared, send, tus_server
from support.uploading import another_device, fresh, offset_of, opened, wait_for_offset

PIECE = 64 * 1024
needs_node = pytest.mark.skipif(not has_node(), reason=MISSING)


@pytest.fixture(scope="module")
def scripts() -> Path:
    """The folder with other people's packages."""
    return prepared()


@pytest.fixture
def photo_file(tmp_path: Path) -> Path:
    """A file of some pieces and a bit."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(fresh(5 * PIECE + 17))
    return path


def assert_arrived(api: Api, url: str, data: bytes) -> None:
    """Compare the photo that the desk holds with what was sent."""
    sha256 = url.rpartition("/")[2]
    answer = api.get(f"/v1/photos/{sha256}/preview")
    assert (answer.status_code, answer.content) == (200, data)


def tuspy(api: Api, path: str, stream: IO[bytes], **options: Any) -> Any:
    """Return an uploader of tuspy; its own way of opening files leaves them open."""
    from tusclient.client import TusClient  # with all of aiohttp, which no other test needs

    client = TusClient(api.url, headers={"Authorization": f"Bearer {api.token}"})
    return client.uploader(file_stream=stream, url=api.url + path, **options)


@pytest.mark.parametrize("checksum", [False, True], ids=["plain", "checksum"])
def test_tuspy_completes_and_resumes(ana: Api, photo_file: Path, checksum: bool) -> None:
    data = photo_file.read_bytes()
    path = opened(ana, data)
    options = {"chunk_size": PIECE, "upload_checksum": checksum}
    with photo_file.open("rb") as stream:
        first = tuspy(ana, path, stream, **options)
        first.upload_chunk()
        first.upload_chunk()
        assert first.offset == offset_of(ana, path) == 2 * PIECE
    with photo_file.open("rb") as stream:
        second = tuspy(ana, path, stream, **options)
        assert second.offset == 2 * PIECE
        second.upload()
        assert second.offset == len(data)
        assert_arrived(ana, path, data)
        assert tuspy(ana, path, stream).offset == len(data)


def test_tuspy_goes_on_where_another_writer_broke_off(ana: Api, photo_file: Path) -> None:
    data = photo_file.read_bytes()
    path = opened(ana, data)
    other = another_device(ana)
    assert other.patch(path, 0, data[:1000]).status_code == 204
    other.close()
    with photo_file.open("rb") as stream:
        tuspy(ana, path, stream).upload()
    assert_arrived(ana, path, data)


@needs_node
def test_tus_js_client_completes_and_resumes(ana: Api, photo_file: Path, scripts: Path) -> None:
    data = photo_file.read_bytes()
    path = opened(ana, data)
    stopped = send(scripts, ana.url + path, photo_file, ana.token, chunk=PIECE, stop=2 * PIECE)
    assert {"done": True} not in stopped
    wait_for_offset(ana, path, 2 * PIECE)
    said = send(scripts, ana.url + path, photo_file, ana.token, chunk=PIECE)
    calls = [(line["method"], line["status"]) for line in said if "method" in line]
    assert calls == [("HEAD", 200)] + [("PATCH", 204)] * 4
    assert next(line["offset"] for line in said if "offset" in line) == 3 * PIECE
    assert said[-1] == {"done": True}
    assert_arrived(ana, path, data)


@pytest.fixture
def other_server(scripts: Path, tmp_path: Path) -> Iterator[TusServer]:
    with tus_server(scripts, tmp_path / "files") as server:
        yield server


def created(server: TusServer, size: int) -> str:
    """Open an upload at their server, as ours opens one when a report is filed."""
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(size)}
    answer = requests.post(f"{server.url}/v1/uploads", headers=headers, timeout=30)
    assert answer.status_code == 201
    return answer.headers["Location"].removeprefix(server.url)


def upload_of(data: bytes, url: str, offset: int) -> Upload:
    """Return an upload as it stands in the outbox."""
    return Upload(hashlib.sha256(data).hexdigest(), "full", url, offset, len(data))


@needs_node
def test_our_uploader_completes_and_resumes_at_another_server(
    other_server: TusServer, scripts: Path, tmp_path: Path
) -> None:
    data = fresh(5 * PIECE + 17)
    path = created(other_server, len(data))

    def read(_: str, offset: int, length: int) -> bytes:
        return data[offset : offset + length]

    def uploader() -> Uploads:
        return Uploads(read, Uplink(), time.monotonic)

    uploads = uploader()
    connector = ReferenceConnector(other_server.url, "no token of theirs")
    offset = 0
    for _ in range(2):
        offset = uploads.send_piece(connector, upload_of(data, path, offset), PIECE)
    assert offset == 2 * PIECE
    other_server.kill()
    with pytest.raises(NoConnection):
        uploads.send_piece(connector, upload_of(data, path, offset), PIECE)
    connector.close()
    with tus_server(scripts, other_server.folder) as again:
        connector = ReferenceConnector(again.url, "no token of theirs")
        # What the outbox last heard of was older than what has arrived: it asks, and goes on.
        offset, uploads = PIECE, uploader()
        while offset < len(data):
            offset = uploads.send_piece(connector, upload_of(data, path, offset), PIECE)
        connector.close()
        assert [(call["method"], call["status"]) for call in again.calls][:2] == [
            ("PATCH", 409),
            ("HEAD", 200),
        ]
    name = path.rpartition("/")[2]
    assert (other_server.folder / name).read_bytes() == data

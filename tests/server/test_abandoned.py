"""Uploads that were begun and never ended: removed by age, and nobody who still sends is hurt."""

from __future__ import annotations

import asyncio
import hashlib
import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import insert, select

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.ids import new_id
from reporterdesk.server.app import create_app
from reporterdesk.server.config import ServerConfig
from reporterdesk.server.database import Database
from reporterdesk.server.leases import UploadLeases, upload_key
from reporterdesk.server.partial import PartialUploads
from reporterdesk.server.service.cleaning import Cleaning
from reporterdesk.server.tables import uploads
from support.api import Api, message
from support.servers import fill, threaded_server
from support.uploading import begun_patch, fresh, offset_of, opened, read_status

KEPT_FOR = timedelta(days=14)
MANY = int(os.environ.get("REPORTERDESK_ABANDONED", "1000"))
"""How many uploads were abandoned; see the README for a run with ten thousand."""


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    """A server's application with the sample people."""
    fill(tmp_path / "data")
    return create_app(ServerConfig(tmp_path / "data", upload_stalled_after=0.5))


@pytest.fixture
def ana(app: FastAPI) -> Iterator[Api]:
    """A reporter at that server."""
    with threaded_server(app) as url:
        api = Api(url, "ana@example.org")
        yield api
        api.close()


def cleaning_of(app: FastAPI, **changed: object) -> Cleaning:
    """Return the cleaner of an application."""
    parts = app.state.parts
    cleaner = Cleaning(parts.database, parts.partial, parts.leases, KEPT_FOR)
    return replace(cleaner, **changed)  # type: ignore[arg-type]


def age(file: Path, days: float) -> None:
    """Let a file have been written so many days ago."""
    then = (utc_now() - timedelta(days=days)).timestamp()
    os.utime(file, (then, then))


def partial_of(app: FastAPI, url: str) -> Path:
    """Return the file of the upload at ``url``."""
    report_id, sha256 = url.split("/")[-2:]
    path: Path = app.state.parts.partial.path(report_id, sha256)
    return path


def test_what_got_no_byte_for_long_starts_again_at_0(app: FastAPI, ana: Api) -> None:
    data, other = fresh(), fresh()
    old, young = opened(ana, data), opened(ana, other)
    for url, body in ((old, data), (young, other)):
        assert ana.patch(url, 0, body[:500]).status_code == 204
    age(partial_of(app, old), 14.1)
    age(partial_of(app, young), 13.9)
    assert asyncio.run(cleaning_of(app).clean(utc_now())) == 1
    assert not partial_of(app, old).parent.exists()
    assert [offset_of(ana, url) for url in (old, young)] == [0, 500]
    report_id = old.split("/")[-2]
    missing = ana.get(f"/v1/reports/{report_id}").json()["missing"]
    assert {part["offset"] for part in missing} == {0}
    assert ana.patch(old, 500, data[500:]).status_code == 409
    assert ana.patch(old, 0, data).status_code == 204
    assert ana.patch(young, 500, other[500:]).status_code == 204
    assert asyncio.run(cleaning_of(app).clean(utc_now() + 2 * KEPT_FOR)) == 0


def test_what_a_crash_left_of_a_whole_photo_goes_at_once(app: FastAPI, ana: Api) -> None:
    data = fresh()
    url = opened(ana, data)
    assert ana.patch(url, 0, data).status_code == 204
    left = partial_of(app, url)
    left.parent.mkdir()
    left.write_bytes(data)
    assert asyncio.run(cleaning_of(app).clean(utc_now())) == 1
    assert not left.exists()
    assert offset_of(ana, url) == len(data)
    sha256 = url.rpartition("/")[2]
    assert ana.get(f"/v1/photos/{sha256}/preview").content == data


def test_who_sends_just_now_is_left_alone(app: FastAPI, ana: Api) -> None:
    """However old the file looks: a writer holds the upload."""
    data = fresh()
    url = opened(ana, data)
    parts = app.state.parts
    with begun_patch(ana, url, data[:600], length=len(data)) as connection:
        while parts.partial.length(*url.split("/")[-2:]) < 600:
            threading.Event().wait(0.01)
        age(partial_of(app, url), 100)
        assert asyncio.run(cleaning_of(app).clean(utc_now())) == 0
        connection.sendall(data[600:])
        assert read_status(connection) == 204
    sha256 = url.rpartition("/")[2]
    assert ana.get(f"/v1/photos/{sha256}/preview").content == data


def test_a_writer_who_comes_while_it_is_cleaned_waits(tmp_path: Path) -> None:
    leases = UploadLeases(stalled_after=0.01)

    async def run() -> list[str]:
        order: list[str] = []

        async def write() -> None:
            async with leases.hold("a/b"):
                order.append("written")

        with leases.idle(["a/b", "c/d"]) as free:
            assert sorted(free) == ["a/b", "c/d"]
            with leases.idle(["a/b", "e/f"]) as rest:
                assert rest == ["e/f"]
            writer = asyncio.create_task(write())
            await asyncio.sleep(0.05)
            order.append("cleaned")
        await writer
        return order

    assert asyncio.run(run()) == ["cleaned", "written"]


def test_what_is_no_upload_goes_by_age_and_a_crash_in_between_is_made_good(
    app: FastAPI, ana: Api
) -> None:
    data = fresh()
    url = opened(ana, data)
    assert ana.patch(url, 0, data[:500]).status_code == 204
    unknown = app.state.parts.partial.path(new_id(), "0" * 64)
    unknown.parent.mkdir()
    unknown.write_bytes(b"of a database that was restored")
    for file in (unknown, partial_of(app, url)):
        age(file, 15)

    class Dying(PartialUploads):
        def remove(self, report_id: str, sha256: str) -> None:
            raise KeyboardInterrupt

    folder = ServerConfig(app.state.parts.config.data).partial_uploads
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(cleaning_of(app, partial=Dying(folder)).clean(utc_now()))
    assert offset_of(ana, url) == 0
    assert asyncio.run(cleaning_of(app).clean(utc_now())) == 2
    assert list(folder.iterdir()) == []
    assert ana.patch(url, 0, data).status_code == 204


def abandon(data: Path, report_ids: list[str], count: int) -> None:
    """Begin so many uploads of these reports, a month ago."""
    each = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(count)]
    pairs = [(report_ids[number % len(report_ids)], sha) for number, sha in enumerate(each)]
    row = {"renditions": "full", "media_type": "image/jpeg", "bytes": 9, "offset": 5}
    database = Database(ServerConfig(data).database)
    with database.write() as connection:
        rows = [row | {"report_id": report, "sha256": sha256} for report, sha256 in pairs]
        connection.execute(insert(uploads), rows)
    database.close()
    for report_id in report_ids:
        (data / "uploads" / report_id).mkdir(parents=True)
    then = (utc_now() - timedelta(days=30)).timestamp()
    for report_id, sha256 in pairs:
        handle = os.open(data / "uploads" / report_id / sha256, os.O_WRONLY | os.O_CREAT)
        os.write(handle, b"bytes")
        os.utime(handle, (then, then))
        os.close(handle)


def test_very_many_abandoned_uploads_are_cleaned_up_while_others_work(tmp_path: Path) -> None:
    data = tmp_path / "data"
    fill(data)
    ids = [new_id() for _ in range(4)]
    with threaded_server(create_app(ServerConfig(data))) as address:
        ana = Api(address, "ana@example.org")
        for report_id in ids:
            assert ana.file(report_id, message()).status_code == 201
    abandon(data, ids, MANY)
    with threaded_server(create_app(ServerConfig(data))) as ana.url:
        # It serves from the first moment, and whoever sends is not kept waiting.
        body = fresh()
        url = opened(ana, body)
        assert ana.patch(url, 0, body[:500]).status_code == 204
        ours = url.split("/")[-2]
        while [path.name for path in (data / "uploads").iterdir()] != [ours]:
            threading.Event().wait(0.05)
            assert ana.get("/healthz").text == "ok\n"
        assert ana.patch(url, 500, body[500:]).status_code == 204
        ana.close()
    database = Database(ServerConfig(data).database)
    with database.read() as connection:
        begun = select(uploads.c.sha256).where(uploads.c.offset > 0, uploads.c.held_at.is_(None))
        assert connection.execute(begun).all() == []
    database.close()


def test_the_age_is_told_by_the_clock_of_the_server(app: FastAPI, ana: Api) -> None:
    data = fresh()
    url = opened(ana, data)
    assert ana.patch(url, 0, data[:500]).status_code == 204
    back = datetime(2001, 1, 1, tzinfo=UTC)
    assert asyncio.run(cleaning_of(app).clean(back)) == 0
    assert asyncio.run(cleaning_of(app).clean(utc_now())) == 0
    assert offset_of(ana, url) == 500
    assert upload_key(*url.split("/")[-2:]) == url.removeprefix("/v1/uploads/")

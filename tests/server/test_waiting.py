"""Waiting for changes: next to nothing on the wire, nothing at the server, and an end at once."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.ids import new_id
from reporterdesk.server.app import create_app
from reporterdesk.server.config import ServerConfig
from reporterdesk.server.database import Database
from reporterdesk.server.parts import Bell
from reporterdesk.server.rounds import Rounds
from reporterdesk.server.run import make_server
from reporterdesk.server.service.records import record_change
from support.api import Api, message
from support.servers import fill, running_server, threaded_server
from support.uploading import another_device


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    """A server of its own: nobody else waits there."""
    fill(tmp_path / "data")
    return create_app(ServerConfig(tmp_path / "data"))


@pytest.fixture
def ana(app: FastAPI) -> Iterator[Api]:
    with threaded_server(app) as url:
        api = Api(url, "ana@example.org")
        yield api
        api.close()


def caught_up(api: Api) -> str:
    """Return the cursor after which nothing has happened yet."""
    return str(api.get("/v1/changes").json()["cursor"])


def ask(api: Api, path: str) -> socket.socket:
    """Send a call as the app does, and read nothing yet."""
    host = urlsplit(api.url)
    connection = socket.create_connection((host.hostname or "", host.port or 0), timeout=30)
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: {host.netloc}",
        "User-Agent: ReporterDesk/0.1.0",
        "Accept-Encoding: gzip",
        "Accept: application/json",
        "Connection: keep-alive",
        f"Authorization: Bearer {api.token}",
    ]
    connection.sendall("\r\n".join([*lines, "", ""]).encode())
    return connection


def whole_answer(connection: socket.socket) -> bytes:
    """Read an answer to its end."""
    answer = connection.recv(65536)
    while not answer.endswith(b"}"):
        more = connection.recv(65536)
        assert more, answer
        answer += more
    return answer


def wait_for_waiting(app: FastAPI, count: int) -> None:
    """Wait until so many calls wait for a change; the test's own timeout ends it."""
    while len(app.state.parts.bell._waiting) != count:
        threading.Event().wait(0.01)


def test_an_answer_that_says_nothing_is_small(ana: Api) -> None:
    with ask(ana, f"/v1/changes?after={caught_up(ana)}&wait=0.1") as connection:
        answer = whole_answer(connection)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b'"changes":[]' in answer
    assert len(answer) < 240


def test_the_limits_fit_each_other(app: FastAPI) -> None:
    """A connection that was silent as long as anybody waits is still open for the next call."""
    config: ServerConfig = app.state.parts.config
    served = make_server(app, config).config
    assert served.timeout_keep_alive == config.keep_alive > config.longest_wait
    app.state.parts.database.close()


def test_a_wait_has_a_ceiling(tmp_path: Path) -> None:
    fill(tmp_path / "data")
    app = create_app(ServerConfig(tmp_path / "data", longest_wait=0.1))
    with threaded_server(app) as url:
        ana = Api(url, "ana@example.org")
        answer = ana.get("/v1/changes", params={"after": caught_up(ana), "wait": 10**9})
        assert answer.json()["changes"] == []
        ana.close()


def test_who_hangs_up_is_let_go(ana: Api, app: FastAPI) -> None:
    path = f"/v1/changes?after={caught_up(ana)}&wait=200"
    connections = [ask(ana, path) for _ in range(5)]
    wait_for_waiting(app, 5)
    for connection in connections[:3]:
        connection.close()
    wait_for_waiting(app, 2)
    assert ana.file(new_id(), message()).status_code == 201
    for connection in connections[3:]:
        assert b'"kind":"filed"' in whole_answer(connection)
        connection.close()
    wait_for_waiting(app, 0)


def test_what_another_process_wrote_is_told_to_all_who_wait(ana: Api, app: FastAPI) -> None:
    report_id, sent = new_id(), message()
    ana.file(report_id, sent)
    cursor = ana.get("/v1/changes").json()["cursor"]
    devices = [another_device(ana) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        waiting = [
            pool.submit(device.get, "/v1/changes", params={"after": cursor, "wait": 60})
            for device in devices
        ]
        wait_for_waiting(app, 4)
        other = Database(app.state.parts.config.database)
        with other.write() as connection:
            record_change(connection, report_id, "elsewhere", sent["revision_id"], utc_now())
        other.close()
        for answer in waiting:
            changes = answer.result().json()["changes"]
            assert [change["kind"] for change in changes] == ["elsewhere"]
    for device in devices:
        device.close()


def test_a_look_that_finds_nothing_new_wakes_nobody(
    ana: Api, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many wait: while nothing changes, the database is asked for all of them at once."""
    parts = app.state.parts
    rung: list[int] = []
    monkeypatch.setattr(Bell, "ring", lambda _: rung.append(1))
    rounds = Rounds(parts)

    async def look(times: int) -> None:
        for _ in range(times):
            await rounds.look()

    ana.file(new_id(), message())
    asyncio.run(look(1))
    rung.clear()
    with ask(ana, f"/v1/changes?after={caught_up(ana)}&wait=200"):
        wait_for_waiting(app, 1)
        asyncio.run(look(10))
        assert rung == []
    wait_for_waiting(app, 0)


def test_a_server_that_stops_answers_all_who_wait_at_once(tmp_path: Path) -> None:
    data = tmp_path / "data"
    fill(data)
    with running_server(data) as server:
        ana = Api(server.url, "ana@example.org")
        path = f"/v1/changes?after={caught_up(ana)}&wait=200"
        connections = [ask(ana, path) for _ in range(5)]
        for _ in range(10):  # by now the calls have been read
            assert ana.get("/readyz").text == "ready\n"
        server.process.terminate()
        for connection in connections:
            answer = whole_answer(connection)
            assert answer.startswith(b"HTTP/1.1 200 ")
            assert b'"changes":[]' in answer
            connection.close()
        assert server.process.wait(30) == 0
        ana.close()

"""The same server over PostgreSQL, where one is installed."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError

from reporterdesk.domain.ids import new_id
from reporterdesk.server.app import create_app
from reporterdesk.server.config import ServerConfig
from reporterdesk.server.tables import audit
from support.api import Api, message, photo
from support.servers import fill, threaded_server


def programs() -> Path | None:
    """Return the folder of PostgreSQL's own programs."""
    on_path = shutil.which("initdb")
    found = [Path(on_path)] if on_path else sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


pytestmark = [
    pytest.mark.skipif(programs() is None, reason="No PostgreSQL is installed here."),
    pytest.mark.skipif(
        importlib.util.find_spec("psycopg") is None, reason="The extra “postgresql” is missing."
    ),
]


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """Start a PostgreSQL of its own; give its URL."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    own: dict[str, Any] = {"stdout": subprocess.DEVNULL, "cwd": folder}
    if os.name == "posix" and os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "nobody")
        own["user"] = "nobody"
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    bin_, data = programs() or Path(), folder / "data"
    quick = f"-p {port} -k {folder} -h 127.0.0.1 -F"
    try:
        subprocess.run(
            [bin_ / "initdb", "-D", data, "-U", "desk", "-A", "trust", "-E", "UTF8"],
            check=True,
            **own,
        )
        start = [bin_ / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", quick, "start"]
        subprocess.run(start, check=True, **own)
        url = f"postgresql://desk@127.0.0.1:{port}/postgres"
        fill(folder / "unused", url)
        yield url
        subprocess.run([bin_ / "pg_ctl", "-D", data, "-m", "fast", "-w", "stop"], check=True, **own)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_the_whole_path_over_postgresql(postgresql: str, tmp_path: Path) -> None:
    app = create_app(ServerConfig(tmp_path / "data", database_url=postgresql))
    with threaded_server(app) as url:
        ana, eve = Api(url, "ana@example.org"), Api(url, "eve@example.org")
        report_id, sent = new_id(), message(body="nul \x00 é\n", photos=[photo(b"one", b"two")])
        with ThreadPoolExecutor(10) as pool:
            answers = list(pool.map(lambda _: ana.file(report_id, sent), range(10)))
        assert {answer.status_code for answer in answers} == {201}
        for part, chunk in zip(answers[0].json()["missing"], (b"one", b"two"), strict=True):
            assert ana.patch(part["upload_url"], 0, chunk).status_code == 204
        note = {"revision_id": sent["revision_id"], "text": "nul \x00"}
        assert (
            eve.call("PUT", f"/v1/reports/{report_id}/comments/{new_id()}", json=note).json()[
                "text"
            ]
            == "nul \ufffd"
        )
        published = eve.decide(report_id, "publish", sent["revision_id"], note="\x00")
        assert published.status_code == 200
        found = ana.get(f"/v1/reports/{report_id}").json()
        assert (found["status"], found["body"]) == ("published", sent["body"])
        assert ana.get(found["public_url"]).status_code == 200
        changes = eve.get("/v1/changes").json()["changes"]
        kinds = [change["kind"] for change in changes if change["report_id"] == report_id]
        assert kinds == ["filed", "photo", "photo", "commented", "published"]
        listed = eve.get("/v1/reports", params={"q": "BRIDGE", "limit": 1}).json()
        assert len(listed["reports"]) == 1
        database = app.state.parts.database
        with pytest.raises(DBAPIError, match="append-only"), database.write() as connection:
            connection.execute(delete(audit))
        ana.close()
        eve.close()


def test_no_change_is_skipped_while_many_write(postgresql: str, tmp_path: Path) -> None:
    app = create_app(ServerConfig(tmp_path / "data", database_url=postgresql))
    with threaded_server(app) as url:
        ana, eve = Api(url, "ana@example.org"), Api(url, "eve@example.org")
        cursor, ids, seen = None, [new_id() for _ in range(40)], []
        with ThreadPoolExecutor(6) as pool:
            filed = [pool.submit(ana.file, report_id, message()) for report_id in ids]
            while not set(ids) <= set(seen):
                answer = eve.get("/v1/changes", params={"after": cursor, "wait": 5}).json()
                seen += [change["report_id"] for change in answer["changes"]]
                cursor = answer["cursor"]
        assert all(answer.result().status_code == 201 for answer in filed)
        assert sorted(report_id for report_id in seen if report_id in ids) == sorted(ids)
        ana.close()
        eve.close()

"""The server's database: history that nobody can change, and files that it refuses."""

from __future__ import annotations

import errno
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.errors import StoreTooNew, StoreUnreadable
from reporterdesk.domain.ids import new_id
from reporterdesk.server.app import create_app
from reporterdesk.server.config import ServerConfig
from reporterdesk.server.database import Database
from reporterdesk.server.media import FolderMedia, ObjectMedia
from reporterdesk.server.middleware import unexpected
from reporterdesk.server.service.records import record_change
from reporterdesk.server.tables import audit, changes, meta, revisions
from support.api import Api, message
from support.servers import fill, threaded_server


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of an empty database."""
    return f"sqlite:///{tmp_path / 'server.db'}"


@pytest.fixture
def used(tmp_path: Path) -> Iterator[Database]:
    """A database with one filed report."""
    fill(tmp_path / "data")
    app = create_app(ServerConfig(tmp_path / "data"))
    with threaded_server(app) as address:
        ana = Api(address, "ana@example.org")
        ana.file(new_id(), message())
        ana.close()
        yield app.state.parts.database


@pytest.mark.parametrize("table", [audit, revisions], ids=["audit", "revisions"])
def test_history_cannot_be_changed(used: Database, table: Table) -> None:
    for statement in (update(table).values(report_id="x"), delete(table)):
        with pytest.raises(IntegrityError, match="append-only"), used.write() as writer:
            writer.execute(statement)


def test_a_duplicate_number_is_refused_by_the_table(used: Database) -> None:
    with used.read() as connection:
        row = connection.execute(select(revisions)).one()
    again = {**row._mapping, "id": new_id()}
    with pytest.raises(IntegrityError, match="UNIQUE"), used.write() as connection:
        connection.execute(insert(revisions).values(again))


def test_a_failed_write_leaves_nothing(url: str) -> None:
    rung: list[int] = []
    database = Database(url, lambda: rung.append(1))
    row = {"person": "x", "action": "x", "at": utc_now(), "note": "x"}
    with pytest.raises(IntegrityError), database.write() as connection:
        connection.execute(insert(audit), [row | {"seq": 1}, row | {"seq": 1}])
    with database.read() as connection:
        assert connection.execute(select(audit)).all() == []
    assert rung == []
    database.close()


def test_numbers_become_visible_in_their_order(url: str) -> None:
    """A second writer waits for the first, so a lower number is never committed later."""
    database = Database(url)
    order: list[str] = []
    first_is_in = threading.Event()

    def second() -> None:
        first_is_in.wait()
        with database.write() as connection:
            record_change(connection, "b", "filed", "b", utc_now())
        order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with database.write() as connection:
        number = record_change(connection, "a", "filed", "a", utc_now())
        first_is_in.set()
        with database.read() as reader:
            assert reader.execute(select(changes)).all() == []
        order.append("first")
    thread.join()
    with database.read() as connection:
        rows = connection.execute(select(changes).order_by(changes.c.seq)).all()
    assert [(row.seq, row.report_id) for row in rows] == [(number, "a"), (number + 1, "b")]
    assert order == ["first", "second"]
    database.close()


def test_a_newer_database_is_left_alone(url: str) -> None:
    database = Database(url)
    with database.write() as connection:
        connection.execute(update(meta).where(meta.c.key == "schema").values(value="99"))
    database.close()
    with pytest.raises(StoreTooNew):
        Database(url)


def test_a_file_that_is_no_database_is_left_alone(url: str, tmp_path: Path) -> None:
    (tmp_path / "server.db").write_bytes(b"no database " * 100)
    with pytest.raises(StoreUnreadable, match="cannot be read"):
        Database(url)
    assert (tmp_path / "server.db").read_bytes() == b"no database " * 100


def test_the_epoch_stays(url: str) -> None:
    names = []
    for _ in range(2):
        database = Database(url)
        names.append(database.epoch)
        database.close()
    assert names[0] == names[1]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 507),
        (OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full")), 507),
        (OSError(errno.EIO, "Input/output error"), 500),
        (OperationalError("INSERT", {}, sqlite3.OperationalError("database is locked")), 500),
        (KeyError("bug"), 500),
    ],
)
def test_what_nobody_expected_is_a_problem_too(error: Exception, status: int) -> None:
    problem = unexpected(error)
    assert problem.status == status
    assert "safe" in problem.detail
    assert "bug" not in problem.detail


@pytest.mark.parametrize("kind", [FolderMedia, ObjectMedia])
def test_both_stores_of_photos_keep_bytes(
    kind: type[FolderMedia | ObjectMedia], tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    media = FolderMedia(folder) if kind is FolderMedia else ObjectMedia(folder.as_uri())
    source = tmp_path / "source"
    source.write_bytes(b"x" * 1_000_000)
    media.put("ab" * 32, source)
    media.put("ab" * 32, source)
    assert b"".join(media.read("ab" * 32)) == source.read_bytes()
    with pytest.raises(FileNotFoundError):
        media.read("cd" * 32)

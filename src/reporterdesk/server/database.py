"""One way in for readers, one for writers; writers go one at a time.

That is what makes the changes' cursor safe: a change gets its number inside the serialised write
transaction, so numbers become visible in their order, and a cursor can never have passed a number
that is committed later. SQLite serialises by ``BEGIN IMMEDIATE``; PostgreSQL by a transaction's
advisory lock, which is released only after the commit can be seen.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from reporterdesk.domain.errors import StoreTooNew, StoreUnreadable
from reporterdesk.domain.ids import new_id
from reporterdesk.server import tables
from reporterdesk.server.disk import is_disk_full

_WRITERS_LOCK = 0x5265706F
"""The key of PostgreSQL's advisory lock: any number that nothing else on that database uses."""


class Database:
    """The server's database. Safe to use from many threads.

    :param url: SQLAlchemy's form of a database URL, SQLite or PostgreSQL.
    :param announce: called after each commit that changed a report.
    :raises StoreTooNew: the database was written by a newer server.
    :raises StoreUnreadable: it is no database, or does not answer, or ``url`` names none.
    """

    def __init__(self, url: str, announce: Callable[[], None] = lambda: None) -> None:
        try:
            self._engine = _make_engine(url)
        except (ArgumentError, ImportError) as error:  # no such dialect, or no driver for it
            happened = "The database URL cannot be used."
            told = "Give a SQLite or PostgreSQL one, such as postgresql://user@host/name."
            raise StoreUnreadable(happened, safe="Nothing was changed.", next_step=told) from error
        self._announce = announce
        self._turn = threading.Lock()
        try:
            with self.write(announce=False) as connection:
                tables.metadata.create_all(connection)
                self.epoch = _check_schema(connection)
        except DBAPIError as error:
            self.close()
            raise _unreadable(error) from error

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database, and changes nothing."""
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self, *, announce: bool = True) -> Iterator[Connection]:
        """Give the only writing connection; commit at the end, roll back on any exception."""
        with self._turn, self._engine.connect() as connection:
            writer = connection.execution_options(reporterdesk_writer=True)
            with writer.begin():
                yield writer
        if announce:
            self._announce()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def _unreadable(error: DBAPIError) -> StoreUnreadable:
    if is_disk_full(error):
        return StoreUnreadable(
            "The disk with the server's database is full.",
            safe="Nothing was changed.",
            next_step="Make room, and start the server again.",
        )
    happened = f"The server's database cannot be read ({error.orig})."
    return StoreUnreadable(happened, safe="Nothing was changed.")


def _make_engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, connect_args={"timeout": 30}, pool_size=20, max_overflow=40)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(
            parsed, pool_pre_ping=True, pool_size=20, isolation_level="REPEATABLE READ"
        )
        # Readers see one state throughout. A writer must see what the writer before it
        # committed, so its snapshots are taken after the lock, statement by statement.
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # BEGIN is said below, not by the driver
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _is_writer(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("reporterdesk_writer"))


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _is_writer(connection) else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if _is_writer(connection):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")


def _check_schema(connection: Connection) -> str:
    """Return the database's own name, which every cursor carries."""
    found = {row.key: row.value for row in connection.execute(select(tables.meta))}
    if not found:
        found = {"schema": tables.SCHEMA_VERSION, "epoch": new_id()[:8]}
        rows = [{"key": key, "value": value} for key, value in found.items()]
        connection.execute(insert(tables.meta), rows)
    if int(found["schema"]) > int(tables.SCHEMA_VERSION):
        raise StoreTooNew("The server's database was written by a newer ReporterDesk.")
    return str(found["epoch"])

"""One SQLite file behind SQLAlchemy: durable, its errors in plain sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Connection, CursorResult, Executable, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from reporterdesk.domain.errors import StoreError, StoreFull
from reporterdesk.store.driver import DriverError, connect
from reporterdesk.store.faults import known_sqlite_error
from reporterdesk.store.key import StoreKey

_LARGEST_JOURNAL = 8 * 1024 * 1024
"""Bytes that the write-ahead log keeps once they are written into the file."""
_STEPS = 20_000
"""Steps of SQLite's machine between two questions whether to go on; well under a millisecond."""

T = TypeVar("T")
Parameters: TypeAlias = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None


class Database:
    """A connection to ``file``, for the one thread that made it.

    SQLite itself refuses a connection on another thread. Statements stand alone, each its own
    transaction, unless they run inside :meth:`transaction`.

    Every method raises :class:`~reporterdesk.domain.errors.StoreError` and its kinds.
    """

    def __init__(self, file: Path, key: StoreKey | None = None) -> None:
        self.file = file
        self._key = key
        self._depth = 0
        engine = create_engine(
            "sqlite://",
            module=dbapi2,
            creator=self._connect,
            poolclass=StaticPool,
            hide_parameters=True,  # a report's words have no place in a log
        )
        with self._known_errors():
            # SQLAlchemy leaves transactions alone; BEGIN and COMMIT are said in transaction().
            self._connection: Connection = engine.connect().execution_options(
                isolation_level="AUTOCOMMIT"
            )
        self._engine = engine

    @contextmanager
    def lent(self) -> Iterator[Connection]:
        """Lend SQLAlchemy's own connection to a library that asks for one."""
        with self._known_errors():
            yield self._connection

    def prepare(self) -> None:
        """Set what makes it durable, once the file is known to be ours."""
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"journal_size_limit={_LARGEST_JOURNAL}",
        ):
            self.execute(text(f"PRAGMA {pragma}"))

    def execute(self, statement: Executable, parameters: Parameters = None) -> int:
        """Run ``statement`` and return how many rows it changed."""
        with self._known_errors():
            return self._run(statement, parameters).rowcount

    def rows(self, statement: Executable, parameters: Parameters = None) -> Sequence[Sequence[Any]]:
        """Return all rows that ``statement`` finds."""
        with self._known_errors():
            return self._run(statement, parameters).fetchall()

    def row(self, statement: Executable, parameters: Parameters = None) -> Sequence[Any] | None:
        """Return the first row, if there is one."""
        with self._known_errors():
            return self._run(statement, parameters).first()

    def value(self, statement: Executable, parameters: Parameters = None) -> Any:
        """Return the first column of the first row, ``None`` where there is no row."""
        row = self.row(statement, parameters)
        return None if row is None else row[0]

    def pragma(self, name: str) -> Any:
        """Return the value of ``PRAGMA name``."""
        return self.value(text(f"PRAGMA {name}"))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do everything inside or nothing of it; one inside another joins it.

        The write lock is taken at its beginning, so that nothing read inside can be outdated.
        """
        if self._depth == 0:
            self.execute(text("BEGIN IMMEDIATE"))
        self._depth += 1
        try:
            yield
            if self._depth == 1:
                self.execute(text("COMMIT"))
        except BaseException as error:
            if self._depth == 1:
                self._roll_back()
                if isinstance(error, StoreFull):
                    self._empty_journal()
            raise
        finally:
            self._depth -= 1

    @property
    def in_transaction(self) -> bool:
        """Whether :meth:`transaction` is under way."""
        return self._depth > 0

    def read_unless(self, superseded: Callable[[], bool], read: Callable[[], T]) -> T | None:
        """Return what ``read`` returns, or ``None`` as soon as ``superseded`` says so.

        It is asked before, and now and then while a statement runs, on this thread: nothing but
        ``read``, which must not write, is ever interrupted.
        """
        if superseded():
            return None
        raw = self._raw()
        raw.set_progress_handler(superseded, _STEPS)
        try:
            return read()
        except DBAPIError as error:
            if getattr(error.orig, "sqlite_errorcode", None) != sqlite3.SQLITE_INTERRUPT:
                raise
            return None
        finally:
            raw.set_progress_handler(None, 0)

    def shrink(self) -> None:
        """Give pages that deleted rows have left back to the disk, where auto_vacuum is set."""
        with self._known_errors():
            # Each step frees one page; only executescript steps to the end.
            self._raw().executescript("PRAGMA incremental_vacuum")

    def close(self) -> None:
        """Close the connection; SQLite writes the WAL back into the file."""
        if self._connection.closed:
            return
        with suppress(StoreError):
            # The driver's close would do it while every other thread of the process stands still.
            self.pragma("wal_checkpoint(PASSIVE)")
        with self._known_errors():
            self._connection.close()
            self._engine.dispose()

    def _connect(self) -> sqlite3.Connection:
        return connect(self.file, self._key)

    def _run(self, statement: Executable, parameters: Parameters) -> CursorResult[Any]:
        return self._connection.execute(statement, parameters)

    def _raw(self) -> sqlite3.Connection:
        raw: Any = self._connection.connection.dbapi_connection
        connection: sqlite3.Connection = raw
        return connection

    def _roll_back(self) -> None:
        """Roll back, unless SQLite has done so itself, as it does when the disk is full."""
        if self._raw().in_transaction:
            self.execute(text("ROLLBACK"))

    def _empty_journal(self) -> None:
        """Give the room that the write-ahead log takes back to the disk, as far as that goes."""
        with suppress(StoreError):
            self.pragma("wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _known_errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            known = self._known(error.orig)
            if known is None:
                raise
            raise known from error
        except DriverError as error:
            known = self._known(error)
            if known is None:
                raise
            raise known from error

    def _known(self, error: BaseException | None) -> Exception | None:
        if not isinstance(error, DriverError):
            return None
        return known_sqlite_error(error, self.file)

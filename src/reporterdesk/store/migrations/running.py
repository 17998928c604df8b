"""Bringing a file of an older release to today's version."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from reporterdesk.domain.errors import StoreFull
from reporterdesk.store.database import Database
from reporterdesk.store.faults import unreadable
from reporterdesk.store.migrations import drafts_2, drafts_3
from reporterdesk.store.migrations.work import Step, Work

DRAFTS_STEPS: Mapping[int, Step] = {2: drafts_2.upgrade, 3: drafts_3.upgrade}
"""The step that leads to each version of drafts.db."""

_log = logging.getLogger(__name__)


def migrate(
    database: Database,
    steps: Mapping[int, Step],
    version: int,
    *,
    progress: Callable[[float], None],
) -> None:
    """Take ``database`` to ``version``, step by step, each in one transaction with its number.

    SQLite's DDL is part of the transaction (https://www.sqlite.org/lang_transaction.html), so that
    whatever comes between, the file is whole at one version or another and goes on from there.

    :param progress: told how much is done, from 0 to 1. Called on this thread.
    :raises StoreFull: there is no room; the file is at the version that it had.
    :raises StoreUnreadable: what the step left does not fit together; it was undone.
    """
    first = int(database.pragma("user_version")) + 1
    ahead = range(first, version + 1)
    for done, number in enumerate(ahead):
        began = time.perf_counter()
        told = _share(progress, done / len(ahead), 1 / len(ahead))
        try:
            _take(database, steps[number], number, told)
        except StoreFull as error:
            raise StoreFull(
                "There is not enough room on the disk to bring your drafts to this version.",
                safe="They are as they were.",
                next_step="Make room on the disk and start ReporterDesk again.",
            ) from error
        took = time.perf_counter() - began
        _log.info("%s was taken to version %d in %.2f s.", database.file.name, number, took)
    progress(1.0)


def _take(database: Database, step: Step, number: int, progress: Callable[[float], None]) -> None:
    with _unbound(database), database.transaction():
        with database.lent() as connection:
            context = MigrationContext.configure(connection, opts={"transactional_ddl": True})
            step(Work(Operations(context), database, progress))
        if database.row(text("PRAGMA foreign_key_check")) is not None:
            raise unreadable(database.file)
        database.execute(text(f"PRAGMA user_version={number:d}"))


@contextmanager
def _unbound(database: Database) -> Iterator[None]:
    """Let tables be replaced that others refer to; the pragma does nothing in a transaction.

    See https://www.sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes".
    """
    database.execute(text("PRAGMA foreign_keys=OFF"))
    try:
        yield
    finally:
        database.execute(text("PRAGMA foreign_keys=ON"))


def _share(progress: Callable[[float], None], start: float, part: float) -> Callable[[float], None]:
    return lambda done: progress(start + done * part)

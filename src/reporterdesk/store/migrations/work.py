"""What a migration step is handed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from alembic.operations import Operations

from reporterdesk.store.database import Database


@dataclass(frozen=True, slots=True)
class Work:
    """The file, on the store thread, in a transaction; foreign keys are checked at its end.

    ``progress`` is told how much of the step is done, from 0 to 1.
    """

    op: Operations
    database: Database
    progress: Callable[[float], None]


Step: TypeAlias = Callable[[Work], None]
"""Changes tables and rows from one version to the next.

A step says for itself what the tables of its version are: today's :mod:`~reporterdesk.store.tables`
will have moved on by the time it runs on somebody's laptop. What is derived from the reports, as
the words for the search, is made anew by today's code.
"""

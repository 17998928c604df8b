"""The way into a file of the store: SQLCipher's driver, with a key or without.

One driver for both, so that there is one SQLite, one set of errors and one behaviour. No SQLAlchemy
here: the first screen needs it, too.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

if TYPE_CHECKING:
    from reporterdesk.store.key import StoreKey

DriverError: type[Exception] = dbapi2.Error
"""What the driver raises; its ``sqlite_errorcode`` is SQLite's."""
OperationalDriverError: type[Exception] = dbapi2.OperationalError


def connect(
    file: Path, key: StoreKey | None, *, how: str = "", wait: float = 5
) -> sqlite3.Connection:
    """Open ``file`` with ``key``, or as a plain database without one.

    Nothing is read yet: a wrong key shows with the first statement, as ``SQLITE_NOTADB``.

    :param how: a parameter of https://www.sqlite.org/uri.html, as ``mode=ro``.
    :param wait: seconds to wait for another program that writes.
    """
    connection: sqlite3.Connection = dbapi2.connect(
        f"{file.absolute().as_uri()}?{how}" if how else str(file),
        uri=bool(how),
        isolation_level=None,
        timeout=wait,
        cached_statements=256,
    )
    # SQLCipher would write to the standard error, about every damaged page.
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        connection.execute(f'PRAGMA key = "{key.literal()}"')
    return connection

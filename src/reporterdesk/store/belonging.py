"""Whether a key belongs to the files of a profile, told from the files themselves.

For the case that ``protection.json`` is lost or damaged. No SQLAlchemy here.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from reporterdesk.domain.errors import StoreUnreadable
from reporterdesk.paths import drafts_file, photos_file
from reporterdesk.store.driver import DriverError, connect
from reporterdesk.store.faults import known_os_error
from reporterdesk.store.key import StoreKey
from reporterdesk.store.wiping import is_plain

_PAGE = 4096
"""SQLCipher 4 encrypts pages of this many bytes (https://www.zetetic.net/sqlcipher/design/)."""


def store_files(home: Path) -> tuple[Path, ...]:
    """Return those of the store's two files that are there and hold something."""
    return tuple(
        file
        for file in (drafts_file(home), photos_file(home))
        if file.is_file() and file.stat().st_size > 0
    )


def seems_encrypted(home: Path) -> bool:
    """Return whether the store is there and looks like an encrypted one: whole pages of noise.

    :raises StoreUnreadable: a file of it may not be read.
    """
    try:
        files = store_files(home)
        return bool(files) and files[0].stat().st_size % _PAGE == 0 and not is_plain(files[0])
    except OSError as error:
        raise known_os_error(error, home) from error


def opens(file: Path, key: StoreKey | None) -> bool:
    """Return whether ``key`` opens ``file``; without a key, whether it is plain and readable.

    Reads the schema and changes nothing.

    :raises StoreUnreadable: the file is not there, or may not be read.
    """
    if not file.is_file():
        raise StoreUnreadable(f"The file “{file}” is not there.")
    try:
        with closing(connect(file, key, how="mode=ro")) as database:
            database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except DriverError:
        return _without_its_log(file, key)
    return True


def _without_its_log(file: Path, key: StoreKey | None) -> bool:
    """Try again on the file alone: a log that cannot be read says nothing about the key."""
    try:
        with closing(connect(file, key, how="immutable=1")) as database:
            database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except DriverError:
        return False
    return True

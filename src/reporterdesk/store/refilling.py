"""Bringing photo bytes back from wherever a copy of them is left.

Bytes are named by their SHA-256, so that a copy is right or it is not taken. They are looked for in
``backups/photos.db``, then in what earlier repairs have set aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from reporterdesk.domain.errors import StoreError, StoreUnreadable
from reporterdesk.paths import photos_file, set_aside_folder
from reporterdesk.store.backup_photos import backup_photos_file
from reporterdesk.store.database import Database
from reporterdesk.store.key import StoreKey
from reporterdesk.store.photo_bytes import PhotoBytes
from reporterdesk.store.photo_source import PhotoSource, stored_names
from reporterdesk.store.reading import Cancelled, Stopped, never, opened_to_read, recognise
from reporterdesk.store.replacing import fresh_beside
from reporterdesk.store.schema import open_photos
from reporterdesk.store.versions import PHOTOS_ID


@dataclass(frozen=True, slots=True)
class Refilled:
    """What was found of the photo bytes that were asked for.

    ``fresh`` is the new file that is to replace ``photos.db``, empty where the present one was good
    enough to be added to. ``missing`` are the SHA-256s of bytes that are nowhere.
    """

    fresh: dict[Path, Path] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    added: int = 0


def refill_photos(
    home: Path, key: StoreKey | None, names: Iterable[str], *, cancelled: Cancelled = never
) -> Refilled:
    """See to it that the bytes of ``names`` are in the store, as far as there are copies.

    What a healthy ``photos.db`` lacks is added to it; nothing is taken away. Where it is missing or
    cannot be used, a new one is built beside it, for ``replace_files``. The store is closed, and
    the caller holds its lock.

    :raises StoreFull: there is no room; what was added does no harm.
    :raises Stopped: ``cancelled`` has said so between two photos.
    """
    wanted = set(names)
    live = photos_file(home)
    if not live.is_file() and not wanted:
        return Refilled()
    try:
        with opened_to_read(live, key, alone=True) as db:
            recognise(db, live, PHOTOS_ID)
        return _add(home, key, wanted, cancelled)
    except StoreUnreadable:
        return rebuild_photos(home, key, wanted, cancelled=cancelled)


def rebuild_photos(
    home: Path, key: StoreKey | None, names: Iterable[str], *, cancelled: Cancelled = never
) -> Refilled:
    """Build a new ``photos.db`` beside the present one, out of whole copies only.

    Otherwise as :func:`refill_photos`.
    """
    fresh = fresh_beside(photos_file(home))
    for end in ("", "-wal", "-shm", "-journal"):
        fresh.with_name(fresh.name + end).unlink(missing_ok=True)
    target = open_photos(fresh, key)
    try:
        with _sources(home, key, photos_file(home)) as sources:
            added, missing = _copy(target, sources, set(names), cancelled)
        # A file that takes the place of another one has no log.
        target.pragma("journal_mode=DELETE")
    finally:
        target.close()
    return Refilled({photos_file(home): fresh}, frozenset(missing), added)


def copies_of(home: Path, key: StoreKey | None, names: Iterable[str]) -> set[str]:
    """Return those of ``names`` of whose bytes there seems to be a copy outside ``photos.db``."""
    wanted = set(names)
    found: set[str] = set()
    with _sources(home, key) as sources:
        for source in sources:
            with suppress(StoreUnreadable):
                found |= wanted & source.names()
    return found


def spare_bytes(home: Path, key: StoreKey | None, names: Iterable[str]) -> Iterator[bytes]:
    """Return the bytes of ``names`` of which there is a whole copy outside ``photos.db``."""
    with _sources(home, key) as sources:
        for name in sorted(names):
            found = (source.whole(name) for source in sources)
            data = next((data for data in found if data is not None), None)
            if data is not None:
                yield data


def _add(home: Path, key: StoreKey | None, wanted: set[str], cancelled: Cancelled) -> Refilled:
    target = open_photos(photos_file(home), key)
    try:
        lacking = wanted - stored_names(target)
        with _sources(home, key) as sources:
            added, missing = _copy(target, sources, lacking, cancelled)
    finally:
        target.close()
    return Refilled({}, frozenset(missing), added)


def _copy(
    target: Database, sources: tuple[PhotoSource, ...], names: set[str], cancelled: Cancelled
) -> tuple[int, set[str]]:
    photos = PhotoBytes(target)
    missing: set[str] = set()
    for name in sorted(names):
        if cancelled():
            raise Stopped
        found = (source.whole(name) for source in sources)
        data = next((data for data in found if data is not None), None)
        if data is None:
            missing.add(name)
        else:
            photos.put(data)
    return len(names) - len(missing), missing


@contextmanager
def _sources(home: Path, key: StoreKey | None, *first: Path) -> Iterator[tuple[PhotoSource, ...]]:
    """Open every file in which there may be photo bytes; those that do not open are left out."""
    aside = sorted(set_aside_folder(home).glob("**/photos.db"), reverse=True)
    with ExitStack() as stack:
        usable = []
        for file in (*first, backup_photos_file(home), *aside):
            try:
                with opened_to_read(file, key, alone=True) as db:
                    recognise(db, file, PHOTOS_ID)
                source = PhotoSource(file, key, alone=True)
            except StoreError:
                continue
            stack.callback(source.close)
            usable.append(source)
        yield tuple(usable)

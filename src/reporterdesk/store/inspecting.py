"""What is wrong with the store's files, found without changing a byte of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reporterdesk.domain.errors import StoreError, StoreUnreadable
from reporterdesk.domain.people import Account
from reporterdesk.domain.places import Place
from reporterdesk.paths import drafts_file, photos_file
from reporterdesk.store.desk_json import account_from_json
from reporterdesk.store.driver import DriverError
from reporterdesk.store.key import StoreKey
from reporterdesk.store.mending import Loose, look_for_loose, unsearchable
from reporterdesk.store.photo_source import PhotoSource
from reporterdesk.store.photo_uses import names_at_desk, photo_names
from reporterdesk.store.reading import complaints, opened, opened_to_read, read_only, recognise
from reporterdesk.store.salvage import COPIED, go_on_after, readable, rows_of, tolerate_damage
from reporterdesk.store.versions import DRAFTS_ID, DRAFTS_VERSION, PHOTOS_ID


@dataclass(frozen=True, slots=True)
class PhotosOfReport:
    """A report and the SHA-256s of the photo bytes that it refers to. The headline may be empty."""

    report_id: str
    headline: str
    photos: tuple[frozenset[str], ...]
    """One set a photo: its preview and its full size."""

    def lacking(self, names: set[str] | frozenset[str]) -> int:
        """Return how many of its photos need something of ``names``."""
        return sum(1 for photo in self.photos if photo & names)


@dataclass(slots=True)
class Drafts:
    """What was seen of ``drafts.db``.

    ``damaged`` says that rows are lost, ``damaged_rest`` that only what can be made anew is wrong.
    ``names`` are the photo bytes that anything in it refers to.
    """

    present: bool = True
    opens: bool = False
    """As the app opens it."""
    salvageable: bool = False
    """Rows can be looked for, at least."""
    problem: StoreError | None = None
    old: bool = False
    """Of an earlier release: it is brought up to date when the app opens it."""
    reports: int = 0
    waiting: int = 0
    account: Account | None = None
    damaged: bool = False
    damaged_rest: bool = False
    unsearchable: int = 0
    loose: Loose = field(default_factory=Loose)
    names: set[str] = field(default_factory=set)
    uses: list[PhotosOfReport] = field(default_factory=list)


@dataclass(slots=True)
class Photos:
    """What was seen of ``photos.db``. ``bad`` are bytes that are said to be there and are not."""

    present: bool = True
    problem: StoreError | None = None
    damaged: bool = False
    names: set[str] = field(default_factory=set)
    bad: set[str] = field(default_factory=set)


def inspect_drafts(home: Path, key: StoreKey | None) -> Drafts:
    """Read ``drafts.db`` through. The caller holds the lock; minutes for a hundred thousand."""
    file, seen = drafts_file(home), Drafts()
    if not file.is_file() or file.stat().st_size == 0:
        seen.present = False
        return seen
    try:
        with opened_to_read(file, key, alone=True) as db:
            seen.old = recognise(db, file, DRAFTS_ID) < DRAFTS_VERSION
            seen.opens = seen.salvageable = True
            seen.damaged_rest = bool(complaints(db, 1))
        # A connection anew: SQLCipher gives one up at the first page that is damaged.
        with opened_to_read(file, key, alone=True) as db:
            _read_through(db, seen)
    except StoreError as error:
        if seen.opens:
            seen.damaged = True
        else:
            seen.problem = error
            seen.salvageable = isinstance(error, StoreUnreadable) and _can_be_salvaged(file, key)
    return seen


def inspect_photos(home: Path, key: StoreKey | None) -> Photos:
    """Read ``photos.db`` through and compare all bytes with their names. The lock is held."""
    file, seen = photos_file(home), Photos()
    if not file.is_file() or file.stat().st_size == 0:
        seen.present = False
        return seen
    try:
        with opened_to_read(file, key, alone=True) as db:
            recognise(db, file, PHOTOS_ID)
            seen.damaged = bool(complaints(db, 1))
    except StoreError as error:
        seen.problem = error
        return seen
    try:
        source = PhotoSource(file, key, alone=True)
        try:
            seen.names = source.names()
            seen.bad = {name for name in seen.names if source.whole(name) is None}
        finally:
            source.close()
    except StoreUnreadable:
        seen.damaged = True
    return seen


def photos_of_reports(db: sqlite3.Connection) -> Iterator[PhotosOfReport]:
    """Return the reports that have photos; those that cannot be understood are left out.

    So are bytes that came with a revision from the desk: they need not be here.
    """
    elsewhere = names_at_desk(db)
    for row in db.execute("SELECT id, headline, content FROM reports WHERE photos > 0"):
        try:
            photos = json.loads(row[2])["photos"]
            sets = [
                frozenset((p["preview"]["sha256"], p["full"]["sha256"])) - elsewhere for p in photos
            ]
        except (ValueError, LookupError, TypeError):
            continue
        yield PhotosOfReport(row[0], row[1], tuple(sets))


def _can_be_salvaged(file: Path, key: StoreKey | None) -> bool:
    try:
        with opened(file, key, how=read_only(file, alone=True)) as db:
            tolerate_damage(db)
            return readable(db)
    except StoreError:
        return False


def _read_through(db: sqlite3.Connection, seen: Drafts) -> None:
    if seen.old:
        seen.damaged, seen.damaged_rest = seen.damaged_rest, False
    for table in COPIED:
        if seen.old or (seen.damaged and seen.damaged_rest):
            break
        seen.damaged = seen.damaged or any(found.row is None for found in rows_of(db, table))
    try:
        _count(db, seen)
    except DriverError as error:
        go_on_after(error)
        seen.damaged = True


def _count(db: sqlite3.Connection, seen: Drafts) -> None:
    places = dict(db.execute("SELECT place, count(*) FROM reports GROUP BY place"))
    seen.reports = sum(places.values())
    seen.waiting = places.get(Place.OUTBOX.value, 0)
    account = db.execute("SELECT value FROM state WHERE key = 'account.account'").fetchone()
    seen.account = None if account is None else account_from_json(account[0])
    seen.names = photo_names(db, forgiving=True) - names_at_desk(db)
    seen.uses = list(photos_of_reports(db))
    if not seen.damaged and not seen.old:
        seen.loose = look_for_loose(db)
        seen.unsearchable = unsearchable(db)

"""Whether a store is whole: sound, and without a row that refers to what is not there."""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import Any

from sqlalchemy import text

from reporterdesk.domain.places import Place
from reporterdesk.store.database import Database
from reporterdesk.store.store import Store
from support.searching import found_ids

_CONTENTS = ("SELECT content FROM reports", "SELECT content FROM revisions")
_COUNTED = "SELECT place, count(*) FROM reports GROUP BY place"
_NOT_FILED = "SELECT report_id FROM uploads WHERE report_id NOT IN (SELECT report_id FROM outbox)"


def assert_whole(store: Store, *, encrypted: bool) -> None:
    """Both files are sound, and nothing in them refers to what is not there.

    :raises AssertionError: something is missing; it says what.
    """
    store.check()
    for database in (store._drafts, store._photos):
        assert not database.rows(text("PRAGMA foreign_key_check")), database.file.name
        if encrypted:  # the seal of every page, those that are free included
            assert not database.rows(text("PRAGMA cipher_integrity_check")), database.file.name
    assert not store._drafts.rows(text(_NOT_FILED)), "an upload of what is not in the outbox"
    counted = dict(store._drafts.rows(text(_COUNTED)))
    assert counted == {place.value: n for place, n in store.reports.counts().items() if n}
    assert named_photos(store._drafts) <= kept_photos(store._photos)
    assert_searchable(store)


def named_photos(drafts: Database) -> set[str]:
    """Return the SHA-256 of every photo that a report, revision, snapshot or upload names."""
    contents = [row[0] for query in _CONTENTS for row in drafts.rows(text(query))]
    snapshots = drafts.rows(text("SELECT content FROM snapshots"))
    contents += [zlib.decompress(row[0]).decode() for row in snapshots]
    names = {row[0] for row in drafts.rows(text("SELECT sha256 FROM uploads"))}
    for content in contents:
        for photo in json.loads(content)["photos"]:
            names.update((photo["preview"]["sha256"], photo["full"]["sha256"]))
    return names


def kept_photos(photos: Database) -> set[str]:
    """Return the SHA-256 of all photos whose bytes are there, each compared with its bytes."""
    found: dict[str, Any] = {}
    for name, data in photos.rows(
        text("SELECT sha256, data FROM photo_pieces ORDER BY sha256, piece")
    ):
        found.setdefault(name, hashlib.sha256()).update(data)
    assert found.keys() == {row[0] for row in photos.rows(text("SELECT sha256 FROM photo_files"))}
    assert all(name == hashed.hexdigest() for name, hashed in found.items())
    return set(found)


def assert_searchable(store: Store) -> None:
    """The search has each report's last word, as it stands, and none that is not there."""
    numbers = {row[0] for row in store._drafts.rows(text("SELECT number FROM reports"))}
    indexed = {row[0] for row in store._drafts.rows(text("SELECT rowid FROM report_words"))}
    assert indexed == numbers
    for place in Place:
        for summary in store.reports.page(place).rows:
            words = store.reports.get(summary.id).content.body.split()
            if words:
                assert summary.id in found_ids(store, words[-1], place), words[-1]

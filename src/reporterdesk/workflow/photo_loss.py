"""Photo bytes that reports refer to and that are gone: found beside the open store, brought back.

For the app, which opens and lets its person write all the same. Not for the UI's thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from reporterdesk.domain.errors import StoreError
from reporterdesk.paths import drafts_file, photos_file
from reporterdesk.store.inspecting import PhotosOfReport, photos_of_reports
from reporterdesk.store.key import StoreKey
from reporterdesk.store.photo_source import PhotoSource
from reporterdesk.store.reading import Cancelled, never, opened_to_read
from reporterdesk.store.refilling import copies_of, spare_bytes
from reporterdesk.store.store import Store
from reporterdesk.workflow.running import RunInStore


@dataclass(frozen=True, slots=True)
class PhotoLoss:
    """What is missing: the reports with how many of their photos, and the SHA-256s of the bytes.

    ``copies`` are those of ``names`` of which there is a copy in the backups.
    """

    reports: tuple[tuple[str, int], ...] = ()
    names: frozenset[str] = frozenset()
    copies: frozenset[str] = frozenset()


def find_photo_loss(home: Path, key: StoreKey | None) -> PhotoLoss:
    """Return what is missing in the profile ``home``, whose store is open. Nothing is changed.

    :raises StoreError: a file cannot be read.
    """
    uses = _uses(home, key)
    if not uses:
        return PhotoLoss()
    # After the drafts: bytes are on the disk before what refers to them.
    source = PhotoSource(photos_file(home), key, alone=False)
    try:
        there = source.names()
    finally:
        source.close()
    missing = frozenset(name for use in uses for photo in use.photos for name in photo - there)
    if not missing:
        return PhotoLoss()
    reports = tuple((use.headline, use.lacking(missing)) for use in uses if use.lacking(missing))
    return PhotoLoss(reports, missing, frozenset(copies_of(home, key, missing)))


def bring_photos_back(
    home: Path,
    key: StoreKey | None,
    loss: PhotoLoss,
    run: RunInStore,
    *,
    cancelled: Cancelled = never,
) -> int:
    """Put what there are copies of into the open store again; return how many files that were.

    One photo at a time goes through the store thread, so that saving never waits.

    :raises StoreError: the store could not be written.
    """
    count = 0
    for data in spare_bytes(home, key, loss.copies):
        if cancelled():
            break
        run(partial(_put, data))
        count += 1
    return count


def _put(data: bytes, store: Store) -> None:
    store.photos.put(data)


def _uses(home: Path, key: StoreKey | None) -> list[PhotosOfReport]:
    file = drafts_file(home)
    if not file.is_file() or not photos_file(home).is_file():
        raise StoreError
    with opened_to_read(file, key, alone=False) as db:
        return list(photos_of_reports(db))

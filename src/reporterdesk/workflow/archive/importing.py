"""Reading an archive back into the store. Nothing that is there is written over."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.errors import (
    ArchiveCancelled,
    ArchiveDamaged,
    ArchiveError,
    ArchiveTooNew,
    NotAnArchive,
)
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.people import Account
from reporterdesk.domain.photo import Rendition
from reporterdesk.domain.status import Status
from reporterdesk.store.desk_json import account_from_json
from reporterdesk.store.store import Store
from reporterdesk.workflow.archive import form
from reporterdesk.workflow.archive.exporting import InStore
from reporterdesk.workflow.archive.records import Record, record_from_json

_LARGEST_TEXT = 64 * 1024 * 1024
_LARGEST_PHOTO = 256 * 1024 * 1024
"""Bytes, unpacked: what is larger is no report and no photo of ours."""
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError)
"""What :mod:`zipfile` raises about a damaged or encrypted file."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of it.

    ``added`` reports are new here, ``known`` were here already as they are, ``as_history`` are here
    with another text: the archive's stands in their history. ``unreadable`` folders could not be
    read, ``missing`` photos have no data in the archive.
    """

    added: int = 0
    known: int = 0
    as_history: int = 0
    unreadable: tuple[str, ...] = ()
    missing: int = 0


@dataclass(slots=True)
class _Tally:
    added: int = 0
    known: int = 0
    as_history: int = 0
    unreadable: list[str] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)


def import_archive(
    run: InStore,
    source: Path,
    *,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Imported:
    """Bring back what :func:`~reporterdesk.workflow.archive.exporting.export_archive` wrote.

    Runs on any thread but the UI's and the store's. Each report comes in one transaction, after its
    photos. A report of which a damaged archive gives no more is passed over and named.

    :raises NotAnArchive: the file is something else.
    :raises ArchiveDamaged: its list of contents cannot be read.
    :raises ArchiveTooNew: a newer ReporterDesk wrote it.
    :raises ArchiveCancelled: ``cancelled`` said so; what was brought back before stays.
    :raises StoreError: the store cannot take it; what was brought back before stays.
    """
    tally = _Tally()
    try:
        with zipfile.ZipFile(source) as archive:
            index = _read_index(archive)
            here = run(lambda store: store.account.get())
            theirs = here is None or index.account is None or _same(here, index.account)
            for done, folder in enumerate(index.folders):
                if cancelled():
                    raise ArchiveCancelled
                _bring(archive, run, folder, index.photos, tally, keep_delivery=theirs)
                progress(done + 1, len(index.folders))
    except zipfile.BadZipFile:
        raise NotAnArchive from None
    except OSError as error:
        raise ArchiveError(
            f"The archive “{source}” could not be read: {error.strerror or error}."
        ) from error
    return Imported(
        tally.added, tally.known, tally.as_history, tuple(tally.unreadable), len(tally.missing)
    )


@dataclass(frozen=True, slots=True)
class _Index:
    folders: tuple[str, ...]
    photos: dict[str, str]
    account: Account | None


def _read_index(archive: zipfile.ZipFile) -> _Index:
    if form.INDEX not in archive.namelist():
        raise NotAnArchive
    try:
        found: dict[str, Any] = json.loads(_read(archive, form.INDEX, _LARGEST_TEXT))
        if found["format"] != form.FORMAT:
            raise NotAnArchive
        if found["version"] > form.VERSION:
            raise ArchiveTooNew
        account = found["account"]
        return _Index(
            tuple(str(each["folder"]) for each in found["reports"]),
            {str(sha256): str(name) for sha256, name in found["photos"].items()},
            None if account is None else account_from_json(json.dumps(account)),
        )
    except (*_BROKEN, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ArchiveDamaged from error


def _same(one: Account, other: Account) -> bool:
    return (one.server_url, one.person.id) == (other.server_url, other.person.id)


def _bring(
    archive: zipfile.ZipFile,
    run: InStore,
    folder: str,
    names: dict[str, str],
    tally: _Tally,
    *,
    keep_delivery: bool,
) -> None:
    try:
        text = _read(archive, f"{folder}/report.json", _LARGEST_TEXT).decode("utf-8")
        record = record_from_json(text)
    except (*_BROKEN, ValueError):
        tally.unreadable.append(folder.rpartition("/")[2])
        return
    for photo in record.photos():
        for rendition in (photo.preview, photo.full):
            if not _bring_photo(archive, run, rendition, names):
                tally.missing.add(rendition.sha256)
    outcome = run(partial(_keep, record=record, keep_delivery=keep_delivery))
    setattr(tally, outcome, getattr(tally, outcome) + 1)


def _bring_photo(
    archive: zipfile.ZipFile, run: InStore, rendition: Rendition, names: dict[str, str]
) -> bool:
    """Put a photo's bytes into the store; tell whether they are there now."""
    name = rendition.sha256
    if run(lambda store: store.photos.has(name)):
        return True
    try:
        data = _read(archive, names[name], _LARGEST_PHOTO)
    except (*_BROKEN, ValueError):
        return False
    if hashlib.sha256(data).hexdigest() != name:
        return False
    run(lambda store: store.photos.put(data))
    return True


def _keep(store: Store, *, record: Record, keep_delivery: bool) -> str:
    """Add a report, or the archive's text of one that is here; return the tally's name for it."""
    with store.transaction():
        here = store.reports.find(record.report.id)
        if here is None:
            _add(store, record, keep_delivery=keep_delivery)
            return "added"
        _add_revisions(store, record)
        if here.content == record.report.content:
            return "known"
        store.snapshots.take(
            here.id, record.report.content, SnapshotReason.IMPORTED, record.report.changed_at
        )
        return "as_history"


def _add(store: Store, record: Record, *, keep_delivery: bool) -> None:
    report, delivery = record.report, record.delivery
    if delivery is not None and delivery.state is not DeliveryState.DELIVERED:
        # It is sent again from the start, as the desk takes the same revision only once. But
        # another person's filing is not sent under this one's name.
        again = replace(
            delivery, state=DeliveryState.WAITING, attempts=0, next_attempt_at=None, why=""
        )
        delivery = again if keep_delivery else None
    if report.status is Status.OUTBOX and delivery is None:
        report = replace(report, status=Status.DRAFT)
    store.reports.add(report)
    if report.trashed_at is not None:
        store.trash.count_anew()  # thrown away long ago, perhaps: not to be deleted on arrival
    _add_revisions(store, record)
    if delivery is not None and store.revisions.find(delivery.revision_id) is not None:
        store.outbox.add(delivery, report.changed_at)
    if record.notes:
        store.desk.set_notes(report.id, record.notes)
    for moment in record.history:
        store.snapshots.take(report.id, moment.content, moment.reason, moment.taken_at)


def _add_revisions(store: Store, record: Record) -> None:
    for revision in record.revisions:
        if store.revisions.find(revision.id) is None:
            store.revisions.add(revision)


def _read(archive: zipfile.ZipFile, name: str, largest: int) -> bytes:
    """Return a file of the archive, which is never unpacked to the disk.

    :raises ValueError: it is larger than ``largest`` bytes, whatever its header says.
    """
    with archive.open(name) as opened:
        data = opened.read(largest + 1)
    if len(data) > largest:
        raise ValueError("Too large.")
    return data

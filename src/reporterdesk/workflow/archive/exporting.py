"""Writing an archive."""

from __future__ import annotations

import json
import os
import posixpath
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from reporterdesk import __version__
from reporterdesk.domain.clock import Clock
from reporterdesk.domain.errors import ArchiveCancelled, ArchiveError, PhotoGone, ReportNotFound
from reporterdesk.domain.photo import Photo
from reporterdesk.store.desk_json import account_to_json
from reporterdesk.store.store import Store
from reporterdesk.workflow.archive import form
from reporterdesk.workflow.archive.readable import READ_ME_TEXT, report_text
from reporterdesk.workflow.archive.records import Record, read_record, record_to_json

T = TypeVar("T")
_FIRST_YEAR = 1980  # a zip knows no earlier one


class InStore(Protocol):
    """Runs a function with the store on its thread, waits, and returns what it returned."""

    def __call__(self, function: Callable[[Store], T], /) -> T: ...


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written. ``missing`` counts the photos whose data is not on this laptop."""

    file: Path
    reports: int
    photos: int
    missing: int


@dataclass(slots=True)
class _Index:
    reports: list[dict[str, Any]] = field(default_factory=list)
    photos: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)


def export_archive(
    run: InStore,
    target: Path,
    *,
    clock: Clock,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Exported:
    """Write all reports and photos of this laptop to the zip ``target``, in place of an older one.

    Runs on any thread but the UI's and the store's. The store is asked for one report and one
    photo at a time, so that saving never waits. ``target`` appears when it is complete.

    :param progress: told after each report how many of how many are written.
    :raises ArchiveError: it cannot be written there; nothing of it is left.
    :raises ArchiveCancelled: ``cancelled`` said so; nothing of it is left.
    :raises StoreError: the store cannot be read.
    """
    part = target.with_name(target.name + ".part")
    try:
        with part.open("wb") as opened:
            index = _write(opened, run, clock(), progress, cancelled)
            opened.flush()
            os.fsync(opened.fileno())
        part.replace(target)
    except OSError as error:
        _remove(part)
        raise ArchiveError(
            f"The archive could not be written to “{target}”: {error.strerror or error}."
        ) from error
    except BaseException:
        _remove(part)
        raise
    return Exported(target, len(index.reports), len(index.photos), len(index.missing))


def _write(
    opened: Any,
    run: InStore,
    now: datetime,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> _Index:
    index = _Index()
    ids = run(lambda store: store.reports.ids())
    account = run(lambda store: store.account.get())
    with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as archive:
        _add_text(archive, form.READ_ME, READ_ME_TEXT, now)
        for done, report_id in enumerate(ids):
            if cancelled():
                raise ArchiveCancelled
            with suppress(ReportNotFound):  # deleted for good meanwhile
                record = run(partial(read_record, report_id=report_id))
                _add_report(archive, run, record, index)
            progress(done + 1, len(ids))
        contents = {
            "format": form.FORMAT,
            "version": form.VERSION,
            "made_at": now.isoformat(),
            "made_by": f"ReporterDesk {__version__}",
            "account": None if account is None else json.loads(account_to_json(account)),
            "reports": index.reports,
            "photos": index.photos,
        }
        _add_text(archive, form.INDEX, json.dumps(contents, ensure_ascii=False, indent=1), now)
    return index


def _add_report(archive: zipfile.ZipFile, run: InStore, record: Record, index: _Index) -> None:
    report = record.report
    content = report.content
    folder = form.report_folder(report.id, content.headline, content.event.starts_at[:10])
    at = report.changed_at
    files: dict[str, str] = {}
    own = len(content.photos)
    for number, photo in enumerate(record.photos(), start=1):
        names = _photo_names(photo, number) if number <= own else _earlier_names(photo)
        for rendition, name in zip((photo.full, photo.preview), names, strict=True):
            _add_photo(archive, run, rendition.sha256, f"{folder}/{name}", at, index)
        if photo.full.sha256 not in index.missing:
            files[photo.id] = posixpath.relpath(index.photos[photo.full.sha256], folder)
    _add_text(archive, f"{folder}/report.md", report_text(record, files), at)
    _add_text(archive, f"{folder}/report.json", record_to_json(record), at)
    index.reports.append({"id": report.id, "folder": folder, "headline": content.headline})


def _photo_names(photo: Photo, number: int) -> tuple[str, str]:
    words = form.safe_name(photo.caption, "photo")
    return f"photos/{number:02} {words}.jpg", f"photos/small/{number:02}.jpg"


def _earlier_names(photo: Photo) -> tuple[str, str]:
    name = photo.full.sha256[:8]
    return f"photos/earlier/{name}.jpg", f"photos/earlier/{name} small.jpg"


def _add_photo(
    archive: zipfile.ZipFile, run: InStore, sha256: str, name: str, at: datetime, index: _Index
) -> None:
    """Add a photo's bytes once, wherever they are used again."""
    if sha256 in index.photos or sha256 in index.missing:
        return
    try:
        data = run(lambda store: store.photos.read(sha256))
    except PhotoGone:
        index.missing.add(sha256)
        return
    archive.writestr(_entry(name, at), data, zipfile.ZIP_STORED)  # a JPEG is packed already
    index.photos[sha256] = name


def _add_text(archive: zipfile.ZipFile, name: str, text: str, at: datetime) -> None:
    archive.writestr(_entry(name, at), text.encode("utf-8", "replace"), zipfile.ZIP_DEFLATED)


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, max(at.timetuple()[:6], (_FIRST_YEAR, 1, 1, 0, 0, 0)))
    entry.external_attr = 0o644 << 16
    return entry


def _remove(part: Path) -> None:
    with suppress(OSError):
        part.unlink(missing_ok=True)

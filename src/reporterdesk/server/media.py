"""Complete photos, named by their SHA-256: in a folder, or in an object store by URL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import obstore
from obstore.store import from_url

from reporterdesk.domain.errors import ReporterDeskError
from reporterdesk.durable import sync_folder

_PIECE = 256 * 1024


class Media(Protocol):
    """Where complete photos are kept. Calls block."""

    def put(self, sha256: str, source: Path) -> None:
        """Keep a verified file's bytes, for good when this returns.

        :raises OSError: there is no room, or the store does not answer.
        """
        ...

    def read(self, sha256: str) -> Iterator[bytes]:
        """Return the bytes, piece by piece.

        :raises FileNotFoundError: at once, where they are not there.
        """
        ...


class FolderMedia:
    """Photos in a folder: written beside, synced, renamed, and the folders synced as well.

    What a crash left half written stands in a folder of its own, which is emptied here. So one
    process at a time puts photos into the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"
        shutil.rmtree(self._incoming, ignore_errors=True)

    def put(self, sha256: str, source: Path) -> None:
        """See :class:`Media`."""
        target = self._path(sha256)
        for folder in (target.parent, self._incoming):
            folder.mkdir(parents=True, exist_ok=True)
        # Two reports may bring the same photo at once.
        beside = self._incoming / f"{sha256}.{source.parent.name}"
        try:
            with source.open("rb") as reading, beside.open("wb") as writing:
                shutil.copyfileobj(reading, writing, _PIECE)
                writing.flush()
                os.fsync(writing.fileno())
            beside.replace(target)
            sync_folder(target.parent)
            sync_folder(self._folder)
        finally:
            beside.unlink(missing_ok=True)

    def read(self, sha256: str) -> Iterator[bytes]:
        """See :class:`Media`."""
        path = self._path(sha256)
        path.stat()
        return _pieces(path)

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256


def _pieces(path: Path) -> Iterator[bytes]:
    """Open the file only when its first piece is asked for: an answer may need none."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


class ObjectMedia:
    """Photos in an object store: ``s3://bucket/prefix`` and what else obstore knows.

    The store's keys come from its own environment variables, never from the URL.

    :raises ReporterDeskError: ``url`` names no store that obstore knows.
    """

    def __init__(self, url: str) -> None:
        try:
            self._store = from_url(url)
        except (obstore.exceptions.BaseError, ValueError) as error:
            raise ReporterDeskError(
                "The media URL cannot be used.", next_step="Give one such as s3://bucket/folder."
            ) from error

    def put(self, sha256: str, source: Path) -> None:
        """See :class:`Media`."""
        try:
            obstore.put(self._store, sha256, source)
        except obstore.exceptions.BaseError as error:
            raise OSError(str(error)) from error

    def read(self, sha256: str) -> Iterator[bytes]:
        """See :class:`Media`."""
        try:
            found = obstore.get(self._store, sha256)
        except (FileNotFoundError, obstore.exceptions.NotFoundError) as error:
            raise FileNotFoundError(sha256) from error
        except obstore.exceptions.BaseError as error:
            raise OSError(str(error)) from error
        return (bytes(piece) for piece in found.stream(min_chunk_size=_PIECE))


def make_media(url: str | None, folder: Path) -> Media:
    """Return the store at ``url``, or the folder where there is none."""
    return ObjectMedia(url) if url else FolderMedia(folder)

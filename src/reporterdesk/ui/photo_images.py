"""Pictures for the screen, decoded off the UI thread and kept for a while."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeAlias, TypeVar

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

Deliver: TypeAlias = Callable[[bytes], None]
Fail: TypeAlias = Callable[[Exception], None]
Fetch: TypeAlias = Callable[[str, Deliver, Fail], None]
"""Fetches a photo's bytes by SHA-256 off the UI thread and calls back on the UI thread."""
Decode: TypeAlias = Callable[
    [Callable[[], QImage], Callable[[QImage], None], Callable[[Exception], None]], None
]
"""Runs a decoding off the UI thread and calls back on it: ``Background.in_pool``."""

T = TypeVar("T")

LONGEST_SIDE = 1280
_MOST_BYTES = 96 * 1024 * 1024


def decode(data: bytes, longest_side: int = LONGEST_SIDE) -> QImage:
    """Return the picture in ``data``, no longer than ``longest_side`` pixels. Any thread.

    A broken picture gives a null image. Made for renditions, which are small already.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > longest_side:
        room = QSize(longest_side, longest_side)
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


class PhotoImages(QObject):
    """Keeps decoded photos by SHA-256; what is not there yet is fetched, then announced.

    Lives on the UI thread and never waits.

    :ivar loaded: emits the SHA-256 of a photo that can be shown now.
    :ivar missing: emits the SHA-256 of a photo whose bytes could not be had or shown.
    """

    loaded = Signal(str)
    missing = Signal(str)

    def __init__(self, fetch: Fetch, in_pool: Decode, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._in_pool = in_pool
        self._images: OrderedDict[str, QImage] = OrderedDict()
        self._asked: set[str] = set()

    def image(self, sha256: str) -> QImage | None:
        """Return the picture, or ``None`` and begin to fetch it."""
        if sha256 in self._images:
            self._images.move_to_end(sha256)
            return self._images[sha256]
        if sha256 not in self._asked:
            self._asked.add(sha256)
            loading = _Loading(sha256, self._decode, self._failed)
            self._fetch(sha256, loading.done, loading.failed)
        return self._images.get(sha256)

    def _decode(self, sha256: str, data: bytes) -> None:
        loading = _Loading(sha256, self._keep, self._failed)
        self._in_pool(_Decoding(data), loading.done, loading.failed)

    def _keep(self, sha256: str, image: QImage) -> None:
        if image.isNull():
            self.missing.emit(sha256)
            return
        self._images[sha256] = image
        while sum(kept.sizeInBytes() for kept in self._images.values()) > _MOST_BYTES:
            gone, _ = self._images.popitem(last=False)
            self._asked.discard(gone)
            if not self._images:
                break
        self.loaded.emit(sha256)

    def _failed(self, sha256: str) -> None:
        self.missing.emit(sha256)


class _Decoding:
    """A decoding to be run in the pool."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __call__(self) -> QImage:
        return decode(self._data)


class _Loading(Generic[T]):
    """Remembers which photo an answer is about."""

    def __init__(
        self, sha256: str, take: Callable[[str, T], None], give_up: Callable[[str], None]
    ) -> None:
        self._sha256, self._take, self._give_up = sha256, take, give_up

    def done(self, answer: T) -> None:
        self._take(self._sha256, answer)

    def failed(self, _error: Exception) -> None:
        self._give_up(self._sha256)

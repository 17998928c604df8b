"""Pictures for the screen, decoded off the UI thread and kept for a while."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import TypeAlias

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
    """

    loaded = Signal(str)

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
            self._fetch(sha256, partial(self._decode, sha256), _leave_blank)
        return self._images.get(sha256)

    def _decode(self, sha256: str, data: bytes) -> None:
        self._in_pool(partial(decode, data), partial(self._keep, sha256), _leave_blank)

    def _keep(self, sha256: str, image: QImage) -> None:
        if image.isNull():
            return
        self._images[sha256] = image
        while sum(kept.sizeInBytes() for kept in self._images.values()) > _MOST_BYTES:
            gone, _ = self._images.popitem(last=False)
            self._asked.discard(gone)
            if not self._images:
                break
        self.loaded.emit(sha256)


def _leave_blank(_error: Exception) -> None:
    """A photo that cannot be had or shown stays blank; it is not asked for again."""

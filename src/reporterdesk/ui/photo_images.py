"""Small pictures of photos for the screen, decoded off the UI thread and kept for a while.

A photo is never held in its own size: its preview is decoded at the size it is shown in, counted in
pixels of the screen, so that it is sharp on a dense screen and small on another. What was not
looked at for longest goes when there is no more room, and is decoded again when it is in sight.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

from reporterdesk.domain.photo import Rendition

Deliver: TypeAlias = Callable[[bytes], None]
Fail: TypeAlias = Callable[[Exception], None]
Fetch: TypeAlias = Callable[[str, Deliver, Fail], None]
"""Fetches a photo's bytes by SHA-256 off the UI thread and calls back on the UI thread."""
Decode: TypeAlias = Callable[
    [Callable[[], QImage], Callable[[QImage], None], Callable[[Exception], None]], None
]
"""Runs a decoding off the UI thread and calls back on it: ``Background.in_images``."""

LONGEST_SIDE = 1280
"""The longest side of a preview, in pixels."""
MOST_BYTES = 64 * 1024 * 1024
"""So much room decoded pictures take at most; on a large dense screen, four times what it shows."""
_AT_ONCE = 3


def decode(data: bytes, longest_side: int = LONGEST_SIDE) -> QImage:
    """Return the picture in ``data``, no longer than ``longest_side`` pixels. Any thread.

    A broken picture gives a null image. Made for renditions, which are small already; a JPEG is
    decoded at a half, a quarter or an eighth of its size where that is enough (libjpeg).
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
    """Keeps one picture of each photo by its SHA-256; what is missing is fetched, then announced.

    What was asked for last comes first: it is what is in sight. Lives on the UI thread and never
    waits.

    :ivar loaded: emits the SHA-256 of a photo that can be shown now, or larger than before; or of
        which it is known now that it cannot be shown.
    """

    loaded = Signal(str)

    def __init__(
        self,
        fetch: Fetch,
        decode_in: Decode,
        parent: QObject | None = None,
        *,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._decode_in = decode_in
        self._most = most_bytes
        self._kept: OrderedDict[str, tuple[int, QImage]] = OrderedDict()
        self._wanted: dict[str, int] = {}
        self._under_way: set[str] = set()
        self._broken: set[str] = set()
        self.bytes_kept = 0
        """The room that the pictures kept take, in bytes."""

    @property
    def busy(self) -> bool:
        """Whether pictures are being fetched."""
        return bool(self._under_way or self._wanted)

    def image(self, sha256: str, longest_side: int = LONGEST_SIDE) -> QImage | None:
        """Return the picture, as large as there is one now; a smaller one than wanted is replaced.

        :param longest_side: the side of the square it is to fill, in pixels of the screen.
        :return: ``None`` while it is being fetched, and if it cannot be shown.
        """
        wanted = max(1, min(longest_side, LONGEST_SIDE))
        kept, image = self._kept.get(sha256, (0, None))
        if image is not None:
            self._kept.move_to_end(sha256)
        if kept < wanted and sha256 not in self._broken:
            self._wanted[sha256] = max(wanted, self._wanted.pop(sha256, 0))
            self._begin()
            kept, image = self._kept.get(sha256, (0, image))
        return image

    def shape(self, preview: Rendition) -> QSize | None:
        """Return the size of a preview in pixels; ``None`` if it cannot be had or shown.

        It is known before the picture is there, so that no text moves when that comes.
        """
        if preview.sha256 in self._broken or min(preview.width, preview.height) < 1:
            return None
        return QSize(preview.width, preview.height)

    def _begin(self) -> None:
        waiting = [sha256 for sha256 in self._wanted if sha256 not in self._under_way]
        while waiting and len(self._under_way) < _AT_ONCE:
            sha256 = waiting.pop()
            longest = self._wanted.pop(sha256)
            self._under_way.add(sha256)
            self._fetch(sha256, partial(self._decode, sha256, longest), partial(self._fail, sha256))

    def _decode(self, sha256: str, longest: int, data: bytes) -> None:
        self._decode_in(
            partial(decode, data, longest),
            partial(self._keep, sha256, longest),
            partial(self._fail, sha256),
        )

    def _keep(self, sha256: str, longest: int, image: QImage) -> None:
        if image.isNull():
            self._fail(sha256)
            return
        _, old = self._kept.pop(sha256, (0, None))
        self.bytes_kept += image.sizeInBytes() - (old.sizeInBytes() if old is not None else 0)
        self._kept[sha256] = longest, image
        while self.bytes_kept > self._most and len(self._kept) > 1:
            _, (_, gone) = self._kept.popitem(last=False)
            self.bytes_kept -= gone.sizeInBytes()
        if self._wanted.get(sha256, 0) <= longest:
            self._wanted.pop(sha256, None)
        self._done(sha256)

    def _fail(self, sha256: str, _error: Exception | None = None) -> None:
        self._broken.add(sha256)
        self._wanted.pop(sha256, None)
        self._done(sha256)

    def _done(self, sha256: str) -> None:
        self._under_way.discard(sha256)
        self.loaded.emit(sha256)
        self._begin()

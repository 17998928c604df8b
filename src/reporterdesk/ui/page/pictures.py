"""The photos of a page: drawn from memory, as small as the screen needs them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)

from reporterdesk.ui.page.parts import Image
from reporterdesk.ui.photo_images import PhotoImages

OBJECT = "\ufffc"
"""The character that stands for a thing in a text (Unicode: object replacement character)."""

_KIND = QTextFormat.ObjectTypes.UserObject.value + 21
_SRC = QTextFormat.Property.UserProperty.value + 21
_SIZE = QTextFormat.Property.UserProperty.value + 22
_SHAPE = QTextFormat.Property.UserProperty.value + 23
_MOST_BYTES = 16 * 1024 * 1024
_TALLEST = 640.0
"""A portrait is no higher than that, in logical pixels: the site's 40 rem."""


def picture_format(image: Image) -> QTextCharFormat:
    """Return the format of the character that stands for ``image``."""
    made = QTextCharFormat()
    made.setObjectType(_KIND)
    made.setProperty(_SRC, image.src)
    made.setProperty(_SIZE, QSizeF(image.width, image.height))
    made.setProperty(_SHAPE, image.shape)
    made.setToolTip(image.alt)
    return made


def sha256_of(src: str) -> str:
    """Return which photo an address of the site names: ``/photos/{report}/{sha256}.jpg``."""
    return src.rpartition("/")[2].removesuffix(".jpg")


class PagePictures(QPyTextObject):
    """Measures and draws the photos of one document. Lives on the UI thread.

    :param blank: gives the colour of a photo that is not there (yet), and of words on it.
    """

    def __init__(
        self,
        images: PhotoImages,
        blank: Callable[[], tuple[QColor, QColor]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._images = images
        self._blank = blank
        self._absent: Mapping[str, str] = {}
        self._scaled: OrderedDict[tuple[str, int, int], QImage] = OrderedDict()

    def register(self, document: QTextDocument) -> None:
        """Draw the photos of ``document`` from now on."""
        document.documentLayout().registerHandler(_KIND, self)

    def set_absent(self, absent: Mapping[str, str]) -> None:
        """Say of these photos, by SHA-256, why they cannot be shown."""
        self._absent = absent

    def forget(self, sha256: str) -> None:
        """Ask for a photo again: there is a picture of it now, or a larger one."""
        for key in [key for key in self._scaled if key[0] == sha256]:
            del self._scaled[key]

    def intrinsicSize(self, doc: QTextDocument, _position: int, made: QTextFormat) -> QSizeF:
        """Return the room a photo takes (called by Qt)."""
        room = max(doc.textWidth() - 2 * doc.documentMargin() - 1, 40.0)
        size: QSizeF = made.property(_SIZE)
        shape = made.stringProperty(_SHAPE)
        if size.isEmpty() or shape == "cut":
            return QSizeF(room, room * 2 / 3)
        if shape == "portrait":
            scale = min(room / size.width(), _TALLEST / size.height())
            return size * scale
        return QSizeF(room, room * size.height() / size.width())

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        _doc: QTextDocument,
        _position: int,
        made: QTextFormat,
    ) -> None:
        """Draw a photo into its room (called by Qt)."""
        room = QRectF(rect)
        sha256 = sha256_of(made.stringProperty(_SRC))
        ratio = painter.device().devicePixelRatioF()
        image = None
        if sha256 not in self._absent:
            image = self._fitting(sha256, round(room.width() * ratio), round(room.height() * ratio))
        if image is not None:
            painter.drawImage(room, image)
            return
        ground, ink = self._blank()
        painter.fillRect(room, ground)
        painter.setPen(ink)
        middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room, int(middle), self._absent.get(sha256, ""))

    def _fitting(self, sha256: str, width: int, height: int) -> QImage | None:
        """Return the photo in so many device pixels; a cut of it where its shape is another."""
        key = sha256, width, height
        if key in self._scaled:
            self._scaled.move_to_end(key)
            return self._scaled[key]
        image = self._images.image(sha256, max(width, height))
        if image is None or width < 1 or height < 1:
            return None
        scaled = image.scaled(
            width,
            height,
            Qt.AspectRatioMode.KeepAspectRatioByExpanding,
            Qt.TransformationMode.SmoothTransformation,
        )
        left, top = (scaled.width() - width) // 2, (scaled.height() - height) // 2
        self._scaled[key] = scaled.copy(left, top, width, height)
        while sum(kept.sizeInBytes() for kept in self._scaled.values()) > _MOST_BYTES:
            self._scaled.popitem(last=False)
        return self._scaled.get(key, scaled)

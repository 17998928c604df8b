"""Small pictures for lists and strips."""

from __future__ import annotations

from reporterdesk.photos import renditions
from reporterdesk.photos.metadata import orientation
from reporterdesk.photos.opening import decoded, open_picture, read_bytes

QUALITY = 75


def thumbnail(data: bytes, side: int) -> bytes:
    """Return a JPEG whose longest side is at most ``side`` pixels. For an image thread.

    :raises PhotoError: as :func:`reporterdesk.photos.reading.read_photo` does.
    """
    picture = open_picture(read_bytes(data))
    pixels = decoded(picture, side)
    turn, profile = orientation(picture), picture.info.get("icc_profile")
    small = renditions.fitted(pixels, side)
    small = renditions.upright(renditions.in_srgb(small, profile), turn)
    return renditions.as_jpeg(small, QUALITY, b"")

"""Reading a photo: any file in, two JPEGs out, upright and without what gives people away.

Runs on an image thread; holds at most the decoded picture, its scaled copy and the file.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from reporterdesk.domain.errors import PhotoDamaged
from reporterdesk.photos import renditions
from reporterdesk.photos.imported import ImportedPhoto, PhotoDetails
from reporterdesk.photos.metadata import (
    Metadata,
    has_more_pictures,
    kept_exif,
    orientation,
    read_metadata,
)
from reporterdesk.photos.opening import decoded, open_picture, read_bytes

__all__ = ["ImportedPhoto", "PhotoDetails", "read_photo"]

FULL_SIDE, FULL_QUALITY = 4096, 88
PREVIEW_SIDE, PREVIEW_BYTES = 1280, 250_000
PREVIEW_QUALITIES = (80, 72, 64, 56, 48)
"""The first that keeps a preview within ``PREVIEW_BYTES`` is taken: it has to pass a weak link."""


def read_photo(source: Path | bytes) -> ImportedPhoto:
    """Return the photo in a JPEG, HEIC, PNG, WebP, TIFF or GIF file (its first frame).

    The same input gives the same bytes. Any thread may call it; not the UI thread, since a large
    photo takes a second or two.

    :raises PhotoGone: the file vanished or cannot be read.
    :raises PhotoEmpty: it has 0 bytes.
    :raises NotAPhoto: its content is of no format that we read, whatever its name says.
    :raises PhotoDamaged: it is truncated or broken.
    :raises PhotoTooLarge: it has too many pixels or bytes; nothing was decoded.
    """
    picture = open_picture(read_bytes(source))
    more = has_more_pictures(picture)
    pixels = decoded(picture, FULL_SIDE)
    metadata = read_metadata(picture, more_pictures=more)
    turn, profile = orientation(picture), picture.info.get("icc_profile")
    try:
        small = renditions.fitted(pixels, FULL_SIDE)
        if small is not picture:
            picture.close()  # lets go of the file and of the decoded pixels
        del picture, pixels
        full = renditions.upright(renditions.in_srgb(small, profile), turn)
        return _imported(full, metadata)
    except (OSError, ValueError, MemoryError) as error:
        raise PhotoDamaged from error


def _imported(full: Image.Image, metadata: Metadata) -> ImportedPhoto:
    exif = kept_exif(metadata)
    full_bytes = renditions.as_jpeg(full, FULL_QUALITY, exif)
    preview = renditions.fitted(full, PREVIEW_SIDE)
    preview_bytes = b""
    for quality in PREVIEW_QUALITIES:
        preview_bytes = renditions.as_jpeg(preview, quality, exif)
        if len(preview_bytes) <= PREVIEW_BYTES:
            break
    return ImportedPhoto(
        full_bytes=full_bytes,
        preview_bytes=preview_bytes,
        full=renditions.rendition_of(full_bytes, full),
        preview=renditions.rendition_of(preview_bytes, preview),
        details=metadata.details,
        removed=metadata.removed,
    )

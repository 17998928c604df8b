"""A smaller rendition of a photo that was read before, for a link that cannot carry the full one.

Runs on an image thread.
"""

from __future__ import annotations

from dataclasses import dataclass

from reporterdesk.domain.errors import PhotoDamaged
from reporterdesk.domain.photo import Rendition
from reporterdesk.domain.sizing import SMALL_SIDE
from reporterdesk.photos import renditions
from reporterdesk.photos.metadata import kept_exif, read_metadata
from reporterdesk.photos.opening import decoded, open_picture

_QUALITY = 82


@dataclass(frozen=True, slots=True)
class SmallerPhoto:
    """The JPEG and its record."""

    data: bytes
    rendition: Rendition


def make_smaller(full: bytes, longest: int = SMALL_SIDE) -> SmallerPhoto:
    """Return a full rendition with at most ``longest`` pixels a side, its words of rights kept.

    The same bytes give the same bytes. Not for the UI thread: a large photo takes half a second.

    :param full: the bytes of a full rendition: upright, in sRGB, as :func:`read_photo` made it.
    :raises PhotoDamaged: they are broken, or there is no memory for the picture.
    """
    picture = open_picture(full)
    pixels = decoded(picture, longest)
    exif = kept_exif(read_metadata(picture))
    try:
        small = renditions.fitted(pixels, longest)
        data = renditions.as_jpeg(small, _QUALITY, exif)
    except (OSError, ValueError, MemoryError) as error:
        raise PhotoDamaged from error
    return SmallerPhoto(data, renditions.rendition_of(data, small))

"""Opening a picture from anywhere: by content, never by name, and never more than can be borne."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable
from pathlib import Path

from PIL import (
    GifImagePlugin,
    Image,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from reporterdesk.domain.errors import NotAPhoto, PhotoDamaged, PhotoEmpty, PhotoGone, PhotoTooLarge
from reporterdesk.photos.renditions import fitted_size, plain

MAX_PIXELS = 150_000_000
"""More than any camera that reporters carry makes; beyond it, decoding would fill the memory."""

MAX_BYTES = 512 * 1024 * 1024

_HEIF_BRANDS = frozenset((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"))


def read_bytes(source: Path | bytes) -> bytes:
    """Return the bytes of ``source``.

    :raises PhotoGone: the file vanished, is no file, or cannot be read.
    :raises PhotoEmpty: it has 0 bytes.
    :raises PhotoTooLarge: it has more than ``MAX_BYTES``.
    """
    if isinstance(source, Path):
        try:
            with source.open("rb") as file:
                status = os.fstat(file.fileno())
                if not stat.S_ISREG(status.st_mode):
                    raise PhotoGone
                data = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise PhotoGone from error
    else:
        data = source
    if not data:
        raise PhotoEmpty
    if len(data) > MAX_BYTES:
        raise PhotoTooLarge("The file is too large to be opened safely.")
    return data


def open_picture(data: bytes) -> Image.Image:
    """Return the picture in ``data`` with its header read and its pixels not yet decoded.

    :raises NotAPhoto: no format that we read.
    :raises PhotoDamaged: such a format, but its header is broken.
    :raises PhotoTooLarge: more than ``MAX_PIXELS``.
    """
    opener = _opener(data)
    try:
        # The format's own class, not Image.open: that tries decoders we do not want, and checks
        # the size against a process-wide limit by a warning.
        picture = opener(io.BytesIO(data))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoTooLarge from error
    except Exception as error:  # hostile headers make decoders raise anything
        raise PhotoDamaged from error
    width, height = picture.size
    if width < 1 or height < 1:
        raise PhotoDamaged
    if width * height > MAX_PIXELS:
        raise PhotoTooLarge(
            f"The picture has {round(width * height / 1_000_000)} million pixels, "
            "too many to be opened safely."
        )
    return picture


def decoded(picture: Image.Image, longest: int) -> Image.Image:
    """Return the pixels of the first frame, in a mode that can be scaled (see ``plain``).

    :param longest: the longest side that is wanted; a large JPEG is decoded at a half, a quarter or
        an eighth of its size, as long as it does not become smaller than that.
    :raises PhotoDamaged: the file is truncated or broken.
    """
    try:
        picture.draft("RGB", fitted_size(picture.size, longest))
        picture.load()
        return plain(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoTooLarge from error
    except Exception as error:  # hostile bytes make decoders raise anything
        raise PhotoDamaged from error


def _opener(data: bytes) -> Callable[[io.BytesIO], Image.Image]:
    """Return what reads the format that the first bytes show."""
    head = data[:12]
    if head.startswith(b"\xff\xd8\xff"):
        return JpegImagePlugin.JpegImageFile
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PngImagePlugin.PngImageFile
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WebPImagePlugin.WebPImageFile
    if head[:4] in {b"II*\x00", b"MM\x00*"}:
        return TiffImagePlugin.TiffImageFile
    if head[:6] in {b"GIF87a", b"GIF89a"}:
        return GifImagePlugin.GifImageFile
    if head[4:8] == b"ftyp" and _HEIF_BRANDS & _brands(data):
        return _open_heif
    if head[:2] == b"\xff\xd8" or b"\x89PNG\r\n\x1a\n".startswith(head):
        raise PhotoDamaged  # cut off within the first bytes
    raise NotAPhoto


def _brands(data: bytes) -> set[bytes]:
    """Return the brands that an ISO base media file names (ISO/IEC 14496-12, section 4.3)."""
    size = min(int.from_bytes(data[:4], "big"), len(data), 256)
    return {data[8:12], *(data[at : at + 4] for at in range(16, size, 4))}


def _open_heif(file: io.BytesIO) -> ImageFile.ImageFile:
    from pillow_heif import HeifImageFile  # slow to import, and rarely needed

    picture: ImageFile.ImageFile = HeifImageFile(file)  # type: ignore[no-untyped-call]  # not typed
    return picture

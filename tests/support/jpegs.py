"""Real pictures for tests: JPEG, PNG, WebP, TIFF and HEIC with the metadata that cameras write.

The picture shows four coloured quarters over a gradient, so that a test can see which way up it is:
red at the top left, green at the top right, blue at the bottom left, yellow at the bottom right.
The same arguments give the same bytes.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import TypedDict, Unpack

from PIL import Image, ImageDraw
from PIL.ExifTags import GPS, IFD, Base

QUARTERS = ((200, 30, 40), (30, 160, 60), (40, 60, 190), (230, 200, 40))
"""The colours of the quarters: top left, top right, bottom left, bottom right."""

SERIAL_NUMBER = "SN-4711-0815"
MAKER_NOTE = b"maker's private notes" * 8

_STORED_FOR = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How the upright picture is turned before it is stored with an EXIF orientation (TIFF 6.0)."""


def make_picture(width: int, height: int, *, seed: int = 0) -> Image.Image:
    """Return the upright picture: four quarters, a soft gradient, a dot that ``seed`` moves."""
    gradient = Image.linear_gradient("L").resize((width, height))
    picture = Image.merge("RGB", (gradient, gradient.point(lambda v: 255 - v), gradient))
    quarters = Image.new("RGB", (2, 2))
    for index, colour in enumerate(QUARTERS):
        quarters.putpixel((index % 2, index // 2), colour)
    flat = quarters.resize((width, height), Image.Resampling.NEAREST)
    picture = Image.blend(flat, picture, 0.15)
    side = max(2, min(width, height) // 12)
    left, top = (seed * 37) % max(1, width - side), (seed * 53) % max(1, height - side)
    ImageDraw.Draw(picture).ellipse((left, top, left + side, top + side), fill=(250, 250, 250))
    return picture


class Taken(TypedDict, total=False):
    """What a camera and its owner write into a file; :func:`make_exif` has the defaults."""

    orientation: int
    gps: bool
    artist: str
    copyright: str
    description: str
    taken: datetime | None


def make_exif(
    *,
    orientation: int = 1,
    gps: bool = True,
    artist: str = "Samina Rafiq",
    copyright: str = "© Samina Rafiq",  # noqa: A002 - the name of the EXIF field
    description: str = "The hall before the opening",
    taken: datetime | None = datetime(2026, 3, 14, 10, 30, 5),  # noqa: DTZ001 - EXIF has no zone
) -> bytes:
    """Return EXIF as a camera writes it, with a serial number and maker notes; GPS as asked."""
    exif = Image.Exif()
    exif[Base.Make] = "Lumina"
    exif[Base.Model] = "L-200"
    exif[Base.Orientation] = orientation
    for tag, value in (
        (Base.Artist, artist),
        (Base.Copyright, copyright),
        (Base.ImageDescription, description),
    ):
        if value:
            exif[tag] = value.encode("utf-8")
    details = exif.get_ifd(IFD.Exif)
    details[Base.BodySerialNumber] = SERIAL_NUMBER
    details[Base.MakerNote] = MAKER_NOTE
    if taken is not None:
        stamp = taken.strftime("%Y:%m:%d %H:%M:%S")
        exif[Base.DateTime] = stamp
        details[Base.DateTimeOriginal] = stamp
    if gps:
        place = exif.get_ifd(IFD.GPSInfo)
        place[GPS.GPSLatitudeRef] = "N"
        place[GPS.GPSLatitude] = (31.0, 32.0, 58.5)
        place[GPS.GPSLongitudeRef] = "E"
        place[GPS.GPSLongitude] = (74.0, 20.0, 37.2)
    return exif.tobytes()


def make_photo_file(
    file_format: str,
    width: int = 640,
    height: int = 480,
    *,
    seed: int = 0,
    quality: int = 88,
    icc_profile: bytes | None = None,
    **written: Unpack[Taken],
) -> bytes:
    """Return a photo in ``file_format`` (a Pillow format name, or ``HEIF``).

    ``width`` and ``height`` are those of the upright picture; with an ``orientation`` of 5 to 8 the
    stored pixels are turned, as a camera held upright stores them.
    """
    picture = make_picture(width, height, seed=seed)
    turn = _STORED_FOR.get(written.get("orientation", 1))
    if turn is not None:
        picture = picture.transpose(turn)
    exif = make_exif(**written)
    if file_format == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    options: dict[str, object] = {"exif": exif}
    if file_format in {"JPEG", "WEBP", "HEIF"}:
        options["quality"] = quality
    if icc_profile is not None:
        options["icc_profile"] = icc_profile
    out = io.BytesIO()
    picture.save(out, file_format, **options)
    return out.getvalue()


def make_jpeg(
    width: int = 640,
    height: int = 480,
    *,
    seed: int = 0,
    quality: int = 88,
    **written: Unpack[Taken],
) -> bytes:
    """Return a JPEG with EXIF; see :func:`make_photo_file`."""
    return make_photo_file("JPEG", width, height, seed=seed, quality=quality, **written)


def make_heic(width: int = 640, height: int = 480, **written: Unpack[Taken]) -> bytes:
    """Return a HEIC photo with EXIF; see :func:`make_photo_file`."""
    return make_photo_file("HEIF", width, height, **written)

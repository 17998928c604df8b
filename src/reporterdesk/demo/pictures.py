"""Makes the sample photos: painted pictures, stored as a camera would (JPEG with EXIF)."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from io import BytesIO
from random import Random

from PIL import ExifTags, Image, ImageChops, ImageFilter
from PIL.TiffImagePlugin import IFDRational

from reporterdesk.demo.painting import Canvas
from reporterdesk.demo.scenes import SCENES

_PAINTED = 1_500
"""Pixels of the longer side while painting; the photo is enlarged from it, and grain laid over."""

__all__ = ["SCENES", "make_photo"]

# How a sensor turned by the camera must be stored so that EXIF's orientation sets it upright.
_STORED_AS = {
    3: Image.Transpose.ROTATE_180,
    6: Image.Transpose.ROTATE_90,
    8: Image.Transpose.ROTATE_270,
}


def make_photo(
    scene: str,
    seed: int,
    *,
    size: tuple[int, int] = (3_000, 2_000),
    taken: datetime | None = None,
    artist: str = "",
    gps: tuple[float, float] | None = None,
    orientation: int = 1,
) -> bytes:
    """Return a JPEG of ``scene``; the same arguments give the same picture. Takes about a second.

    :param size: width and height in pixels of the upright picture.
    :param taken: local time at the place, as cameras store it.
    :param gps: latitude and longitude in degrees, south and west negative.
    :param orientation: EXIF's orientation, 1, 3, 6 or 8; pixels are stored turned to match.
    :raises KeyError: there is no such scene, or no such orientation.
    """
    random = Random(f"{scene}/{seed}")  # noqa: S311 - a picture, not a secret
    longer = max(size)
    scale = min(1.0, _PAINTED / longer)
    canvas = Canvas(max(8, round(size[0] * scale)), max(8, round(size[1] * scale)), random)
    SCENES[scene](canvas)
    picture = canvas.image.filter(ImageFilter.GaussianBlur(0.7))
    picture = picture.resize(size, Image.Resampling.BICUBIC)
    picture = _grain(picture, random, coarse=scale > 0.8)
    if orientation != 1:
        picture = picture.transpose(_STORED_AS[orientation])
    stored = BytesIO()
    exif = _exif(taken, artist, gps, orientation)
    picture.save(stored, "JPEG", quality=88, exif=exif)
    return stored.getvalue()


def _grain(picture: Image.Image, random: Random, *, coarse: bool) -> Image.Image:
    """Lay film grain over ``picture``: one tile of noise, repeated; fainter where it is coarse."""
    share = 12 if coarse else 4
    tile = Image.frombytes("L", (512, 512), random.randbytes(512 * 512))
    tile = tile.filter(ImageFilter.GaussianBlur(0.8)).point(
        lambda value: 128 + (value - 128) // share
    )
    grain = Image.new("L", picture.size)
    for left in range(0, picture.width, 512):
        for top in range(0, picture.height, 512):
            grain.paste(tile, (left, top))
    return ImageChops.overlay(picture, Image.merge("RGB", (grain, grain, grain)))


def _exif(
    taken: datetime | None, artist: str, gps: tuple[float, float] | None, orientation: int
) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Sample"
    exif[ExifTags.Base.Model] = "Sample Camera 3000"
    exif[ExifTags.Base.Orientation] = orientation
    if artist:
        exif[ExifTags.Base.Artist] = artist
        exif[ExifTags.Base.Copyright] = f"© {artist}"
    if taken is not None:
        stamp = taken.strftime("%Y:%m:%d %H:%M:%S")
        exif[ExifTags.Base.DateTime] = stamp
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = stamp
    if gps is not None:
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        latitude, longitude = gps
        place[ExifTags.GPS.GPSLatitudeRef] = "N" if latitude >= 0 else "S"
        place[ExifTags.GPS.GPSLatitude] = _degrees(latitude)
        place[ExifTags.GPS.GPSLongitudeRef] = "E" if longitude >= 0 else "W"
        place[ExifTags.GPS.GPSLongitude] = _degrees(longitude)
    return exif


def _degrees(value: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    """Return degrees, minutes and seconds as EXIF stores them."""
    seconds = Fraction(abs(value)).limit_denominator(1_000_000) * 3_600
    whole, rest = divmod(seconds, 3_600)
    minutes, rest = divmod(rest, 60)
    return IFDRational(whole), IFDRational(minutes), IFDRational(round(rest * 100), 100)

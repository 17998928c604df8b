"""From a decoded picture to the JPEGs that are kept."""

from __future__ import annotations

import hashlib
import io

from PIL import Image, ImageCms

from reporterdesk.domain.photo import Rendition

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture with an EXIF orientation upright (TIFF 6.0, tag 274)."""

_SIXTEEN_BITS = frozenset(("I;16", "I;16B", "I;16L", "I;16N", "I"))
_PAPER = (255, 255, 255)
_STRIP = 256
"""Rows that are scaled at once: between its two passes Pillow holds a copy of what it scales."""


def fitted_size(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """Return ``size`` in pixels scaled so that its longest side is at most ``longest``."""
    scale = min(1.0, longest / max(size))
    return (max(1, round(size[0] * scale)), max(1, round(size[1] * scale)))


def fitted(picture: Image.Image, longest: int) -> Image.Image:
    """Return ``picture`` with its longest side at most ``longest``; never enlarged."""
    width, height = fitted_size(picture.size, longest)
    if (width, height) == picture.size:
        return picture
    scaled = Image.new(picture.mode, (width, height))
    rows = picture.height / height
    for top in range(0, height, _STRIP):
        bottom = min(top + _STRIP, height)
        # The filter looks beyond the box, so that no seam shows.
        box = (0.0, top * rows, float(picture.width), bottom * rows)
        size = (width, bottom - top)
        strip = picture.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)
        scaled.paste(strip, (0, top))
    return scaled


def upright(picture: Image.Image, orientation: int) -> Image.Image:
    """Return ``picture`` turned as its EXIF orientation asks."""
    method = _UPRIGHT.get(orientation)
    return picture if method is None else picture.transpose(method)


def plain(picture: Image.Image) -> Image.Image:
    """Return ``picture`` in a mode that can be scaled: no palette, 8 bits, on white paper."""
    mode = picture.mode
    if mode in {"RGB", "L", "CMYK"}:
        return picture
    if mode in _SIXTEEN_BITS:
        return _eight_bits(picture)
    if mode == "F":
        low, high = _extrema(picture)
        scale = 255.0 / (high - low) if high > low else 0.0
        return picture.point(lambda value: value * scale - low * scale).convert("L")
    if mode in {"LA", "PA", "La", "RGBa", "RGBA"} or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        paper = Image.new("RGB", picture.size, _PAPER)
        paper.paste(picture, mask=picture.getchannel("A"))
        return paper
    return picture.convert("L" if mode == "1" else "RGB")


def _eight_bits(picture: Image.Image) -> Image.Image:
    _, high = _extrema(picture)
    wide = picture.convert("I")
    return wide.point(lambda value: value * (1 / 256 if high > 255 else 1.0)).convert("L")


def _extrema(picture: Image.Image) -> tuple[float, float]:
    low, high = picture.getextrema()
    assert isinstance(low, int | float)  # noqa: S101 - these modes have one band
    assert isinstance(high, int | float)  # noqa: S101 - as above
    return low, high


def in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return ``picture`` (made :func:`plain`) as RGB in the sRGB colour space.

    A profile that is broken, or is for other colours than the picture has, is passed over.
    """
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            converted = None
        if converted is not None:
            return converted
    return picture.convert("RGB")


def as_jpeg(picture: Image.Image, quality: int, exif: bytes) -> bytes:
    """Return ``picture`` as a progressive JPEG with ``exif`` and no other metadata."""
    picture.info = {}  # or the colour profile and comments that it came with would be written
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, progressive=True, optimize=True, exif=exif)
    return out.getvalue()


def rendition_of(data: bytes, picture: Image.Image) -> Rendition:
    """Return the record of a JPEG and the picture that it shows."""
    return Rendition(
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        media_type="image/jpeg",
        width=picture.width,
        height=picture.height,
    )

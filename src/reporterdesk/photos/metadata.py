"""What a photo's file says about it: EXIF, IPTC and XMP; what is kept, and what is taken out.

Kept in the file: who took it, whose it is, what it shows. Everything else is taken out; what people
care about is named in plain words.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import datetime

from PIL import Image, IptcImagePlugin
from PIL.ExifTags import IFD, Base

from reporterdesk.photos.imported import PhotoDetails
from reporterdesk.text.cleaning import clean_text

_LONGEST = 2_000
_XMP_READ = 256 * 1024
_XMP_KEYS = ("xmp", "XML:com.adobe.xmp", "Raw profile type xmp")
# What cameras write where a caption belongs.
_NO_CAPTION = re.compile(
    r"(?:olympus|sony|samsung|kodak|nikon|minolta|konica).*|dsc\w*|\W*|default|untitled|"
    r"exif_jpeg_picture|screenshot",
    re.IGNORECASE,
)
_IPTC_CAPTION, _IPTC_BYLINE, _IPTC_CREDIT, _IPTC_COPYRIGHT = (2, 120), (2, 80), (2, 110), (2, 116)
"""Datasets of the IPTC Information Interchange Model 4.2, application record."""

_NAIVE = "%Y:%m:%d %H:%M:%S"
_MORE = ("further pictures in the file",)
_SERIAL_NUMBERS = (Base.BodySerialNumber, Base.LensSerialNumber, Base.CameraSerialNumber)
_TOLD: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("the place where it was taken", (Base.GPSInfo,)),
    ("the camera’s serial number", tuple(_SERIAL_NUMBERS)),
    ("the name of the camera’s owner", (Base.CameraOwnerName,)),
    ("the camera’s make and model", (Base.Make, Base.Model, Base.LensMake, Base.LensModel)),
    ("the camera maker’s private notes", (Base.MakerNote, Base.MakerNoteSafety)),
    ("the date and time", (Base.DateTime, Base.DateTimeOriginal, Base.DateTimeDigitized)),
    ("the software that was used", (Base.Software, Base.ProcessingSoftware, Base.HostComputer)),
    ("comments", (Base.UserComment, Base.XPComment, Base.XPKeywords, Base.XPSubject)),
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was read: the details for the report, the words kept in the file, what goes."""

    details: PhotoDetails
    artist: str
    copyright: str
    description: str
    removed: tuple[str, ...]


def has_more_pictures(picture: Image.Image) -> bool:
    """Return whether the file holds more than the first picture; ask before it is decoded."""
    try:
        return getattr(picture, "n_frames", 1) > 1 or bool(picture.info.get("mpoffset"))
    except Exception:  # noqa: BLE001 - a broken chain of frames makes the reader raise anything
        return False


def read_metadata(picture: Image.Image, *, more_pictures: bool = False) -> Metadata:
    """Return what a decoded ``picture`` says. Broken metadata reads as none.

    :param more_pictures: what :func:`has_more_pictures` said.
    """
    tags = _exif_tags(picture)
    iptc = _iptc(picture)
    xmp = _xmp(picture)
    artist = _first(
        _exif_text(tags.get(Base.Artist)), iptc.get(_IPTC_BYLINE), _xmp_value(xmp, "dc:creator")
    )
    rights = _first(
        _exif_text(tags.get(Base.Copyright)),
        iptc.get(_IPTC_COPYRIGHT),
        _xmp_value(xmp, "dc:rights"),
    )
    described = _first(
        iptc.get(_IPTC_CAPTION),
        _xmp_value(xmp, "dc:description"),
        _exif_text(tags.get(Base.ImageDescription)),
    )
    caption = "" if _NO_CAPTION.fullmatch(described) else described
    credit = _first(artist, iptc.get(_IPTC_CREDIT), rights)
    return Metadata(
        details=PhotoDetails(taken_at=_taken_at(tags), credit=credit, caption=caption),
        artist=artist,
        copyright=rights,
        description=caption,
        removed=_removed(picture, tags, xmp) + (_MORE if more_pictures else ()),
    )


def kept_exif(metadata: Metadata) -> bytes:
    """Return the EXIF of the files that are kept: artist, copyright and description only."""
    exif = Image.Exif()
    for tag, text in (
        (Base.ImageDescription, metadata.description),
        (Base.Artist, metadata.artist),
        (Base.Copyright, metadata.copyright),
    ):
        if text:
            # EXIF says ASCII; UTF-8 is what every program reads and writes there (EXIF 3.0 has it).
            exif[tag] = text.encode("utf-8")
    return exif.tobytes() if len(exif) else b""


def orientation(picture: Image.Image) -> int:
    """Return the EXIF orientation (1 to 8) that is still to be baked into a loaded picture."""
    value = _exif_tags(picture).get(Base.Orientation, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _exif_tags(picture: Image.Image) -> dict[int, object]:
    """Return the tags of the main, the EXIF and the GPS directory in one."""
    tags: dict[int, object] = {}
    try:
        exif = picture.getexif()
        tags.update(exif)
        tags.update(exif.get_ifd(IFD.Exif))
        place = exif.get_ifd(IFD.GPSInfo)
    except Exception:  # noqa: BLE001 - broken EXIF makes the reader raise anything
        return tags
    tags.pop(Base.GPSInfo, None)
    if place:
        tags[Base.GPSInfo] = place
    return tags


def _exif_text(value: object) -> str:
    if isinstance(value, str):
        # Pillow reads Latin-1; what was written is UTF-8 more often than not.
        value = value.encode("latin-1", "ignore")
    return _decoded(value) if isinstance(value, bytes) else ""


def _decoded(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return clean_text(text).strip()[:_LONGEST].strip()


def _first(*candidates: str | None) -> str:
    return next((text for text in candidates if text), "")


def _iptc(picture: Image.Image) -> dict[tuple[int, int], str]:
    try:
        found = IptcImagePlugin.getiptcinfo(picture) or {}  # type: ignore[arg-type]  # takes any
    except Exception:  # noqa: BLE001 - broken IPTC makes the reader raise anything
        return {}
    texts: dict[tuple[int, int], str] = {}
    for key, value in found.items():
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, bytes):
            texts[key] = _decoded(first)
    return texts


def _xmp(picture: Image.Image) -> str:
    for key in _XMP_KEYS:
        value = picture.info.get(key)
        if isinstance(value, bytes):
            return value[:_XMP_READ].decode("utf-8", "replace")
        if isinstance(value, str):
            return value[:_XMP_READ]
    return ""


def _xmp_value(xmp: str, name: str) -> str:
    """Return the first value of an XMP property, without an XML parser on a stranger's file."""
    _, _, after = xmp.partition(f"<{name}")
    inner, closed, _ = after.partition(f"</{name}>")
    if not closed:
        return ""
    _, item, rest = inner.partition("<rdf:li")
    value = rest.partition(">")[2].partition("<")[0] if item else inner.partition(">")[2]
    return clean_text(html.unescape(value.partition("<")[0])).strip()[:_LONGEST].strip()


def _taken_at(tags: dict[int, object]) -> datetime | None:
    for tag, zone in (
        (Base.DateTimeOriginal, Base.OffsetTimeOriginal),
        (Base.DateTimeDigitized, Base.OffsetTimeDigitized),
        (Base.DateTime, Base.OffsetTime),
    ):
        stamp, offset = _exif_text(tags.get(tag)), _exif_text(tags.get(zone))
        for text, shape in ((f"{stamp}{offset}", "%Y:%m:%d %H:%M:%S%z"), (stamp, _NAIVE)):
            try:
                return datetime.strptime(text, shape)  # noqa: DTZ007 - EXIF may have no zone
            except ValueError:
                continue
    return None


def _removed(picture: Image.Image, tags: dict[int, object], xmp: str) -> tuple[str, ...]:
    found = [words for words, numbers in _TOLD if any(tags.get(number) for number in numbers)]
    place = _TOLD[0][0]
    if place not in found and "GPSLatitude" in xmp:
        found.insert(0, place)
    if xmp and any(mark in xmp for mark in ("xmpMM:", "crs:", "photoshop:History")):
        found.append("its editing history")
    comment = picture.info.get("comment")
    if comment and "comments" not in found:
        found.append("comments")
    return tuple(found)

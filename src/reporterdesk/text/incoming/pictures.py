"""Pictures inside HTML: their bytes or their file, never anything from the network."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import unquote, urlsplit

from reporterdesk.text.incoming.model import PictureSource

MOST_PICTURES = 100
MOST_BYTES = 200 * 1024 * 1024
"""What the pictures of one text may take together."""

_SMALLEST_BYTES = 400
"""Fewer are a spacer, or what a page shows until its picture is loaded."""
_SMALLEST_SIDE = 32
"""Pixels; what is said to be smaller is an icon, a smiley or a counter, and no photo."""

_STAND_IN = "picture-in-the-text:"
_DATA = re.compile(r"data:image/(?!svg)[\w.+-]{1,40}(?:;[\w=.-]{1,40})*;base64,", re.IGNORECASE)
_BASE64 = re.compile(r"[A-Za-z0-9+/=_\-\s%]*")
_FILE_NAMES = frozenset((".bmp", ".gif", ".heic", ".heif", ".jfif", ".jpe", ".jpeg", ".jpg"))
_MORE_FILE_NAMES = frozenset((".png", ".tif", ".tiff", ".webp"))
_NO_WORDS = frozenset(("image", "picture", "checked", "unchecked"))
"""What programs say of any picture, and of the boxes of a list that is ticked off."""
_PIXELS = re.compile(r"\s*(\d{1,5})(?:\.\d*)?\s*(?:px)?\s*")
_STYLE_SIDE = re.compile(r"(?:^|[;\s])(?:width|height)\s*:\s*(\d{1,5})(?:\.\d*)?px", re.IGNORECASE)


@dataclass(slots=True)
class InlinePictures:
    """The pictures that stood in the HTML itself; ``left_out`` counts those that were too many."""

    found: list[str]
    left_out: int = 0

    def decoded(self, number: int) -> bytes:
        """Return the bytes of one, or nothing where they are no base64."""
        text = self.found[number]
        if "%" in text:
            text = unquote(text)
        text = "".join(text.split()).translate(_URL_SAFE).rstrip("=")
        try:
            return base64.b64decode(text + "=" * (-len(text) % 4))
        except binascii.Error:
            return b""


_URL_SAFE = str.maketrans("-_", "+/")


def take_out(html: str) -> tuple[str, InlinePictures]:
    """Return ``html`` with a short token for each picture in it, and the pictures.

    They can be a hundred times longer than the text, which is cut at a size of its own.
    """
    pictures = InlinePictures([])
    parts: list[str] = []
    start = room = 0
    while found := _DATA.search(html, start):
        body = _BASE64.match(html, found.end())
        end = body.end() if body else found.end()
        parts.append(html[start : found.start()])
        room += end - found.end()
        if len(pictures.found) < MOST_PICTURES and room <= MOST_BYTES * 4 // 3:
            parts.append(f"{_STAND_IN}{len(pictures.found)}")
            pictures.found.append(html[found.end() : end])
        else:
            pictures.left_out += 1
        start = end
    parts.append(html[start:])
    return "".join(parts), pictures


def source_of(
    address: str, inline: InlinePictures, folder: Path | None = None
) -> PictureSource | None:
    """Return where the picture of an ``img`` is to be had on this machine, or ``None``.

    :param folder: where the HTML file lies that names it; what is named relative to it is taken
        from there, and from nowhere above it.
    """
    address = address.strip()
    if address.startswith(_STAND_IN):
        number = address.removeprefix(_STAND_IN)
        known = number.isdecimal() and int(number) < len(inline.found)
        data = inline.decoded(int(number)) if known else b""
        return data if len(data) >= _SMALLEST_BYTES else None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    path = unquote(parts.path)
    if "\0" in path or PurePosixPath(path).suffix.lower() not in _FILE_NAMES | _MORE_FILE_NAMES:
        return None
    if parts.scheme.lower() == "file":
        return _local_file(parts.netloc, path)
    if folder is None or parts.scheme or parts.netloc:
        return None
    file = (folder / path).resolve()
    return file if file.is_relative_to(folder.resolve()) else None


def _local_file(host: str, path: str) -> Path | None:
    """Return a file of this machine: one on another machine would be asked for over the network."""
    drive = re.match(r"/*([A-Za-z]:[/\\].*)", path)
    if host.lower() not in {"", "localhost"} or (not drive and not re.match(r"/[^/\\]", path)):
        return None
    if drive:  # as Word writes it: file:///C:/…; elsewhere than on Windows there is no such file
        return Path(PureWindowsPath(drive[1]).as_posix())
    return Path(path)


def is_tiny(attributes: Mapping[str, str]) -> bool:
    """Return whether an ``img`` says that it is an icon or a counter."""
    sides = [attributes.get("width", ""), attributes.get("height", "")]
    told = [int(found[1]) for side in sides if (found := _PIXELS.fullmatch(side))]
    told += [int(found[1]) for found in _STYLE_SIDE.finditer(attributes.get("style", "")[:2000])]
    return any(side <= _SMALLEST_SIDE for side in told)


def alt_of(attributes: Mapping[str, str]) -> str:
    """Return the words that stand for a picture; a file’s name is none."""
    words = " ".join(attributes.get("alt", "").split())
    bare = PurePosixPath(words).suffix.lower() in _FILE_NAMES | _MORE_FILE_NAMES
    return "" if (bare and " " not in words) or words.lower() in _NO_WORDS else words

"""Word’s files into the tree: mammoth reads them, by what paragraphs are called, not how they look.

A DOCX is a ZIP of XML from anywhere: its size unpacked is looked at before anything is read.
"""

from __future__ import annotations

import base64
import io
import zipfile
import zlib
from typing import Any

import mammoth

from reporterdesk.domain.errors import FileDamaged, FileProtected, FileTooLarge, NotWhatItSays
from reporterdesk.text.incoming.html import from_html
from reporterdesk.text.incoming.model import Incoming

MOST_UNPACKED = 300 * 1024 * 1024
MOST_XML = 40 * 1024 * 1024
"""Of the text itself: a novel has two. What is read from it takes thirty times the memory."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Begins a compound file ([MS-CFB] 2.2): a DOC of old, or an encrypted DOCX ([MS-OFFCRYPTO])."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_BROKEN = (
    *(EOFError, KeyError, OSError, RuntimeError, ValueError),
    *(zipfile.BadZipFile, zlib.error),
)
"""What zipfile raises for an archive that is not what it should be."""

_PHOTO_TYPES = frozenset(
    f"image/{name}" for name in ("png", "jpeg", "jpg", "gif", "tiff", "webp", "bmp", "heic")
)
"""Drawings (EMF, WMF, SVG) are no photos."""

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
br[type='page'] => hr
"""


def from_docx(data: bytes, *, as_report: bool = False) -> Incoming:
    """Return the text of a DOCX file with its pictures. Takes seconds; any thread but the UI’s.

    :raises FileProtected: it needs a password.
    :raises NotWhatItSays: it is something else, whatever it is called.
    :raises FileTooLarge: it unpacks to more than can be read.
    :raises FileDamaged: it is truncated or broken.
    """
    _look_before(data)
    try:
        html = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            # An embedded map is a program in a small language, by whoever wrote the file.
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=mammoth.images.img_element(_picture),
        ).value
    except (MemoryError, RecursionError) as error:
        raise FileTooLarge from error
    except Exception as error:  # mammoth lets through whatever broken XML makes happen
        raise FileDamaged from error
    return from_html(html, as_report=as_report)


def _look_before(data: bytes) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise FileProtected
        raise NotWhatItSays(
            "This is a file of an old Word, not a DOCX.",
            next_step="Open it in Word or LibreOffice, save it as DOCX, and try again.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            sizes = {each.filename: each.file_size for each in packed.infolist()}
            locked = any(each.flag_bits & 1 for each in packed.infolist())
            strange = not locked and any(_has_own_entities(packed, each) for each in sizes)
    except _BROKEN as error:
        if data.startswith(b"PK"):
            raise FileDamaged from error
        raise NotWhatItSays from error
    if locked:
        raise FileProtected
    if not any(name.startswith("word/") for name in sizes):
        raise NotWhatItSays
    if strange:
        raise FileDamaged
    xml = sum(size for name, size in sizes.items() if name.endswith((".xml", ".rels")))
    if sum(sizes.values()) > MOST_UNPACKED or xml > MOST_XML:
        raise FileTooLarge


def _has_own_entities(packed: zipfile.ZipFile, name: str) -> bool:
    """Return whether a part may define entities: no word processor does, bombs do."""
    if not name.endswith((".xml", ".rels")):
        return False
    with packed.open(name) as part:
        head = part.read(4096)
    return b"<!" in head.replace(b"<!--", b"") or b"<\0!\0" in head


def _picture(image: Any) -> dict[str, str]:
    """Hand a picture on inside the HTML; one that is not in the file leaves its alt text."""
    if image.content_type not in _PHOTO_TYPES:
        return {}
    try:
        with image.open() as file:
            packed = base64.b64encode(file.read()).decode("ascii")
    except _BROKEN:
        return {}
    return {"src": f"data:{image.content_type};base64,{packed}"}

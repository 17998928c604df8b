"""A file into a text: what it is called says what it should be, its bytes what it is."""

from __future__ import annotations

import codecs
import os
import re
import stat
from pathlib import Path

from reporterdesk.domain.errors import FileTooLarge, FileUnreadable, NotWhatItSays
from reporterdesk.text.incoming.html import from_html
from reporterdesk.text.incoming.kinds import DOCX_NAMES, HTML_NAMES, MARKDOWN_NAMES
from reporterdesk.text.incoming.model import Incoming
from reporterdesk.text.incoming.plain import from_plain

MOST_BYTES = 128 * 1024 * 1024
"""Of a file; a report with twenty photos inside has half of it."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_OTHERS = (
    *(b"%PDF-", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8"),
    *(b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x7fELF"),
)
"""How files begin that are no text, whatever they are called."""


def read_file(path: Path) -> Incoming:
    """Return what stands in ``path``, with its headline. Takes seconds; not on the UI thread.

    :raises FileUnreadable: it is not there, no file, or may not be read.
    :raises FileTooLarge: it has more than can be read.
    :raises FileProtected: it needs a password.
    :raises FileDamaged: it is broken.
    :raises NotWhatItSays: its content is not what its name says.
    """
    data, name = _bytes_of(path), path.suffix.lower()
    if name in DOCX_NAMES:
        from reporterdesk.text.incoming.docx import from_docx

        return from_docx(data, as_report=True)
    text = _decoded(data)
    if name in HTML_NAMES:
        return from_html(text, folder=path.parent, as_report=True)
    if name in MARKDOWN_NAMES:
        from reporterdesk.text.incoming.markdown_file import from_markdown

        return from_markdown(text, folder=path.parent, as_report=True)
    return from_plain(text, as_report=True)


def _bytes_of(path: Path) -> bytes:
    try:
        # Not blocking: a pipe that nobody writes to would be waited for for ever.
        with open(path, "rb", opener=_open_at_once) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise FileUnreadable
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise FileUnreadable from error
    if len(data) > MOST_BYTES:
        raise FileTooLarge
    if not data.strip(b"\0 \t\r\n"):
        raise FileUnreadable("The file is empty.")
    return data


def _open_at_once(name: str, flags: int) -> int:
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def _decoded(data: bytes) -> str:
    """Return the characters of a text file: by its mark, by what it says, or as UTF-8, or Latin.

    :raises NotWhatItSays: it is no text.
    """
    if data.startswith(_OTHERS):
        raise NotWhatItSays
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\0" in data[:100_000]:
        raise NotWhatItSays
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        said = _CHARSET.search(data[:4096])
    try:
        return data.decode(said[1].decode("ascii") if said else "cp1252", "replace")
    except (LookupError, ValueError):
        return data.decode("cp1252", "replace")

"""What comes from the clipboard or is dropped into the text.

Files and pictures are handed on; text of this app comes back as it was; anything else goes through
:mod:`reporterdesk.text.incoming`. Nothing here reads a file or a network address.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage, QTextCursor

from reporterdesk.text.incoming.html import from_html
from reporterdesk.text.incoming.model import Incoming, Picture
from reporterdesk.text.incoming.plain import from_plain
from reporterdesk.text.lines import Line, StandingLine, lines_of
from reporterdesk.text.normal import clean_text
from reporterdesk.text.parse import parse
from reporterdesk.text.tree import Document, Figure, Paragraph, Run
from reporterdesk.ui.editor.block_commands import (
    is_empty,
    is_standing,
    new_paragraph_after,
    one_step,
)
from reporterdesk.ui.editor.copying import OWN_FORMAT
from reporterdesk.ui.editor.document_writer import insert_lines


@dataclass(frozen=True, slots=True)
class Files:
    """Files from this machine."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture without a file."""

    image: QImage


@dataclass(frozen=True, slots=True)
class Bare:
    """Bare words on one line, to go on in the line of the caret with their spaces."""

    text: str


Pasted: TypeAlias = Files | Pixels | Bare | Incoming


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture that came with a text, and where it is to stand; the place moves with the text."""

    picture: Picture
    place: QTextCursor


def read_mime(data: QMimeData) -> Pasted:
    """Return what ``data`` holds, the richest form that is of use."""
    paths = tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    if paths:
        return Files(paths)
    if data.hasFormat(OWN_FORMAT):
        markdown = bytes(data.data(OWN_FORMAT).data()).decode("utf-8", "replace")
        return Incoming(parse(markdown))
    if data.hasHtml():
        incoming = from_html(data.html())
        # A browser copies a picture with its pixels, and with HTML that has no words but its alt.
        if incoming.document.blocks and not (incoming.wordless and data.hasImage()):
            return incoming
    if data.hasImage():
        image = QImage(data.imageData())
        if not image.isNull():
            return Pixels(image)
    return _plain(data.text(), lists=True)


def _plain(text: str, *, lists: bool) -> Bare | Incoming:
    """Return bare words; line ends at their edges are nobody’s paragraphs."""
    line = clean_text(text).strip("\n")
    return from_plain(line, lists=lists) if "\n" in line else Bare(line)


def insert_plain(cursor: QTextCursor, text: str) -> None:
    """Put the bare words of ``text`` at ``cursor``, as one step to undo; no list is made."""
    pasted = _plain(text, lists=False)
    if isinstance(pasted, Bare):
        insert_bare(cursor, pasted)
    else:
        insert_incoming(cursor, pasted)


def insert_bare(cursor: QTextCursor, bare: Bare) -> None:
    """Put one line of bare words at ``cursor``, as one step to undo."""
    insert_document(cursor, Document((Paragraph((Run(bare.text),)),)))


def insert_document(cursor: QTextCursor, document: Document) -> None:
    """Put ``document`` at ``cursor`` in place of its selection, as one step to undo."""
    _insert(cursor, list(lines_of(document)))


def insert_incoming(cursor: QTextCursor, incoming: Incoming) -> list[PlacedPicture]:
    """Put a text at ``cursor``, as one step to undo, and return where its pictures belong.

    Their figures are left out: a picture is a photo of the report only once it has been read.
    """
    waiting = {picture.place: picture for picture in incoming.pictures}
    lines: list[Line] = []
    found: list[tuple[int, Picture]] = []
    for line in lines_of(incoming.document):
        figure = line.block if isinstance(line, StandingLine) else None
        if isinstance(figure, Figure) and figure.photo_id in waiting:
            found.append((len(lines), waiting[figure.photo_id]))
        else:
            lines.append(line)
    begin = cursor.selectionStart()
    _insert(cursor, lines)
    return [
        PlacedPicture(picture, _place(cursor, begin, len(lines) - number if number else None))
        for number, picture in found
    ]


def _insert(cursor: QTextCursor, lines: list[Line]) -> None:
    with one_step(cursor):
        cursor.removeSelectedText()
        if lines and is_standing(cursor.block()) and not is_empty(cursor.block()):
            new_paragraph_after(cursor)
        insert_lines(cursor, lines)


def _place(end: QTextCursor, begin: int, lines_after: int | None) -> QTextCursor:
    """Return the place before all that was inserted (``None``), or so many lines before its end."""
    place = QTextCursor(end)
    if lines_after is None:
        place.setPosition(begin)
    elif lines_after:
        block = end.document().findBlockByNumber(end.blockNumber() - lines_after)
        place.setPosition(block.position() + block.length() - 1)
    return place

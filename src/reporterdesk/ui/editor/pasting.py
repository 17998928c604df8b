"""What comes from the clipboard or is dropped, and what goes there.

Files and pictures are handed on; text of this app comes back as it was; HTML goes through
:mod:`.pasted_html`; anything else is plain text. Nothing here reads a file or a network address.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage, QTextBlock, QTextCursor

from reporterdesk.text.html import to_html
from reporterdesk.text.lines import Line, TextLine, document_of, lines_of
from reporterdesk.text.normal import clean_text
from reporterdesk.text.parse import parse
from reporterdesk.text.print import to_markdown
from reporterdesk.text.tree import Document, Paragraph, Run
from reporterdesk.ui.editor.block_commands import is_empty, is_standing, new_paragraph_after
from reporterdesk.ui.editor.document_reader import normal_lines, read_block
from reporterdesk.ui.editor.document_writer import insert_lines
from reporterdesk.ui.editor.formats import pieces, run_of, standing_of, style_of
from reporterdesk.ui.editor.inline_commands import utf16_length
from reporterdesk.ui.editor.pasted_html import document_from_html

OWN_FORMAT = "application/x-reporterdesk-body"
"""The body's Markdown, for copying within the app without loss."""


@dataclass(frozen=True, slots=True)
class Files:
    """Files from this machine."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture without a file."""

    image: QImage


@dataclass(frozen=True, slots=True)
class Words:
    """Text for the body; ``plain`` where there were only bare words."""

    document: Document
    plain: str | None = None


Pasted: TypeAlias = Files | Picture | Words


def read_mime(data: QMimeData) -> Pasted:
    """Return what ``data`` holds, the richest form that is of use."""
    paths = tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    if paths:
        return Files(paths)
    if data.hasFormat(OWN_FORMAT):
        markdown = bytes(data.data(OWN_FORMAT).data()).decode("utf-8", "replace")
        return Words(parse(markdown))
    if data.hasHtml():
        document = document_from_html(data.html())
        if document.blocks:
            return Words(document)
    if data.hasImage():
        image = QImage(data.imageData())
        if not image.isNull():
            return Picture(image)
    return Words(plain_document(data.text()), data.text())


def plain_document(text: str) -> Document:
    """Return ``text`` as paragraphs, one a line; nothing in it is read as Markdown."""
    lines = clean_text(text).split("\n")
    return Document(tuple(Paragraph((Run(line),)) for line in lines if line.strip()))


def insert_document(cursor: QTextCursor, document: Document) -> None:
    """Put ``document`` at ``cursor`` in place of its selection, as one step to undo."""
    lines = list(lines_of(document))
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    if lines and is_standing(cursor.block()) and not is_empty(cursor.block()):
        new_paragraph_after(cursor)
    insert_lines(cursor, lines)
    cursor.endEditBlock()


def insert_plain(cursor: QTextCursor, text: str) -> None:
    """Put the bare words ``text`` at ``cursor``; one line keeps the spaces at its ends."""
    line = clean_text(text)
    if "\n" in line.strip("\n"):
        insert_document(cursor, plain_document(text))
        return
    insert_document(cursor, Document((Paragraph((Run(line.strip("\n")),)),)))


def write_mime(selection: QTextCursor) -> QMimeData:
    """Return the selected text as plain text, HTML and, for this app, as it is."""
    lines = list(_selected_lines(selection))
    document = document_of(lines)
    normal = document_of(normal_lines(lines))
    data = QMimeData()
    data.setText("\n".join(_plain(line) for line in lines))
    if normal.blocks:
        data.setHtml(to_html(normal, _no_figure))
        if len(document.blocks) > 1 or _has_format(document):
            data.setData(OWN_FORMAT, to_markdown(normal).encode("utf-8"))
    return data


def _no_figure(_photo_id: str) -> str:
    # Photos do not leave the app by the clipboard.
    return ""


def _has_format(document: Document) -> bool:
    lines = list(lines_of(document))
    if any(not isinstance(line, TextLine) or line.style.level for line in lines):
        return True
    return any(
        run.bold or run.italic or run.link
        for line in lines
        if isinstance(line, TextLine)
        for run in line.runs
    ) or not all(isinstance(block, Paragraph) for block in document.blocks)


def _plain(line: Line) -> str:
    return "".join(run.text for run in line.runs) if isinstance(line, TextLine) else ""


def _selected_lines(selection: QTextCursor) -> list[Line]:
    begin, end = selection.selectionStart(), selection.selectionEnd()
    lines: list[Line] = []
    block = selection.document().findBlock(begin)
    while block.isValid() and block.position() <= end:
        inside = begin <= block.position() and block.position() + block.length() - 1 <= end
        lines.extend(read_block(block) if inside else _part(block, begin, end))
        block = block.next()
    return lines


def _part(block: QTextBlock, begin: int, end: int) -> list[Line]:
    """Read the words of ``block`` between two positions of the document."""
    runs: list[Run] = []
    for start, text, made in pieces(block):
        left, right = max(start, begin), min(start + utf16_length(text), end)
        if left >= right or standing_of(made) is not None:
            continue
        units = text.encode("utf-16-le", "surrogatepass")[2 * (left - start) : 2 * (right - start)]
        words = units.decode("utf-16-le", "replace").replace("\u2028", "\n")
        runs.append(run_of(words, made))
    return [TextLine(style_of(block), tuple(runs))] if runs else []

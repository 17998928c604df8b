"""What goes to the clipboard: plain text, HTML, and for this app the text as it is."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextBlock, QTextCursor

from reporterdesk.text.lines import Kind, Line, TextLine, document_of, lines_of
from reporterdesk.text.outgoing import to_clipboard_html, to_plain
from reporterdesk.text.print import to_markdown
from reporterdesk.text.tree import Document, Paragraph, Run
from reporterdesk.ui.editor.document_reader import normal_lines, read_block
from reporterdesk.ui.editor.formats import pieces, run_of, standing_of, style_of
from reporterdesk.ui.editor.inline_commands import utf16_length

OWN_FORMAT = "application/x-reporterdesk-body"
"""The body's Markdown, for copying within the app without loss."""


def write_mime(selection: QTextCursor) -> QMimeData:
    """Return the selected text as plain text, HTML and, for this app, as it is."""
    lines = list(_selected_lines(selection))
    document = document_of(lines)
    normal = document_of(normal_lines(lines))
    data = QMimeData()
    data.setText(_words(lines) if _is_words(lines) else to_plain(normal))
    if normal.blocks:
        data.setHtml(to_clipboard_html(normal))
        if len(document.blocks) > 1 or _has_format(document):
            data.setData(OWN_FORMAT, to_markdown(normal).encode("utf-8"))
    return data


def _is_words(lines: list[Line]) -> bool:
    """Return whether there is one line at most, and no list: spaces at its ends then count."""
    return not lines or (
        len(lines) == 1 and isinstance(lines[0], TextLine) and lines[0].style.kind is not Kind.ITEM
    )


def _words(lines: list[Line]) -> str:
    return "".join(run.text for line in lines if isinstance(line, TextLine) for run in line.runs)


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

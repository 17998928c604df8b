"""Brings the text of an open editor to another tree, as one step to undo.

Only the lines that differ are touched: the others stay, and with them the caret, the pictures and
what was selected there. :func:`~reporterdesk.ui.editor.document_writer.write_document` is for
another report; this is for another state of the same one.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TypeAlias

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument

from reporterdesk.text.lines import PARAGRAPH, Line, lines_of
from reporterdesk.text.tree import Document
from reporterdesk.ui.editor.block_commands import (
    new_paragraph_after,
    new_paragraph_before,
    one_step,
    set_style,
)
from reporterdesk.ui.editor.document_reader import normal_lines, read_block
from reporterdesk.ui.editor.document_writer import write_lines
from reporterdesk.ui.editor.formats import style_of

_Part: TypeAlias = tuple[int, int, Sequence[Line]]
"""The blocks from the first number to before the second become these lines."""


def rewrite(text: QTextDocument, document: Document) -> bool:
    """Bring ``text`` to ``document``, a normal tree; return whether anything was to be done.

    Blank lines beside what is changed go: an empty item between two others would pull the second
    one out of its list.
    """
    parts = _parts(_read(text), list(lines_of(document)))
    cursor = QTextCursor(text)
    with one_step(cursor):
        # From the bottom, so that what is still to be done keeps its numbers.
        for first, end, lines in reversed(parts):
            _replace(cursor, first, end, lines)
    return bool(parts)


def _read(text: QTextDocument) -> list[Line | None]:
    """Return each block's line; None where it is blank, or not one line in normal form."""
    found: list[Line | None] = []
    block = text.begin()
    while block.isValid():
        lines = tuple(normal_lines(read_block(block)))
        found.append(lines[0] if len(lines) == 1 else None)
        block = block.next()
    return found


def _parts(now: list[Line | None], wanted: list[Line]) -> list[_Part]:
    """Return what is to be replaced, from top to bottom."""
    written = [number for number, line in enumerate(now) if line is not None]
    matcher = SequenceMatcher(
        None, _keys([now[number] for number in written]), _keys(wanted), autojunk=False
    )
    parts: list[_Part] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            first = written[a - 1] + 1 if a else 0
            end = written[b] if b < len(written) else len(now)
            parts.append((first, end, wanted[c:d]))
    return parts


def _keys(lines: Sequence[Line | None]) -> list[str]:
    """Return what lines are compared by, which costs less than their trees."""
    return [repr(line) for line in lines]


def _replace(cursor: QTextCursor, first: int, end: int, lines: Sequence[Line]) -> None:
    if not lines:
        remove_blocks(cursor, first, end)
        return
    text = cursor.document()
    if first < end:
        last = text.findBlockByNumber(end - 1)
        cursor.setPosition(text.findBlockByNumber(first).position())
        _remove_up_to(cursor, last.position() + last.length() - 1)
    elif first:
        cursor.setPosition(text.findBlockByNumber(first - 1).position())
        new_paragraph_after(cursor)
    else:
        cursor.setPosition(0)
        new_paragraph_before(cursor)
    write_lines(cursor, lines)
    # Qt would add what is typed next to an insertion that comes last, and undo both at once.
    cursor.setBlockFormat(cursor.blockFormat())


def remove_blocks(cursor: QTextCursor, first: int, end: int) -> None:
    """Remove blocks by number, from ``first`` to before ``end``; what stays keeps what it is."""
    text = cursor.document()
    if first == end:
        return
    start = text.findBlockByNumber(first).position()
    if end < text.blockCount():
        stays = text.findBlockByNumber(end)
        cursor.setPosition(start)
        upto = stays.position()
    elif first:
        stays = text.findBlockByNumber(first - 1)
        cursor.setPosition(start - 1)
        upto = text.characterCount() - 1
    else:
        cursor.setPosition(0)
        _remove_up_to(cursor, text.characterCount() - 1)
        set_style(cursor.block(), PARAGRAPH)
        cursor.setBlockCharFormat(QTextCharFormat())
        return
    style, made = stays.blockFormat(), stays.charFormat()
    kind = style_of(stays)
    _remove_up_to(cursor, upto)
    if style_of(cursor.block()) != kind or cursor.blockFormat() != style:
        cursor.setBlockFormat(style)
        cursor.setBlockCharFormat(made)


def _remove_up_to(cursor: QTextCursor, position: int) -> None:
    cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()

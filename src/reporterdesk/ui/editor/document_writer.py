"""From the tree into the editor: one line of the tree, one block."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument

from reporterdesk.text.lines import (
    PARAGRAPH,
    STANDING,
    Kind,
    Line,
    StandingLine,
    TextLine,
    lines_of,
)
from reporterdesk.text.tree import Document, Runs
from reporterdesk.ui.editor.directions import turn_all
from reporterdesk.ui.editor.formats import (
    HARD_BREAK,
    OBJECT,
    block_format,
    caret_format,
    run_format,
    standing_format,
)

# Characters at which QTextCursor.insertText starts a new block or frame, and the one that stands
# for a thing: none of them is a letter, and each would break "one line, one block".
_STRUCTURAL = re.compile("[\r\u2029\ufdd0\ufdd1\ufffc]")


def write_document(target: QTextDocument, document: Document) -> None:
    """Replace the text of ``target`` by ``document``; afterwards there is nothing to undo."""
    target.setUndoRedoEnabled(False)
    target.clear()
    cursor = QTextCursor(target)
    cursor.beginEditBlock()
    write_lines(cursor, list(lines_of(document)) or [TextLine(PARAGRAPH, ())])
    cursor.endEditBlock()
    turn_all(target)
    target.setUndoRedoEnabled(True)
    target.setModified(False)


def write_lines(cursor: QTextCursor, lines: Iterable[Line]) -> None:
    """Write ``lines`` at ``cursor``: the first into its block, which must be empty."""
    for index, line in enumerate(lines):
        style = line.style if isinstance(line, TextLine) else STANDING
        if index:
            cursor.insertBlock(block_format(style), caret_format(style))
        else:
            cursor.setBlockFormat(block_format(style))
            cursor.setBlockCharFormat(caret_format(style))
        if isinstance(line, StandingLine):
            cursor.insertText(OBJECT, standing_format(line.block))
        else:
            write_runs(cursor, line.runs)


def write_runs(cursor: QTextCursor, runs: Runs) -> None:
    """Write ``runs`` at ``cursor``, inside its block."""
    for run in runs:
        cursor.insertText(inside_a_block(run.text), run_format(run))


def inside_a_block(text: str) -> str:
    """Return ``text`` so that Qt writes all of it into one block."""
    return _STRUCTURAL.sub(" ", text).replace("\n", HARD_BREAK)


def insert_lines(cursor: QTextCursor, lines: list[Line]) -> None:
    """Insert ``lines`` at ``cursor`` in place of its selection, as one step to undo.

    A first line that is an ordinary paragraph goes on in the block of the caret; words after the
    caret go on after the last line if that is an ordinary paragraph too.
    """
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    if lines:
        _insert(cursor, lines)
    cursor.endEditBlock()


def _insert(cursor: QTextCursor, lines: list[Line]) -> None:
    tail = not cursor.atBlockEnd()
    if tail:
        cursor.insertBlock()
        cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter)
    first = lines[0]
    if cursor.block().length() == 1:
        write_lines(cursor, lines)
    elif isinstance(first, TextLine) and _plain(first):
        write_runs(cursor, first.runs)
        _append(cursor, lines[1:])
    else:
        _append(cursor, lines)
    if tail and _plain(lines[-1]):
        end = cursor.position()
        cursor.deleteChar()
        cursor.setPosition(end)


def _append(cursor: QTextCursor, lines: list[Line]) -> None:
    if lines:
        cursor.insertBlock(block_format(PARAGRAPH), QTextCharFormat())
        write_lines(cursor, lines)


def _plain(line: Line) -> bool:
    return isinstance(line, TextLine) and line.style.kind is Kind.PARAGRAPH

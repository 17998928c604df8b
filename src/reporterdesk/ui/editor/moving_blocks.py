"""Blocks change places: whole, with what is nested under them, each move one step to undo.

What is moved is read as lines of the tree and written again elsewhere, so that a photo keeps its id
and words their formats. Of a block and its neighbour it is the neighbour that is written again: the
caret and what is selected stay in the block that the person holds.
"""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from reporterdesk.text.lines import Kind, Line, StandingLine
from reporterdesk.text.tree import Figure
from reporterdesk.ui.editor.block_commands import (
    nested_under,
    new_paragraph_after,
    new_paragraph_before,
    one_step,
    selected_blocks,
)
from reporterdesk.ui.editor.document_reader import read_block
from reporterdesk.ui.editor.document_writer import write_lines
from reporterdesk.ui.editor.formats import style_of
from reporterdesk.ui.editor.rewriting import remove_blocks


def can_move(cursor: QTextCursor, *, up: bool) -> bool:
    """Return whether there is a block above, or below, to change places with."""
    return _neighbours(*_held(cursor), up=up) is not None


def move_blocks(cursor: QTextCursor, *, up: bool) -> bool:
    """Let the blocks under ``cursor`` and the one above, or below, change places.

    Items take along what is nested under them, and pass a whole nested list at once.

    :return: whether there was anything to change places with.
    """
    held = _held(cursor)
    beside = _neighbours(*held, up=up)
    if beside is None:
        return False
    start = held[0].position()
    anchor, position = cursor.anchor() - start, cursor.position() - start
    first, end = beside[0].blockNumber(), beside[1].blockNumber() + 1
    gap = held[1].blockNumber() + 1 if up else held[0].blockNumber()
    _carry(cursor.document(), first, end, gap)
    now = first if up else gap + end - first
    start = cursor.document().findBlockByNumber(now).position()
    # A selection may reach to the start of the block after; at the end of the text there is none.
    end = cursor.document().characterCount() - 1
    cursor.setPosition(min(start + anchor, end))
    cursor.setPosition(min(start + position, end), QTextCursor.MoveMode.KeepAnchor)
    return True


def move_figure(block: QTextBlock, gap: int) -> QTextCursor | None:
    """Bring the photo in ``block`` into a gap between blocks, and return it selected.

    :param gap: the number of the block before which it is to stand; the number of blocks: the end.
    :return: ``None`` if it stands there already.
    """
    text, number = block.document(), block.blockNumber()
    if gap in {number, number + 1}:
        return None
    _carry(text, number, number + 1, gap)
    return selected_thing(text.findBlockByNumber(gap - 1 if gap > number else gap))


def insert_figure_at(text: QTextDocument, gap: int, photo_id: str) -> QTextBlock:
    """Put a photo into a gap between blocks, as one step; an empty block beside it is used up."""
    gap = max(0, min(gap, text.blockCount()))
    cursor = QTextCursor(text)
    with one_step(cursor):
        for number in (gap, gap - 1):
            beside = text.findBlockByNumber(number)
            if beside.isValid() and beside.length() == 1:
                cursor.setPosition(beside.position())
                break
        else:
            _open_gap(cursor, gap)
        write_lines(cursor, [StandingLine(Figure(photo_id))])
    return cursor.block()


def selected_thing(block: QTextBlock) -> QTextCursor:
    """Return a cursor that has the thing in ``block`` selected."""
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def _held(cursor: QTextCursor) -> tuple[QTextBlock, QTextBlock]:
    """Return the first and the last block that move together."""
    blocks = selected_blocks(cursor)
    if style_of(blocks[-1]).kind is Kind.ITEM:
        blocks += nested_under(blocks[-1])
    return blocks[0], blocks[-1]


def _neighbours(
    first: QTextBlock, last: QTextBlock, *, up: bool
) -> tuple[QTextBlock, QTextBlock] | None:
    """Return the first and the last block that the held ones change places with."""
    if not up:
        below = last.next()
        if not below.isValid():
            return None
        nested = nested_under(below) if style_of(below).kind is Kind.ITEM else []
        return below, nested[-1] if nested else below
    end = above = first.previous()
    if not above.isValid():
        return None
    style = style_of(first)
    depth = style.depth if style.kind is Kind.ITEM else 0
    while style_of(above).kind is Kind.ITEM and style_of(above).depth > depth:
        above = above.previous()
    return above, end


def _carry(text: QTextDocument, first: int, end: int, gap: int) -> None:
    """Write the blocks from ``first`` to before ``end`` into a gap outside them, as one step."""
    lines: list[Line] = []
    for number in range(first, end):
        lines += read_block(text.findBlockByNumber(number))
    cursor = QTextCursor(text)
    with one_step(cursor):
        _open_gap(cursor, gap)
        write_lines(cursor, lines)
        moved = 0 if gap > first else len(lines)
        remove_blocks(cursor, first + moved, end + moved)


def _open_gap(cursor: QTextCursor, gap: int) -> None:
    """Open an empty paragraph in a gap between blocks, and go there."""
    text = cursor.document()
    if gap:
        cursor.setPosition(text.findBlockByNumber(gap - 1).position())
        new_paragraph_after(cursor)
    else:
        cursor.setPosition(0)
        new_paragraph_before(cursor)

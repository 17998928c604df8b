"""Commands on the blocks under a cursor. Each is one step to undo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor

from reporterdesk.text.lines import PARAGRAPH, Kind, LineStyle, StandingLine
from reporterdesk.text.tree import Embed, Figure, Rule
from reporterdesk.ui.editor.document_writer import write_lines
from reporterdesk.ui.editor.formats import DEEPEST, block_format, caret_format, style_of


@contextmanager
def one_step(cursor: QTextCursor) -> Iterator[None]:
    """Make everything done inside one step to undo."""
    cursor.beginEditBlock()
    try:
        yield
    finally:
        cursor.endEditBlock()


def selected_blocks(cursor: QTextCursor) -> list[QTextBlock]:
    """Return the blocks the selection touches, or the one of the caret."""
    document = cursor.document()
    block = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd())
    if cursor.hasSelection() and last != block and cursor.selectionEnd() == last.position():
        last = last.previous()
    blocks = [block]
    while block != last and block.next().isValid():
        block = block.next()
        blocks.append(block)
    return blocks


def set_style(block: QTextBlock, style: LineStyle) -> None:
    """Make ``block`` a line of ``style``; its words stay."""
    cursor = QTextCursor(block)
    with one_step(cursor):
        cursor.setBlockFormat(block_format(style))
        cursor.setBlockCharFormat(caret_format(style))


def set_kind(cursor: QTextCursor, style: LineStyle) -> None:
    """Make every block of words in the selection one of ``style``.

    Where all are so already, they become ordinary paragraphs again. Items keep their depth when a
    list changes between bullets and numbers.
    """
    blocks = [block for block in selected_blocks(cursor) if not is_standing(block)]
    if blocks and all(same_kind(style_of(block), style) for block in blocks):
        style = PARAGRAPH
    with one_step(cursor):
        for block in blocks:
            depth = style_of(block).depth if style.kind is Kind.ITEM else 0
            set_style(block, replace(style, depth=depth))


def same_kind(one: LineStyle, other: LineStyle) -> bool:
    """Return whether two styles differ in depth at most."""
    return replace(one, depth=0) == replace(other, depth=0)


def is_standing(block: QTextBlock) -> bool:
    """Return whether ``block`` is a rule, a photo or an embed."""
    return style_of(block).kind is Kind.STANDING


def is_empty(block: QTextBlock) -> bool:
    """Return whether ``block`` holds nothing."""
    return block.length() == 1


def can_indent(cursor: QTextCursor) -> bool:
    """Return whether the selected items can be nested one step deeper."""
    block = selected_blocks(cursor)[0]
    style, above = style_of(block), style_of(block.previous())
    return (
        style.kind is Kind.ITEM
        and block.previous().isValid()
        and above.kind is Kind.ITEM
        and above.depth >= style.depth
        and style.depth < DEEPEST
    )


def can_outdent(cursor: QTextCursor) -> bool:
    """Return whether the selected items are list items."""
    return style_of(selected_blocks(cursor)[0]).kind is Kind.ITEM


def indent(cursor: QTextCursor) -> None:
    """Nest the selected items, with all that is nested under them, one step deeper."""
    if can_indent(cursor):
        _shift(cursor, 1)


def outdent(cursor: QTextCursor) -> None:
    """Bring the selected items out by one step; from the outermost list into a paragraph."""
    if can_outdent(cursor):
        _shift(cursor, -1)


def _shift(cursor: QTextCursor, by: int) -> None:
    blocks = [block for block in selected_blocks(cursor) if style_of(block).kind is Kind.ITEM]
    if by > 0 or style_of(blocks[-1]).depth > 0:
        blocks += nested_under(blocks[-1])
    with one_step(cursor):
        for block in blocks:
            style = style_of(block)
            depth = min(style.depth + by, DEEPEST)
            moved = replace(style, ordered=_ordered_beside(block, depth), depth=depth)
            set_style(block, moved if depth >= 0 else PARAGRAPH)


def _ordered_beside(block: QTextBlock, depth: int) -> bool:
    """Return whether an item at this depth is numbered: as the one above it there, if there is."""
    above = block.previous()
    while above.isValid() and style_of(above).kind is Kind.ITEM and style_of(above).depth > depth:
        above = above.previous()
    beside = style_of(above) if above.isValid() else PARAGRAPH
    same = beside.kind is Kind.ITEM and beside.depth == depth
    return beside.ordered if same else style_of(block).ordered


def nested_under(block: QTextBlock) -> list[QTextBlock]:
    """Return the items that are nested under the item ``block``, however deep."""
    depth = style_of(block).depth
    nested = []
    block = block.next()
    while block.isValid() and style_of(block).kind is Kind.ITEM and style_of(block).depth > depth:
        nested.append(block)
        block = block.next()
    return nested


def insert_standing(cursor: QTextCursor, thing: Rule | Figure | Embed) -> None:
    """Put ``thing`` into a block of its own at ``cursor``, and the caret into the line after it.

    In the middle of words the block is parted; an empty block is used up.
    """
    with one_step(cursor):
        cursor.removeSelectedText()
        if not is_empty(cursor.block()):
            at_start = cursor.atBlockStart() and not is_standing(cursor.block())
            if not at_start and not cursor.atBlockEnd():
                cursor.insertBlock()
                cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter)
            cursor.insertBlock(block_format(PARAGRAPH), QTextCharFormat())
            if at_start:
                cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter)
        write_lines(cursor, [StandingLine(thing)])
        _go_on_after(cursor)


def _go_on_after(cursor: QTextCursor) -> None:
    after = cursor.block().next()
    if after.isValid() and not is_standing(after):
        cursor.setPosition(after.position())
    else:
        new_paragraph_after(cursor)


def new_paragraph_after(cursor: QTextCursor) -> None:
    """Open an empty paragraph after the block of ``cursor`` and go there."""
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    cursor.insertBlock(block_format(PARAGRAPH), QTextCharFormat())


def new_paragraph_before(cursor: QTextCursor) -> None:
    """Open an empty paragraph before the block of ``cursor`` and go there."""
    own, made = cursor.blockFormat(), cursor.blockCharFormat()
    with one_step(cursor):
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.insertBlock(own, made)
        cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter)
        set_style(cursor.block(), PARAGRAPH)


def remove_block(cursor: QTextCursor) -> None:
    """Remove the whole block of ``cursor``; the only block becomes an empty paragraph."""
    with one_step(cursor):
        block = cursor.block()
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        set_style(cursor.block(), PARAGRAPH)
        other = block.next() if block.next().isValid() else block.previous()
        if other.isValid():
            _drop_empty(cursor, keep=other)


def _drop_empty(cursor: QTextCursor, keep: QTextBlock) -> None:
    """Delete the empty block of ``cursor``, so that ``keep`` stays as it is."""
    style = style_of(keep)
    if keep.position() > cursor.position():
        cursor.deleteChar()
    else:
        cursor.deletePreviousChar()
    if style_of(cursor.block()) != style:
        set_style(cursor.block(), style)

"""Markdown that was typed within a line, turned into the format it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

from reporterdesk.text.shortcuts import Finished
from reporterdesk.text.tree import Run
from reporterdesk.ui.editor.block_commands import one_step
from reporterdesk.ui.editor.formats import pieces
from reporterdesk.ui.editor.inline_commands import change_runs, utf16_length
from reporterdesk.ui.editor.links import LinkRefused, link_address


def length_of(found: Finished, before: str) -> int:
    """Return how far before the caret ``found`` begins, in UTF-16 units."""
    characters = found.opening + len(found.held) + found.closing + found.after
    return utf16_length(before[-characters:])


def apply_inline(editor: QTextEdit, cursor: QTextCursor, before: str, found: Finished) -> bool:
    """Turn ``found``, at the end of ``before``, into its format; return whether it could be.

    One step to undo. What is typed next has the format of what was typed before.
    """
    change = _change(found)
    if change is None:
        return False
    until = len(before) - found.after
    end = cursor.position() - utf16_length(before[until:])
    closing = end - utf16_length(before[until - found.closing : until])
    start = closing - utf16_length(found.held)
    if _has_link(cursor, start, closing):
        return False
    made = cursor.charFormat()
    part = QTextCursor(cursor.document())
    with one_step(cursor):
        # The closing marker first: undo, which goes backwards, ends where it was typed.
        _remove(part, closing, end)
        _remove(part, start - found.opening, start)
        part.setPosition(start - found.opening)
        part.setPosition(closing - found.opening, QTextCursor.MoveMode.KeepAnchor)
        change_runs(part, change)
    cursor.setCharFormat(made)
    editor.setTextCursor(cursor)
    return True


def _change(found: Finished) -> Callable[[Run], Run] | None:
    if found.address is not None:
        try:
            link = link_address(found.address)
        except LinkRefused:
            return None
        return lambda run: replace(run, link=link)
    return lambda run: replace(run, bold=run.bold or found.bold, italic=run.italic or found.italic)


def _remove(part: QTextCursor, start: int, end: int) -> None:
    part.setPosition(start)
    part.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    part.removeSelectedText()


def _has_link(cursor: QTextCursor, start: int, end: int) -> bool:
    for at, text, made in pieces(cursor.block()):
        if made.isAnchor() and at < end and at + utf16_length(text) > start:
            return True
    return False

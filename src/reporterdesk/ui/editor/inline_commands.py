"""Commands on the words under a cursor: bold, italic, links. Each is one step to undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from reporterdesk.text.tree import Run
from reporterdesk.ui.editor.block_commands import one_step
from reporterdesk.ui.editor.formats import pieces, run_format, run_of, standing_of


def settle_typing_format(editor: QTextEdit) -> None:
    """Make words typed at the caret bold, italic or linked only where that goes on.

    A link does not grow at its end, and nothing but meaning is carried over (the size of an empty
    heading's caret is not).
    """
    cursor = editor.textCursor()
    if cursor.hasSelection():
        return
    run = run_of("", cursor.charFormat())
    if run.link is not None and link_at(cursor) is None:
        run = replace(run, link=None)
    wanted = run_format(run)
    if cursor.charFormat() != wanted:
        editor.setCurrentCharFormat(wanted)


def link_at(cursor: QTextCursor) -> str | None:
    """Return the link that goes through the caret or the selection's start; None at its edges."""
    document = cursor.document()
    before = after = None
    position = cursor.selectionStart()
    if not cursor.hasSelection() and not _follows_link(document, position):
        return None
    for start, text, made in pieces(document.findBlock(position)):
        end = start + utf16_length(text)
        link = made.anchorHref() if made.isAnchor() else None
        if start < position <= end:
            before = link
        if start <= position < end:
            after = link
    if cursor.hasSelection():
        return after
    return after if before == after else None


def _follows_link(document: QTextDocument, position: int) -> bool:
    """Return whether the character before ``position`` is linked; quick in a long block."""
    there = QTextCursor(document)
    there.setPosition(position)
    return there.charFormat().isAnchor()


def select_link(cursor: QTextCursor) -> None:
    """Select the whole of the link under ``cursor``; without one the selection stays."""
    link = link_at(cursor)
    if link is None:
        return
    position = cursor.selectionStart()
    ranges: list[list[int]] = []
    for start, text, made in pieces(cursor.document().findBlock(position)):
        if not (made.isAnchor() and made.anchorHref() == link):
            continue
        if ranges and ranges[-1][1] == start:
            ranges[-1][1] = start + utf16_length(text)
        else:
            ranges.append([start, start + utf16_length(text)])
    for start, end in ranges:
        if start <= position <= end:
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            return


def set_bold(editor: QTextEdit, *, on: bool) -> None:
    """Make the selection, or what is typed next, bold or not."""
    _restyle(editor, lambda run: replace(run, bold=on))


def set_italic(editor: QTextEdit, *, on: bool) -> None:
    """Make the selection, or what is typed next, italic or not."""
    _restyle(editor, lambda run: replace(run, italic=on))


def _restyle(editor: QTextEdit, change: Callable[[Run], Run]) -> None:
    cursor = editor.textCursor()
    if not cursor.hasSelection():
        run = change(run_of("", editor.currentCharFormat()))
        editor.setCurrentCharFormat(run_format(run))
        return
    change_runs(cursor, change)


def set_link(cursor: QTextCursor, url: str | None) -> None:
    """Link the selection to ``url``, or take its links away."""
    change_runs(cursor, lambda run: replace(run, link=url))


def insert_link(cursor: QTextCursor, text: str, url: str) -> None:
    """Put ``text``, linked to ``url``, in place of the selection."""
    with one_step(cursor):
        run = replace(run_of(text, cursor.charFormat()), link=url)
        cursor.insertText(text, run_format(run))


def change_runs(cursor: QTextCursor, change: Callable[[Run], Run]) -> None:
    """Change the format of each run in the selection; things standing in it stay as they are."""
    begin, end = cursor.selectionStart(), cursor.selectionEnd()
    document = cursor.document()
    changes: list[tuple[int, int, QTextCharFormat]] = []
    block = document.findBlock(begin)
    while block.isValid() and block.position() <= end:
        for start, text, made in pieces(block):
            left, right = max(start, begin), min(start + utf16_length(text), end)
            if left < right and standing_of(made) is None:
                changes.append((left, right, run_format(change(run_of("", made)))))
        block = block.next()
    with one_step(cursor):
        for left, right, made in changes:
            part = QTextCursor(document)
            part.setPosition(left)
            part.setPosition(right, QTextCursor.MoveMode.KeepAnchor)
            part.setCharFormat(made)


def selection_is(cursor: QTextCursor, attribute: str) -> bool:
    """Return whether every selected run has ``attribute`` (``"bold"`` or ``"italic"``)."""
    begin, end = cursor.selectionStart(), cursor.selectionEnd()
    found = False
    block = cursor.document().findBlock(begin)
    while block.isValid() and block.position() < end:
        for start, text, made in pieces(block):
            if start < end and start + utf16_length(text) > begin and standing_of(made) is None:
                run: Run = run_of(text, made)
                if not getattr(run, attribute):
                    return False
                found = True
        block = block.next()
    return found


def utf16_length(text: str) -> int:
    """Return the length of ``text`` as Qt counts positions: in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2

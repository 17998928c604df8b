"""Paragraphs from left to right within a report that runs from right to left.

Such a report has one direction for all its blocks, so that empty lines too begin at the right. A
block whose first strong letter runs from left to right is set apart by its format, which holds no
meaning: it is written and mended with the text, and never read. In reports from left to right Qt
finds each block's direction by itself.
"""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument

_AUTO, _LEFT = Qt.LayoutDirection.LayoutDirectionAuto, Qt.LayoutDirection.LeftToRight
_LOOKS_AT = 300
"""So many characters are looked at: a line of more marks and digits has no direction."""


def is_turned_wrong(block: QTextBlock) -> bool:
    """Return whether ``block`` runs another way than its words, in a report from the right."""
    document = block.document()
    if document.defaultTextOption().textDirection() != Qt.LayoutDirection.RightToLeft:
        return False
    return block.blockFormat().layoutDirection() != _wanted(document, block)


def turn(block: QTextBlock) -> None:
    """Let ``block`` run as its words do."""
    cursor = QTextCursor(block)
    made = QTextBlockFormat(block.blockFormat())
    if _wanted(block.document(), block) == _LEFT:
        made.setLayoutDirection(_LEFT)
    else:
        made.clearProperty(QTextBlockFormat.Property.LayoutDirection)
    cursor.setBlockFormat(made)


def turn_all(document: QTextDocument) -> None:
    """Let all blocks of ``document`` run as their words do, as one step to undo."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    block = document.begin()
    while block.isValid():
        if is_turned_wrong(block):
            turn(block)
        block = block.next()
    cursor.endEditBlock()


def _wanted(document: QTextDocument, block: QTextBlock) -> Qt.LayoutDirection:
    """Return the direction of the first strong letter (Unicode UAX #9, rule P2); auto: no own."""
    start = block.position()
    for at in range(start, start + min(block.length() - 1, _LOOKS_AT)):
        letter = document.characterAt(at)
        if "\ud800" <= letter <= "\udbff":  # half of one beyond the first 65,536
            pair = letter + document.characterAt(at + 1)
            letter = pair.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")[0]
        elif "\udc00" <= letter <= "\udfff":
            continue
        kind = unicodedata.bidirectional(letter)
        if kind == "L":
            return _LEFT
        if kind in {"R", "AL"}:
            return _AUTO
    return _AUTO

"""Words of one's own in the place of a clash: what they start from, and what becomes of them.

They are Markdown, and are read by the parser that reads a report's body: whatever it does not know
as a mark is text, so no word is dropped. What stands in the place without being words (photos,
embeds, dividing lines) is not written here: what either side has of it stays, after the words.
Every function is pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from reporterdesk.text.lines import Kind, Line, StandingLine, TextLine, lines_of
from reporterdesk.text.merge import Clash, document
from reporterdesk.text.parse import parse
from reporterdesk.text.print import normal_to_markdown
from reporterdesk.text.side_changes import Lines
from reporterdesk.text.tree import Document, Figure


class Unfit(StrEnum):
    """Why a wording cannot stand in a report."""

    EMPTY = "empty"
    """It says nothing; what is to be left out is left out by choosing a side that has not got it,
    or in the report itself."""
    PHOTO = "photo"
    """It sets a photo into the text; nothing here knows which photos there are."""


def words_to_start(clash: Clash) -> str:
    """Return what a wording starts from, as Markdown: mine, or theirs where mine has no words."""
    return normal_to_markdown(document(_words(clash.mine) or _words(clash.theirs)))


def standing_of(clash: Clash) -> Lines:
    """Return what is not words and stays, after any wording: mine, then what only theirs has."""
    return tuple(
        dict.fromkeys(line for line in (*clash.mine, *clash.theirs) if not _is_words(line))
    )


def unfit(words: str) -> Unfit | None:
    """Return why ``words`` cannot stand in the place of a clash, ``None`` where they can."""
    return _unfit(parse(words))


def worded(clash: Clash, words: str) -> Lines:
    """Return the paragraphs that are to stand in the place of ``clash``.

    Left as they were to start with, they are the very paragraphs of that side.

    :raises ValueError: the words are :class:`Unfit`.
    """
    written = parse(words)
    reason = _unfit(written)
    if reason is not None:
        raise ValueError(f"This wording cannot stand in a report: {reason}.")
    source = _words(clash.mine) or _words(clash.theirs)
    if written == document(source):
        return (*source, *standing_of(clash))
    depth = source[0].style.depth if source else 0
    return (*_nested(lines_of(written), depth), *standing_of(clash))


def _unfit(written: Document) -> Unfit | None:
    if not written.blocks:
        return Unfit.EMPTY
    if any(isinstance(block, Figure) for block in written.blocks):
        return Unfit.PHOTO
    return None


def _is_words(line: Line) -> bool:
    return isinstance(line, TextLine)


def _words(lines: Iterable[Line]) -> tuple[TextLine, ...]:
    return tuple(line for line in lines if isinstance(line, TextLine))


def _nested(lines: Iterable[Line], depth: int) -> Iterable[Line]:
    """Yield lines with the items of lists as deep as those whose place they take."""
    for line in lines:
        if isinstance(line, StandingLine) or line.style.kind is not Kind.ITEM:
            yield line
        else:
            yield replace(line, style=replace(line.style, depth=line.style.depth + depth))

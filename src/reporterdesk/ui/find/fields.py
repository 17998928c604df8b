"""The fields of a report in which words are found, and their words at one moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QTextEdit

from reporterdesk.text.pattern import Found, Patience, Pattern
from reporterdesk.ui.editor.formats import HARD_BREAK, OBJECT
from reporterdesk.ui.models.marked_text import utf16_ranges

if TYPE_CHECKING:
    from reporterdesk.ui.widgets.report_pane import ReportPane


class Part(StrEnum):
    """What a field holds."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BODY = "body"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One field; ``photo_id`` says whose caption it is."""

    part: Part
    editor: QTextEdit
    photo_id: str | None = None

    @property
    def text(self) -> QTextDocument:
        """Qt's document (that of the body's editor is the report's)."""
        return QTextEdit.document(self.editor)


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one block of the field of this number, and its position as Qt counts."""

    field: int
    position: int
    words: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found in ``line``; begin and end as Qt counts positions."""

    line: Line
    found: Found
    start: int
    end: int

    @property
    def field(self) -> int:
        """The number of its field."""
        return self.line.field


def fields_of(pane: ReportPane) -> tuple[Field, ...]:
    """Return the fields of the report that ``pane`` shows, in the order in which one reads."""
    head, strip = pane.text.head, pane.side.photos
    cards = ((photo.id, strip.card(photo.id)) for photo in strip.photos())
    return (
        Field(Part.HEADLINE, head.headline),
        Field(Part.STANDFIRST, head.standfirst),
        Field(Part.BODY, pane.text.body),
        *(Field(Part.CAPTION, card.caption, photo_id) for photo_id, card in cards if card),
    )


def lines_of(fields: Sequence[Field]) -> tuple[Line, ...]:
    """Return the words of all fields; of what is not words, as a photo, an empty line."""
    lines = []
    for number, field in enumerate(fields):
        block = field.text.begin()
        while block.isValid():
            words = block.text()
            words = "" if OBJECT in words else words.replace(HARD_BREAK, "\n")
            lines.append(Line(number, block.position(), words))
            block = block.next()
    return tuple(lines)


def hits_in(
    lines: Sequence[Line], pattern: Pattern, wanted: Callable[[], bool]
) -> tuple[Hit, ...] | None:
    """Return what is found, in order; ``None`` once it is not ``wanted`` any more. Any thread.

    :raises ExpressionTooSlow: the expression would take too long.
    """
    patience = Patience()
    hits: list[Hit] = []
    for line in lines:
        if not wanted():
            return None
        places = pattern.found_in(line.words, patience)
        ranges = utf16_ranges(line.words, tuple((one.start, one.end) for one in places))
        for found, (start, length) in zip(places, ranges, strict=True):
            begin = line.position + start
            hits.append(Hit(line, found, begin, begin + length))
    return tuple(hits)

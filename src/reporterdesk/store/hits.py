"""What is shown of a report that was found: its headline marked, and a line out of the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reporterdesk.domain.report import ReportContent
from reporterdesk.domain.searching import Field, Hit
from reporterdesk.store.search import without_markup
from reporterdesk.text.excerpts import Excerpt, excerpt
from reporterdesk.text.finding import Query, spans_of, terms_in
from reporterdesk.text.folding import fold

# What a paragraph of nothing but words does not have; anything more is left to the parser.
_MARKED_UP = re.compile(r"[\\*_\[\]<>`!&]|^\s*(?:#|[-+>]|\d+\.)", re.MULTILINE)
_BETWEEN_BLOCKS = re.compile(r"\n\n+")


def hit_of(query: Query, headline: str, content: ReportContent) -> Hit:
    """Return what is shown of ``content``, which ``query`` has found.

    :param headline: as far as it is shown.
    """
    field, shown = _best(query, content)
    return Hit(spans_of(query, headline), shown.text, shown.marks, field)


def _best(query: Query, content: ReportContent) -> tuple[Field, Excerpt]:
    """Return the excerpt out of the part that has the most of what is wanted, the first of such."""
    rated = [(terms_in(query, folded), field, part) for field, part, folded in _parts(content)]
    for rating, field, part in sorted(rated, key=lambda one: -one[0]):
        if not rating:
            break
        found = excerpt(query, _plain(part) if field is Field.BODY else part)
        if found.text:
            return field, found
    return Field.BODY, Excerpt()


def _parts(content: ReportContent) -> Iterator[tuple[Field, str, str]]:
    """Yield the parts that have words, as they are and folded, and out of which field."""
    blocks = _BETWEEN_BLOCKS.split(content.body)
    # To fold the body as a whole is quicker, and leaves its line feeds where they are.
    folded = _BETWEEN_BLOCKS.split(fold(without_markup(content.body)))
    if len(blocks) != len(folded):
        folded = [fold(without_markup(block)) for block in blocks]
    for block, compared in zip(blocks, folded, strict=True):
        yield Field.BODY, block, compared
    for field, part in _around(content):
        if part:
            yield field, part, fold(part)


def _around(content: ReportContent) -> Iterator[tuple[Field, str]]:
    event = content.event
    yield Field.STANDFIRST, content.standfirst
    for photo in content.photos:
        yield Field.CAPTION, photo.caption
        yield Field.CAPTION, photo.alt_text
        yield Field.PEOPLE, photo.credit
    yield Field.PEOPLE, content.byline
    facts = (event.name, event.venue, event.city, event.organiser, event.starts_at)
    yield Field.FACTS, " · ".join(part for part in facts if part)
    yield Field.NOTE, content.note_to_desk


def _plain(block: str) -> str:
    """Return a block of Markdown as it is read."""
    if not _MARKED_UP.search(block):
        return block
    from reporterdesk.text.count import plain_lines
    from reporterdesk.text.parse import parse

    return " ".join(plain_lines(parse(block)))

"""Texts that were made of one: random versions of a document, as two people would make them."""

from __future__ import annotations

from hypothesis import strategies as st

from reporterdesk.text.lines import Line, TextLine, document_of, lines_of
from reporterdesk.text.normal import normalise
from reporterdesk.text.tree import Document, Paragraph, Run
from support.trees import documents

WORDS = ("the", "hall", "was", "full", "and", "people", "sang", "until", "late", "in", "Multan")

_words = st.lists(
    st.sampled_from(WORDS),
    min_size=2,
    max_size=9,
).map(" ".join)

_plain = st.lists(_words.map(lambda text: Paragraph((Run(text),))), min_size=1, max_size=4).map(
    lambda made: normalise(Document(tuple(made)))
)

_things = st.sampled_from(("change", "cut", "add", "move", "change"))


@st.composite
def _version(draw: st.DrawFn, base: Document) -> Document:
    """Return ``base`` after a few things were done to it."""
    lines: list[Line] = list(lines_of(base))
    extra = list(lines_of(draw(_plain | _plain | documents())))
    for what in draw(st.lists(_things, max_size=5)):
        place = draw(st.integers(0, len(lines)))
        if what == "add" and extra:
            lines.insert(place, extra.pop())
        elif place < len(lines) and what == "cut":
            del lines[place]
        elif place < len(lines) and what == "move":
            line = lines.pop(place)
            lines.insert(draw(st.integers(0, len(lines))), line)
        elif place < len(lines) and isinstance(line := lines[place], TextLine):
            more = Run(f" {draw(_words)}")
            lines[place] = TextLine(line.style, (*line.runs, more))
    return normalise(document_of(lines))


@st.composite
def versions(draw: st.DrawFn) -> tuple[Document, Document, Document]:
    """Return a document and two that were made of it."""
    base = draw(_plain | _plain | documents())
    return base, draw(_version(base)), draw(_version(base))

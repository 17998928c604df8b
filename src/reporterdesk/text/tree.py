"""The document tree: the closed profile of what a report's body can hold.

The tree is flat where people type: the words of a block are a tuple of :class:`Run`, each with its
formats, so that it maps one to one onto the fragments of an editor and there is exactly one way to
say one thing. :mod:`reporterdesk.text.normal` brings any tree to its normal form; printing and
parsing hold for normal trees: ``parse(print(tree)) == tree``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one format. ``"\\n"`` inside ``text`` is a hard line break."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with at least one visible character."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 or 3; the headline is level 1 and not part of the body."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item: a line of text, then the lists nested under it."""

    runs: Runs
    lists: tuple[ListBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A bullet list, or one numbered from 1."""

    ordered: bool
    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation of one or more paragraphs."""

    paragraphs: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A photo in the body; caption, credit and alt text live on the photo's record."""

    photo_id: str


@dataclass(frozen=True, slots=True)
class Embed:
    """A URL (http or https) alone between ``<`` and ``>``: something shown from elsewhere."""

    url: str


Block: TypeAlias = Paragraph | Heading | ListBlock | Quote | Rule | Figure | Embed


@dataclass(frozen=True, slots=True)
class Document:
    """The body of a report."""

    blocks: tuple[Block, ...] = ()

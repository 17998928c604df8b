"""The one HTML renderer: preview in the app and the published page come from it.

Everything that a person wrote is escaped; the elements are the profile's and no others. Where the
direction is known in which the whole is read, a block that runs the other way says so by ``dir``:
by its first strong letter, as in the editor. What has none is read as the whole is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import TypeAlias

from reporterdesk.text.direction import Direction, strong_direction
from reporterdesk.text.normal import normalise
from reporterdesk.text.tree import (
    Block,
    Document,
    Embed,
    Figure,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Run,
    Runs,
)

Inline: TypeAlias = Callable[[Runs], str]
"""Gives the HTML of words."""


def to_html(doc: Document, figure: Callable[[str], str]) -> str:
    """Return ``doc`` as HTML, one block a line.

    :param figure: gives the HTML of the figure for a photo's id; it is taken as it is, so it must
        be safe. ``""`` leaves the figure out.
    """
    return join_blocks(html_blocks(normalise(doc), figure))


def html_blocks(
    normal: Document,
    figure: Callable[[str], str],
    inline: Inline | None = None,
    direction: Direction | None = None,
) -> tuple[str, ...]:
    """Return the HTML of each block of a normal document, ``""`` for a figure that is left out.

    :param inline: gives the HTML of words as :func:`inline_html` does.
    :param direction: in which the whole is read; without it, no block says which way it runs.
    """
    writer = _Writer(figure, inline or inline_html, direction)
    return tuple(writer.block(block, direction) for block in normal.blocks)


def join_blocks(blocks: Iterable[str]) -> str:
    """Return what :func:`html_blocks` gave as one text, one block a line."""
    return "\n".join(html for html in blocks if html)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes blocks; ``around`` is the direction in which what they stand in is read.

    ``whole`` is that of the report, ``None`` where no block says which way it runs.
    """

    figure: Callable[[str], str]
    inline: Inline
    whole: Direction | None

    def block(  # noqa: PLR0911 - one a kind
        self, block: Block, around: Direction | None
    ) -> str:
        """Return the HTML of ``block``."""
        match block:
            case Paragraph(runs):
                return self._words("p", runs, around)
            case Heading(level, runs):
                return self._words(f"h{level}", runs, around)
            case ListBlock():
                return self._list(block, around)
            case Quote(paragraphs):
                turned, inner = self._turned(paragraphs[0] if paragraphs else (), around)
                quoted = "".join(self._words("p", runs, inner) for runs in paragraphs)
                return f"<blockquote{turned}>{quoted}</blockquote>"
            case Rule():
                return "<hr>"
            case Figure(photo_id):
                return self.figure(photo_id)
            case Embed(url):
                shown = escape(url)
                if around == "rtl":  # else its last stroke would stand before it
                    shown = f"<bdi>{shown}</bdi>"
                return f'<p class="embed">{_link(url, shown)}</p>'

    def _words(self, tag: str, runs: Runs, around: Direction | None) -> str:
        turned, _ = self._turned(runs, around)
        return f"<{tag}{turned}>{self.inline(runs)}</{tag}>"

    def _list(self, block: ListBlock, around: Direction | None) -> str:
        tag = "ol" if block.ordered else "ul"
        items = "".join(self._item(item, around) for item in block.items)
        return f"<{tag}>{items}</{tag}>"

    def _item(self, item: ListItem, around: Direction | None) -> str:
        turned, inner = self._turned(item.runs, around)
        lists = "".join(self._list(each, inner) for each in item.lists)
        return f"<li{turned}>{self.inline(item.runs)}{lists}</li>"

    def _turned(self, runs: Runs, around: Direction | None) -> tuple[str, Direction | None]:
        """Return the attribute of an element with these words, and the direction inside of it."""
        strong = (strong_direction(run.text) for run in runs) if self.whole else ()
        own = next((found for found in strong if found), self.whole)
        return ("", around) if own == around else (f' dir="{own}"', own)


def inline_html(runs: Runs) -> str:
    """Return the words of a block (in normal form) as HTML."""
    parts: list[str] = []
    for link, linked in groupby(runs, lambda run: run.link):
        inner = _emphasised(linked)
        parts.append(inner if link is None else _link(link, inner))
    return "".join(parts)


def _emphasised(runs: Iterable[Run]) -> str:
    parts: list[str] = []
    for bold, group in groupby(runs, lambda run: run.bold):
        inner = "".join(
            f"<em>{_text(run.text)}</em>" if run.italic else _text(run.text) for run in group
        )
        parts.append(f"<strong>{inner}</strong>" if bold else inner)
    return "".join(parts)


def _text(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _link(url: str, inner: str) -> str:
    return f'<a href="{escape(url)}">{inner}</a>'

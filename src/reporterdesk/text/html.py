"""The one HTML renderer: preview in the app and the published page come from it.

Everything that a person wrote is escaped; the elements are the profile's and no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from itertools import groupby
from typing import TypeAlias

from reporterdesk.text.normal import normalise
from reporterdesk.text.tree import (
    Block,
    Document,
    Embed,
    Figure,
    Heading,
    ListBlock,
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
    normal: Document, figure: Callable[[str], str], inline: Inline | None = None
) -> tuple[str, ...]:
    """Return the HTML of each block of a normal document, ``""`` for a figure that is left out.

    :param inline: gives the HTML of words as :func:`inline_html` does.
    """
    write = inline or inline_html
    return tuple(_block(block, figure, write) for block in normal.blocks)


def join_blocks(blocks: Iterable[str]) -> str:
    """Return what :func:`html_blocks` gave as one text, one block a line."""
    return "\n".join(html for html in blocks if html)


def _block(  # noqa: PLR0911 - one a kind
    block: Block, figure: Callable[[str], str], inline: Inline
) -> str:
    match block:
        case Paragraph(runs):
            return f"<p>{inline(runs)}</p>"
        case Heading(level, runs):
            return f"<h{level}>{inline(runs)}</h{level}>"
        case ListBlock():
            return _list(block, inline)
        case Quote(paragraphs):
            quoted = "".join(f"<p>{inline(runs)}</p>" for runs in paragraphs)
            return f"<blockquote>{quoted}</blockquote>"
        case Rule():
            return "<hr>"
        case Figure(photo_id):
            return figure(photo_id)
        case Embed(url):
            return f'<p class="embed">{_link(url, escape(url))}</p>'


def _list(block: ListBlock, inline: Inline) -> str:
    tag = "ol" if block.ordered else "ul"
    items = "".join(
        f"<li>{inline(item.runs)}{''.join(_list(each, inline) for each in item.lists)}</li>"
        for item in block.items
    )
    return f"<{tag}>{items}</{tag}>"


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

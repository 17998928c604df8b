"""The normal form of a document: one way to say one thing.

* Text is clean (:func:`clean_text`); runs are not empty, and neighbours differ in format.
* White space inside a block has a format only where the words on both sides have it, and none
  stands at the edge of a block or of a line; spaces and tabs in a row are one space, line breaks in
  a row are one break. A heading has no line break.
* Links are safe (:func:`safe_link`), embeds are http or https.
* Every paragraph, heading and item has something to see; lists of one kind next to each other are
  one list, quotes next to each other are one quote; lists nest at most ``MAX_DEPTH`` deep.

Every function is pure and may be called on any thread.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import chain, groupby
from typing import TypeAlias, cast

from reporterdesk.text.cleaning import clean_text, is_visible, safe_link
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

__all__ = ["MAX_DEPTH", "clean_text", "is_photo_id", "normalise", "normalise_runs", "safe_link"]

MAX_DEPTH = 6
"""How deep lists nest; what is deeper stands at this depth."""

_PHOTO_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,99}")
_WORDS_AND_GAPS = re.compile(r"\s+|\S+")
_SPACES = re.compile(r"[ \t]+")

_Format: TypeAlias = tuple[bool, bool, str | None]


def is_photo_id(photo_id: str) -> bool:
    """Return whether a figure can name a photo by this id."""
    return _PHOTO_ID.fullmatch(photo_id) is not None


def normalise(doc: Document) -> Document:
    """Return the normal form of ``doc``; a normal document is returned equal to itself."""
    return Document(_merged(chain.from_iterable(map(_normal_block, doc.blocks))))


def joins(block: Block, other: Block) -> bool:
    """Return whether two blocks become one where they are neighbours: quotes, lists of one kind."""
    return _kind(block) == _kind(other) != ""


def _merged(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Join neighbours that are one thing: quotes, and lists of one kind."""
    joined: list[Block] = []
    for kind, group in groupby(blocks, _kind):
        if kind == "quote":
            quotes = cast("Iterable[Quote]", group)
            joined.append(Quote(tuple(chain.from_iterable(q.paragraphs for q in quotes))))
        elif kind:
            lists = cast("Iterable[ListBlock]", group)
            items = tuple(chain.from_iterable(each.items for each in lists))
            joined.append(ListBlock(kind == "numbers", items))
        else:
            joined.extend(group)
    return tuple(joined)


def _kind(block: Block) -> str:
    if isinstance(block, ListBlock):
        return "numbers" if block.ordered else "bullets"
    return "quote" if isinstance(block, Quote) else ""


def _normal_block(block: Block) -> Iterable[Block]:  # noqa: PLR0911 - one a kind
    match block:
        case Paragraph(runs):
            normal = normalise_runs(runs)
            return (Paragraph(normal),) if normal else ()
        case Heading(level, runs):
            normal = normalise_runs(runs, breaks=False)
            return (Heading(2 if level <= 2 else 3, normal),) if normal else ()
        case ListBlock(ordered, _):
            items = _normal_items(block, 1)
            return (ListBlock(ordered, tuple(items)),) if items else ()
        case Quote(paragraphs):
            kept = tuple(filter(None, map(normalise_runs, paragraphs)))
            return (Quote(kept),) if kept else ()
        case Figure(photo_id):
            return (block,) if is_photo_id(photo_id) else ()
        case Embed(url):
            return _normal_embed(url)
        case Rule():
            return (block,)


def _normal_embed(url: str) -> Iterable[Block]:
    safe = safe_link(url)
    if safe is not None and safe.startswith("http"):
        return (Embed(safe),)
    return _normal_block(Paragraph((Run(url),)))


def _normal_items(block: ListBlock, depth: int) -> list[ListItem]:
    """Return the items of a list that stands ``depth`` deep, themselves normal."""
    items: list[ListItem] = []
    for item in block.items:
        runs = normalise_runs(item.runs)
        nested = _normal_lists(item.lists, depth + 1)
        if depth >= MAX_DEPTH or not (runs or items):
            # Too deep, or nothing to stand under: the nested items become items of this list.
            if runs:
                items.append(ListItem(runs))
            items.extend(chain.from_iterable(each.items for each in nested))
        elif runs:
            items.append(ListItem(runs, nested))
        elif nested:
            above = items[-1]
            items[-1] = ListItem(above.runs, _only_lists(_merged((*above.lists, *nested))))
    return items


def _normal_lists(lists: Iterable[ListBlock], depth: int) -> tuple[ListBlock, ...]:
    normal = ((each.ordered, _normal_items(each, depth)) for each in lists)
    kept = (ListBlock(ordered, tuple(items)) for ordered, items in normal if items)
    return _only_lists(_merged(kept))


def _only_lists(blocks: Iterable[Block]) -> tuple[ListBlock, ...]:
    return tuple(block for block in blocks if isinstance(block, ListBlock))


def normalise_runs(runs: Runs, *, breaks: bool = True) -> Runs:
    """Return the normal form of a block's words; ``()`` where there is nothing to see.

    :param breaks: whether line breaks are kept; otherwise each becomes a space.
    """
    cleaned = _joined((clean_text(r.text), (r.bold, r.italic, safe_link(r.link))) for r in runs)
    if not _tidy(cleaned):  # most blocks are, and that is told quickly
        cleaned = _word_by_word(cleaned, breaks=breaks)
    return tuple(Run(text, bold, italic, link) for text, (bold, italic, link) in cleaned)


def _word_by_word(cleaned: list[tuple[str, _Format]], *, breaks: bool) -> list[tuple[str, _Format]]:
    """Bring clean words, and the white space between them, to the normal form."""
    pieces = [
        (unicodedata.normalize("NFC", piece), form)
        for text, form in cleaned
        for piece in _WORDS_AND_GAPS.findall(text)
    ]
    if not any(is_visible(text) for text, _ in pieces):
        return []
    spaced: list[tuple[str, _Format]] = []
    gap = ""
    for text, form in pieces:
        if text.isspace():
            gap += text
            continue
        if gap and spaced:
            spaced.append((_normal_gap(gap, breaks=breaks), _shared(spaced[-1][1], form)))
        gap = ""
        spaced.append((text, form))
    return _joined(spaced)


def _tidy(cleaned: list[tuple[str, _Format]]) -> bool:
    """Return whether clean words are in normal form already, with something to see in them."""
    for index, (text, form) in enumerate(cleaned):
        if "  " in text or "\n" in text or "\t" in text:
            return False
        if not (text.isascii() or unicodedata.is_normalized("NFC", text)):
            return False  # what was parted among runs may belong together
        words = text.strip()
        if words == text:
            continue
        before = cleaned[index - 1] if index else None
        after = cleaned[index + 1] if index + 1 < len(cleaned) else None
        if not words or (text[0].isspace() and not _gap_is_right(before, form)):
            return False
        if text[-1].isspace() and not _gap_is_right(after, form):
            return False
    return any(is_visible(text) for text, _ in cleaned)


def _gap_is_right(beside: tuple[str, _Format] | None, form: _Format) -> bool:
    """Return whether white space at the edge of a run may have its format ``form``.

    :param beside: the run on the other side of the white space.
    """
    if beside is None or beside[0][0].isspace() or beside[0][-1].isspace():
        return False
    return _shared(form, beside[1]) == form


def _joined(pieces: Iterable[tuple[str, _Format]]) -> list[tuple[str, _Format]]:
    """Join neighbours of one format, and drop what is empty."""
    filled = (piece for piece in pieces if piece[0])
    return [
        ("".join(text for text, _ in group), form)
        for form, group in groupby(filled, lambda piece: piece[1])
    ]


def _normal_gap(gap: str, *, breaks: bool) -> str:
    if "\n" in gap:
        return "\n" if breaks else " "
    return _SPACES.sub(" ", gap)


def _shared(before: _Format, after: _Format) -> _Format:
    """Return the format of the white space between two words."""
    link = before[2] if before[2] == after[2] else None
    return (before[0] and after[0], before[1] and after[1], link)

"""A text for other programs: HTML that Word and Gmail take, and plain text.

Elements alone, no styles: each program shows a heading or a list as it shows its own. Which way a
block runs is said at the block, since they look nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reporterdesk.text.direction import text_direction
from reporterdesk.text.html import to_html
from reporterdesk.text.lines import Kind, Line, LineStyle, StandingLine, TextLine, lines_of
from reporterdesk.text.normal import normalise
from reporterdesk.text.tree import Document, Embed, Rule

_FIRST_TAG = re.compile(r"<(p|h2|h3|ul|ol|blockquote)\b")
_TAGS = re.compile(r"<[^>]*>")


def to_clipboard_html(document: Document) -> str:
    """Return ``document`` as a whole page of HTML, without its photos: they stay in the app."""
    body = "\n".join(filter(None, map(_block, _single_blocks(normalise(document)))))
    # The meta element tells Word which characters these are, and nested lists stand in an item.
    return f'<html><head><meta charset="utf-8"></head><body>\n{body}\n</body></html>'


def to_plain(document: Document) -> str:
    """Return ``document`` as plain text: list items with their marks, quotes behind a ``>``."""
    parts: list[str] = []
    before: LineStyle | None = None
    numbers: dict[int, int] = {}
    for line in lines_of(normalise(document)):
        style = line.style if isinstance(line, TextLine) else None
        both_items = style and before and style.kind is before.kind is Kind.ITEM
        if not both_items:
            numbers.clear()
        words = _plain_line(line, numbers)
        if words:
            parts.append(words if not parts else ("\n" if both_items else "\n\n") + words)
            before = style
    return "".join(parts)


def _single_blocks(document: Document) -> Iterator[Document]:
    for block in document.blocks:
        yield Document((block,))


def _block(document: Document) -> str:
    html = to_html(document, _no_figure)
    if text_direction(_TAGS.sub("", html)) == "rtl":
        return _FIRST_TAG.sub(r'<\1 dir="rtl"', html)
    return html


def _no_figure(_photo_id: str) -> str:
    # Photos do not leave the app by the clipboard.
    return ""


def _plain_line(line: Line, numbers: dict[int, int]) -> str:
    if isinstance(line, StandingLine):
        if isinstance(line.block, Embed):
            return line.block.url
        return "* * *" if isinstance(line.block, Rule) else ""
    words = "".join(run.text for run in line.runs)
    if line.style.kind is Kind.QUOTE:
        return "\n".join(f"> {each}" for each in words.split("\n"))
    if line.style.kind is not Kind.ITEM:
        return words
    depth = line.style.depth
    for deeper in [each for each in numbers if each > depth]:
        del numbers[deeper]
    numbers[depth] = numbers.get(depth, 0) + 1
    mark = f"{numbers[depth]}." if line.style.ordered else "•"
    indent = "    " * depth
    return f"{indent}{mark} " + words.replace("\n", f"\n{indent}   ")

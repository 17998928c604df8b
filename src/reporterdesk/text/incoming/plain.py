"""Plain text into the tree: paragraphs, line breaks, and lists where they are clear.

Nothing in it is read as Markdown: a bare ``*`` is an asterisk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reporterdesk.text.cleaning import clean_text
from reporterdesk.text.incoming.bullets import with_lists
from reporterdesk.text.incoming.gathering import MOST_TEXT
from reporterdesk.text.incoming.model import Incoming
from reporterdesk.text.lines import PARAGRAPH, Line, TextLine, document_of
from reporterdesk.text.normal import normalise
from reporterdesk.text.tree import Run

_PARTS = re.compile(r"\n[^\S\n]*\n\s*")
_LONGEST_HEADLINE = 150
_NARROW, _WIDE = 50, 82
"""Characters: so long are all lines of a paragraph but its last, where a program wrapped them."""


def from_plain(text: str, *, lists: bool = True, as_report: bool = False) -> Incoming:
    """Return ``text`` as paragraphs. Any thread.

    A line is a paragraph of its own where no empty lines part the text; where they do, single line
    ends are line breaks, or spaces if the lines were wrapped at a fixed width.

    :param lists: whether lines that begin with bullets, dashes or numbers become a list.
    :param as_report: whether a short first line that stands alone is a headline.
    """
    cleaned = clean_text(text)
    cut = len(cleaned) > MOST_TEXT
    cleaned = cleaned[:MOST_TEXT].strip("\n")
    headline = ""
    if as_report:
        headline, cleaned = _headline(cleaned)
    lines = list(_lines(cleaned))
    if lists:
        lines = with_lists(lines, dashes=True)
    return Incoming(normalise(document_of(lines)), headline=headline, cut=cut)


def _headline(text: str) -> tuple[str, str]:
    """Return the first line, where it can be a headline, and the rest."""
    first, _, rest = text.partition("\n")
    words = first.strip()
    alone = rest.startswith("\n") or not rest.partition("\n")[0].strip()
    if words and len(words) <= _LONGEST_HEADLINE and alone and rest.strip():
        return words, rest
    return "", text


def _lines(text: str) -> Iterator[Line]:
    parts = _PARTS.split(text)
    for part in parts:
        lines = part.split("\n")
        if len(lines) > 1 and _wrapped(lines):
            yield _line(" ".join(line.strip() for line in lines))
        elif len(parts) == 1 or _typed_list(lines):
            yield from (_line(line) for line in lines if line.strip())
        else:
            yield _line(part)


def _wrapped(lines: list[str]) -> bool:
    return all(_NARROW <= len(line.rstrip()) <= _WIDE for line in lines[:-1]) and not _typed_list(
        lines
    )


def _typed_list(lines: list[str]) -> bool:
    """Return whether a list begins among ``lines``: then each stands for itself."""
    made = with_lists([_line(line) for line in lines if line.strip()], dashes=True)
    return any(isinstance(line, TextLine) and line.style != PARAGRAPH for line in made)


def _line(text: str) -> Line:
    return TextLine(PARAGRAPH, (Run(text),))

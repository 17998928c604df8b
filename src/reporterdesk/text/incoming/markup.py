"""HTML of any kind as a row of events, in bounded time: libxml2’s parser through lxml.

A parser that tells events builds no tree, so nothing here is recursive and memory stays small.
libxml2 looks through all open elements at many tags; a hundred thousand of them, nested, took
minutes (measured, as did building a tree with lexbor). So the text is fed in pieces, and where the
nesting has become absurd, a new parser goes on with the next piece: no word is lost, only the
nesting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Protocol

from lxml import etree

MOST_CHARACTERS = 5_000_000
"""What is longer is cut here; pictures inside the HTML do not count (see :mod:`.pictures`)."""

MOST_TAGS = 60_000
"""What has more, begins and ends together, is cut here: 100,000 words of Word’s own HTML have half
of it. Each takes some twenty microseconds, and a paste is waited for."""

MOST_ENTITIES = 150_000
"""Each is an event of its own."""

DEEPEST = 200
"""Elements nested deeper than this begin a new nesting."""

_PIECE = 1024
_NONE: dict[str, str] = {}


class Reader(Protocol):
    """Takes the events in order."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the begin of an element; its name is in small letters."""
        ...

    def end(self, tag: str) -> None:
        """Take the end of an element; every one that began is ended, the inner one first."""
        ...

    def data(self, text: str) -> None:
        """Take words."""
        ...


def read_markup(html: str, reader: Reader) -> bool:
    """Tell ``reader`` what is in ``html``; return whether it had to be cut.

    ``html`` has no lone surrogate and no NUL (:func:`reporterdesk.text.cleaning.clean_text`).
    Nothing is loaded: no document type, no entity of another file, no address.
    """
    cut = _cut(html)
    fed = _Fed(reader)
    parser = _parser(fed)
    for piece in _pieces(html[:cut]):
        if fed.depth > DEEPEST:
            parser.close()
            fed = _Fed(reader)
            parser = _parser(fed)
        parser.feed(piece.encode("utf-8"))
    parser.close()
    return cut < len(html)


def _parser(fed: _Fed) -> etree.HTMLParser:
    # huge_tree: without it the parser gives up at a depth of 256, and at long attributes.
    return etree.HTMLParser(target=fed, huge_tree=True, encoding="utf-8", no_network=True)


def _cut(html: str) -> int:
    """Return how much of ``html`` is read."""
    end = min(len(html), MOST_CHARACTERS)
    for mark, most in (("<", MOST_TAGS), ("&", MOST_ENTITIES)):
        if html.count(mark, 0, end) > most:
            found = re.finditer(mark, html[:end])
            end = next(islice(found, most, None)).start()
    return end


def _pieces(html: str) -> Iterator[str]:
    """Part ``html`` before tags, so that each piece can be the first of a new parser.

    Something comes first, that the parser knows at once that it reads HTML, also of nothing.
    """
    yield "<!DOCTYPE html><body>"
    start = 0
    while start < len(html):
        end = html.find("<", start + _PIECE)
        end = end if end >= 0 else len(html)
        yield html[start:end]
        start = end


class _Fed:
    """Passes the events on and counts how deep they are."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.depth = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        # A plain dict is asked several times as fast as what lxml gives.
        self._reader.start(tag, dict(attributes) if attributes else _NONE)

    def end(self, tag: str) -> None:
        self.depth -= 1
        self._reader.end(tag)

    def data(self, text: str) -> None:
        self._reader.data(text)

    def comment(self, text: str) -> None:
        """Pass over comments, conditional ones too: what they hide is for Word alone."""

    def pi(self, target: str, text: str | None = None) -> None:
        """Pass over processing instructions."""

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        """Pass over the document type."""

    def close(self) -> None:
        """Do nothing at the end (called by lxml)."""

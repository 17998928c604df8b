"""Markdown typed within a line: emphasis, links and bare addresses, found as they are finished."""

from __future__ import annotations

import re
from dataclasses import dataclass

TRIGGERS = frozenset("*) ")
"""The only characters after which :func:`finished` can answer anything."""

LOOKS_BACK = 2_000
"""Characters before the caret that are enough for :func:`finished`."""

# What is held begins and ends with no space; a marker does not follow a letter, so that 2*3*4 and
# file*name* stay what they are.
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^*\ufffc\u2028]*[^\s*\\])(\*{1,3})\Z")
_LINK = re.compile(r"(?<![!\\])\[([^\[\]\ufffc\u2028]*[^\[\]\s\ufffc\u2028])\]\(")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\ufffc]+\Z", re.IGNORECASE)
# What ends a sentence or a quote after an address is no part of it.
_AFTER_ADDRESS = ".,;:!?'\"’”»›“‘。、，！？؟،؛۔।*_"
_STARTS_AFTER = frozenset("([{«“„‚‘”’‹\"'<–—,:;「『")


@dataclass(frozen=True, slots=True)
class Finished:
    """A shortcut that the last character typed has finished.

    It ends ``after`` characters before the caret, and is made of ``opening`` characters that go,
    ``held`` that stay, and ``closing`` that go.
    """

    opening: int
    held: str
    closing: int
    after: int = 0
    bold: bool = False
    italic: bool = False
    address: str | None = None
    """What is linked to, as it was typed."""


def finished(before: str) -> Finished | None:
    """Return the shortcut that ends with ``before``, the line up to the caret; None: no such."""
    last = before[-1:]
    if last == "*":
        return _emphasis(before)
    if last == ")":
        return _link(before)
    return address_before(before[:-1], after=1) if last == " " else None


def address_before(words: str, *, after: int = 0) -> Finished | None:
    """Return the bare address at the end of ``words``, ``after`` characters before the caret."""
    if not words or words[-1].isspace():
        return None
    found = _ADDRESS.search(words, len(words) - len(words.rsplit(None, 1)[-1]))  # it has no spaces
    if found is None:
        return None
    start = found.start()
    if start and not words[start - 1].isspace() and words[start - 1] not in _STARTS_AFTER:
        return None
    address = _without_end(found[0])
    if len(address.partition("://")[2] or address.partition(".")[2]) < 3:
        return None
    return Finished(0, address, 0, after + len(found[0]) - len(address), address=address)


def _emphasis(before: str) -> Finished | None:
    found = _EMPHASIS.search(before)
    if found is None or len(found[1]) != len(found[3]):
        return None
    count = len(found[1])
    return Finished(count, found[2], count, bold=count > 1, italic=count != 2)


def _link(before: str) -> Finished | None:
    for found in _LINK.finditer(before):
        address = before[found.end() : -1]
        if address and not re.search(r"\s", address) and _balanced(address):
            return Finished(1, found[1], len(address) + 3, address=address)
    return None


def _without_end(address: str) -> str:
    """Cut off the marks after an address, and brackets that were opened before it."""
    while address:
        if address[-1] in _AFTER_ADDRESS or (address[-1] in ")]}" and not _balanced(address)):
            address = address[:-1]
        else:
            break
    return address


def _balanced(address: str) -> bool:
    depth = 0
    for character in address:
        depth += (character in "([{") - (character in ")]}")
        if depth < 0:
            return False
    return depth == 0

"""The lines of the Markdown profile: what the parser reads and the printer writes or escapes.

The profile is a part of Markdown: headings 2 and 3 by ``##`` and ``###``, bullets by ``-``, ``*``
or ``+``, numbers by ``1.`` or ``1)``, quotes by ``>``, rules, photo figures and embeds alone on a
line. Whatever looks like other Markdown or HTML is text.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from reporterdesk.text.cleaning import safe_link

Kind: TypeAlias = Literal["blank", "text", "rule", "heading", "figure", "embed", "quote", "item"]

HEADING = re.compile(r" *(##|###) +(\S.*)")
ITEM = re.compile(r"( *)([-*+]|([0-9]{1,9})[.)]) +(\S.*)")
QUOTE = re.compile(r" *> ?(.*)")
FIGURE = re.compile(r"!\[\]\(photo:([0-9A-Za-z][0-9A-Za-z._-]{0,99})\)")
EMBED = re.compile(r"<(https?://[^\s<>]+)>", re.IGNORECASE)
PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
"""What a backslash makes literal: the punctuation of ASCII (CommonMark 0.31, section 2.4)."""

_ESCAPED_START = re.compile(r"(?=#{2,3}(?: |$)|>|[-+](?: |$))")
_ESCAPED_NUMBER = re.compile(r"([0-9]{1,9})(?=[.)](?: |$))")


def kind_of(line: str) -> Kind:  # noqa: PLR0911 - one return a kind
    """Return what ``line`` is when it stands first in a block."""
    words = line.strip()
    if not words:
        return "blank"
    match words[0]:
        case "#" if HEADING.fullmatch(words):
            return "heading"
        case ">":
            return "quote"
        case "!" if FIGURE.fullmatch(words):
            return "figure"
        case "<" if embedded(words) is not None:
            return "embed"
        case "-" | "*" | "_" if _is_rule(words):
            return "rule"
    return "item" if ITEM.fullmatch(words) else "text"


def embedded(line: str) -> str | None:
    """Return the URL of an embed, or ``None`` where ``line`` is none."""
    found = EMBED.fullmatch(line)
    return safe_link(found[1]) if found else None


def escaped_line(line: str) -> str:
    """Return a printed line of text so that it cannot be taken for the start of a block."""
    if not line.strip("- ") or (line[0] == "<" and embedded(line) is not None):
        return "\\" + line  # dashes are a rule, alone or after the dash of an item
    line = _ESCAPED_NUMBER.sub(r"\1\\", line, count=1) if line[:1].isdigit() else line
    return "\\" + line if _ESCAPED_START.match(line) else line


def _is_rule(words: str) -> bool:
    marks = words.replace(" ", "")
    return len(marks) >= 3 and marks[0] in "-*_" and marks.count(marks[0]) == len(marks)

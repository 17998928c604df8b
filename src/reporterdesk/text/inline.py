"""The words of a block: Markdown's inline marks read into flat runs, in one pass.

A run of ``*`` or ``_`` switches formats on and off: one mark italic, two bold, three both. It opens
a format before a character that is not white space and closes one after such a character; ``_``
does neither inside a word. For properly nested marks this is what CommonMark reads; for formats
that overlap it is lossless where nesting would not be. Marks that find no partner are literal, and
so are links to anything but http, https and mailto, images, code and HTML.
"""

from __future__ import annotations

import re

from reporterdesk.text.cleaning import safe_link
from reporterdesk.text.tree import Run, Runs

_TOKEN = re.compile(r"\\[!-/:-@\[-`{-~]|\\\n|\*+|_+|!?\[|\]|\n|[^\\*_!\[\]\n]+|.", re.DOTALL)
_DESTINATION = re.compile(
    r"""\( *
        (?: <([^<>\n]*)> | ([^\s()<>]+ (?: \([^\s()<>]*\) [^\s()<>]* )*) )
        (?: [ \n]+ (?: "[^"]*" | '[^']*' ) )?
        \ *\)""",
    re.VERBOSE,
)
_SWITCHED = {1: ("italic",), 2: ("bold",), 3: ("bold", "italic")}
_SIZE = {"italic": 1, "bold": 2}


def read_runs(source: str) -> Runs:
    r"""Return the runs of a block's ``source``; ``"\n"`` after a backslash is a line break."""
    return _Reader(source).runs()


class _Reader:
    """One reading: pieces of text, and between them the changes of format.

    ``_pieces[i]`` is what token ``i`` still shows, ``_changes[i]`` what changes before it.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._pieces: list[str] = []
        self._changes: dict[int, list[tuple[str, str | None]]] = {}
        self._open: dict[tuple[str, str], tuple[int, int]] = {}
        self._brackets: list[tuple[int, bool, int]] = []
        self._seen = 0  # how many pieces with something to see stand so far

    def runs(self) -> Runs:
        position = 0
        while found := _TOKEN.match(self._source, position):
            position = found.end()
            mark = found[0]
            if mark[0] in "*_":
                self._switch(mark, found.start(), position)
            elif mark in {"[", "!["}:
                self._brackets.append((len(self._pieces), mark == "![", self._seen + 1))
                self._text(mark)
            elif mark == "]":
                position = self._close_bracket(position)
            elif mark == "\n":
                self._text(" ")
            elif mark[0] == "\\" and len(mark) == 2:
                self._text(mark[1])
            else:
                self._text(mark)
        return tuple(self._swept())

    def _text(self, text: str) -> None:
        self._pieces.append(text)
        self._seen += not text.isspace()

    def _switch(self, marks: str, start: int, end: int) -> None:
        index = len(self._pieces)
        self._pieces.append(marks)
        before, after = self._source[start - 1 : start], self._source[end : end + 1]
        opens = bool(after) and not after.isspace()
        closes = bool(before) and not before.isspace()
        if marks[0] == "_":
            opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
        for name in _SWITCHED.get(len(marks), ()):
            key = (marks[0], name)
            opened, seen = self._open.get(key, (-1, self._seen))
            if closes and seen < self._seen:
                del self._open[key]
                self._change(opened + 1, name, marks[0])
                self._change(index, name, None)
                for used in (opened, index):
                    self._pieces[used] = self._pieces[used][_SIZE[name] :]
            elif opens:
                self._open[key] = (index, self._seen)

    def _close_bracket(self, position: int) -> int:
        """Take ``]``, with the destination after it if it closes a link; return what comes next."""
        if self._brackets:
            opened, image, seen = self._brackets.pop()
            found = _DESTINATION.match(self._source, position)
            url = None if found is None else safe_link(found[1] or found[2])
            if found is not None and url is not None and not image and seen < self._seen:
                self._pieces[opened] = ""
                self._change(opened + 1, "link", url)
                self._change(len(self._pieces), "link", None)
                self._brackets.clear()  # no link stands in a link
                return found.end()
        self._text("]")
        return position

    def _change(self, index: int, name: str, value: str | None) -> None:
        self._changes.setdefault(index, []).append((name, value))

    def _swept(self) -> list[Run]:
        runs: list[Run] = []
        bold = italic = 0
        link: str | None = None
        for index, text in enumerate(self._pieces):
            for name, value in self._changes.get(index, ()):
                if name == "link":
                    link = value
                elif name == "bold":
                    bold += 1 if value else -1
                else:
                    italic += 1 if value else -1
            if text:
                runs.append(Run(text, bold > 0, italic > 0, link))
        return runs

"""HTML from the clipboard into the tree: only what the profile knows, the rest as its words.

A whitelist over the standard library's parser. No style, script, picture or address is ever
loaded or looked at; HTML never reaches the document.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from reporterdesk.text.lines import (
    PARAGRAPH,
    QUOTE,
    Kind,
    Line,
    LineStyle,
    StandingLine,
    TextLine,
    document_of,
)
from reporterdesk.text.normal import clean_text, normalise, safe_link
from reporterdesk.text.tree import Document, Rule, Run


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SKIPPED = _words(
    "head style script template title noscript svg math object iframe select textarea button"
    " video audio canvas"
)
_VOID = _words("area base br col embed hr img input link meta source track wbr")
_BLOCKS = _words(
    "address article aside body caption center dd details div dl dt fieldset figcaption figure"
    " footer form header html main nav p pre section summary table tbody td tfoot th thead tr"
    " ul ol li blockquote h1 h2 h3 h4 h5 h6"
)
_HEADINGS = {"h1": 2, "h2": 2, "h3": 3, "h4": 3, "h5": 3, "h6": 3}
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em", "cite", "dfn"})
_STYLED = _BOLD | _ITALIC | {"span", "font", "a"}
_WHITE = re.compile(r"[ \t\r\n\f]+")
_WEIGHT = re.compile(r"font-weight\s*:\s*(\w+)", re.IGNORECASE)
_SLANT = re.compile(r"font-style\s*:\s*(\w+)", re.IGNORECASE)
_DEEPEST = 200
"""Elements nested deeper than this are read as if they stood at this depth."""


def document_from_html(html: str) -> Document:
    """Return the normal tree of what ``html`` says. Never raises: any string is some HTML."""
    reader = _Reader()
    reader.feed(clean_text(html))
    reader.close()
    reader.end_line()
    return normalise(document_of(reader.lines))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self._open: list[str] = []
        self._marks: list[tuple[str, dict[str, str | bool | None]]] = []
        self._lists: list[bool] = []
        self._quotes = 0
        self._heading = 0
        self._skipping = 0
        self._pre = 0
        self._runs: list[Run] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipping += 1
        if tag not in _VOID and len(self._open) < _DEEPEST:
            self._open.append(tag)
        if self._skipping:
            return
        if tag in _BLOCKS:
            self.end_line()
            self._enter_block(tag)
        elif tag == "br":
            self._runs.append(Run("\n"))
        elif tag == "hr":
            self.end_line()
            self.lines.append(StandingLine(Rule()))
        elif tag in _STYLED:
            self._marks.append((tag, _marks_of(tag, dict(attrs))))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        while self._open:
            closed = self._open.pop()
            self._leave(closed)
            if closed == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._skipping or not data:
            return
        text = data if self._pre else _WHITE.sub(" ", data)
        if text.strip() or self._runs:
            marks: dict[str, str | bool | None] = {}
            for _, given in self._marks:
                marks.update(given)
            self._runs.append(Run(text, **marks))  # type: ignore[arg-type]  # by name

    def end_line(self) -> None:
        """Close the line that is being gathered."""
        runs, self._runs = tuple(self._runs), []
        if any(run.text.strip() for run in runs):
            self.lines.append(TextLine(self._style(), runs))

    def _style(self) -> LineStyle:
        if self._heading:
            return LineStyle(Kind.HEADING, level=self._heading)
        if self._lists:
            return LineStyle(Kind.ITEM, ordered=self._lists[-1], depth=len(self._lists) - 1)
        return QUOTE if self._quotes else PARAGRAPH

    def _enter_block(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self._lists.append(tag == "ol")
        elif tag == "blockquote":
            self._quotes += 1
        elif tag in _HEADINGS:
            self._heading = _HEADINGS[tag]
        elif tag == "pre":
            self._pre += 1

    def _leave(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipping -= 1
        elif self._skipping:
            return
        elif tag in _BLOCKS:
            self.end_line()
            self._leave_block(tag)
        elif tag in _STYLED:
            for index in range(len(self._marks) - 1, -1, -1):
                if self._marks[index][0] == tag:
                    del self._marks[index]
                    break

    def _leave_block(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        elif tag == "blockquote" and self._quotes:
            self._quotes -= 1
        elif tag in _HEADINGS:
            self._heading = 0
        elif tag == "pre" and self._pre:
            self._pre -= 1


def _marks_of(tag: str, attrs: dict[str, str | None]) -> dict[str, str | bool | None]:
    """Return which formats an inline element switches on or off."""
    marks: dict[str, str | bool | None] = {}
    if tag in _BOLD:
        marks["bold"] = True
    if tag in _ITALIC:
        marks["italic"] = True
    if tag == "a":
        marks["link"] = safe_link(attrs.get("href"))
    style = attrs.get("style") or ""
    # Google Docs wraps everything in a <b> that is not bold, and says so in its style.
    weight = _WEIGHT.search(style)
    if weight:
        marks["bold"] = weight[1].lower() in {"bold", "bolder", "600", "700", "800", "900"}
    slant = _SLANT.search(style)
    if slant:
        marks["italic"] = slant[1].lower() in {"italic", "oblique"}
    return marks

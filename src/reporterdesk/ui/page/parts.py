"""The HTML of a page taken apart into the lines that the screen shows, in their order.

It knows the elements of ``resources/templates/site/report_element.html`` and what the report's body
may hold. Anything else is read as the text it stands in. No Qt: this runs in the pool.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

BREAK = "\u2028"
"""A line break inside a part, as Qt writes it."""

_SPACES = re.compile(r"[ \t\r\n\f]+")
_VOID = frozenset(("br", "hr", "img", "meta", "link", "input"))
_CONTEXTS = frozenset(("body", "correction", "facts", "gallery", "desk"))
_LINES = frozenset(("p", "h1", "h2", "h3", "li", "dt", "dd", "figcaption"))
_NAMED = frozenset(("kicker", "standfirst", "meta", "dateline", "embed"))
_TURNED = frozenset(("p", "h2", "h3", "li", "blockquote"))
"""What may run another way than the page."""
_UNSEEN = frozenset(("address",))
_BETWEEN = frozenset(("kicker", "meta"))
"""Parts whose elements stand apart by a middle dot."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look. ``role`` is the class of the element they stand in, or ``""``."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the page: its address, what it shows, and its pixels.

    ``shape`` is ``portrait``, ``cut`` where the site shows a cut of 3 to 2, or ``""``.
    """

    src: str
    alt: str
    width: int
    height: int
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the page.

    ``kind`` is its place and element: ``head.h1``, ``body.p``, ``facts.dt``, …; ``marker`` what
    stands before an item of a list, ``depth`` how deep that is nested, from 0. ``first`` says that
    it begins its list, quote or box; ``direction`` is ``ltr`` or ``rtl`` where the page says so.
    """

    kind: str
    runs: tuple[Run, ...] = ()
    image: Image | None = None
    marker: str = ""
    depth: int = 0
    first: bool = False
    direction: str = ""

    @property
    def text(self) -> str:
        """The words."""
        return "".join(run.text for run in self.runs)


def parts_of(html: str, context: str = "head") -> tuple[Part, ...]:
    """Return the lines of ``html``, which stands in ``context``. Never raises; any thread."""
    reader = PartReader(context)
    reader.feed(html)
    return reader.finished()


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    classes: frozenset[str]
    href: str = ""
    direction: str = ""


class PartReader(HTMLParser):
    """Reads HTML that comes piece by piece, each whole in itself."""

    def __init__(self, context: str) -> None:
        super().__init__(convert_charrefs=True)
        self._context = context
        self._open: list[_Open] = []
        self._parts: list[Part] = []
        self._kind = ""
        self._runs: list[Run] = []
        self._lists: list[int | None] = []
        self._marker = self._direction = ""
        self._image: Image | None = None
        self._first = False

    def finished(self) -> tuple[Part, ...]:
        """Return all that was read; nothing more may come."""
        self.close()
        self._end_line()
        return tuple(self._parts)

    @property
    def count(self) -> int:
        """How many lines have been read."""
        return len(self._parts)

    def add(self, parts: tuple[Part, ...]) -> None:
        """Take what was read elsewhere."""
        self._parts.extend(parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, or a look of words (called by the parser)."""
        values = {name: value or "" for name, value in attrs}
        classes = frozenset(values.get("class", "").split())
        if tag not in _VOID:
            turned = values.get("dir", "") if tag in _TURNED else ""
            self._open.append(_Open(tag, classes, values.get("href", ""), turned))
        match tag:
            case "br":
                self._runs.append(Run(BREAK))
            case "hr":
                self._end_line()
                self._parts.append(Part(f"{self._where()}.hr"))
            case "img":
                self._add_image(values)
            case "ul" | "ol":
                self._end_line()
                self._first = not self._lists
                self._lists.append(0 if tag == "ol" else None)
            case "blockquote" | "aside" | "section" | "article":
                self._end_line()
                self._first = True
            case _ if tag in _LINES:
                self._begin_line(tag, classes)
            case _:
                self._separate(classes)

    def handle_endtag(self, tag: str) -> None:
        """End a line or a look (called by the parser)."""
        if tag in _LINES:
            self._end_line()
        elif tag in {"ul", "ol"} and self._lists:
            self._end_line()
            self._lists.pop()
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index].tag == tag:
                del self._open[index:]
                break

    def handle_data(self, data: str) -> None:
        """Add words to the line (called by the parser)."""
        if not self._kind:
            return
        text = _SPACES.sub(" ", data)
        if not self._runs or self._runs[-1].text.endswith((" ", BREAK)):
            text = text.removeprefix(" ")
        if text:
            self._runs.append(self._look(text))

    def _where(self) -> str:
        for element in reversed(self._open):
            found = _CONTEXTS & element.classes
            if found:
                return next(iter(found))
        return self._context

    def _begin_line(self, tag: str, classes: frozenset[str]) -> None:
        self._end_line()
        where = self._where()
        if classes & _UNSEEN:
            return
        named = next(iter(_NAMED & classes), "")
        name = named or tag
        if tag == "p" and any(element.tag == "blockquote" for element in self._open):
            name = "quote"
        elif tag == "li":
            name = "li"
            self._marker = self._next_marker()
        self._kind = "caption" if tag == "figcaption" else f"{where}.{name}"
        said = (element.direction for element in reversed(self._open) if element.direction)
        self._direction = next(said, "")

    def _next_marker(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "•" if len(self._lists) % 2 else "◦"
        self._lists[-1] += 1
        return f"{self._lists[-1]}."

    def _separate(self, classes: frozenset[str]) -> None:
        """Set apart what the site's style sheet sets apart."""
        if not self._runs:
            return
        if self._kind.rpartition(".")[2] in _BETWEEN and self._open[-2].tag == "p":
            self._trim()
            self._runs.append(Run(" · ", role="between"))
        elif self._kind == "caption" and "credit" in classes:
            self._runs.append(Run("— "))

    def _add_image(self, values: dict[str, str]) -> None:
        self._end_line()
        figure = next((each for each in reversed(self._open) if each.tag == "figure"), None)
        classes = figure.classes if figure else frozenset()
        shape = "portrait" if "portrait" in classes else ""
        if self._where() == "gallery":
            shape = "cut"
        image = Image(
            values.get("src", ""),
            values.get("alt", ""),
            _number(values.get("width", "")),
            _number(values.get("height", "")),
            shape,
        )
        self._parts.append(Part(f"{self._where()}.figure", image=image))

    def _end_line(self) -> None:
        if not self._kind:
            return
        self._trim()
        depth = max(0, len(self._lists) - 1)
        runs, place = _joined(self._runs), (self._marker, depth, self._first, self._direction)
        part = Part(self._kind, runs, None, *place)
        if part.runs:
            self._parts.append(part)
            self._first = False
        self._kind, self._marker = "", ""
        self._runs = []

    def _trim(self) -> None:
        while self._runs:
            last = self._runs[-1]
            text = last.text.rstrip(" ")
            if text:
                self._runs[-1] = Run(text, last.bold, last.italic, last.link, last.role)
                return
            self._runs.pop()

    def _look(self, text: str) -> Run:
        bold = italic = False
        link = role = ""
        for element in self._open:
            bold = bold or element.tag in {"strong", "b"}
            italic = italic or element.tag in {"em", "i"}
            link = element.href or link
            if element.tag == "span" and element.classes:
                role = next(iter(element.classes))
        if any(element.tag == "bdi" for element in self._open):
            text = f"\u2068{text}\u2069"
        return Run(text, bold, italic, link, role)


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    """Join neighbours of one look."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last is not None and _same_look(last, run):
            joined[-1] = Run(last.text + run.text, run.bold, run.italic, run.link, run.role)
        else:
            joined.append(run)
    return tuple(joined)


def _same_look(one: Run, other: Run) -> bool:
    return (one.bold, one.italic, one.link, one.role) == (
        other.bold,
        other.italic,
        other.link,
        other.role,
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0

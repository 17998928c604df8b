"""The elements of HTML, read for what the profile knows; all else is its words.

A whitelist: what is not named here has no effect. Every element that begins is ended, the inner
one first, so that what holds inside of one is simply put back at its end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from reporterdesk.text.cleaning import safe_link
from reporterdesk.text.incoming.bullets import is_number
from reporterdesk.text.incoming.gathering import Gatherer, words_of
from reporterdesk.text.incoming.model import Picture
from reporterdesk.text.incoming.pictures import InlinePictures, alt_of, is_tiny, source_of
from reporterdesk.text.incoming.scripts import lowered, raised
from reporterdesk.text.incoming.styles import PLAIN, Style, read_style
from reporterdesk.text.lines import PARAGRAPH, QUOTE, Kind, LineStyle
from reporterdesk.text.tree import Figure, Rule, Run


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SKIPPED = _words(
    "head style script template noscript noframes svg math object iframe select textarea button"
    " video audio canvas nav dialog datalist del xml"
)
_BLOCKS = _words(
    "address article aside body caption center dd details dir div dl dt fieldset figcaption figure"
    " footer form header hgroup html legend li main menu nav ol p pre section summary table tbody"
    " td tfoot th thead tr ul blockquote h1 h2 h3 h4 h5 h6"
)
_LISTS = _words("ul ol menu dir")
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 3, "h5": 3, "h6": 3}
_BOLD = _words("b strong")
_ITALIC = _words("i em cite dfn var")
_RUBBISH = _words("reference mw-editsection sr-only visually-hidden screen-reader-text")
_QUOTES = _words("msoquote msointensequote msoblocktext")
_TITLES = {"msotitle": 1, "msotitlecxspfirst": 1, "msotitlecxsplast": 1}
_WHITE = re.compile(r"[ \t\r\n\f]+")
_WIDE = re.compile("[ \xa0]{2,}")
_DROPPED = dict.fromkeys(map(ord, "\u00ad\u200b"))  # places where a page may break a word


class State(NamedTuple):
    """What holds for the words inside an element."""

    bold: bool = False
    italic: bool = False
    link: str | None = None
    skipping: bool = False
    preformatted: bool = False
    quoted: bool = False
    rank: int = 0
    """Of a heading; 0 outside of one."""
    lists: tuple[bool, ...] = ()
    """Whether each list that is open counts."""
    item: int = 0
    word_item: int = 0
    """The level of an item of Word."""
    marker: bool = False
    title: bool = False
    spaces: bool = False
    script: str = ""
    figure: int = -1
    """How many pictures there were when the figure began."""
    layout: bool = False


@dataclass(slots=True)
class _Open:
    """An element that is open: what held before it, and where its lines begin."""

    tag: str
    before: State
    begin: int
    cells: list[tuple[int, int]]


class HtmlReader:
    """Takes the events of :func:`.markup.read_markup` and gathers lines and pictures."""

    def __init__(self, inline: InlinePictures, folder: Path | None = None) -> None:
        self.gathered = Gatherer()
        self.pictures: list[Picture] = []
        self.title = ""
        self.worded = False
        """Whether there were words but those that stand for pictures."""
        self.headline: int | None = None
        """Which line is the first heading of the first rank."""
        self._inline, self._folder = inline, folder
        self._state = State()
        self._open: list[_Open] = []
        self._styles: dict[str, Style] = {}
        self._items = 0
        self._marker = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the begin of an element."""
        before = self._state
        if tag in _BLOCKS:
            self.end_line()
        self._open.append(_Open(tag, before, len(self.gathered.lines), []))
        if before.skipping:
            return
        style = self._style(attributes)
        if tag in _SKIPPED or style.hidden or _is_hidden(attributes):
            self._state = before._replace(skipping=True)
            return
        self._state = self._inside(tag, attributes, _inside_style(before, style))
        if tag == "br":
            self.gathered.add(Run("\n"))
        elif tag == "img":
            self._picture(attributes)
        elif tag == "hr":
            self.end_line()
            self.gathered.stand(Rule())
        elif tag == "q":
            self.data("“")

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag == "q":
            self.data("”")
        if tag in _BLOCKS:
            self.end_line()
        closed = self._open.pop()
        if not self._state.skipping:
            if tag in {"td", "th"}:
                self._end_cell(closed)
            elif tag == "tr" and not self._state.layout:
                self.gathered.join_row(closed.cells)
            elif tag == "figcaption":
                self._end_caption(closed)
        self._state = closed.before

    def data(self, text: str) -> None:
        """Take words."""
        state = self._state
        if state.skipping:
            return
        self.worded = self.worded or not text.isspace()
        self._say(text, state)

    def _say(self, text: str, state: State) -> None:
        if state.marker:
            self._marker += text
            return
        if state.title:
            self.title += text
            return
        if not state.preformatted:
            text = _WHITE.sub(" ", text)
        if state.spaces:
            text = text.replace("\xa0", " ")
        elif "\xa0" in text:
            text = _WIDE.sub(" ", text)
        if state.script:
            text = raised(text) if state.script == "super" else lowered(text)
        text = text.translate(_DROPPED)
        if text:
            self.gathered.add(Run(text, state.bold, state.italic, state.link))

    def end_line(self) -> None:
        """Close the line that is being gathered."""
        state, gathered = self._state, self.gathered
        if state.rank == 1 and self.headline is None and gathered.has_words:
            self.headline = len(gathered.lines)
        gathered.end_line(self._line_style(state), state.item)
        self._marker = ""

    def _line_style(self, state: State) -> LineStyle:
        if state.rank:
            return LineStyle(Kind.HEADING, level=max(2, state.rank))
        if state.word_item:
            ordered = is_number(self._marker)
            return LineStyle(Kind.ITEM, ordered=ordered, depth=state.word_item - 1)
        if state.lists:
            return LineStyle(Kind.ITEM, ordered=state.lists[-1], depth=len(state.lists) - 1)
        return QUOTE if state.quoted else PARAGRAPH

    def _style(self, attributes: Mapping[str, str]) -> Style:
        css = attributes.get("style")
        if not css:
            return PLAIN
        known = self._styles.get(css)
        if known is None:
            known = self._styles[css] = read_style(css)
        return known

    def _inside(  # noqa: PLR0911 - one a kind
        self, tag: str, attributes: Mapping[str, str], state: State
    ) -> State:
        """Return what holds inside an element, from its name and its attributes."""
        if tag in _BOLD:
            # Google Docs wraps everything in a <b> that is not bold, and says so in its style.
            return state._replace(bold=self._style(attributes).bold is not False)
        if tag in _ITALIC:
            return state._replace(italic=self._style(attributes).italic is not False)
        if tag == "a":
            return state._replace(link=safe_link(attributes.get("href")) or state.link)
        if tag in {"sup", "sub"}:
            return state._replace(script="super" if tag == "sup" else "sub")
        if tag in _HEADINGS:
            return state._replace(rank=_HEADINGS[tag], bold=False)
        if tag in _BLOCKS:
            return self._inside_block(tag, attributes, state)
        if tag == "title":
            return state._replace(title=not self.title, skipping=bool(self.title))
        if tag == "span":
            return self._inside_span(attributes, state)
        return state

    def _inside_block(  # noqa: PLR0911 - one a kind
        self, tag: str, attributes: Mapping[str, str], state: State
    ) -> State:
        if tag in _LISTS:
            return state._replace(lists=_deeper(state.lists, tag, attributes), item=0)
        if tag == "li":
            self._items += 1
            level = min(_number(attributes.get("aria-level", "")), 9)
            lists = state.lists or (False,)
            lists += lists[-1:] * (level - len(lists))
            return state._replace(item=self._items, lists=lists, word_item=0)
        if tag == "blockquote":
            return state._replace(quoted=True)
        if tag == "pre":
            return state._replace(preformatted=True)
        if tag == "table":
            return state._replace(layout=attributes.get("role") == "presentation")
        if tag == "figure":
            return state._replace(figure=len(self.pictures))
        names = attributes.get("class", "").lower()
        if names.startswith("mso"):
            rank = _TITLES.get(names, 0)
            return state._replace(rank=rank or state.rank, quoted=state.quoted or names in _QUOTES)
        return state

    def _inside_span(self, attributes: Mapping[str, str], state: State) -> State:
        if attributes.get("data-stringify-type") == "paragraph-break":  # Slack
            self.end_line()
        if attributes.get("class") == "Apple-converted-space":
            return state._replace(spaces=True)
        return state

    def _picture(self, attributes: Mapping[str, str]) -> None:
        alt = alt_of(attributes)
        source = None
        if not is_tiny(attributes):
            source = source_of(attributes.get("src", ""), self._inline, self._folder)
        if source is None:
            if alt:  # a smiley belongs to its word, a picture’s words stand apart
                self._say(alt if len(alt) < 4 else f" {alt} ", self._state)
            return
        place = f"incoming-{len(self.pictures) + 1}"
        self.pictures.append(Picture(place, source, alt))
        self.gathered.stand(Figure(place))

    def _end_cell(self, closed: _Open) -> None:
        row = next((each for each in reversed(self._open[-3:]) if each.tag == "tr"), None)
        if row is not None:
            row.cells.append((closed.begin, len(self.gathered.lines)))

    def _end_caption(self, closed: _Open) -> None:
        """Give a caption to the picture it stands under; without one it is a paragraph."""
        lines, begin = self.gathered.lines, closed.begin
        if len(self.pictures) > self._state.figure >= 0:
            words = self.gathered.take_words(begin)
            self.pictures[-1] = replace(self.pictures[-1], caption=words)
        elif 0 < begin == len(lines) - 1 and words_of(lines[begin]) == words_of(lines[begin - 1]):
            del lines[begin]  # the picture’s words, said twice


def _inside_style(state: State, style: Style) -> State:
    """Return what holds inside an element by its style attribute."""
    if style is PLAIN:
        return state
    return state._replace(
        bold=state.bold if style.bold is None else style.bold and not state.rank,
        italic=state.italic if style.italic is None else style.italic,
        preformatted=state.preformatted if style.preformatted is None else style.preformatted,
        script=state.script if style.raised is None else style.raised,
        word_item=style.list_level or state.word_item,
        marker=state.marker or style.list_marker,
        spaces=state.spaces or style.spaces,
    )


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    """Return whether the page does not show an element, or only shows it to be worked with."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    names = attributes.get("class")
    return names is not None and not _RUBBISH.isdisjoint(names.split())


def _deeper(lists: tuple[bool, ...], tag: str, attributes: Mapping[str, str]) -> tuple[bool, ...]:
    """Return the lists that are open in a further one."""
    lists = (*lists, tag == "ol")
    indent = attributes.get("data-indent", "")  # Slack’s nested lists stand side by side
    return lists + lists[-1:] * min(_number(indent), 8)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 3 else 0

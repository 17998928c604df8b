"""Python-Markdown with every processor outside the profile taken out.

What is left of Python-Markdown is its frame: a preprocessor that gives every construct a block of
its own, block processors that build the element tree, and a tree processor that reads the words.
The stock processors read raw HTML, code, tables, references, and other lists and emphasis than the
profile's, so the registries hold only those of this module.

Only the parser imports this module; what reads the Markdown of other programs has ``markdown`` of
its own (:mod:`.incoming.markdown_file`).
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import Registry

from reporterdesk.text import grammar
from reporterdesk.text.inline import read_runs
from reporterdesk.text.normal import MAX_DEPTH

_ALONE = frozenset({"rule", "heading", "figure", "embed"})
_BREAK = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")


def profile() -> Markdown:
    """Return a Markdown instance for the profile; it keeps the state of a parse: one a thread."""
    engine = Markdown()
    parser = _EachBlock(engine)
    parser.blockprocessors.register(_Single(parser), "single", 60)
    parser.blockprocessors.register(_Item(parser), "item", 50)
    parser.blockprocessors.register(_ItemContinued(parser), "continued", 40)
    parser.blockprocessors.register(_Quotation(parser), "quote", 30)
    parser.blockprocessors.register(_Words(parser), "paragraph", 10)
    engine.parser = parser
    engine.preprocessors = Registry()
    engine.inlinePatterns = Registry()
    engine.treeprocessors = Registry()
    engine.postprocessors = Registry()
    engine.preprocessors.register(_Separate(engine), "separate", 10)
    engine.treeprocessors.register(_Inline(engine), "inline", 10)
    return engine


class _Separate(Preprocessor):
    """Puts a blank line wherever a line begins a construct of its own."""

    def run(self, lines: list[str]) -> list[str]:
        out: list[str] = []
        before: grammar.Kind = "blank"
        for raw in lines:
            words = raw.lstrip()
            line = " " * (len(raw) - len(words)) + words  # any space at the start is a plain one
            kind = grammar.kind_of(line)
            if kind == "item" and before in {"text", "quote"} and not _interrupts(line):
                kind = "text"
            begins = (
                kind in _ALONE
                or before in _ALONE
                or kind == "item"
                or (kind == "quote" and before != "quote")
            )
            if begins and before != "blank":
                out.append("")
            out.append("" if kind == "blank" else line)
            # A line of text goes on with the paragraph, item or quote that stands before it.
            if kind != "text" or before not in {"item", "quote"}:
                before = kind
        return out


def _interrupts(line: str) -> bool:
    """Return whether an item may end a paragraph; "1986. What a year" may have been wrapped."""
    found = grammar.ITEM.match(line)
    return found is not None and (found[3] is None or int(found[3]) == 1)


class _EachBlock(BlockParser):
    """Parses block after block; the stock loop takes blocks off a list's front, quadratic time."""

    def parseChunk(self, parent: Element, text: str) -> None:
        for block in text.split("\n\n"):
            if block.strip():
                self.parseBlocks(parent, [block.strip("\n")])


class _Single(BlockProcessor):
    """A heading, rule, figure or embed: one line that stands alone."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - Python-Markdown’s signature
        return grammar.kind_of(block) in _ALONE

    def run(self, parent: Element, blocks: list[str]) -> None:
        line = blocks.pop(0).strip()
        if found := grammar.HEADING.fullmatch(line):
            SubElement(parent, f"h{len(found[1])}").text = found[2]
        elif found := grammar.FIGURE.fullmatch(line):
            SubElement(parent, "figure", id=found[1])
        elif url := grammar.embedded(line):
            SubElement(parent, "embed", src=url)
        else:
            SubElement(parent, "hr")


class _Item(BlockProcessor):
    """An item of a list, under the list or item that its indent says."""

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self.levels: list[tuple[int, Element]] = []  # the indents and lists that are open

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - Python-Markdown’s signature
        return grammar.kind_of(block.split("\n", 1)[0]) == "item"

    def run(self, parent: Element, blocks: list[str]) -> None:
        first, *more = blocks.pop(0).split("\n")
        found = grammar.ITEM.fullmatch(first.rstrip())
        assert found is not None  # noqa: S101 - test() said so
        tag, indent = ("ul" if found[3] is None else "ol"), len(found[1])
        if not (self.levels and len(parent) and parent[-1] is self.levels[0][1]):
            self.levels = []
        # Under each list whose items start at least two columns further left.
        depth = sum(indent >= column + 2 for column, _ in self.levels)
        if depth == MAX_DEPTH:
            depth, indent = depth - 1, self.levels[-1][0]
        under = self.levels[depth - 1][1][-1] if depth else parent
        last = under[-1] if len(under) else None
        home = last if last is not None and last.tag == tag else SubElement(under, tag)
        self.levels[depth:] = [(indent, home)]
        words = first[found.start(4) :]  # with the spaces at its end: they may be a line break
        SubElement(home, "li").text = _joined([words, *more])


class _ItemContinued(BlockProcessor):
    """An indented paragraph after an item: it goes on in that item, after a line break."""

    def test(self, parent: Element, block: str) -> bool:
        return block.startswith("  ") and len(parent) > 0 and parent[-1].tag in {"ul", "ol"}

    def run(self, parent: Element, blocks: list[str]) -> None:
        item = parent[-1][-1]
        while len(item):
            item = item[-1][-1]
        item.text = _joined([f"{item.text}  ", *blocks.pop(0).split("\n")])


class _Quotation(BlockProcessor):
    """A quote: paragraphs, whatever they look like."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - Python-Markdown’s signature
        return block.lstrip().startswith(">")

    def run(self, parent: Element, blocks: list[str]) -> None:
        quote = SubElement(parent, "blockquote")
        lines: list[str] = []
        for line in (*blocks.pop(0).split("\n"), ">"):
            found = grammar.QUOTE.fullmatch(line)
            words = line if found is None else found[1]
            if words.strip():
                lines.append(words)
            elif lines:
                SubElement(quote, "p").text = _joined(lines)
                lines = []


class _Words(BlockProcessor):
    """A paragraph: whatever nothing else took."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - Python-Markdown’s signature
        return True

    def run(self, parent: Element, blocks: list[str]) -> None:
        SubElement(parent, "p").text = _joined(blocks.pop(0).split("\n"))


def _joined(lines: list[str]) -> str:
    """Join the lines of a block; a line break in it is a backslash before the line feed."""
    *body, last = lines
    out: list[str] = []
    for line in body:
        words = line.strip()
        by_spaces = line.endswith("  ") and not _BREAK.search(words)
        out.append(words + "\\" if by_spaces else words)
    out.append(last.strip())
    return "\n".join(out)


class _Inline(Treeprocessor):
    """Reads the words of every element into ``run`` elements."""

    def run(self, root: Element) -> None:
        for element in list(root.iter()):
            text, element.text = element.text, None
            if not text:
                continue
            for place, run in enumerate(read_runs(text)):
                child = Element("run")
                child.text = run.text
                if run.bold:
                    child.set("bold", "")
                if run.italic:
                    child.set("italic", "")
                if run.link is not None:
                    child.set("link", run.link)
                element.insert(place, child)

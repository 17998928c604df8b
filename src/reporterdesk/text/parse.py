"""The one parser of the body; its grammar is in :mod:`reporterdesk.text.profile`.

Import it when the first report is parsed: it loads Python-Markdown.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown

from reporterdesk.text.cleaning import clean_text
from reporterdesk.text.normal import normalise
from reporterdesk.text.profile import profile
from reporterdesk.text.tree import (
    Block,
    Document,
    Embed,
    Figure,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Run,
    Runs,
)

_local = threading.local()


def parse(markdown: str) -> Document:
    """Return the normal document that ``markdown`` says. Never raises; any thread may call it.

    Whatever is outside the profile becomes text.
    """
    lines = clean_text(markdown).expandtabs(4).split("\n")
    engine = _engine()
    for preprocessor in engine.preprocessors:
        lines = preprocessor.run(lines)
    root = engine.parser.parseDocument(lines).getroot()
    assert root is not None  # noqa: S101 - parseDocument has just made it
    for treeprocessor in engine.treeprocessors:
        treeprocessor.run(root)
    return normalise(Document(tuple(_blocks(root))))


def _engine() -> Markdown:
    """Return this thread's Markdown instance: it keeps the state of a parse, so none is shared."""
    engine: Markdown | None = getattr(_local, "engine", None)
    if engine is None:
        engine = _local.engine = profile()
    return engine


def _blocks(root: Element) -> Iterator[Block]:
    for element in root:
        match element.tag:
            case "p":
                yield Paragraph(_runs(element))
            case "h2" | "h3":
                yield Heading(int(element.tag[1]), _runs(element))
            case "blockquote":
                yield Quote(tuple(_runs(paragraph) for paragraph in element))
            case "figure":
                yield Figure(element.get("id", ""))
            case "embed":
                yield Embed(element.get("src", ""))
            case "hr":
                yield Rule()
            case _:
                yield _list(element)


def _list(element: Element) -> ListBlock:
    items = (
        ListItem(_runs(item), tuple(_list(child) for child in item if child.tag != "run"))
        for item in element
    )
    return ListBlock(element.tag == "ol", tuple(items))


def _runs(element: Element) -> Runs:
    return tuple(
        Run(run.text or "", "bold" in run.attrib, "italic" in run.attrib, run.get("link"))
        for run in element
        if run.tag == "run"
    )

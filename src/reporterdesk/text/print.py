"""The canonical printer: one document, one Markdown text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reporterdesk.text import grammar
from reporterdesk.text.normal import normalise
from reporterdesk.text.tree import (
    Block,
    Document,
    Embed,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Run,
    Runs,
)

_SPECIAL = re.compile(r"[\\*_\[\]!]")
_INDENT = "    "


def to_markdown(doc: Document) -> str:
    """Return the canonical Markdown of ``doc``'s normal form, without a line feed at its end.

    ``parse(to_markdown(doc)) == normalise(doc)``. Any thread may call it.
    """
    return normal_to_markdown(normalise(doc))


def normal_to_markdown(doc: Document) -> str:
    """Return the canonical Markdown of ``doc``, which is in normal form already.

    Bringing a long text to it takes several times as long as printing it.
    """
    return "\n\n".join(map(_block, doc.blocks))


def _block(block: Block) -> str:  # noqa: PLR0911 - one return a kind
    match block:
        case Paragraph(runs):
            return "\n".join(_lines(runs))
        case Heading(level, runs):
            return f"{'#' * level} {_inline(runs)}"
        case ListBlock():
            return "\n".join(_list_lines(block, ""))
        case Quote(paragraphs):
            quoted = ("\n".join(f"> {line}" for line in _lines(runs)) for runs in paragraphs)
            return "\n>\n".join(quoted)
        case Rule():
            return "---"
        case Figure(photo_id):
            return f"![](photo:{photo_id})"
        case Embed(url):
            return f"<{url}>"


def _list_lines(block: ListBlock, indent: str) -> Iterator[str]:
    for number, item in enumerate(block.items, start=1):
        first, *more = _lines(item.runs)
        yield f"{indent}{number}. {first}" if block.ordered else f"{indent}- {first}"
        for line in more:
            yield f"{indent}{_INDENT}{line}"
        for nested in item.lists:
            yield from _list_lines(nested, indent + _INDENT)


def _lines(runs: Runs) -> list[str]:
    return [grammar.escaped_line(line) for line in _inline(runs).split("\n")]


def _inline(runs: Runs) -> str:
    printer = _InlinePrinter(runs)
    return "".join(printer.pieces())


class _InlinePrinter:
    """Prints runs: marks where a format changes, each around the other where they nest."""

    def __init__(self, runs: Runs) -> None:
        self._runs = runs
        self._inside = {"bold": False, "italic": False}  # opened since the link was opened

    def pieces(self) -> Iterator[str]:
        nothing = Run("")
        before = nothing
        for index, run in enumerate((*self._runs, nothing)):
            marks = self._marks(index, before, run)
            if before.text:
                yield _escaped(before.text, linked=bool(before.link), bracket=marks[:1] == "[")
            yield marks
            before = run

    def _marks(self, index: int, before: Run, run: Run) -> str:
        """Return the marks between two runs: inside the old link, between, inside the new one."""
        changed = [
            name for name in ("bold", "italic") if getattr(before, name) != getattr(run, name)
        ]
        if before.link == run.link:
            for name in changed:
                self._inside[name] = bool(run.link) and bool(getattr(run, name))
            return _stars(changed)
        inner = [n for n in changed if before.link and getattr(before, n) and self._inside[n]]
        later = [n for n in changed if run.link and getattr(run, n) and not self._spans(index, n)]
        between = [name for name in changed if name not in (*inner, *later)]
        for name in ("bold", "italic"):
            self._inside[name] = name in later
        close = f"]({_destination(before.link)})" if before.link else ""
        return f"{_stars(inner)}{close}{_stars(between)}{'[' if run.link else ''}{_stars(later)}"

    def _spans(self, index: int, name: str) -> bool:
        """Return whether a format that begins with the link at ``index`` lasts to its end."""
        link = self._runs[index].link
        for run in self._runs[index:]:
            if run.link != link:
                break
            if not getattr(run, name):
                return False
        return True


def _stars(names: list[str]) -> str:
    return "*" * sum(2 if name == "bold" else 1 for name in names)


def _destination(url: str) -> str:
    return f"<{url}>" if "(" in url or ")" in url else url


def _escaped(text: str, *, linked: bool, bracket: bool) -> str:
    """Escape exactly what the parser would read as a mark.

    :param linked: whether the text stands in a link.
    :param bracket: whether a link's ``[`` comes directly after it.
    """

    def escape(found: re.Match[str]) -> str:
        at, mark = found.start(), found[0]
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if mark == "\\":
            literal = bool(after) and after != "\n" and after not in grammar.PUNCTUATION
        elif mark in "*_":
            literal = before == after == " " or (
                mark == "_" and before.isalnum() and after.isalnum()
            )
        elif mark == "!":
            literal = bool(after) or not bracket
        else:
            literal = not linked and (mark == "[" or after != "(")
        return mark if literal else "\\" + mark

    return _SPECIAL.sub(escape, text).replace("\n", "\\\n")

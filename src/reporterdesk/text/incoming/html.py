"""HTML from the clipboard or a file into the tree."""

from __future__ import annotations

import re
from pathlib import Path

from reporterdesk.text.cleaning import clean_text
from reporterdesk.text.incoming.bullets import with_lists
from reporterdesk.text.incoming.gathering import words_of
from reporterdesk.text.incoming.html_reader import HtmlReader
from reporterdesk.text.incoming.markup import read_markup
from reporterdesk.text.incoming.model import Incoming
from reporterdesk.text.incoming.pictures import take_out
from reporterdesk.text.lines import document_of
from reporterdesk.text.normal import normalise

_LONGEST_HEADLINE = 300
_LANGUAGE = re.compile(r"<html[^>]{0,1000}?\s(?:xml:)?lang\s*=\s*[\"']?([A-Za-z]{2,3}[\w-]{0,20})")
# libxml2 ends <b> and <i> at the next paragraph, <strong> and <em> not.
_SHORT_NAMES = re.compile(r"<(/?)([bi])(?=[\s>])", re.IGNORECASE)
_LONG_NAMES = {"b": "strong", "i": "em"}


def from_html(html: str, *, folder: Path | None = None, as_report: bool = False) -> Incoming:
    """Return what ``html`` says. Never raises: any string is some HTML. Any thread.

    It takes bounded time, whatever ``html`` is (:mod:`.markup`), and nothing is loaded: pictures
    of the web leave their alt text, those of this machine are handed over, unopened.

    :param folder: where the file lies that ``html`` was read from.
    :param as_report: whether the first heading of the first rank, or else the page’s title, is to
        be the headline of a report.
    """
    html, inline = take_out(html)
    html = _SHORT_NAMES.sub(_long_name, clean_text(html))
    reader = HtmlReader(inline, folder)
    cut = read_markup(html, reader)
    reader.end_line()
    headline = _take_headline(reader) if as_report else ""
    language = _LANGUAGE.search(html[:5000])
    return Incoming(
        normalise(document_of(with_lists(reader.gathered.lines))),
        tuple(reader.pictures),
        headline,
        language[1] if language else "",
        cut or reader.gathered.cut,
        inline.left_out,
        wordless=not reader.worded,
    )


def _long_name(found: re.Match[str]) -> str:
    return f"<{found[1]}{_LONG_NAMES[found[2].lower()]}"


def _take_headline(reader: HtmlReader) -> str:
    """Return the headline; a heading is taken out of the lines."""
    if reader.headline is not None:
        words = words_of(reader.gathered.lines[reader.headline])
        if len(words) <= _LONGEST_HEADLINE:
            del reader.gathered.lines[reader.headline]
            return words
    return " ".join(reader.title.split())[:_LONGEST_HEADLINE]

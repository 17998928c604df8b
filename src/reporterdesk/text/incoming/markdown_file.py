"""Markdown files of other programs: through HTML, since they hold more than the profile.

The profile’s own parser takes what it does not know for words; a heading underlined with dashes,
a table or a reference link is to become what it was meant to be.
"""

from __future__ import annotations

import re
from pathlib import Path

from markdown import Markdown

from reporterdesk.text.cleaning import clean_text
from reporterdesk.text.incoming.html import from_html
from reporterdesk.text.incoming.model import Incoming
from reporterdesk.text.incoming.plain import from_plain

MOST_CHARACTERS = 400_000
"""What is longer is cut; Python-Markdown takes seconds for more."""

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title[ \t]*:[ \t]*(.{1,300})$", re.MULTILINE | re.IGNORECASE)
_LANGUAGE = re.compile(
    r"^lang(?:uage)?[ \t]*:[ \t]*[\"']?([A-Za-z]{2,3}[\w-]{0,20})", re.MULTILINE | re.IGNORECASE
)
_MOST_MARKS, _MOST_MARKS_IN_ONE = 20_000, 500
"""Brackets and the like, in the file and in one paragraph: Python-Markdown looks from each to the
end of its paragraph, and twice as many take four times as long."""
_MARKS = re.compile(r"[\[<`]")
_BLANK = re.compile(r"\n[ \t]*\n")
_DEEP = re.compile(r"(?:>[ \t]?){20,}|([\[\]<*_`!(&~])\1{20,}")


def from_markdown(text: str, *, folder: Path | None = None, as_report: bool = False) -> Incoming:
    """Return a Markdown file’s text; it may take seconds. Any thread but the UI’s.

    :param folder: where the file lies, for the pictures beside it.
    :param as_report: whether its title or first heading is to be the headline.
    """
    cleaned = clean_text(text)
    cut = len(cleaned) > MOST_CHARACTERS
    cleaned = cleaned[:MOST_CHARACTERS]
    matter = _FRONT_MATTER.match(cleaned)
    title = language = ""
    if matter:
        cleaned = cleaned[matter.end() :]
        found, spoken = _TITLE.search(matter[1]), _LANGUAGE.search(matter[1])
        title = found[1].strip().strip("\"'") if found else ""
        language = spoken[1] if spoken else ""
    html = _to_html(_DEEP.sub(" ", cleaned))
    if html is None:
        return from_plain(text, as_report=as_report)
    incoming = from_html(html, folder=folder, as_report=as_report and not title)
    return Incoming(
        incoming.document,
        incoming.pictures,
        title if as_report and title else incoming.headline,
        language,
        cut or incoming.cut,
        incoming.left_out,
    )


def _to_html(text: str) -> str | None:
    """Return the HTML, or nothing for what no person has written: its words are still there."""
    if len(_MARKS.findall(text)) > _MOST_MARKS:
        return None
    if any(len(_MARKS.findall(part)) > _MOST_MARKS_IN_ONE for part in _BLANK.split(text)):
        return None
    reader = Markdown(extensions=["tables", "fenced_code", "sane_lists", "footnotes"])
    try:
        return reader.convert(text)
    except (RecursionError, ValueError, IndexError, AssertionError):
        return None

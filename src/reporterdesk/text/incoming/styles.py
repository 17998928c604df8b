"""What a style attribute says that matters to a report; fonts, colours and sizes do not."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WANTED = re.compile(
    r"(?:^|[;\s\"'])(font-weight|font-style|display|visibility|white-space|vertical-align"
    r"|mso-list|mso-hide|mso-element|mso-spacerun)\s*:\s*([^;]{1,80})",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"\blevel([1-9])\b")
_PREFORMATTED = frozenset(("pre", "pre-wrap", "pre-line", "break-spaces", "preserve"))
_BOLD = frozenset(("bold", "bolder", "600", "700", "800", "900"))
_HIDDEN_PARTS = frozenset(("comment-list", "comment", "header", "footer"))


@dataclass(frozen=True, slots=True)
class Style:
    """What is said; ``None`` where nothing is."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool = False
    preformatted: bool | None = None
    raised: str | None = None
    """``super`` or ``sub``, or ``""`` on the line."""
    list_level: int = 0
    """From 1: how deep an item of Word stands, whose lists are paragraphs; 0 is no item."""
    list_marker: bool = False
    """Word’s bullet or number, written out."""
    spaces: bool = False
    """Word’s spaces in a row, written as no-break spaces."""


PLAIN = Style()


def read_style(css: str) -> Style:
    """Return what ``css``, a style attribute, says."""
    said = {
        name.lower(): value.lower().partition("!")[0].strip()
        for name, value in _WANTED.findall(css[:10_000])
    }
    if not said:
        return PLAIN
    weight, slant = said.get("font-weight"), said.get("font-style")
    white, raised = said.get("white-space"), said.get("vertical-align")
    mso_list = said.get("mso-list", "")
    level = _LEVEL.search(mso_list)
    return Style(
        bold=None if weight is None else weight in _BOLD,
        italic=None if slant is None else slant.startswith(("italic", "oblique")),
        hidden=said.get("display") == "none"
        or said.get("visibility") in {"hidden", "collapse"}
        or said.get("mso-hide") == "all"
        or said.get("mso-element") in _HIDDEN_PARTS,
        preformatted=None if white is None else white in _PREFORMATTED,
        raised=None if raised is None else raised if raised in {"super", "sub"} else "",
        list_level=int(level[1]) if level else 0,
        list_marker=mso_list == "ignore",
        spaces=said.get("mso-spacerun") == "yes",
    )

"""Of which files reports can be made, by their names."""

from __future__ import annotations

from pathlib import Path

DOCX_NAMES = (".docx", ".docm", ".dotx")
HTML_NAMES = (".html", ".htm", ".xhtml")
MARKDOWN_NAMES = (".md", ".markdown", ".mdown")
TEXT_NAMES = (".txt", ".text")
NAMES = (*DOCX_NAMES, *HTML_NAMES, *MARKDOWN_NAMES, *TEXT_NAMES)
"""The endings of such files, in small letters."""


def is_text_file(path: Path) -> bool:
    """Return whether a report can be made of the file, by its name."""
    return path.suffix.lower() in NAMES

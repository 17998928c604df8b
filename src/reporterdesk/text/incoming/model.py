"""What has come from elsewhere, as the rest of the app takes it over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from reporterdesk.text.tree import Document

PictureSource: TypeAlias = Path | bytes
"""A file on this machine, or the bytes of a picture, of whatever format they turn out to be."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that came with the text, and is no photo of the report yet.

    ``place`` is the ``photo_id`` of the figure that stands for it in the document.
    """

    place: str
    source: PictureSource
    alt_text: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A text in normal form, with the pictures that belong into it, in their order.

    ``headline`` is the text’s own title or first heading where it has one, which then is not part
    of ``document``; ``language`` a BCP 47 tag where the text names one. ``cut`` tells that there
    was more than is read at once; ``left_out`` how many pictures were too many. ``wordless`` tells
    that it has no words but those that stand for pictures.
    """

    document: Document
    pictures: tuple[Picture, ...] = ()
    headline: str = ""
    language: str = ""
    cut: bool = False
    left_out: int = 0
    wordless: bool = False

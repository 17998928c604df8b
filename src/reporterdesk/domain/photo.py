"""A photo belongs to one report; its bytes are kept apart, named by their SHA-256."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rendition:
    """One size of a photo: the SHA-256 (hex) of its bytes, their number, and its pixels."""

    sha256: str
    bytes: int
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo with what is written about it. The order of photos is that of their tuple."""

    id: str
    preview: Rendition
    full: Rendition
    caption: str = ""
    credit: str = ""
    alt_text: str = ""

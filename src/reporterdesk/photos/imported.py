"""What reading a photo gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reporterdesk.domain.photo import Rendition


@dataclass(frozen=True, slots=True)
class PhotoDetails:
    """What the file itself says about the photo.

    :ivar taken_at: when it was taken; naive, in the camera's own time, where the camera did not
        write its distance from UTC.
    :ivar credit: who took it, or ``""``.
    :ivar caption: what it shows, or ``""``.
    """

    taken_at: datetime | None = None
    credit: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class ImportedPhoto:
    """A photo ready to be kept: two JPEGs, upright, in sRGB, without what gives people away.

    :ivar removed: what was taken out of the file, in plain words, for showing.
    """

    full_bytes: bytes
    preview_bytes: bytes
    full: Rendition
    preview: Rendition
    details: PhotoDetails
    removed: tuple[str, ...] = ()

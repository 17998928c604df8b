"""What is said of a picture where it comes from: it goes with it into the report."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reporterdesk.domain.photo import Photo
from reporterdesk.text.cleaning import clean_text


@dataclass(frozen=True, slots=True)
class PhotoWords:
    """The caption and the alt text that a picture had in the text it came with."""

    caption: str = ""
    alt_text: str = ""

    def beside(self, photo: Photo) -> Photo:
        """Return ``photo`` with these words; what the camera knows of it goes before them."""
        return replace(
            photo,
            caption=photo.caption or clean_text(self.caption),
            alt_text=photo.alt_text or clean_text(self.alt_text),
        )

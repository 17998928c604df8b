"""What the desk's server has said that it holds of a revision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt for one revision, as the server gave it last.

    ``text_sha256`` is the hash of the body; ``photos`` the bytes that are held of each complete
    photo file, by its SHA-256. ``text_at`` and ``complete_at`` are by the server's clock, aware;
    ``complete_at`` is ``None`` while a photo is missing. ``server`` is its address.
    """

    report_id: str
    revision_id: str
    text_sha256: str
    text_at: datetime
    complete_at: datetime | None = None
    server: str = ""
    photos: Mapping[str, int] = field(default_factory=dict)

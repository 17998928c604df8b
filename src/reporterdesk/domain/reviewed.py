"""A report as an editor reads it: the newest revision at the desk and all that was said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reporterdesk.domain.photo import Photo
from reporterdesk.domain.report import ReportContent
from reporterdesk.domain.review import Comment, Decision
from reporterdesk.domain.status import Action, Status

_DECIDED = frozenset({Action.PUBLISH, Action.SCHEDULE, Action.CORRECT, Action.RETURN})


@dataclass(frozen=True, slots=True)
class ReviewedReport:
    """What the desk holds of one report. A decision is bound to ``revision_id``.

    ``missing`` are the SHA-256s of renditions that have not arrived at the desk; ``absent`` the ids
    of photos whose preview is not on this laptop either; ``wanted`` the ids of those that the desk
    asks for first. ``offline`` is ``""``, or the sentence why
    this is only what was seen last, as it stood at ``seen_at``. ``number`` counts the revisions
    from 1. Times are aware.
    """

    id: str
    content: ReportContent
    status: Status
    revision_id: str
    number: int
    author: str
    filed_at: datetime
    public_url: str | None = None
    missing: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    offline: str = ""
    seen_at: datetime | None = None
    wanted: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    comments: tuple[Comment, ...] = ()

    @property
    def photos_here(self) -> int:
        """How many photos have arrived whole."""
        return len(self.content.photos) - len(self.photos_coming)

    @property
    def photos_coming(self) -> tuple[Photo, ...]:
        """The photos that have not arrived whole; the desk publishes nothing without them."""
        missing = self.missing
        return tuple(
            photo
            for photo in self.content.photos
            if photo.full.sha256 in missing or photo.preview.sha256 in missing
        )

    @property
    def may_be_read_next(self) -> bool:
        """Whether this revision is not public: only then can it be returned, or correct another."""
        return self.status is not Status.PUBLISHED or self.is_correction

    @property
    def is_correction(self) -> bool:
        """Whether an older revision is public, and this one waits to take its place."""
        decided = {d.revision_id for d in self.decisions if d.action in _DECIDED}
        return self.status is Status.PUBLISHED and self.revision_id not in decided

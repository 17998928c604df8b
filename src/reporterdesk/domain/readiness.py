"""The checks before a report is filed; each names the field to jump to."""

from __future__ import annotations

from dataclasses import dataclass

from reporterdesk.domain.report import ReportContent


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is missing: the field to jump to, and a sentence that says what to do.

    ``field`` is one of ``headline``, ``section``, ``event.starts_at``, ``event.city``, ``body``,
    ``photo.caption``, ``photo.alt_text``; ``photo_id`` is set for the last two.
    """

    field: str
    sentence: str
    photo_id: str | None = None


def missing(content: ReportContent, *, paragraphs: int) -> tuple[Missing, ...]:
    """Return what is missing before ``content`` can be filed, in the order of the form.

    :param paragraphs: how many paragraphs with words the body has; the text room counts them.
    """
    found: list[Missing] = []
    if not content.headline.strip():
        found.append(Missing("headline", "Write a headline."))
    if not content.section:
        found.append(Missing("section", "Choose the section it is for."))
    if not content.event.starts_at:
        found.append(Missing("event.starts_at", "Give the date of the event."))
    if not (content.event.city.strip() or content.event.venue.strip()):
        found.append(Missing("event.city", "Say where the event took place."))
    if paragraphs < 1:
        found.append(Missing("body", "Write at least one paragraph."))
    for number, photo in enumerate(content.photos, start=1):
        if not photo.caption.strip():
            found.append(Missing("photo.caption", f"Write a caption for photo {number}.", photo.id))
        if not photo.alt_text.strip():
            sentence = f"Describe photo {number} for people who cannot see it."
            found.append(Missing("photo.alt_text", sentence, photo.id))
    return tuple(found)

"""The checks before a report is filed; each names the field to jump to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reporterdesk.domain import limits
from reporterdesk.domain.photo import Photo
from reporterdesk.domain.report import ReportContent


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is missing or too long: the field to jump to, and what to do about it.

    ``field`` is one of ``headline``, ``standfirst``, ``byline``, ``section``, ``event.name``,
    ``event.starts_at``, ``event.venue``, ``event.city``, ``event.organiser``, ``body``,
    ``note_to_desk``, ``photo.caption``, ``photo.credit``, ``photo.alt_text``; ``photo_id`` is set
    for those of a photo.
    """

    field: str
    sentence: str
    photo_id: str | None = None


def missing(content: ReportContent, *, paragraphs: int) -> tuple[Missing, ...]:
    """Return what is missing before ``content`` can be filed, in the order of the form.

    :param paragraphs: how many paragraphs with words the body has; the text room counts them.
    """
    return (*_absent(content, paragraphs), *_too_long(content), *_of_photos(content.photos))


def _absent(content: ReportContent, paragraphs: int) -> Iterator[Missing]:
    if not content.headline.strip():
        yield Missing("headline", "Write a headline.")
    if not content.section:
        yield Missing("section", "Choose the section it is for.")
    if not content.event.starts_at:
        yield Missing("event.starts_at", "Give the date of the event.")
    if not (content.event.city.strip() or content.event.venue.strip()):
        yield Missing("event.city", "Say where the event took place.")
    if paragraphs < 1:
        yield Missing("body", "Write at least one paragraph.")


def _too_long(content: ReportContent) -> Iterator[Missing]:
    event = content.event
    for field, name, words, most in (
        ("headline", "the headline", content.headline, limits.HEADLINE),
        ("standfirst", "the standfirst", content.standfirst, limits.STANDFIRST),
        ("byline", "the byline", content.byline, limits.BYLINE),
        ("event.name", "the event’s name", event.name, limits.EVENT_FACT),
        ("event.venue", "the venue", event.venue, limits.EVENT_FACT),
        ("event.city", "the city", event.city, limits.EVENT_FACT),
        ("event.organiser", "the organiser", event.organiser, limits.EVENT_FACT),
        ("body", "the text", content.body, limits.BODY),
        ("note_to_desk", "the note to the desk", content.note_to_desk, limits.NOTE_TO_DESK),
    ):
        if len(words) > most:
            yield Missing(field, _shorten(name, most))


def _of_photos(photos: tuple[Photo, ...]) -> Iterator[Missing]:
    for number, photo in enumerate(photos, start=1):
        if not photo.caption.strip():
            yield Missing("photo.caption", f"Write a caption for photo {number}.", photo.id)
        if not photo.alt_text.strip():
            sentence = f"Describe photo {number} for people who cannot see it."
            yield Missing("photo.alt_text", sentence, photo.id)
        for field, name, words, most in (
            ("photo.caption", "caption", photo.caption, limits.CAPTION),
            ("photo.credit", "credit", photo.credit, limits.CREDIT),
            ("photo.alt_text", "alt text", photo.alt_text, limits.ALT_TEXT),
        ):
            if len(words) > most:
                yield Missing(field, _shorten(f"the {name} of photo {number}", most), photo.id)


def _shorten(name: str, most: int) -> str:
    return f"Shorten {name}: the desk takes at most {most:,} characters."

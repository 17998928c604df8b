"""Comparing: what changed between two moments of a report, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from reporterdesk.domain.photo import Photo
from reporterdesk.domain.report import ReportContent
from reporterdesk.text.difference import BlockChange, Change, Words, difference, word_difference
from reporterdesk.text.parse import parse


class Fact(StrEnum):
    """What a report says beside its headline, standfirst, body and photos."""

    BYLINE = "byline"
    SECTION = "section"
    LANGUAGE = "language"
    NOTE_TO_DESK = "note_to_desk"
    EMBARGOED_UNTIL = "embargoed_until"
    LEAD_PHOTO = "lead_photo"
    EVENT_NAME = "event.name"
    EVENT_KIND = "event.kind"
    STARTS_AT = "event.starts_at"
    ENDS_AT = "event.ends_at"
    VENUE = "event.venue"
    CITY = "event.city"
    COUNTRY = "event.country"
    ORGANISER = "event.organiser"
    ATTENDANCE = "event.attendance"


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that changed, as it was and as it is; ``""`` where it was not given.

    Sections, languages, kinds, times and photos are told as they are stored. The attendance is
    ``"about 300"``: qualifier and number, with a space between.
    """

    fact: Fact
    before: str
    after: str
    words: Words


@dataclass(frozen=True, slots=True)
class PhotoChange:
    """A photo that came, went, or was described otherwise: ``ADDED``, ``REMOVED``, ``CHANGED``."""

    change: Change
    before: Photo | None
    after: Photo | None
    caption: Words
    credit: Words
    alt_text: Words


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that changed from one moment to another.

    ``headline`` and ``standfirst`` are all their words; ``facts`` and ``photos`` only what
    changed; ``body`` is every block. ``same`` says that nothing changed at all.
    """

    headline: Words
    standfirst: Words
    facts: tuple[FactChange, ...]
    photos: tuple[PhotoChange, ...]
    photos_moved: bool
    body: tuple[BlockChange, ...]
    same: bool


def compare(before: ReportContent, after: ReportContent) -> Comparison:
    """Return what changed from ``before`` to ``after``. Any thread; long bodies take a while."""
    old_order = [photo.id for photo in before.photos]
    new_order = [photo.id for photo in after.photos]
    return Comparison(
        headline=word_difference(before.headline, after.headline),
        standfirst=word_difference(before.standfirst, after.standfirst),
        facts=_facts(before, after),
        photos=_photos(before.photos, after.photos),
        photos_moved=[i for i in old_order if i in new_order]
        != [i for i in new_order if i in old_order],
        body=difference(parse(before.body), parse(after.body)),
        same=before == after,
    )


def with_fact(content: ReportContent, fact: Fact, source: ReportContent) -> ReportContent:
    """Return ``content`` with one fact as it is in ``source``."""
    owner, _, name = fact.value.rpartition(".")
    if owner:
        event = replace(content.event, **{name: getattr(source.event, name)})
        return replace(content, event=event)
    return replace(content, **{name: getattr(source, name)})


def _facts(before: ReportContent, after: ReportContent) -> tuple[FactChange, ...]:
    both = ((fact, told(before, fact), told(after, fact)) for fact in Fact)
    return tuple(
        FactChange(fact, old, new, word_difference(old, new))
        for fact, old, new in both
        if old != new
    )


def told(content: ReportContent, fact: Fact) -> str:
    """Return a fact as :class:`FactChange` tells it."""
    if fact is Fact.ATTENDANCE:
        people = content.event.attendance
        return "" if people is None else f"{people.qualifier.value} {people.number}"
    owner, _, name = fact.value.rpartition(".")
    value: str | None = getattr(content.event if owner else content, name)
    return "" if value is None else str(value)


def _photos(before: tuple[Photo, ...], after: tuple[Photo, ...]) -> tuple[PhotoChange, ...]:
    old = {photo.id: photo for photo in before}
    new = {photo.id: photo for photo in after}
    pairs = [(old.get(key), new.get(key)) for key in {**new, **old}]
    return tuple(_photo(was, now) for was, now in pairs if was != now)


def _photo(was: Photo | None, now: Photo | None) -> PhotoChange:
    change = Change.ADDED if was is None else Change.REMOVED if now is None else Change.CHANGED
    words = {
        name: word_difference(getattr(was, name, ""), getattr(now, name, ""))
        for name in ("caption", "credit", "alt_text")
    }
    return PhotoChange(change, was, now, **words)

"""The photos of two revisions brought together: which there are, their order, what is written.

A photo that one side added is there; one that a side took out and the other left as it was, is
not. The order is theirs, or mine where only mine was changed. Every function is pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeAlias

from reporterdesk.domain.photo import Photo
from reporterdesk.domain.report import ReportContent
from reporterdesk.text.merge import Choice
from reporterdesk.text.tree import Document, Figure

Photos: TypeAlias = tuple[Photo, ...]


class PhotoPart(StrEnum):
    """What of a photo both changed; the words are named as their fields."""

    PHOTO = "photo"
    """One took the photo out, the other described it otherwise."""
    FILE = "file"
    """Its picture itself."""
    CAPTION = "caption"
    CREDIT = "credit"
    ALT_TEXT = "alt_text"


WRITTEN_PARTS = frozenset({PhotoPart.CAPTION, PhotoPart.CREDIT, PhotoPart.ALT_TEXT})
"""What is written of a photo, so that other words can stand instead of either."""


@dataclass(frozen=True, slots=True)
class PhotoClash:
    """Something about a photo that both changed; ``None`` where a side took it out."""

    part: PhotoPart
    mine: Photo | None
    theirs: Photo | None

    @property
    def photo_id(self) -> str:
        """The photo that it is about."""
        return next(photo.id for photo in (self.mine, self.theirs) if photo is not None)

    @property
    def both_fit(self) -> bool:
        """Whether both can stand, one after the other."""
        own, other = (words_of(photo, self.part) for photo in (self.mine, self.theirs))
        return self.part in {PhotoPart.CAPTION, PhotoPart.ALT_TEXT} and bool(own and other)


def words_of(photo: Photo | None, part: PhotoPart) -> str:
    """Return what is written in ``part``; nothing for the photo itself or its picture."""
    if photo is None or part in {PhotoPart.PHOTO, PhotoPart.FILE}:
        return ""
    return str(getattr(photo, part.value)).strip()


@dataclass(frozen=True, slots=True)
class PhotoMerge:
    """The photos of both, in order, and what is to be asked of them.

    Of what is asked, ``photos`` have mine; those that may yet be taken out are among them.
    """

    photos: Photos
    clashes: tuple[PhotoClash, ...]

    def settled(self, answers: Sequence[Choice | str]) -> Photos:
        """Return the photos; ``answers`` has one for each of ``clashes``, in order.

        :raises ValueError: an answer that cannot be had.
        """
        kept = {photo.id: photo for photo in self.photos}
        for clash, answer in zip(self.clashes, answers, strict=True):
            if clash.part is PhotoPart.PHOTO:
                _choose_photo(kept, clash, answer)
            else:
                kept[clash.photo_id] = _described(kept[clash.photo_id], clash, answer)
        return tuple(kept.values())


def merge_photos(base: Photos | None, mine: Photos, theirs: Photos) -> PhotoMerge:
    """Bring the photos of two revisions together; ``base`` are those that both had."""
    old = {photo.id: photo for photo in base or ()}
    own = {photo.id: photo for photo in mine}
    other = {photo.id: photo for photo in theirs}
    photos: dict[str, Photo] = {}
    clashes: list[PhotoClash] = []
    for photo_id in _order(tuple(old), tuple(own), tuple(other), known=base is not None):
        before, one, two = old.get(photo_id), own.get(photo_id), other.get(photo_id)
        if one is not None and two is not None:
            photos[photo_id] = _together(before, one, two, clashes)
        elif (there := one or two) is not None and there != before:
            photos[photo_id] = there
            if before is not None:
                clashes.append(PhotoClash(PhotoPart.PHOTO, one, two))
    return PhotoMerge(tuple(photos.values()), tuple(clashes))


def with_needed_photos(
    content: ReportContent, body: Document, *sources: ReportContent | None
) -> ReportContent:
    """Return ``content`` with every photo that its text shows or that leads.

    Somebody took it out while somebody else set it into the text; a report whose photo is not
    there cannot be filed. It comes from the first of ``sources`` that has it.
    """
    there = {photo.id for photo in content.photos}
    needed = [block.photo_id for block in body.blocks if isinstance(block, Figure)]
    found = {
        photo.id: photo
        for source in reversed(sources)
        if source is not None
        for photo in source.photos
    }
    wanted = dict.fromkeys((*needed, *([content.lead_photo] if content.lead_photo else ())))
    missing = tuple(found[name] for name in wanted if name not in there and name in found)
    photos = (*content.photos, *missing)
    lead = content.lead_photo
    if lead is not None and lead not in {photo.id for photo in photos}:
        lead = photos[0].id if photos else None
    return replace(content, photos=photos, lead_photo=lead)


def _together(before: Photo | None, one: Photo, two: Photo, clashes: list[PhotoClash]) -> Photo:
    """Return a photo that both have, and add what is to be asked of it."""
    photo = one
    for part in (PhotoPart.FILE, PhotoPart.CAPTION, PhotoPart.CREDIT, PhotoPart.ALT_TEXT):
        own, other = _value(one, part), _value(two, part)
        was = None if before is None else _value(before, part)
        if other in (own, was) or (before is None and not other):
            continue
        if own == was or (before is None and not own):
            photo = _with(photo, part, two)
        else:
            clashes.append(PhotoClash(part, one, two))
    return photo


def _value(photo: Photo, part: PhotoPart) -> object:
    return (photo.preview, photo.full) if part is PhotoPart.FILE else getattr(photo, part.value)


def _with(photo: Photo, part: PhotoPart, source: Photo) -> Photo:
    if part is PhotoPart.FILE:
        return replace(photo, preview=source.preview, full=source.full)
    return replace(photo, **{part.value: getattr(source, part.value)})


def _written(photo: Photo, part: PhotoPart, words: str) -> Photo:
    values: dict[str, Any] = {part.value: words}
    return replace(photo, **values)


def _choose_photo(kept: dict[str, Photo], clash: PhotoClash, answer: Choice | str) -> None:
    chosen = {Choice.MINE: clash.mine, Choice.THEIRS: clash.theirs}
    if answer not in chosen:
        raise ValueError("A photo is kept or taken out.")
    if chosen[Choice(answer)] is None:
        kept.pop(clash.photo_id, None)


def _described(photo: Photo, clash: PhotoClash, answer: Choice | str) -> Photo:
    if clash.mine is None or clash.theirs is None:
        return photo
    match answer:
        case Choice.MINE:
            return _with(photo, clash.part, clash.mine)
        case Choice.THEIRS:
            return _with(photo, clash.part, clash.theirs)
        case Choice.BOTH if clash.both_fit:
            both = (words_of(each, clash.part) for each in (clash.mine, clash.theirs))
            return _written(photo, clash.part, " ".join(both))
        case Choice.BOTH:
            raise ValueError("Of this, only one can be kept.")
    if clash.part is PhotoPart.FILE:
        raise ValueError("A picture cannot be written.")
    return _written(photo, clash.part, answer)


def _order(
    base: tuple[str, ...], mine: tuple[str, ...], theirs: tuple[str, ...], *, known: bool
) -> Iterator[str]:
    """Yield all ids: in one side's order, what only the other has after what it stands behind."""
    shared = set(mine) & set(theirs) & set(base)
    in_base, in_theirs = ([each for each in ids if each in shared] for ids in (base, theirs))
    mine_leads = known and in_base == in_theirs
    first, second = (mine, theirs) if mine_leads else (theirs, mine)
    placed = list(first)
    for number, photo_id in enumerate(second):
        if photo_id in placed:
            continue
        before = set(second[:number])
        place = max((at + 1 for at, each in enumerate(placed) if each in before), default=0)
        placed.insert(place, photo_id)
    yield from placed

"""Restoring: one change, or all, taken back to an earlier moment of a report.

Every function is pure and may be called on any thread. The body is a tree here, so that an open
editor can be brought to it without a detour over Markdown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from reporterdesk.domain.photo import Photo
from reporterdesk.domain.report import ReportContent
from reporterdesk.text.difference import (
    BlockChange,
    Change,
    Words,
    difference,
    inseparable,
    undone,
)
from reporterdesk.text.normal import normalise
from reporterdesk.text.tree import Document, Figure
from reporterdesk.workflow.comparing import Comparison, Fact, FactChange, PhotoChange, with_fact


class Head(StrEnum):
    """What stands over the body; the names are those of :class:`ReportContent`'s fields."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"


@dataclass(frozen=True, slots=True)
class HeadChange:
    """A headline or standfirst that is not what it was; ``words`` are all of its words."""

    head: Head
    words: Words


@dataclass(frozen=True, slots=True)
class OrderChange:
    """The photos stand in another order."""


AnyChange: TypeAlias = HeadChange | FactChange | BlockChange | PhotoChange | OrderChange


@dataclass(frozen=True, slots=True)
class Moment:
    """A report at one time, its body as a tree; ``content.body`` says nothing here."""

    content: ReportContent
    body: Document


def changes_of(comparison: Comparison) -> tuple[AnyChange, ...]:
    """Return what changed, in the order of the page: head, body, photos, facts."""
    heads = (
        HeadChange(Head.HEADLINE, comparison.headline),
        HeadChange(Head.STANDFIRST, comparison.standfirst),
    )
    return (
        *(head for head in heads if any(word.change is not Change.KEPT for word in head.words)),
        *(block for block in comparison.body if block.change is not Change.KEPT),
        *comparison.photos,
        *((OrderChange(),) if comparison.photos_moved else ()),
        *comparison.facts,
    )


def body_before(comparison: Comparison) -> Document:
    """Return the earlier of the two bodies."""
    return Document(tuple(block.before for block in comparison.body if block.before is not None))


def body_after(comparison: Comparison) -> Document:
    """Return the later of the two bodies."""
    return Document(tuple(block.after for block in comparison.body if block.after is not None))


def restored(now: Moment, then: Moment, change: AnyChange | None) -> Moment:
    """Return ``now`` with one change since ``then`` taken back; ``None`` stands for all of them.

    A photo that comes back into the text comes back into the report. What was removed stands where
    it stood, as nearly as the present text allows.
    """
    content = now.content
    match change:
        case None:
            return replace(then, content=replace(then.content, body=content.body))
        case HeadChange(head, _):
            old = getattr(then.content, head.value)
            return replace(now, content=replace(content, **{head.value: old}))
        case FactChange(fact):
            content = with_fact(content, fact, then.content)
            if fact is Fact.LEAD_PHOTO and content.lead_photo:
                content = _with_photo(content, then.content, content.lead_photo)
            return replace(now, content=content)
        case PhotoChange():
            return replace(now, content=_photo_restored(content, then.content, change))
        case OrderChange():
            return replace(now, content=_in_order_of(content, then.content))
        case BlockChange():
            return _block_restored(now, then, change)


def _block_restored(now: Moment, then: Moment, change: BlockChange) -> Moment:
    content, body = now.content, now.body
    for each in reversed(inseparable(difference(then.body, now.body), change)):
        if isinstance(each.before, Figure):
            content = _with_photo(content, then.content, each.before.photo_id)
        body = undone(body, each)
    return Moment(content, normalise(body))


def _photo_restored(
    content: ReportContent, then: ReportContent, change: PhotoChange
) -> ReportContent:
    if change.before is None:
        gone = change.after.id if change.after else ""
        photos = tuple(photo for photo in content.photos if photo.id != gone)
        lead = content.lead_photo
        if lead == gone:
            lead = photos[0].id if photos else None
        return replace(content, photos=photos, lead_photo=lead)
    was = change.before
    if change.after is None:
        return _with_photo(content, then, was.id)
    photos = tuple(was if photo.id == was.id else photo for photo in content.photos)
    return replace(content, photos=photos)


def _with_photo(content: ReportContent, then: ReportContent, photo_id: str) -> ReportContent:
    """Put a photo back among the others, if it is not there, after those it came after."""
    photo = next((each for each in then.photos if each.id == photo_id), None)
    if photo is None or any(each.id == photo_id for each in content.photos):
        return content
    before = {each.id for each in then.photos[: then.photos.index(photo)]}
    place = max((i + 1 for i, each in enumerate(content.photos) if each.id in before), default=0)
    photos: tuple[Photo, ...] = (*content.photos[:place], photo, *content.photos[place:])
    lead = content.lead_photo or (photo.id if then.lead_photo == photo.id else photos[0].id)
    return replace(content, photos=photos, lead_photo=lead)


def _in_order_of(content: ReportContent, then: ReportContent) -> ReportContent:
    """Bring the photos that both have into the old order; the others keep their places."""
    places = {photo.id: place for place, photo in enumerate(then.photos)}
    shared = iter(
        sorted(
            (photo for photo in content.photos if photo.id in places),
            key=lambda photo: places[photo.id],
        )
    )
    photos = tuple(next(shared) if photo.id in places else photo for photo in content.photos)
    return replace(content, photos=photos)

"""In which order photo files are sent: the same on the server and wherever a desk is played."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reporterdesk.wire.messages import PhotoMessage, RenditionMessage, RenditionName


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of a manifest; ``wanted`` is its photo’s place in what the desk asks for, from 1.

    0: the desk has not asked for it.
    """

    name: RenditionName
    rendition: RenditionMessage
    wanted: int


def sending_order(photos: Sequence[PhotoMessage], wanted: Sequence[str] = ()) -> Iterator[Listed]:
    """Give every file of a manifest: first those of the ``wanted`` photos, in that order.

    Among the wanted and among the others the previews come before the full sizes, so that the
    desk sees something of each before it has all of any.

    :param wanted: ids of photos; those that the manifest does not have are passed over.
    """
    by_id = {photo.id: photo for photo in photos}
    ranked = [by_id[photo_id] for photo_id in dict.fromkeys(wanted) if photo_id in by_id]
    ranks = {photo.id: rank for rank, photo in enumerate(ranked, 1)}
    others = [photo for photo in photos if photo.id not in ranks]
    for group in (ranked, others):
        for photo in group:
            yield Listed("preview", photo.renditions.preview, ranks.get(photo.id, 0))
        for photo in group:
            yield Listed("full", photo.renditions.full, ranks.get(photo.id, 0))

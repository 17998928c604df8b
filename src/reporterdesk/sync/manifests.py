"""Which files belong to which photo: read once of a frozen revision, which never changes."""

from __future__ import annotations

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.store.store import Store


class Manifests:
    """Remembers the last of them, so that a report is not read for each piece of its photos.

    Its methods run on the store thread, for the engine, which waits for them.
    """

    def __init__(self) -> None:
        self._revision_id = ""
        self._pairs: tuple[tuple[str, str], ...] = ()
        self._photo_ids: frozenset[str] = frozenset()
        self._chosen: dict[str, frozenset[str]] = {}

    def pairs(self, store: Store, revision_id: str) -> tuple[tuple[str, str], ...]:
        """Return the SHA-256s of each photo's preview and full size."""
        if revision_id != self._revision_id:
            photos = store.revisions.get(revision_id).content.photos
            self._pairs = tuple((photo.preview.sha256, photo.full.sha256) for photo in photos)
            self._revision_id = revision_id
        return self._pairs

    def files_of(self, store: Store, photo_ids: frozenset[str] | None) -> frozenset[str] | None:
        """Return the SHA-256s of these photos' files in what is being sent; ``None`` for all."""
        if photo_ids is None:
            self._chosen = {}
            return None
        known = self._chosen if photo_ids == self._photo_ids else {}
        moving = store.sending.moving()
        being_sent = [r.revision_id for r in moving if r.state is DeliveryState.TEXT_DELIVERED]
        self._photo_ids = photo_ids
        self._chosen = {
            name: known[name] if name in known else _files(store, name, photo_ids)
            for name in being_sent
        }
        return frozenset().union(*self._chosen.values())


def _files(store: Store, revision_id: str, photo_ids: frozenset[str]) -> frozenset[str]:
    photos = store.revisions.get(revision_id).content.photos
    chosen = [photo for photo in photos if photo.id in photo_ids]
    return frozenset(name for p in chosen for name in (p.preview.sha256, p.full.sha256))

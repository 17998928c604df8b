"""Adding photos to a report."""

from __future__ import annotations

from reporterdesk.domain.ids import new_id
from reporterdesk.domain.photo import Photo
from reporterdesk.photos.imported import ImportedPhoto
from reporterdesk.store.store import Store
from reporterdesk.text.cleaning import clean_text


def attach(store: Store, imported: ImportedPhoto) -> Photo:
    """Keep a photo's bytes and return its record, caption and credit filled in from the camera.

    The bytes are on the disk when this returns. The record belongs to no report before it is saved
    in one's content; bytes to which none refers are swept at a later start.

    :raises StoreFull: there is no room; the report is untouched.
    """
    store.photos.put(imported.preview_bytes)
    store.photos.put(imported.full_bytes)
    return Photo(
        id=new_id(),
        preview=imported.preview,
        full=imported.full,
        caption=clean_text(imported.details.caption),
        credit=clean_text(imported.details.credit),
    )

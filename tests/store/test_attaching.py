"""Adding a real photo: its bytes are here before anything refers to them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.errors import StoreFull
from reporterdesk.domain.ids import new_id
from reporterdesk.photos.imported import PhotoDetails
from reporterdesk.photos.reading import read_photo
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from reporterdesk.workflow.attaching import attach
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.filing import file_report
from support.clocks import HandClock
from support.contents import ready_content
from support.jpegs import make_jpeg
from support.photo_uses import sweep_photos


def test_the_bytes_and_the_record(store: Store) -> None:
    imported = read_photo(make_jpeg())
    details = PhotoDetails(caption="The hall\x00 at\ud800 noon", credit="Zoë")
    photo = attach(store, replace(imported, details=details))
    assert (photo.preview, photo.full) == (imported.preview, imported.full)
    assert (photo.caption, photo.credit, photo.alt_text) == ("The hall at\ufffd noon", "Zoë", "")
    for rendition, data in (
        (photo.full, imported.full_bytes),
        (photo.preview, imported.preview_bytes),
    ):
        assert store.photos.read(rendition.sha256) == data
        assert hashlib.sha256(data).hexdigest() == rendition.sha256
        assert len(data) == rendition.bytes


def test_the_same_photo_twice_is_two_records_of_the_same_bytes(store: Store) -> None:
    imported = read_photo(make_jpeg())
    first, second = attach(store, imported), attach(store, imported)
    assert first.id != second.id
    assert first.full == second.full


def test_a_full_disk(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    imported = read_photo(make_jpeg())
    store._photos.execute(text("PRAGMA max_page_count=1"))
    with pytest.raises(StoreFull):
        attach(store, imported)
    store._photos.execute(text("PRAGMA max_page_count=1000000"))
    assert store.photos.has(attach(store, imported).full.sha256)


def test_a_filed_photo_is_spared_when_the_report_loses_it(home: Path, clock: HandClock) -> None:
    store = open_store(home, clock=clock)
    photo = replace(attach(store, read_photo(make_jpeg())), caption="c", alt_text="a")
    report_id = new_id()
    save_draft(store, report_id, ready_content("With", photo), clock=clock)
    file_report(store, report_id, clock=clock)
    store.reports.save_content(report_id, ready_content("Without"), clock())
    store.close()

    store = open_store(home, clock=utc_now)
    try:
        assert sweep_photos(store) == 0
        assert store.photos.has(photo.full.sha256)
    finally:
        store.close()

"""Photo bytes in rows of 1 MiB."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporterdesk.domain.errors import PhotoGone
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.report import Report, ReportContent, Revision
from reporterdesk.domain.status import Status
from reporterdesk.store.opening import open_store
from reporterdesk.store.photo_bytes import PIECE
from reporterdesk.store.store import Store
from support.clocks import HandClock
from support.contents import photo_of, ready_content
from support.photo_uses import sweep_photos

LARGE = bytes(range(251)) * (3 * PIECE // 251)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, len(LARGE)])
def test_bytes_come_back(store: Store, size: int) -> None:
    data = LARGE[:size]
    name = store.photos.put(data)
    assert name == hashlib.sha256(data).hexdigest()
    assert store.photos.put(data) == name
    assert store.photos.has(name)
    assert store.photos.size(name) == size
    assert store.photos.read(name) == data


@given(offset=st.integers(-5, len(LARGE) + 5), length=st.integers(0, len(LARGE) + 5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_any_stretch(store: Store, offset: int, length: int) -> None:
    name = store.photos.put(LARGE)
    wanted = LARGE[offset : offset + length] if offset >= 0 else b""
    assert store.photos.read_range(name, offset, length) == wanted


def test_bytes_that_are_not_here(store: Store) -> None:
    assert not store.photos.has("0" * 64)
    with pytest.raises(PhotoGone, match="not on this laptop"):
        store.photos.read("0" * 64)
    with pytest.raises(PhotoGone):
        store.photos.read_range("0" * 64, 0, 10)


def test_the_sweep_spares_reports_revisions_and_what_was_just_put(
    home: Path, clock: HandClock
) -> None:
    def put(store: Store, *many: bytes) -> list[str]:
        return [store.photos.put(data) for data in many]

    store = open_store(home, clock=clock)
    in_report = photo_of(b"report preview", b"report full")
    in_revision = photo_of(b"revision preview", b"revision full")
    kept = put(store, b"report preview", b"report full", b"revision preview", b"revision full")
    orphans = put(store, b"orphan", LARGE)
    report = Report(new_id(), ready_content("", in_report), Status.DRAFT, clock(), clock())
    store.reports.add(report)
    store.revisions.add(
        Revision(new_id(), report.id, None, ReportContent(photos=(in_revision,)), clock())
    )
    assert sweep_photos(store) == 0  # all of it was put since the opening
    store.close()

    store = open_store(home, clock=clock)
    try:
        fresh = put(store, b"dropped into the window just now")
        size = (home / "photos.db").stat().st_size
        assert sweep_photos(store) == 2
        assert sweep_photos(store) == 0
        assert all(store.photos.has(name) for name in kept + fresh)
        assert not any(store.photos.has(name) for name in orphans)
        store.check()
    finally:
        store.close()
    assert (home / "photos.db").stat().st_size < size - 2 * PIECE
